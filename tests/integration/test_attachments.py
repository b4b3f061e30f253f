"""Pictures, voice and video of citizens: fetched in time, judged by content, joined to the case."""

import asyncio
import struct
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.config_account import AccountSettings
from bot.media import Fetcher
from bot.wechat_api import WeChatApi
from handlers.attachment import type_of
from handlers.message import MessageKind
from simulator import Platform, create_api
from simulator.media import sample_picture
from storage import open_storage
from tests.servers.stub_service import APPID, AUNT, SECRET, TOKEN, account
from tests.values.storage import OFFICER, STRANGER, SUPERVISOR
from tests.worlds.attachments import GET, NUMBER, World

HTML = b"<html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    async with AsyncExitStack() as stack:
        platform = await stack.enter_async_context(Platform([account()], citizens=[AUNT]))
        server = TestServer(create_api(platform))
        await server.start_server()
        stack.push_async_callback(server.close)
        platform.address = str(server.make_url("")).rstrip("/")
        storage = await open_storage(database_url)
        stack.push_async_callback(storage.close)
        await storage.migrate()
        settings = AccountSettings(
            appid=APPID,
            secret=SECRET,
            token=TOKEN,
            mode="plain",
            api_base=str(server.make_url("/")),
        )
        session = await stack.enter_async_context(aiohttp.ClientSession())
        apis = {"main": WeChatApi("main", settings, session, storage, asyncio.Lock())}
        accounts = {"main": settings, "unverified": settings}
        fetcher = Fetcher(storage, apis, accounts, session, lambda: made.now)
        made = World(platform, str(server.make_url("/")), storage, fetcher)
        yield made


@pytest.mark.parametrize(
    ("kind", "content", "found"),
    [
        ("image", sample_picture(), "image/png"),
        ("voice", b"#!AMR\nxxxx", "audio/amr"),
        ("video", b"\0\0\0\x18ftypmp42rest", "video/mp4"),
        ("shortvideo", b"\0\0\0\x18ftypisomrest", "video/mp4"),
    ],
)
async def test_it_is_kept_before_it_expires_and_shown_with_the_case(
    world: World, kind: str, content: bytes, found: str
) -> None:
    await world.sends(content, kind)
    assert await world.fetcher.round() == 1
    await world.message(MessageKind.TEXT, "校门口的路坏了")
    world.now += timedelta(days=30)
    attachment = await world.shown()
    assert (attachment.state, attachment.content_type) == ("kept", found)
    kept = await world.storage.attachment_content(attachment.id, NUMBER, viewer=SUPERVISOR)
    assert kept is not None
    assert kept[1] == content


async def test_a_picture_too_large_to_be_shown_is_not_kept(world: World) -> None:
    vast = sample_picture(8, 6).replace(
        struct.pack(">II", 8, 6), struct.pack(">II", 20_000, 20_000)
    )
    await world.sends(vast)
    await world.fetcher.round()
    ((state, reason),) = await states_of_main(world)
    assert (state, "大得打不开" in reason) == ("refused", True)


async def test_a_picture_sent_long_before_the_words_stays_outside_the_case(world: World) -> None:
    await world.sends(sample_picture())
    world.now += timedelta(minutes=31)
    await world.message(MessageKind.TEXT, "校门口的路坏了")
    assert await world.storage.attachments(NUMBER, viewer=OFFICER) == []


async def test_another_department_sees_neither_the_list_nor_the_content(world: World) -> None:
    await world.sends(sample_picture())
    await world.fetcher.round()
    await world.message(MessageKind.TEXT, "校门口的路坏了")
    attachment = await world.shown()
    assert await world.storage.attachments(NUMBER, viewer=STRANGER) == []
    got = await world.storage.attachment_content(attachment.id, NUMBER, viewer=STRANGER)
    assert got is None


@pytest.mark.parametrize("content", [HTML, SVG, b"", b"GIF", b"%PDF-1.7", b"MZ\x90"])
async def test_what_is_no_picture_is_not_kept_whatever_it_is_called(
    world: World, content: bytes
) -> None:
    await world.message(MessageKind.TEXT, "校门口的路坏了")
    number = await world.sends(content)
    del number
    await world.fetcher.round()
    await join(world)
    attachment = await world.shown()
    assert (attachment.state, attachment.content_type) == ("refused", "")
    assert "为了安全没有保存" in attachment.reason


async def join(world: World) -> None:
    """Links what was sent to the case, as a message about it does."""
    await world.storage.driver.write(lambda: _join(world))


def _join(world: World) -> Any:
    from storage.operations.attachments import join_earlier

    return join_earlier("main", AUNT.openid, NUMBER, at=world.now)


async def test_a_sound_sent_as_a_picture_is_refused(world: World) -> None:
    await world.sends(b"#!AMR\nxxxx", "image")
    await world.fetcher.round()
    await world.message(MessageKind.TEXT, "校门口的路坏了")
    assert (await world.shown()).state == "refused"


