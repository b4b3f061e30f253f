"""The page's panels: readers under articles, and a platform that refuses when it is told to."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]  # no stubs
from playwright.async_api import Browser, Page, expect

from simulator import Platform, create_app
from simulator.comments import CommentBoard
from simulator.errors import PlatformError
from tests.servers.stub_service import APPID, AUNT, MASTER, SECRET, Clock, account

pytestmark = pytest.mark.asyncio(loop_scope="session")
LIST = "/cgi-bin/comment/list"
WHO = {"account": "main", "openid": AUNT.openid}
Client = TestClient[web.Request, web.Application]
Visit = Callable[[int], Awaitable[Page]]


@pytest.fixture
def platform() -> Platform:
    clock = Clock(datetime(2026, 11, 21, 6, 0, tzinfo=UTC))
    return Platform([account()], [AUNT, MASTER], clock=clock)


@pytest_asyncio.fixture(loop_scope="session")
async def client(platform: Platform) -> AsyncIterator[Client]:
    app = web.Application()
    app.add_subapp("/simulator", create_app(platform))
    async with TestClient(TestServer(app)) as client:
        yield client


@pytest_asyncio.fixture(loop_scope="session")
async def visit(chromium: Browser, client: Client) -> Visit:
    """`visit(width)` opens the page in a browser of that width."""

    async def go(width: int) -> Page:
        page = await chromium.new_page(viewport={"width": width, "height": 844})
        await page.goto(str(client.make_url("/simulator/")))
        if width < 1024:
            await page.click("#wire-open")
        return page

    return go


def board(platform: Platform) -> CommentBoard:
    return platform.boards["main"]


async def post(client: Client, action: str, **body: Any) -> int:
    async with client.post(f"/simulator/api/{action}", json=WHO | body) as response:
        return response.status


async def articles(client: Client, **who: str) -> Any:
    async with client.get("/simulator/api/articles", params=WHO | who) as response:
        return await response.json()


async def call(client: Client, path: str, **body: Any) -> int:
    """The errcode of one call of the platform's API; the HTTP status when it broke down."""
    api = "/simulator/platform"
    wanted = {"grant_type": "client_credential", "appid": APPID, "secret": SECRET}
    async with client.post(f"{api}/cgi-bin/stable_token", json=wanted) as response:
        granted = await response.json()
    if "access_token" not in granted:
        return int(granted["errcode"])
    token = {"access_token": granted["access_token"]}
    async with client.post(f"{api}{path}", params=token, json=body) as response:
        if response.status != 200:
            return response.status
        return int((await response.json(content_type=None)).get("errcode", 0))


async def test_readers_write_under_an_article_with_and_without_an_identity(
    platform: Platform, client: Client
) -> None:
    assert await post(client, "article", title="医保缴费开始了") == 200
    (article,) = (await articles(client))["articles"]
    assert await post(client, "comment", at=article["at"], text="怎么交？") == 200
    assert await post(client, "comment", at=article["at"], text="路灯坏了", nameless=True) == 200
    (article,) = (await articles(client))["articles"]
    assert [(each["who"], each["own"], each["text"]) for each in article["comments"]] == [
        ("匿名读者", False, "路灯坏了"),
        (AUNT.nickname, True, "怎么交？"),
    ]
    seen = (await articles(client, openid=MASTER.openid))["articles"][0]["comments"]
    assert [each["own"] for each in seen] == [False, False]


async def test_only_ones_own_comment_is_taken_back(platform: Platform, client: Client) -> None:
    await post(client, "article", title="医保缴费开始了")
    at = (await articles(client))["articles"][0]["at"]
    await post(client, "comment", at=at, text="怎么交？")
    assert await post(client, "withdraw", at=at, number=1, openid=MASTER.openid) == 403
    assert await post(client, "withdraw", at=at, number=1) == 200
    assert await post(client, "withdraw", at=at, number=1) == 409
    assert (await articles(client))["articles"][0]["comments"] == []


async def test_the_platform_refuses_as_often_as_it_was_told(client: Client) -> None:
    for fault, times in (("88001", 2), ("502", 1)):
        assert await post(client, "fault", path=LIST, fault=fault, times=times) == 200
    assert [await call(client, LIST, msg_data_id=1, index=0, begin=0, count=9) for _ in "123"] == [
        88001,
        88001,
        502,
    ]
    await post(client, "fault", path=LIST, fault="-1", times=9)
    assert await post(client, "mend") == 200
    assert await call(client, LIST, msg_data_id=1, index=0, begin=0, count=9, type=0) == 88001


