"""The chat page's files and JSON."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from aiohttp import FormData, web
from aiohttp.test_utils import TestClient, TestServer

from simulator import Platform, create_app
from simulator.media import sample_picture
from tests.servers.stub_service import AUNT, MASTER, Clock, StubService, account

WHO = {"account": "main", "openid": AUNT.openid}


@pytest.fixture
async def stub() -> StubService:
    return StubService(lambda message: f"收到{message.type}")


@pytest.fixture
async def platform(stub: StubService) -> AsyncIterator[Platform]:
    async with TestServer(stub.app()) as server:
        known = account(str(server.make_url("/wechat/main")))
        clock = Clock(datetime(2026, 11, 21, 6, 0, tzinfo=UTC))
        yield Platform([known], [AUNT, MASTER], clock=clock)


@pytest.fixture
async def client(platform: Platform) -> AsyncIterator[TestClient[Any, Any]]:
    app = web.Application()
    app.add_subapp("/simulator", create_app(platform))
    async with TestClient(TestServer(app)) as client:
        yield client


async def post(client: TestClient[Any, Any], path: str, **body: Any) -> Any:
    async with client.post(f"/simulator/api/{path}", json=WHO | body) as response:
        return await response.json() if response.status == 200 else response.status


async def log(client: TestClient[Any, Any], **query: str) -> Any:
    async with client.get("/simulator/api/log", params=WHO | query) as response:
        return await response.json() if response.status == 200 else response.status


async def test_the_page_and_its_files_are_served(client: TestClient[Any, Any]) -> None:
    async with client.get("/simulator") as response:
        assert response.url.path == "/simulator/"
        assert "default-src 'self'" in response.headers["Content-Security-Policy"]
        assert "云溪县政务服务" in await response.text()
    for name in ("chat.js", "bubbles.js", "wire.js", "dom.js", "chat.css", "wire.css"):
        async with client.get(f"/simulator/static/{name}") as response:
            assert response.status == 200


async def test_nothing_on_the_page_comes_from_elsewhere(client: TestClient[Any, Any]) -> None:
    for name in ("", "static/chat.js", "static/bubbles.js", "static/chat.css", "static/wire.css"):
        async with client.get(f"/simulator/{name}") as response:
            text = (await response.text()).replace("http://www.w3.org/2000/svg", "")
            assert "http://" not in text
            assert "https://" not in text


async def test_citizens_and_accounts_are_listed(client: TestClient[Any, Any]) -> None:
    async with client.get("/simulator/api/citizens") as response:
        listed = await response.json()
    assert listed["citizens"][0] == {"openid": AUNT.openid, "nickname": "王阿姨"}
    assert listed["accounts"][0]["mode"] == "safe"


async def test_a_message_and_its_answer_are_in_the_log(client: TestClient[Any, Any]) -> None:
    assert await post(client, "send", kind="text", text="医保") == {
        "accepted": True,
        "text": "收到text",
    }
    shown = await log(client)
    assert [line["text"] for line in shown["lines"]] == ["医保", "收到text"]
    assert shown["allowance"]["words"] == "还可推送 5 条，后天 14:00 截止"
    assert shown["exchanges"][0]["attempts"][0]["outcome"] == "已回复"


async def test_a_log_without_news_is_empty(client: TestClient[Any, Any]) -> None:
    await post(client, "send", kind="text", text="医保")
    shown = await log(client)
    assert await log(client, after=f"{shown['boot']}.{shown['revision']}") == 204
    assert await log(client, openid="o-unknown") == 404


@pytest.mark.parametrize(
    ("kind", "arrives"),
    [
        ("camera", "image"),
        ("voice", "voice"),
        ("video", "video"),
        ("shortvideo", "shortvideo"),
        ("location", "location"),
        ("link", "link"),
        ("scan", "event"),
    ],
)
async def test_the_panel_sends_every_kind(
    client: TestClient[Any, Any], stub: StubService, kind: str, arrives: str
) -> None:
    await post(client, "send", kind=kind)
    assert stub.messages[0].type == arrives


async def test_a_picture_from_the_album_can_be_seen_again(
    client: TestClient[Any, Any], stub: StubService
) -> None:
    form = FormData(WHO)
    picture = sample_picture(8, 6)
    form.add_field("picture", picture, filename="hole.png", content_type="image/png")
    async with client.post("/simulator/api/picture", data=form) as response:
        assert (await response.json())["accepted"]
    path = stub.messages[0].image.split("/simulator/")[1]
    async with client.get(f"/simulator/{path}") as response:
        assert await response.read() == picture


@pytest.mark.parametrize(("size", "status"), [(3 << 20, 200), (11 << 20, 413), (13 << 20, 413)])
async def test_a_picture_may_be_as_large_as_wechat_takes_it(
    client: TestClient[Any, Any], size: int, status: int
) -> None:
    form = FormData(WHO)
    picture = BytesIO(sample_picture(8, 6) + bytes(size))
    form.add_field("picture", picture, filename="hole.png", content_type="image/png")
    async with client.post("/simulator/api/picture", data=form) as response:
        assert response.status == status
        assert status == 200 or await response.text() == "图片太大了，微信最多发 10 MB"


async def test_who_left_is_told_to_follow_first(client: TestClient[Any, Any]) -> None:
    await post(client, "follow", subscribed=False)
    form = FormData(WHO)
    form.add_field("picture", sample_picture(8, 6), filename="a.png", content_type="image/png")
    async with client.post("/simulator/api/picture", data=form) as response:
        assert (response.status, "关注" in await response.text()) == (409, True)


async def test_what_is_no_picture_is_refused(client: TestClient[Any, Any]) -> None:
    form = FormData(WHO)
    form.add_field("picture", b"<html>", filename="a.html", content_type="text/html")
    async with client.post("/simulator/api/picture", data=form) as response:
        assert response.status == 400


async def test_menu_buttons_are_tapped_by_their_place(
    client: TestClient[Any, Any], stub: StubService
) -> None:
    await post(client, "tap", menu="1")
    await post(client, "tap", menu="0.2")
    assert [message.event for message in stub.messages] == ["click", "view"]
    assert stub.messages[0].key == "查询"
    assert await post(client, "tap", menu="7") == 400


async def test_a_tapped_line_is_sent_as_text(
    client: TestClient[Any, Any], stub: StubService
) -> None:
    await post(client, "send", kind="text", text="1", menu="7")
    assert (
        "<bizmsgmenuid><![CDATA[7]]></bizmsgmenuid>"
        in (await log(client))["exchanges"][0]["attempts"][0]["sent_plain"]
    )
    assert stub.messages[0].content == "1"


async def test_leaving_closes_the_chat_and_following_opens_it(
    client: TestClient[Any, Any],
) -> None:
    await post(client, "follow", subscribed=False)
    assert await post(client, "send", kind="text", text="在吗") == 409
    assert (await log(client))["allowance"]["words"] == "未关注，不能推送"
    await post(client, "follow", subscribed=True)
    assert (await log(client))["subscribed"]


@pytest.mark.parametrize(
    ("delivery", "deliveries", "good"),
    [("thrice", 3, True), ("at-once", 3, True), ("late", 1, True), ("forged", 1, False)],
)
async def test_a_message_can_be_delivered_unusually(
    client: TestClient[Any, Any], delivery: str, deliveries: int, good: bool
) -> None:
    answer = await post(client, "send", kind="text", text="医保", delivery=delivery)
    attempts = (await log(client))["exchanges"][0]["attempts"]
    assert (answer["accepted"], len(attempts)) == (good, deliveries)


async def test_requests_nobody_should_make_are_refused(client: TestClient[Any, Any]) -> None:
    assert await post(client, "send", kind="text", text="  ") == 400
    assert await post(client, "send", kind="text", text="你好", account="other") == 404
    async with client.post("/simulator/api/send", data=b"{}") as response:
        assert response.status == 415
    headers = {"Content-Type": "application/json"}
    for raw, status in ((b"{", 400), (b"[]", 400)):
        async with client.post("/simulator/api/send", data=raw, headers=headers) as response:
            assert response.status == status


async def test_the_platforms_api_lies_below_the_page(client: TestClient[Any, Any]) -> None:
    async with client.post("/simulator/platform/cgi-bin/stable_token", json={}) as response:
        assert (await response.json())["errcode"] == 40002


async def test_the_simulator_runs_alone(stub: StubService, unused_tcp_port: int) -> None:
    import sys

    from aiohttp import ClientSession

    async with TestServer(stub.app()) as server:
        arguments = {
            "--webhook": str(server.make_url("/wechat/main")),
            "--port": str(unused_tcp_port),
            "--appid": "wx0123456789abcdef",
            "--secret": "s" * 32,
            "--token": "county-token",
            "--aes-key": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
        }
        words = [part for pair in arguments.items() for part in pair]
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "simulator", *words, stderr=asyncio.subprocess.PIPE
        )
        assert process.stderr
        try:
            assert b"api_base" in await process.stderr.readline()
            async with ClientSession() as session:
                assert await _first_answer(session, unused_tcp_port) == 200
        finally:
            process.terminate()
            await process.communicate()


async def _first_answer(session: Any, port: int) -> int:
    from aiohttp import ClientConnectionError

    while True:
        try:
            async with session.get(f"http://127.0.0.1:{port}/simulator/") as response:
                return int(response.status)
        except ClientConnectionError:
            await asyncio.sleep(0.05)
