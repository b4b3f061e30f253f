"""Customer-service messages through the platform's API, its tokens, limits and failures."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from bot import wechat_api
from bot.config_account import AccountSettings
from bot.postman import Postman
from bot.wechat_api import CitizenUnreachable, NeedsAPerson, RetryLater, Unsure, WeChatApi
from handlers.message import Message, MessageKind
from handlers.ports import Accepted
from handlers.settlement import Outcome, Settlement
from simulator import Platform, create_api
from storage import Storage
from tests.servers.databases import fresh_storage
from tests.servers.stub_service import APPID, AUNT, SECRET, TOKEN, account

SEND = "/cgi-bin/message/custom/send"
TOKENS = "/cgi-bin/stable_token"


@dataclass
class World:
    """The platform's API on a socket, and our side of it."""

    platform: Platform
    api: WeChatApi
    storage: Storage
    postman: Postman

    @property
    def pushed(self) -> list[str]:
        return [
            push.text
            for push in self.platform.follower("main", AUNT.openid).pushes
            if push.errcode == 0
        ]

    async def accepted(self, text: str, now: datetime, *, number: int = 1) -> Accepted:
        """What the citizen writes now, on its way to an answer."""
        message = Message(
            account="main",
            citizen=AUNT.openid,
            receiver="gh_desk",
            kind=MessageKind.TEXT,
            created_at=now,
            text=text,
            message_id=str(number),
        )
        return await self.storage.accept(message, now=now, claim_until=now + timedelta(minutes=1))

    async def queue(self, text: str, *, number: int = 1) -> None:
        """A message whose answer came too late for its passive reply."""
        now = datetime.now(UTC)
        accepted = await self.accepted("医保怎么交", now, number=number)
        await self.storage.freeze_reply(accepted.id, "收到", now=now)
        await self.storage.settle(
            accepted.id,
            Settlement(
                outcome=Outcome.CHATTED, reply=text, citizen=accepted.citizen, settled_at=now
            ),
        )


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    platform = Platform([account()], citizens=[AUNT])
    server = TestServer(create_api(platform))
    await server.start_server()
    storage = await fresh_storage(tmp_path / "desk.db")
    settings = AccountSettings(
        appid=APPID,
        secret=SECRET,
        token=TOKEN,
        mode="plain",
        api_base=str(server.make_url("/")),
    )
    async with aiohttp.ClientSession() as session:
        api = WeChatApi("main", settings, session, storage, asyncio.Lock())
        postman = Postman(storage, {"main": api}, lambda: datetime.now(UTC))
        yield World(platform=platform, api=api, storage=storage, postman=postman)
    await server.close()
    await platform.close()
    await storage.close()


async def wrote(world: World) -> None:
    """The citizen writes, which opens the platform's push window (nobody answers the webhook)."""
    await world.platform.send_text("main", AUNT.openid, "医保怎么交")


async def test_a_text_is_pushed_and_the_token_fetched_once(world: World) -> None:
    await wrote(world)
    await world.api.send_text(AUNT.openid, "可以在手机上交。")
    await world.api.send_text(AUNT.openid, "第二条。")
    assert world.pushed == ["可以在手机上交。", "第二条。"]
    assert world.platform.faults.calls[TOKENS] == 1


async def test_a_revoked_token_is_renewed_once_and_the_text_sent_once(world: World) -> None:
    await wrote(world)
    await world.api.send_text(AUNT.openid, "一")
    world.platform.tokens.revoke()
    await world.api.send_text(AUNT.openid, "二")
    assert world.pushed == ["一", "二"]
    assert world.platform.faults.calls[TOKENS] == 2


async def test_the_sixth_push_finds_the_window_used_up(world: World) -> None:
    await wrote(world)
    for number in range(5):
        await world.api.send_text(AUNT.openid, str(number))
    with pytest.raises(CitizenUnreachable, match="45047"):
        await world.api.send_text(AUNT.openid, "六")


@pytest.mark.parametrize(
    ("errcode", "outcome"),
    [
        (-1, RetryLater),
        (45015, CitizenUnreachable),
        (45047, CitizenUnreachable),
        (40003, CitizenUnreachable),
        (45009, NeedsAPerson),
        (48001, NeedsAPerson),
        (40164, NeedsAPerson),
    ],
)
async def test_each_error_says_what_to_do_next(
    world: World, errcode: int, outcome: type[Exception]
) -> None:
    await wrote(world)
    world.platform.faults.plan(SEND, errcode=errcode)
    with pytest.raises(outcome):
        await world.api.send_text(AUNT.openid, "一")
    assert world.platform.faults.calls[SEND] == 1


async def test_a_server_fault_is_tried_later(world: World) -> None:
    await wrote(world)
    world.platform.faults.plan(SEND, status=502)
    with pytest.raises(RetryLater):
        await world.api.send_text(AUNT.openid, "一")


async def test_an_answer_that_never_comes_leaves_us_unsure(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await wrote(world)
    monkeypatch.setattr(wechat_api, "TIMEOUT", aiohttp.ClientTimeout(total=0.2))
    await world.api.send_text(AUNT.openid, "一")
    world.platform.faults.plan(SEND, hang=1.0)
    with pytest.raises(Unsure):
        await world.api.send_text(AUNT.openid, "二")


async def test_a_late_answer_is_pushed_once(world: World) -> None:
    await wrote(world)
    await world.queue("可以在手机上交。")
    assert await world.postman.round() == 1
    assert await world.postman.round() == 0
    assert world.pushed == ["可以在手机上交。"]


async def test_a_busy_platform_is_asked_again_later_and_the_push_is_not_used_up(
    world: World,
) -> None:
    await wrote(world)
    await world.queue("可以在手机上交。")
    world.platform.faults.plan(SEND, errcode=-1)
    await world.postman.round()
    citizen = await world.storage.citizen("main", AUNT.openid)
    assert citizen is not None
    assert (citizen.push_left, world.pushed) == (5, [])


async def test_a_push_that_broke_off_is_never_repeated_but_goes_with_the_next_message(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await wrote(world)
    await world.api.send_text(AUNT.openid, "token")
    monkeypatch.setattr(wechat_api, "TIMEOUT", aiohttp.ClientTimeout(total=0.2))
    await world.queue("可以在手机上交。")
    world.platform.faults.plan(SEND, hang=0.5, after=True)
    await world.postman.round()
    assert await world.postman.round() == 0
    accepted = await world.accepted("查询", datetime.now(UTC), number=2)
    assert [each.may_have_arrived for each in accepted.waiting] == [True]


async def test_a_closed_window_leaves_the_text_for_the_next_message(world: World) -> None:
    await world.queue("可以在手机上交。")  # the platform knows of no message
    await world.postman.round()
    assert world.pushed == []
    assert await world.postman.round() == 0