async def test_a_limit_and_the_white_list_are_kept_to(platform: Platform, client: Client) -> None:
    assert await post(client, "limit", path=LIST, most=0) == 200
    assert await call(client, LIST) == 45009
    assert await post(client, "limit", path=LIST, most=None) == 200
    assert await call(client, LIST) != 45009
    assert await post(client, "addresses", addresses="203.0.113.7 203.0.113.8") == 200
    assert await call(client, LIST) == 40164
    async with client.get("/simulator/api/platform", params=WHO) as response:
        state = await response.json()
    assert state["addresses"] == "203.0.113.7 203.0.113.8"
    made = next(each for each in state["calls"] if each["path"] == LIST)
    assert (made["made"], made["limit"], made["failing"]) == (2, None, 0)
    assert await post(client, "addresses", addresses="") == 200
    assert platform.whitelists == {}


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("comment", {"at": "1-0", "text": "没有这篇"}, 409),
        ("comment", {"at": "nonsense", "text": "哪里"}, 400),
        ("comment", {"at": "1-0", "text": " "}, 400),
        ("comment", {"at": "1-0", "text": "谁", "openid": "nobody"}, 404),
        ("comment", {"at": "1-0", "text": "谁", "account": "nobody"}, 404),
        ("withdraw", {"at": "1-0", "number": "1"}, 400),
        ("withdraw", {"at": "1-0", "number": 1}, 409),
        ("article", {"title": ""}, 400),
        ("fault", {"path": LIST, "fault": "12", "times": 1}, 400),
        ("fault", {"path": LIST, "fault": "-1", "times": 0}, 400),
        ("fault", {"path": "/etc", "fault": "-1", "times": 1}, 400),
        ("fault", {"path": LIST, "fault": "-1", "times": 1, "account": "nobody"}, 404),
        ("limit", {"path": LIST, "most": -1}, 400),
        ("addresses", {"addresses": "<b>"}, 400),
    ],
)
async def test_what_makes_no_sense_is_refused(
    client: Client, path: str, body: dict[str, Any], status: int
) -> None:
    assert await post(client, path, **body) == status


async def test_only_json_is_taken(client: Client) -> None:
    for body, kind in (
        ("a=b", "text/plain"),
        ("[]", "application/json"),
        ("{", "application/json"),
    ):
        headers = {"Content-Type": kind}
        async with client.post("/simulator/api/mend", data=body, headers=headers) as response:
            assert response.status in {400, 415}


async def test_a_citizen_comments_and_reads_what_the_office_makes_of_it(
    platform: Platform, visit: Visit
) -> None:
    page = await visit(1280)
    await page.click("#tab-readers")
    await page.fill("#new-article", "老城区道路改造完成")
    await page.click("#publish")
    await expect(page.locator("#article option")).to_have_count(1)
    await page.fill("#comment", "<b>路灯</b>坏了一个多月")
    await page.click("#write")
    said = page.locator("#comments li")
    await expect(said).to_contain_text("<b>路灯</b>坏了一个多月")
    await expect(said).to_contain_text(AUNT.nickname)
    ((message, index),) = board(platform).articles
    board(platform).elect(message, index, 1, elected=True)
    board(platform).answer(message, index, 1, "已安排抢修。", at=platform.clock())
    await expect(said).to_contain_text("已安排抢修。")
    await expect(said).to_contain_text("精选")
    await page.check("#nameless")
    await page.fill("#comment", "第一")
    await page.click("#write")
    await expect(said.first).to_contain_text("匿名读者")
    await said.last.get_by_role("button", name="删除").click()
    await expect(said).to_have_count(1)
    with pytest.raises(PlatformError, match="88004"):
        board(platform).comment(message, index, 1)


async def test_the_platform_is_made_to_refuse_from_the_page(
    platform: Platform, visit: Visit
) -> None:
    page = await visit(1280)
    await page.click("#tab-platform")
    await page.select_option("#fault-path", LIST)
    await page.select_option("#fault-code", "88000")
    await page.fill("#fault-times", "3")
    await page.click("#fault-plan")
    row = page.locator(f'#calls tr[data-path="{LIST}"]')
    await expect(row).to_contain_text("3 次")
    assert platform.faults.planned(LIST) == 3
    await page.click("#fault-clear")
    await expect(row).not_to_contain_text("3 次")
    await page.select_option("#limit-path", LIST)
    await page.fill("#limit-most", "500")
    await page.click("#limit-set")
    await expect(row).to_contain_text("500")
    assert platform.quotas.limits == {LIST: 500}
    await page.fill("#addresses", "203.0.113.7")
    await page.click("#addresses-set")
    await expect(page.locator("#platform-told")).to_have_text("已设好。")
    assert platform.whitelists == {"main": frozenset({"203.0.113.7"})}


@pytest.mark.parametrize("width", [1280, 360])
async def test_everybody_can_use_the_panels(
    platform: Platform, client: Client, visit: Visit, width: int, tmp_path: Path
) -> None:
    await post(client, "article", title="城乡居民医保缴费开始了，外地打工的人也能在手机上办")
    at = (await articles(client))["articles"][0]["at"]
    await post(client, "comment", at=at, text="外地打工的人怎么交？在手机上能办吗？" * 5)
    ((message, index),) = board(platform).articles
    board(platform).answer(message, index, 1, "可以在小程序里交。", at=platform.clock())
    page = await visit(width)
    for number, tab in enumerate(("#tab-readers", "#tab-platform", "#tab-wire")):
        await page.click(tab)
        await page.wait_for_timeout(400)
        found = (await Axe().run(page)).response["violations"]
        assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        await page.screenshot(path=tmp_path / f"panel-{number}.png")
    await page.focus("#tab-wire")
    await page.keyboard.press("ArrowRight")
    await expect(page.locator("#readers")).to_be_visible()
    await expect(page.locator("#wires")).to_be_hidden()
