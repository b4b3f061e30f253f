"""Every page in a Chromium of 2021, on a small phone and a desktop.

See tests/browser/old_chromium.py.
"""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Error

from cases.case import Kind, State
from cases.people import Role
from console import sign_case
from simulator import Platform, create_app
from tests.browser.chromium import tidy
from tests.browser.old_chromium import WHY_NOT, OldVisitor, launched
from tests.browser.screens import Screens, screens
from tests.servers.stub_service import StubService, account
from tests.values.console import MORNING, SCHOOLS, SECRET
from tests.worlds.console_routes import pages_of

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
WIDTHS = pytest.mark.parametrize("width", [360, 1280])
FILES = ("Download is starting", "net::ERR_ABORTED")
NOT_PAGES = {"/live"}
REPLY = "您好！请带户口簿到片区小学报名。"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def old() -> AsyncIterator[Browser]:
    async with launched() as browser:
        if browser is None:
            pytest.skip(WHY_NOT)
        yield browser


@pytest_asyncio.fixture(loop_scope="session")
async def desk_there(old: Browser, tmp_path: Path, width: int) -> AsyncIterator[Screens]:
    async with screens(old, tmp_path, width) as made:
        yield made


async def visitor(there: Screens) -> OldVisitor:
    context = await there.chromium.new_context(viewport={"width": there.width, "height": 800})
    return OldVisitor(await context.new_page(), there.home, there.width)


@pytest.mark.slow
@WIDTHS
async def test_every_page_of_the_console_is_whole(desk_there: Screens) -> None:
    desk, late = desk_there.desk, MORNING - timedelta(days=20)
    await desk.opened("逾" * 300, department=SCHOOLS, kind=Kind.COMPLAINT, received_at=late)
    number = (await desk.drafted("https://example.com/" + "x" * 300, "y" * 400)).number
    whole = 0
    for role in Role:
        person = await visitor(desk_there)
        await person.sign_in(role.value)
        for route, path in pages_of(number):
            if role not in (route.roles or ()) or route.path in NOT_PAGES:
                continue
            try:
                whole += await person.look(path) == 200
            except Error as reason:
                if not any(each in str(reason) for each in FILES):
                    raise
        await person.page.context.close()
    assert whole > 120


@WIDTHS
async def test_an_officer_drafts_and_a_reviewer_sends(desk_there: Screens) -> None:
    number = (await desk_there.desk.opened("孩子上小学要带什么", department=SCHOOLS)).number
    officer, reviewer = await visitor(desk_there), await visitor(desk_there)
    await officer.sign_in("officer")
    await officer.look(f"/console/cases/{number}")
    await officer.press("[data-step='accept']")
    await officer.type("#draft-text", REPLY)
    count = await officer.page.evaluate("document.querySelector('#draft-text-count').textContent")
    assert count == f"{len(REPLY)} 字"
    await officer.press("[data-step='draft']")
    await officer.looks_right()
    await reviewer.sign_in("reviewer")
    await reviewer.look(f"/console/cases/{number}")
    await reviewer.press("[data-step='review']")
    await reviewer.looks_right()
    assert (await desk_there.desk.storage.case(number)).state is State.REPLIED


@WIDTHS
async def test_the_pages_for_citizens_are_whole(desk_there: Screens) -> None:
    number = (await desk_there.desk.drafted("转学", REPLY)).number
    citizen = await visitor(desk_there)
    signed = sign_case(number, SECRET)
    for path in ("", "?period=year", "departments", "answers", "services", f"case/{signed}"):
        assert await citizen.look(f"/public/{path}") == 200
    assert await citizen.look("/public/case/x") == 404
    assert await citizen.page.context.cookies() == []


@WIDTHS
async def test_the_simulator_fills_the_screen_and_carries_a_message(
    old: Browser, width: int
) -> None:
    async with TestServer(StubService(lambda message: f"收到：{message.content}").app()) as service:
        platform = Platform([account(str(service.make_url("/wechat/main")))], patience=2.0)
        app = web.Application()
        app.add_subapp("/simulator", create_app(platform))
        async with TestServer(app) as server:
            home = str(server.make_url("")).rstrip("/")
            platform.address = f"{home}/simulator/platform"
            page = await old.new_page(viewport={"width": width, "height": 800})
            citizen = OldVisitor(page, home, width)
            assert await citizen.look("/simulator/") == 200
            assert await page.evaluate("document.querySelector('.desk').offsetHeight") == 800
            await citizen.type("#message", "医保断缴了怎么补")
            await page.keyboard.press("Enter")
            await page.wait_for_function("() => document.body.innerText.includes('收到：医保断缴')")
            await citizen.looks_right()
            await tidy(old)
