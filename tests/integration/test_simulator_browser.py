"""The chat page in a real browser."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]  # no stubs
from playwright.async_api import Browser, Page, expect
from yarl import URL

from simulator import SAMPLE_CITIZENS, Platform, create_app
from tests.servers.stub_service import StubService, account

Visit = Callable[..., Awaitable[Page]]
SCREENS = {"phone": (390, 844), "small phone": (360, 640), "desk": (1280, 800)}
CHOICE = '<a href="weixin://bizmsgmenu?msgmenucontent=2&msgmenuid=9">居民医保怎么交</a>'
ATTACK = '<img src=x onerror="document.title=1"><a href="javascript:document.title=1">点</a>'


def think(message: Any) -> object:
    answers = {"医保": CHOICE, "攻击": ATTACK, "网址": "见 https://www.gov.example/1", "坏": 500}
    if message.type != "text":
        return None
    return answers.get(message.content, f"收到：{message.content}")


@pytest_asyncio.fixture(loop_scope="session")
async def platform() -> AsyncIterator[Platform]:
    async with TestServer(StubService(think).app()) as server:
        yield Platform([account(str(server.make_url("/wechat/main")))], patience=2.0)


@pytest_asyncio.fixture(loop_scope="session")
async def address(platform: Platform) -> AsyncIterator[URL]:
    app = web.Application()
    app.add_subapp("/simulator", create_app(platform))
    async with TestServer(app) as server:
        platform.address = str(server.make_url("/simulator/platform"))
        yield server.make_url("/simulator/")


@pytest_asyncio.fixture(loop_scope="session")
async def visit(chromium: Browser, address: URL) -> AsyncIterator[Visit]:
    """`visit(screen)` opens the chat page; it is closed after the test."""
    opened: list[Page] = []

    async def go(screen: str = "desk", asked: list[str] | None = None) -> Page:
        width, height = SCREENS[screen]
        page = await chromium.new_page(viewport={"width": width, "height": height})
        opened.append(page)
        if asked is not None:
            page.on("request", lambda request: asked.append(request.url))
        await page.goto(str(address))
        return page

    yield go
    for page in opened:
        await page.close()


async def say(page: Page, words: str) -> None:
    await page.fill("#message", words)
    await page.click("#send")


async def test_a_citizen_types_and_reads_the_reply(visit: Visit) -> None:
    page = await visit()
    await say(page, "你好")
    await expect(page.locator(".bubble.account")).to_have_text("收到：你好")
    await expect(page.locator(".bubble.citizen")).to_have_text("你好")
    await expect(page.locator("#message")).to_have_value("")


async def test_enter_sends_and_a_tapped_line_answers(visit: Visit) -> None:
    page = await visit()
    await page.fill("#message", "医保")
    await page.press("#message", "Enter")
    await page.click(".bubble button.tap")
    await expect(page.locator(".bubble.citizen")).to_have_text(["医保", "2"])
    await expect(page.locator(".bubble.account").last).to_have_text("收到：2")


async def test_a_reply_cannot_bring_markup_into_the_page(visit: Visit) -> None:
    page = await visit()
    await say(page, "攻击")
    await expect(page.locator(".bubble.account")).to_have_text(ATTACK)
    assert await page.locator(".bubble img, .bubble a").count() == 0
    assert await page.title() == "模拟微信 · 云溪县政务服务"


async def test_addresses_open_outside(visit: Visit) -> None:
    page = await visit()
    await say(page, "网址")
    link = page.locator(".bubble a.link")
    await expect(link).to_have_attribute("href", "https://www.gov.example/1")
    await expect(link).to_have_attribute("rel", "noopener noreferrer")


async def test_each_citizen_has_a_chat_of_their_own(visit: Visit) -> None:
    page = await visit()
    await say(page, "我是王阿姨")
    await expect(page.locator(".bubble.account")).to_have_count(1)
    await page.click('[data-citizen="李师傅"]')
    await expect(page.locator(".bubble")).to_have_count(0)
    await page.click('[data-citizen="王阿姨"]')
    await expect(page.locator(".bubble.citizen")).to_have_text("我是王阿姨")


async def test_pushed_messages_appear_by_themselves(visit: Visit, platform: Platform) -> None:
    page = await visit()
    follower = platform.follower("main", SAMPLE_CITIZENS[0].openid)
    follower.say("account", "text", "您的事办好了", at=platform.clock(), pushed=True)
    await expect(page.locator(".bubble.account.pushed")).to_have_text("您的事办好了")


async def test_why_a_picture_was_not_sent_stays_to_be_read(visit: Visit) -> None:
    page = await visit("phone")
    vast = {"name": "a.png", "mimeType": "image/png", "buffer": bytes(11 << 20)}
    await page.set_input_files("#picture", vast)
    await expect(page.locator("#status")).to_have_text("图片太大了，微信最多发 10 MB")
    await page.wait_for_timeout(1500)  # the page asks for news every second
    await expect(page.locator("#status")).to_have_text("图片太大了，微信最多发 10 MB")


async def test_everything_can_be_sent_from_the_panel(visit: Visit) -> None:
    page = await visit("phone")
    kinds = ("camera", "voice", "video", "shortvideo", "location", "link")
    for number, kind in enumerate(kinds, start=1):
        await page.click("#more")
        await page.click(f'#panel [data-kind="{kind}"]')
        await expect(page.locator(".bubble.citizen")).to_have_count(number)
    picture = page.locator(".bubble.picture img")
    assert await picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 240


async def test_the_wire_shows_three_deliveries(visit: Visit) -> None:
    page = await visit()
    await page.check('#wire input[value="thrice"]', force=True)
    await say(page, "你好")
    exchange = page.locator("#exchanges details[open]")
    await expect(exchange.locator(".attempt")).to_have_count(3)
    await expect(exchange).to_contain_text("<Content><![CDATA[收到：你好]]></Content>")
    await expect(page.locator('#wire input[value="normal"]')).to_be_checked()


async def test_a_fault_is_told_as_wechat_tells_it(visit: Visit) -> None:
    page = await visit()
    await say(page, "坏")
    await expect(page.locator(".note.fault")).to_have_text("该公众号提供的服务出现故障，请稍后再试")


async def test_the_menu_works_with_the_keyboard(visit: Visit) -> None:
    page = await visit()
    await page.focus('#menu button[data-menu="0"]')
    await page.keyboard.press("Enter")
    await expect(page.locator("#submenu button").first).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.locator('#menu button[data-menu="0"]')).to_be_focused()
    await page.click('#menu button[data-menu="1"]')
    await expect(page.locator(".note")).to_have_text("点了菜单「我的进度」")


async def test_leaving_hides_the_input_until_one_follows_again(visit: Visit) -> None:
    page = await visit()
    await page.click("#follow")
    await expect(page.locator("#composer")).to_be_hidden()
    await page.click("#follow")
    await expect(page.locator("#composer")).to_be_visible()


async def test_the_wire_opens_over_the_chat_on_a_phone(visit: Visit) -> None:
    page = await visit("phone")
    await expect(page.locator("#wire")).to_be_hidden()
    await page.click("#wire-open")
    await expect(page.locator("#wire-close")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.locator("#wire")).to_be_hidden()


async def test_nothing_leaves_the_origin(visit: Visit, address: URL) -> None:
    asked: list[str] = []
    page = await visit("desk", asked)
    await say(page, "网址")
    await expect(page.locator(".bubble a.link")).to_be_visible()
    outside = [url for url in asked if not url.startswith(("data:", str(address.origin())))]
    assert (outside, len(asked) > 5) == ([], True)


@pytest.mark.parametrize("screen", SCREENS)
async def test_everybody_can_use_it(visit: Visit, screen: str, tmp_path: Path) -> None:
    page = await visit(screen)
    for words in ("医保", "网址", "坏"):
        await say(page, words)
    await expect(page.locator(".note.fault")).to_be_visible()
    await page.click("#more")
    assert await violations(page) == []
    await page.screenshot(path=tmp_path / "chat.png")
    if screen != "desk":
        await page.click("#wire-open")
        await page.wait_for_timeout(300)
        assert await violations(page) == []
    await page.screenshot(path=tmp_path / "wire.png")
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def violations(page: Page) -> list[tuple[str, list[str]]]:
    found = (await Axe().run(page)).response["violations"]
    return [(each["id"], [node["html"] for node in each["nodes"]]) for each in found]


async def test_what_is_sent_from_the_panel_and_escape_give_the_focus_back(visit: Visit) -> None:
    page = await visit("small phone")
    for last in ("Enter", "Escape"):
        await page.focus("#more")
        await page.keyboard.press("Enter")
        await page.focus('#panel [data-kind="location"]')
        await page.keyboard.press(last)
        await expect(page.locator("#panel")).to_be_hidden()
        await expect(page.locator("#more")).to_be_focused()


async def test_behind_the_open_wire_nothing_takes_the_focus(visit: Visit) -> None:
    page = await visit("small phone")
    for words in ("你好", "医保"):
        await say(page, words)
    await expect(page.locator(".bubble.account")).to_have_count(2)
    await page.click("#wire-open")
    await page.eval_on_selector_all("#wire details", "all => all.map((one) => one.open = true)")
    assert await violations(page) == []
    within = "document.activeElement === document.body || !!document.activeElement.closest('#wire')"
    for _ in range(30):
        await page.keyboard.press("Tab")
        assert await page.evaluate(within), await page.evaluate("document.activeElement.outerHTML")
    edge = await page.locator("#exchanges .attempt pre").evaluate_all(
        "all => Math.max(...all.map((pre) => pre.getBoundingClientRect().right"
        " - pre.closest('details').getBoundingClientRect().right))"
    )
    assert edge <= 0