async def test_what_is_too_big_is_not_read_to_its_end(world: World) -> None:
    served = 0

    async def endless(request: web.Request) -> web.StreamResponse:
        nonlocal served
        answer = web.StreamResponse()
        await answer.prepare(request)
        for _ in range(400):
            served += 1 << 16
            await answer.write(b"\x89PNG\r\n\x1a\n".ljust(1 << 16, b"x"))
        return answer

    app = web.Application()
    app.router.add_get("/big.png", endless)
    async with TestServer(app) as server:
        own = world.fetcher._accounts["unverified"].model_copy(
            update={"api_base": str(server.make_url("/"))}
        )
        world.fetcher._accounts = {"unverified": own}
        url = str(server.make_url("/big.png"))
        await world.message(MessageKind.IMAGE, name="unverified", PicUrl=url)
        await world.fetcher.round()
    (state,) = await states(world)
    assert state == ("refused", "超过 10 MB，没有保存")
    assert served < 400 << 16


async def states(world: World) -> list[tuple[str, str]]:
    """State and reason of everything that was sent."""
    await world.message(MessageKind.TEXT, "校门口的路坏了")
    await world.storage.driver.write(lambda: _join_unverified(world))
    found = await world.storage.attachments(NUMBER, viewer=SUPERVISOR)
    return [(each.state, each.reason) for each in found]


def _join_unverified(world: World) -> Any:
    from storage.operations.attachments import join_earlier

    return join_earlier("unverified", AUNT.openid, NUMBER, at=world.now)


async def test_an_account_without_verification_takes_the_picture_from_its_address(
    world: World,
) -> None:
    await world.sends(sample_picture(), name="unverified")
    await world.sends(b"#!AMR\nxxxx", "voice", name="unverified")
    await world.fetcher.round()
    picture, voice = await states(world)
    assert picture == ("kept", "")
    assert voice == ("lost", "公众号没有微信认证，微信不提供语音的下载")
    assert world.platform.faults.calls[GET] == 0


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://127.0.0.1:1/x.png",
        "file:///etc/passwd",
        "http://qpic.cn.evil.example/x.png",
        "http://mmbiz.qpic.cn@127.0.0.1/x.png",
        "http://mmbiz.qpic.cn:6379/x.png",
    ],
)
async def test_an_address_that_is_not_wechats_is_never_called(world: World, url: str) -> None:
    await world.message(MessageKind.IMAGE, name="unverified", PicUrl=url)
    await world.fetcher.round()
    assert await states(world) == [("lost", "地址不是微信的，为了安全没有去取")]


async def test_a_busy_platform_is_asked_again_until_the_content_expires(world: World) -> None:
    await world.sends(b"#!AMR\nxxxx", "voice")
    world.platform.faults.plan(GET, errcode=-1, times=500)
    rounds = 0
    while world.now < datetime.now(UTC) + timedelta(days=4):
        rounds += await world.fetcher.round()
        world.now += timedelta(minutes=30)
    assert rounds > 20
    assert "过期" in (await states_of_main(world))[0][1]


async def states_of_main(world: World) -> list[tuple[str, str]]:
    await world.message(MessageKind.TEXT, "校门口的路坏了")
    first = world.now - timedelta(days=5)
    await world.storage.driver.write(lambda: _join_since(world, first))
    found = await world.storage.attachments(NUMBER, viewer=SUPERVISOR)
    return [(each.state, each.reason) for each in found]


def _join_since(world: World, since: datetime) -> Any:
    from storage.operations.attachments import join_earlier

    return join_earlier("main", AUNT.openid, NUMBER, at=since + timedelta(minutes=30))


async def test_an_expired_voice_is_lost_with_the_reason_and_blames_no_account(
    world: World,
) -> None:
    await world.sends(b"#!AMR\nxxxx", "voice")
    world.platform.faults.plan(GET, errcode=40007)
    await world.fetcher.round()
    ((state, reason),) = await states_of_main(world)
    assert (state, "40007" in reason) == ("lost", True)
    assert await world.storage.troubles() == []


async def test_what_a_dead_worker_was_fetching_is_taken_over(world: World) -> None:
    await world.sends(sample_picture())
    until = world.now + timedelta(minutes=2)
    assert await world.storage.take_attachments(now=world.now, claim_until=until, limit=9)
    assert await world.fetcher.round() == 0
    world.now = until
    assert await world.fetcher.round() == 1


async def test_the_same_message_delivered_thrice_is_fetched_once(world: World) -> None:
    await world.sends(sample_picture())
    world.sent -= 1
    await world.sends(sample_picture())
    assert await world.fetcher.round() == 1
    assert await world.fetcher.round() == 0


def test_a_webp_is_told_from_other_riff_files() -> None:
    assert type_of(b"RIFF1234WEBPVP8 ") == "image/webp"


@pytest.mark.parametrize("content", [HTML, SVG, b"\0\0\0\x18ftypheic", b"RIFF1234WAVE", b"BM"])
def test_nothing_but_the_listed_signatures_has_a_type(content: bytes) -> None:
    assert type_of(content) == ""
