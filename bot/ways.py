"""The ways between the desk and WeChat besides the webhook: pushes, notices, attachments."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import aiohttp

from bot.config import Settings
from bot.herald import Herald
from bot.media import Fetcher
from bot.postman import Postman
from bot.wechat_api import WeChatApi
from bot.wechat_errors import WeChatFailure
from console import sign_case
from console.channels import AccountCard, ChannelRefused, Channels
from storage import Storage


@dataclass(frozen=True, kw_only=True)
class Ways:
    """By account the calls it may make, and those who make them."""

    apis: Mapping[str, WeChatApi]
    postman: Postman
    herald: Herald
    fetcher: Fetcher


def join_ways(
    settings: Settings,
    storage: Storage,
    apis: Mapping[str, WeChatApi],
    session: aiohttp.ClientSession,
    secret: bytes,
    clock: Callable[[], datetime],
) -> Ways:
    """All of them; notices only for accounts that have a template for it."""
    base = settings.public_url.rstrip("/")
    templates = {name: each.notice for name, each in settings.accounts.items() if name in apis}
    return Ways(
        apis=apis,
        postman=Postman(storage, apis, clock),
        herald=Herald(
            storage,
            apis,
            {name: notice for name, notice in templates.items() if notice is not None},
            link=lambda number: f"{base}/public/case/{sign_case(number, secret)}",
            clock=clock,
        ),
        fetcher=Fetcher(storage, apis, settings.accounts, session, clock),
    )


def channels_of(settings: Settings, storage: Storage, ways: Ways) -> Channels:
    """The accounts and the ways as the console sees them."""

    async def clear_quota(account: str) -> None:
        try:
            await _api(ways, account).clear_quota()
        except WeChatFailure as failure:
            raise ChannelRefused(failure.tell) from failure

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
            )
            for name, each in settings.accounts.items()
        },
        clear_quota=clear_quota,
    )


def _api(ways: Ways, account: str) -> WeChatApi:
    api = ways.apis.get(account)
    if api is None:
        raise ChannelRefused("没有认证的公众号不能调用微信的这个接口")
    return api
