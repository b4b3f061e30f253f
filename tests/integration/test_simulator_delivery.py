"""How the simulated platform delivers: to a service that speaks the protocol through wechatpy."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp.test_utils import TestServer

from simulator import FAULT_NOTICE, Citizen, Delivery, Exchange, NotSubscribed, Platform, Trouble
from tests.servers.stub_service import AUNT, MASTER, Clock, StubService, Think, account

Connect = Callable[..., Awaitable[tuple[Platform, StubService]]]
START = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
PATIENCE = 0.15


@pytest.fixture
async def connect() -> AsyncIterator[Connect]:
    """`connect(think, mode)`: a platform and the service it delivers to."""
    opened: list[Any] = []

    async def join(think: Think, mode: str = "safe", **more: Any) -> tuple[Platform, StubService]:
        stub = StubService(think, mode)
        server = TestServer(stub.app())
        await server.start_server()
        known = account(str(server.make_url("/wechat/main")), mode=mode)
        settings: dict[str, Any] = {"clock": Clock(START), "patience": PATIENCE} | more
        platform = Platform([known], [AUNT, MASTER], **settings)
        opened.extend([platform, server])
        return platform, stub

    yield join
    for each in opened:
        await each.close()


def shown(platform: Platform) -> list[tuple[str, str]]:
    follower = platform.follower("main", AUNT.openid)
    return [(line.side, line.text) for line in follower.lines]


async def say(platform: Platform, words: str = "医保", **how: Any) -> Exchange:
    return await platform.send_text("main", AUNT.openid, words, Delivery(**how))


@pytest.mark.parametrize("mode", ["plain", "compatible", "safe"])
async def test_a_question_is_answered_in_every_mode(connect: Connect, mode: str) -> None:
    platform, stub = await connect(lambda message: "交 & <费>", mode)
    await say(platform, "医保 ]]> & <怎么>")
    assert stub.messages[0].content == "医保 ]]> & <怎么>"
    assert shown(platform)[-1] == ("account", "交 & <费>")
    assert stub.queries[0]["openid"] == AUNT.openid


async def test_raw_and_decrypted_texts_of_both_directions_are_kept(connect: Connect) -> None:
    platform, _ = await connect(lambda message: "您好")
    (attempt,) = (await say(platform, "你好")).attempts
    assert "你好" in attempt.sent_plain
    assert "你好" not in attempt.sent
    assert "您好" in attempt.received_plain
    assert "Encrypt" in attempt.received


async def test_success_and_nothing_show_no_bubble(connect: Connect) -> None:
    for silence in (b"", b"success"):
        platform, _ = await connect(lambda message, silence=silence: silence)
        exchange = await say(platform)
        assert (exchange.accepted, exchange.reply) == (True, None)
        assert shown(platform) == [("citizen", "医保")]


async def test_a_service_that_is_too_slow_is_asked_three_times(connect: Connect) -> None:
    async def sleep(message: Any) -> str:
        await asyncio.sleep(PATIENCE * 3)
        return "太晚了"

    platform, stub = await connect(sleep)
    exchange = await say(platform)
    assert [attempt.trouble for attempt in exchange.attempts] == [Trouble.TIMED_OUT] * 3
    assert shown(platform)[-1] == ("system", FAULT_NOTICE)
    assert len({message.id for message in stub.messages}) == 1


async def test_the_second_delivery_may_be_answered(connect: Connect) -> None:
    answers = iter([503, "好了"])
    platform, stub = await connect(lambda message: next(answers))
    exchange = await say(platform)
    assert (len(exchange.attempts), exchange.text, exchange.faulty) == (2, "好了", False)
    assert stub.queries[0]["nonce"] != stub.queries[1]["nonce"]


@pytest.mark.parametrize("body", [b'{"json": 1}', b"oops", b"<xml><Content>hi</Content></xml>"])
async def test_a_wrong_reply_shows_a_fault_and_is_not_repeated(
    connect: Connect, body: bytes
) -> None:
    platform, stub = await connect(lambda message: body)
    exchange = await say(platform)
    assert exchange.attempts[0].trouble is Trouble.UNREADABLE
    assert (len(stub.messages), exchange.faulty) == (1, True)


async def test_a_reply_over_2048_bytes_is_a_fault(connect: Connect) -> None:
    platform, _ = await connect(lambda message: "好" * 683)
    exchange = await say(platform)
    assert "2048" in exchange.attempts[0].detail


async def test_three_deliveries_are_one_message(connect: Connect) -> None:
    platform, stub = await connect(lambda message: "您好")
    exchange = await say(platform, times=3)
    assert len({(message.id, message.create_time) for message in stub.messages}) == 1
    assert len(exchange.attempts) == 3
    assert shown(platform) == [("citizen", "医保"), ("account", "您好")]


async def test_three_deliveries_can_come_at_once(connect: Connect) -> None:
    together, everyone = 0, asyncio.Event()

    async def wait(message: Any) -> str:
        nonlocal together
        together += 1
        if together == 3:
            everyone.set()
        await everyone.wait()
        return "一起"

    platform, _ = await connect(wait, patience=2.0)
    exchange = await say(platform, times=3, concurrently=True)
    assert [attempt.reply.text for attempt in exchange.attempts if attempt.reply] == ["一起"] * 3


async def test_a_forged_signature_is_refused_and_not_repeated(connect: Connect) -> None:
    platform, stub = await connect(lambda message: "您好")
    exchange = await say(platform, bad_signature=True)
    assert [attempt.status for attempt in exchange.attempts] == [403]
    assert stub.messages == []


async def test_a_late_message_carries_old_times(connect: Connect) -> None:
    platform, stub = await connect(lambda message: "您好")
    await say(platform, late_by=timedelta(minutes=15))
    old = int((START - timedelta(minutes=15)).timestamp())
    assert int(stub.queries[0]["timestamp"]) == old
    assert f"<CreateTime>{old}</CreateTime>" in platform.exchanges[0].plain


async def test_a_delay_holds_the_message_back(connect: Connect) -> None:
    platform, stub = await connect(lambda message: "您好")
    sending = asyncio.create_task(say(platform, delay=0.1))
    await asyncio.sleep(0.03)
    assert stub.messages == []
    assert (await sending).text == "您好"


async def test_a_service_that_is_away_is_tried_three_times_and_reached_later(
    connect: Connect,
) -> None:
    platform, stub = await connect(lambda message: "您好")
    away = account("http://127.0.0.1:9/wechat/main")
    follower = platform.follower("main", AUNT.openid)
    present, follower.account = follower.account, away
    lost = await say(platform)
    assert [attempt.trouble for attempt in lost.attempts] == [Trouble.UNREACHABLE] * 3
    follower.account = present
    assert (await platform.redeliver(lost)).text == "您好"
    assert f"<MsgId>{stub.messages[0].id}</MsgId>" in lost.plain


async def test_a_repeat_of_an_answered_message_shows_nothing_twice(connect: Connect) -> None:
    platform, _ = await connect(lambda message: "您好")
    answered = await say(platform)
    await platform.redeliver(answered)
    assert shown(platform) == [("citizen", "医保"), ("account", "您好")]


async def test_the_webhook_is_verified_with_an_echo(connect: Connect) -> None:
    platform, _ = await connect(lambda message: None)
    assert await platform.verify("main")
    stranger = account(platform.accounts["main"].webhook, token="another")
    platform.accounts["main"] = stranger
    assert not await platform.verify("main")


async def test_every_kind_of_message_arrives(connect: Connect) -> None:
    platform, stub = await connect(lambda message: None)
    who = ("main", AUNT.openid)
    await platform.send_image(*who)
    await platform.send_voice(*who)
    await platform.send_video(*who)
    await platform.send_video(*who, short=True)
    await platform.send_location(*who)
    await platform.send_link(*who)
    kinds = ["image", "voice", "video", "shortvideo", "location", "link"]
    assert [message.type for message in stub.messages] == kinds


async def test_following_leaving_scanning_and_tapping_arrive_as_events(connect: Connect) -> None:
    platform, stub = await connect(lambda message: None)
    who = ("main", MASTER.openid)
    await platform.unsubscribe(*who)
    await platform.scan(*who, "hall")
    await platform.scan(*who, "hall")
    await platform.click(*who, "查询")
    await platform.view(*who, "https://www.gov.example/")
    await platform.subscribe(*who)
    events = [message.event for message in stub.messages]
    assert events == ["unsubscribe", "subscribe_scan", "scan", "click", "view", "subscribe"]


async def test_who_does_not_follow_cannot_write(connect: Connect) -> None:
    platform, stub = await connect(lambda message: "您好", subscribed=False)
    with pytest.raises(NotSubscribed):
        await say(platform)
    assert stub.messages == []


async def test_who_left_sees_no_reply(connect: Connect) -> None:
    platform, _ = await connect(lambda message: "别走")
    await platform.unsubscribe("main", AUNT.openid)
    assert shown(platform) == [("system", "已取消关注")]


async def test_a_citizen_can_join_later(connect: Connect) -> None:
    platform, _ = await connect(lambda message: "欢迎")
    platform.enrol(Citizen(openid="oHY_new", nickname="新来的"))
    assert (await platform.send_text("main", "oHY_new", "你好")).text == "欢迎"
    assert platform.accounts["main"].original_id.startswith("gh_")


async def test_a_lent_session_is_left_open() -> None:
    from aiohttp import ClientSession

    async with ClientSession() as session:
        async with Platform([account()], [AUNT], session=session, patience=PATIENCE) as platform:
            assert not (await say(platform)).accepted
        assert not session.closed
