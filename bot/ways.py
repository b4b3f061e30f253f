"""The ways between the desk and WeChat besides the webhook: pushes, notices, attachments."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import aiohttp

from bot.config import Settings
from bot.herald import Herald
from bot.links import LinkChecker
from bot.media import Fetcher
from bot.postman import Postman
from bot.wechat_api import WeChatApi
from bot.wechat_errors import NeedsAPerson, WeChatFailure
from console import sign_case
from console.ways.channels import AccountCard, ChannelRefused, Channels
from storage import Storage


@dataclass(frozen=True, kw_only=True)
class Ways:
    """By account the calls it may make, and those who make them."""

    apis: Mapping[str, WeChatApi]
    postman: Postman
    herald: Herald
    fetcher: Fetcher
    links: LinkChecker


def join_ways(
    settings: Settings,
    storage: Storage,
    apis: Mapping[str, WeChatApi],
    session: aiohttp.ClientSession,
    secret: bytes,
    clock: Callable[[], datetime],
) -> Ways:
    """All of them; notices only for accounts that have a template for it."""
    templates = {name: each.notice for name, each in settings.accounts.items() if name in apis}
    return Ways(
        apis=apis,
        postman=Postman(storage, apis, clock),
        herald=Herald(
            storage,
            apis,
            {name: notice for name, notice in templates.items() if notice is not None},
            link=pages_of(settings, secret),
            clock=clock,
        ),
        fetcher=Fetcher(storage, apis, settings.accounts, session, clock),
        links=LinkChecker(storage, clock, private_too=settings.links.allow_private),
    )


def pages_of(settings: Settings, secret: bytes) -> Callable[[str], str]:
    """The signed address of a case's progress page, by the case's number."""
    base = settings.public_url.rstrip("/")
    return lambda number: f"{base}/public/case/{sign_case(number, secret)}"


def channels_of(settings: Settings, storage: Storage, ways: Ways) -> Channels:
    """The accounts and the ways as the console sees them."""

    asked = Asked(ways)
    return Channels(
        store=storage,
        accounts={
            name: AccountCard(
                name=name,
                appid=f"{each.appid[:4]}…{each.appid[-4:]}",
                kind=each.kind,
                verified=each.verified,
                pushes=name in ways.apis,
                notifies=name in ways.apis and each.notice is not None,
                mode=each.mode,
            )
            for name, each in settings.accounts.items()
        },
        menus=storage,
        clear_quota=asked.clear_quota,
        publish_menu=asked.publish_menu,
        live_menu=asked.live_menu,
    )


@dataclass(frozen=True)
class Asked:
    """What the console asks of WeChat, with its refusals in the console's own words."""

    ways: Ways

    async def clear_quota(self, account: str) -> None:
        """WeChat counts today's calls from zero again."""
        with _refusals():
            await _api(self.ways, account).clear_quota()

    async def publish_menu(self, account: str, buttons: list[dict[str, Any]]) -> None:
        """The account's buttons, in the place of all it had."""
        with _refusals():
            api = _api(self.ways, account)
            if buttons:
                await api.call("/cgi-bin/menu/create", {"button": buttons})
            else:
                await api.call("/cgi-bin/menu/delete", None)

    async def live_menu(self, account: str) -> list[dict[str, Any]]:
        """The buttons that WeChat shows now; none when there is no menu."""
        with _refusals():
            try:
                answer = await _api(self.ways, account).call("/cgi-bin/menu/get", None)
            except NeedsAPerson as error:
                if error.errcode == NO_MENU:
                    return []
                raise
        return [_plain(button) for button in answer.get("menu", {}).get("button", [])]


NO_MENU = 46003


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except WeChatFailure as failure:
        raise ChannelRefused(failure.tell) from failure


def _plain(button: Mapping[str, Any]) -> dict[str, Any]:
    """A button as menu/create takes it: WeChat adds an empty list of sub-buttons to each."""
    below = [_plain(each) for each in button.get("sub_button") or []]
    if below:
        return {"name": button["name"], "sub_button": below}
    kept = ("type", "name", "key", "url")
    return {name: button[name] for name in kept if button.get(name)}


def _api(ways: Ways, account: str) -> WeChatApi:
    api = ways.apis.get(account)
    if api is None:
        raise ChannelRefused("没有认证的公众号不能调用微信的这个接口")
    return api
