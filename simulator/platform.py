"""WeChat's side of the wire, in memory: accounts, citizens, chats, and what citizens do."""

import asyncio
import secrets
from collections.abc import Callable, Coroutine, Iterable, Sequence
from datetime import datetime, timedelta, timezone
from types import TracebackType
from typing import Any, Self

import aiohttp

from simulator import messages
from simulator.account import Account
from simulator.citizen import SAMPLE_CITIZENS, Citizen
from simulator.comments import CommentBoard
from simulator.courier import PATIENCE, Courier
from simulator.errors import NotSubscribed
from simulator.exchange import NORMAL, Delivery, Exchange
from simulator.faults import Faults
from simulator.follower import Follower
from simulator.media import MediaStore, sample_picture
from simulator.menu import DEFAULT_MENU, Button
from simulator.messages import Message
from simulator.quotas import Quotas
from simulator.switchboard import Switchboard
from simulator.tokens import TokenBook

CHINA = timezone(timedelta(hours=8))


def china_now() -> datetime:
    """The present, with China's offset."""
    return datetime.now(CHINA)


class Platform:
    """The platform of a few accounts and citizens.

    `clock` gives aware datetimes; `session` lends an aiohttp session (never closed here), else
    one is opened at the first send and closed by `close()` or at the end of `async with`.
    `patience` are the seconds a webhook has. `address` is where the platform's API can be
    reached, for the picture links inside messages. Every citizen follows every account unless
    `subscribed` is False. Unknown names raise KeyError.
    """

    def __init__(
        self,
        accounts: Iterable[Account],
        citizens: Iterable[Citizen] = SAMPLE_CITIZENS,
        *,
        clock: Callable[[], datetime] = china_now,
        session: aiohttp.ClientSession | None = None,
        patience: float = PATIENCE,
        address: str = "http://127.0.0.1:8080/simulator/platform",
        subscribed: bool = True,
    ) -> None:
        self.accounts = {account.name: account for account in accounts}
        self.citizens = {citizen.openid: citizen for citizen in citizens}
        self.clock = clock
        self.address = address.rstrip("/")
        self.switchboard = Switchboard(
            Courier(clock=clock, session=session, patience=patience), clock=clock
        )
        self.tokens = TokenBook()
        self.faults = Faults()
        self.quotas = Quotas()
        self.whitelists: dict[str, frozenset[str]] = {}  # by account; none: every address may call
        self.media = MediaStore()
        self.menus: dict[str, tuple[Button, ...]] = {}
        self.boards = {
            name: CommentBoard(allowed=account.comments_allowed and account.verified)
            for name, account in self.accounts.items()
        }
        self.boot = secrets.token_hex(4)
        self._followers = {
            (account.name, citizen.openid): Follower(account, citizen, subscribed=subscribed)
            for account in self.accounts.values()
            for citizen in self.citizens.values()
        }
        self._background: set[asyncio.Task[object]] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Stop what runs in the background and close the session."""
        for task in self._background:
            task.cancel()
        await asyncio.gather(*self._background, return_exceptions=True)
        await self.switchboard.close()

    def follower(self, account: str, openid: str) -> Follower:
        """The state between one citizen and one account."""
        return self._followers[account, openid]

    def enrol(self, citizen: Citizen, *, subscribed: bool = True, shown: bool = True) -> None:
        """Add a citizen to every account; without `shown` the chat page does not list them."""
        if shown:
            self.citizens[citizen.openid] = citizen
        for account in self.accounts.values():
            key = (account.name, citizen.openid)
            self._followers[key] = Follower(account, citizen, subscribed=subscribed)

    def menu(self, account: str) -> tuple[Button, ...]:
        """The account's buttons: its own, else the default."""
        return self.menus.get(account, DEFAULT_MENU)

    # What a citizen can do

    async def send_text(
        self, account: str, openid: str, content: str, delivery: Delivery = NORMAL
    ) -> Exchange:
        """Type something."""
        return await self.send(account, openid, messages.text(content), delivery)

    async def send_image(
        self,
        account: str,
        openid: str,
        content: bytes = b"",
        delivery: Delivery = NORMAL,
        *,
        content_type: str = "image/png",
    ) -> Exchange:
        """Send a picture, without `content` a drawn sample."""
        media = self.media.add("image", content or sample_picture(), content_type, self.clock())
        message = messages.image(self.media_url(media.media_id), media.media_id)
        return await self.send(account, openid, message, delivery)

    async def send_voice(self, account: str, openid: str, delivery: Delivery = NORMAL) -> Exchange:
        """Speak for four seconds."""
        media = self.media.add("voice", b"#!AMR\n", "audio/amr", self.clock())
        return await self.send(account, openid, messages.voice(media.media_id), delivery)

    async def send_video(
        self, account: str, openid: str, delivery: Delivery = NORMAL, *, short: bool = False
    ) -> Exchange:
        """Send a video, or a short one taken in the chat."""
        now = self.clock()
        media = self.media.add("video", b"\0\0\0\x18ftypmp42", "video/mp4", now)
        thumb = self.media.add("thumb", sample_picture(96, 72), "image/png", now)
        message = messages.video(media.media_id, thumb.media_id, short=short)
        return await self.send(account, openid, message, delivery)

    async def send_location(
        self,
        account: str,
        openid: str,
        delivery: Delivery = NORMAL,
        *,
        latitude: float = 28.1153,
        longitude: float = 119.5734,
        label: str = "解放街 88 号",
    ) -> Exchange:
        """Send a place; degrees."""
        message = messages.location(latitude, longitude, label)
        return await self.send(account, openid, message, delivery)

    async def send_link(
        self,
        account: str,
        openid: str,
        delivery: Delivery = NORMAL,
        *,
        title: str = "关于城乡居民医保缴费的通知",
        description: str = "请在规定时间内完成缴费。",
        url: str = "https://www.gov.example/notice/1",
    ) -> Exchange:
        """Share a page."""
        return await self.send(account, openid, messages.link(title, description, url), delivery)

    async def subscribe(
        self, account: str, openid: str, scene: str = "", delivery: Delivery = NORMAL
    ) -> Exchange:
        """Follow the account, with `scene` through a QR code."""
        return await self.send(account, openid, messages.subscribe(scene), delivery)

    async def unsubscribe(self, account: str, openid: str, delivery: Delivery = NORMAL) -> Exchange:
        """Stop following the account."""
        return await self.send(account, openid, messages.unsubscribe(), delivery)

    async def scan(
        self, account: str, openid: str, scene: str, delivery: Delivery = NORMAL
    ) -> Exchange:
        """Scan a QR code: SCAN for a follower, subscribe for everybody else."""
        follower = self.follower(account, openid)
        message = messages.scan(scene) if follower.subscribed else messages.subscribe(scene)
        return await self.send(account, openid, message, delivery)

    async def click(
        self, account: str, openid: str, key: str, delivery: Delivery = NORMAL
    ) -> Exchange:
        """Tap a menu button by its key."""
        return await self.send(account, openid, messages.click(key), delivery)

    async def view(
        self, account: str, openid: str, url: str, delivery: Delivery = NORMAL
    ) -> Exchange:
        """Tap a menu button that opens a page."""
        return await self.send(account, openid, messages.view(url), delivery)

    async def tap(
        self, account: str, openid: str, button: Button, delivery: Delivery = NORMAL
    ) -> Exchange:
        """Tap one of the menu's buttons."""
        if button.kind == "view":
            message = messages.view(button.url, button.name)
        else:
            message = messages.click(button.key, button.name)
        return await self.send(account, openid, message, delivery)

    async def tap_line(
        self, account: str, openid: str, content: str, menu_id: str, delivery: Delivery = NORMAL
    ) -> Exchange:
        """Tap a `weixin://bizmsgmenu` line of a reply."""
        return await self.send(account, openid, messages.text(content, menu_id), delivery)

    async def send(
        self, account: str, openid: str, message: Message, delivery: Delivery = NORMAL
    ) -> Exchange:
        """Send any message or event and show the citizen what comes back.

        Raises NotSubscribed for everything but `subscribe` from somebody who does not follow.
        """
        follower = self.follower(account, openid)
        if message.kind == "subscribe" and message.is_event:
            follower.subscribed = True
        elif not follower.subscribed:
            raise NotSubscribed(f"{openid} does not follow {account}")
        if message.kind == "unsubscribe":
            follower.subscribed = False
        if message.grant:
            follower.allowance = follower.allowance.granted(message.grant, self.clock())
        return await self.switchboard.exchange(follower, message, delivery)

    # What the platform does

    async def notify(self, account: str, openid: str, message: Message) -> Exchange:
        """Deliver an event of the platform's own, such as TEMPLATESENDJOBFINISH."""
        return await self.switchboard.exchange(self.follower(account, openid), message, NORMAL)

    async def redeliver(self, exchange: Exchange, delivery: Delivery = NORMAL) -> Exchange:
        """Send the very same message again, e.g. after the service came back."""
        follower = self.follower(exchange.account, exchange.openid)
        return await self.switchboard.repeat(follower, exchange, delivery)

    async def verify(self, account: str) -> bool:
        """Check the webhook as the back office does when its URL is saved (接入概述)."""
        echo = str(secrets.randbelow(2**63))
        return await self.switchboard.courier.verify(self.accounts[account], echo) == (200, echo)

    @property
    def exchanges(self) -> Sequence[Exchange]:
        """The latest exchanges of everybody, oldest first."""
        return self.switchboard.exchanges

    def media_url(self, media_id: str) -> str:
        """Where a picture can be fetched."""
        return f"{self.address}/media/{media_id}"

    def in_background(self, work: Coroutine[Any, Any, object]) -> None:
        """Run `work` until it ends or the platform closes."""
        task: asyncio.Task[object] = asyncio.get_running_loop().create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)
