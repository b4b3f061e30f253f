"""Notices of a service account, and texts given up, against the platform's own API."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from bot import backoff
from bot.config_account import AccountSettings, NoticeSettings
from bot.herald import Herald
from bot.postman import Postman
from bot.wechat_api import WeChatApi
from cases.case import State
from handlers.message import Message, MessageKind
from handlers.settlement import Outcome, Settlement
from simulator import Platform, create_api
from simulator.follower import Line
from storage import Storage
from tests.servers.databases import fresh_storage
from tests.servers.stub_service import APPID, AUNT, SECRET, TOKEN, account
from tests.values.storage import SCHOOLS, SUPERVISOR, letter, opening, step

SEND, TEMPLATE = "/cgi-bin/message/custom/send", "/cgi-bin/message/template/send"
BIZSEND = "/cgi-bin/message/subscribe/bizsend"
FIELDS = {
    "character_string1": "number",
    "thing2": "department",
    "phrase3": "what",
    "time4": "time",
    "thing5": "hint",
}


@dataclass
class World:
    """A service account, its outbox, and a clock of its own."""

    platform: Platform
    storage: Storage
    postman: Postman
    herald: Herald
    now: datetime

    @property
    def notices(self) -> list[Line]:
        lines = self.platform.follower("main", AUNT.openid).lines
        return [line for line in lines if line.kind == "notice"]

    async def replied(self, *, wrote: bool = True) -> str:
        """A case of the citizen with its reply in the outbox."""
        if wrote:
            await self.writes("校车几点到")
        case = await self.storage.write_change(
            opening(citizen=AUNT.openid, department=SCHOOLS, state=State.ROUTED)
        )
        change = letter(step(case, State.ACCEPTED), "校车 7:20 到。")
        await self.storage.write_change(change)
        assert change.delivery is not None
        return change.delivery.key

    async def writes(self, text: str) -> None:
        message = Message(
            account="main",
            citizen=AUNT.openid,
            receiver="gh_desk",
            kind=MessageKind.TEXT,
            created_at=self.now,
            text=text,
            message_id=text,
        )
        later = self.now + timedelta(minutes=1)
        accepted = await self.storage.accept(message, now=self.now, claim_until=later)
        ended = Settlement(
            outcome=Outcome.CHATTED, reply="好", citizen=accepted.citizen, settled_at=self.now
        )
        await self.storage.settle(accepted.id, ended)

    async def state(self) -> tuple[str, str, str]:
        """State, notice and reason of the one text under way."""
        (waiting,) = await self.storage.undelivered(viewer=SUPERVISOR)
        return waiting.state, waiting.notice, waiting.reason or waiting.notice_reason


LINK = "https://desk.example/public/case/{}.x"


@pytest.fixture
def way() -> str:
    return "template"


@pytest.fixture
async def world(tmp_path: Path, way: Any) -> AsyncIterator[World]:
    async with AsyncExitStack() as stack:
        platform = await stack.enter_async_context(Platform([account()], citizens=[AUNT]))
        server = TestServer(create_api(platform))
        await server.start_server()
        stack.push_async_callback(server.close)
        storage = await fresh_storage(tmp_path / "desk.db")
        stack.push_async_callback(storage.close)
        notice = NoticeSettings.model_validate({"way": way, "template": "T-1", "fields": FIELDS})
        settings = AccountSettings(
            appid=APPID,
            secret=SECRET,
            token=TOKEN,
            mode="plain",
            api_base=str(server.make_url("/")),
            notice=notice,
        )
        session = await stack.enter_async_context(aiohttp.ClientSession())
        apis = {"main": WeChatApi("main", settings, session, storage, asyncio.Lock())}
        made = World(
            platform=platform,
            storage=storage,
            postman=Postman(storage, apis, lambda: made.now),
            herald=Herald(
                storage, apis, {"main": notice}, link=LINK.format, clock=lambda: made.now
            ),
            now=datetime.now(UTC),
        )
        yield made


async def later(world: World, step: timedelta = timedelta(days=3)) -> None:
    world.now += step


@pytest.mark.parametrize(("way", "path"), [("template", TEMPLATE), ("subscription", BIZSEND)])
async def test_after_the_window_a_notice_says_there_is_news_and_nothing_else(
    world: World, path: str
) -> None:
    await world.replied()
    assert await world.herald.round() == 0
    await later(world)
    assert (await world.postman.round(), await world.herald.round()) == (0, 1)
    (line,) = world.notices
    shown = dict(line.details)
    assert shown["row:character_string1"] == "HY20261118-0001"
    assert (shown["row:thing2"], shown["row:phrase3"]) == (SCHOOLS, "有新回复")
    assert shown["url"] == "https://desk.example/public/case/HY20261118-0001.x"
    assert "7:20" not in str(line)
    assert await world.herald.round() == 0
    assert world.platform.faults.calls[path] == 1


@pytest.mark.parametrize("way", ["subscription"])
async def test_who_refused_notices_gets_the_text_with_the_next_message(world: World) -> None:
    await world.replied()
    await later(world)
    world.platform.follower("main", AUNT.openid).notices_refused = True
    await world.herald.round()
    state, notice, reason = await world.state()
    assert (state, notice) == ("waiting", "refused")
    assert "43101" in reason


async def test_a_notice_whose_answer_never_came_is_not_sent_again(world: World) -> None:
    await world.replied()
    await later(world)
    world.platform.faults.plan(TEMPLATE, status=200, hang=0.0, after=True)
    await world.herald.round()
    assert (await world.state())[1] == "waiting"  # -1: the platform says that it is busy
    await later(world, timedelta(hours=1))
    await world.herald.round()
    assert (await world.state())[1] == "sent"


async def test_a_wrong_template_needs_a_person_and_a_retry_sends_it(world: World) -> None:
    key = await world.replied()
    await later(world)
    world.platform.faults.plan(TEMPLATE, errcode=40037)
    await world.herald.round()
    assert (await world.state())[1] == "failed"
    assert await world.storage.retry_delivery(key, viewer=SUPERVISOR, now=world.now)
    await world.herald.round()
    assert len(world.notices) == 1


async def test_a_text_the_platform_will_never_take_is_given_up_at_once(world: World) -> None:
    await world.platform.send_text("main", AUNT.openid, "校车几点到")
    await world.replied()
    world.platform.faults.plan(SEND, errcode=45002)
    await world.postman.round()
    state, _, reason = await world.state()
    assert (state, reason) == ("failed", "文字太长，微信不收（45002）")
    assert await world.storage.troubles() == []  # the next text may well be taken


async def test_a_platform_that_stays_busy_is_asked_less_and_less_and_then_given_up(
    world: World,
) -> None:
    await world.platform.send_text("main", AUNT.openid, "校车几点到")
    key = await world.replied()
    world.platform.faults.plan(SEND, errcode=-1, times=20)
    waits = []
    while (await world.state())[0] == "waiting":
        begun = world.now
        while not await world.postman.round():
            world.now += timedelta(seconds=4)
        waits.append(world.now - begun)
    assert world.platform.faults.calls[SEND] == backoff.TRIES
    assert waits[1:] == sorted(waits[1:])
    assert "试了 8 次" in (await world.state())[2]
    world.platform.faults.clear()
    await world.storage.retry_delivery(key, viewer=SUPERVISOR, now=world.now)
    await world.postman.round()
    assert await world.storage.undelivered(viewer=SUPERVISOR) == []


async def test_a_used_up_quota_waits_for_midnight_without_asking_again(world: World) -> None:
    await world.platform.send_text("main", AUNT.openid, "校车几点到")
    await world.replied()
    world.platform.quotas.limits[SEND] = 0
    for _ in range(3):
        await world.postman.round()
        world.now += timedelta(seconds=30)
    (waiting,) = await world.storage.undelivered(viewer=SUPERVISOR)
    assert world.platform.faults.calls[SEND] == 1
    assert waiting.look_at.astimezone(UTC).hour == 16


async def test_an_account_in_trouble_keeps_its_texts_and_sends_them_when_it_is_mended(
    world: World,
) -> None:
    await world.platform.send_text("main", AUNT.openid, "校车几点到")
    await world.replied()
    world.platform.whitelists["main"] = frozenset()
    await world.postman.round()
    state, _, reason = await world.state()
    assert (state, "白名单" in reason) == ("waiting", True)
    world.platform.whitelists.clear()
    await world.storage.retry_account("main", actor="administrator", now=world.now)
    await world.postman.round()
    assert await world.storage.undelivered(viewer=SUPERVISOR) == []


def test_the_wait_doubles_up_to_an_hour() -> None:
    waits = [backoff.wait(timedelta(minutes=1), n) / timedelta(minutes=1) for n in (1, 2, 3, 30)]
    for found, meant in zip(waits, (2, 4, 8, 60), strict=True):
        assert 0.8 * meant <= found <= 1.2 * meant


def test_a_field_is_as_long_as_its_kind_allows() -> None:
    from handlers.outbox import Notice
    from handlers.texts.notices import field

    change = letter(step(opening().case, State.ACCEPTED), "x")
    assert change.delivery is not None
    notice = Notice(
        delivery=replace(change.delivery, case="H" * 50), department="局" * 50, attempts=1
    )
    lengths = [
        len(field(kind, source, notice))
        for kind, source in (
            ("thing", "department"),
            ("phrase", "what"),
            ("character_string", "number"),
        )
    ]
    assert lengths == [20, 4, 32]
