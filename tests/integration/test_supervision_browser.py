"""Supervision in a real browser: the pages on a desktop and a phone, the main walk, the print."""

from datetime import timedelta
from io import BytesIO

import pytest
import pytest_asyncio
from pypdf import PdfReader

from tests.browser.screens import Screens
from tests.values.console import MORNING, PEOPLE, POLICE, SCHOOLS

HOME = f"/console/departments/{SCHOOLS}"
NOTICE = "关于2027年部分节假日安排的通知：一、元旦：1月1日至4日放假调休。1月9日上班。"


@pytest_asyncio.fixture(loop_scope="session")
async def screen(screen: Screens) -> Screens:
    for number in range(3):
        await screen.desk.opened(
            f"学校的事{number}", department=SCHOOLS, received_at=MORNING - timedelta(days=30)
        )
    case = await screen.desk.drafted("转到别处的来信", "请带户口簿。")
    to = await screen.desk.desk.route(
        case.number,
        POLICE,
        version=case.version,
        actor=PEOPLE["dispatcher"],
        now=screen.desk.clock.now,
    )
    assert to.department == POLICE
    await screen.desk.deps.watch.round(screen.desk.clock.now)
    return screen


@pytest.mark.slow
async def test_every_page_of_supervision_is_accessible(screen: Screens) -> None:
    year = "/console/calendar?year=2027"
    walks = {
        "supervisor": (
            "/console/supervision",
            "/console/reminders",
            "/console/interviews/1",
            "/console/routing",
            HOME,
            year,
        ),
        "officer": (HOME, "/console/interviews/1", "/console/reminders"),
        "administrator": (f"/console/departments/{POLICE}", "/console/calendar"),
    }
    for name, paths in walks.items():
        visitor = await screen.visitor()
        await visitor.sign_in(name)
        for path in paths:
            await visitor.go(path)
            await visitor.page.eval_on_selector_all("details", "all => all.map(d => d.open = true)")
            await visitor.looks_right_everywhere()


@pytest.mark.parametrize("width", [390])
async def test_a_department_answers_a_talk_and_the_supervisor_accepts(screen: Screens) -> None:
    officer = await screen.visitor()
    await officer.sign_in("officer")
    await officer.go("/console/reminders")
    await officer.page.click("text=约谈联络员")
    assert await officer.reads("网民来信办理整改通报")
    await officer.page.fill("#text-answer", "已补齐人手。")
    await officer.press("answer")
    assert await officer.reads("整改说明已提交")
    supervisor = await screen.visitor()
    await supervisor.sign_in("supervisor")
    await supervisor.go("/console/supervision")
    assert await supervisor.reads("待审阅")
    await supervisor.page.click("a.title[href='/console/interviews/1']")
    assert await supervisor.reads("已补齐人手。")
    await supervisor.press("accept")
    assert await supervisor.reads("已了结")


async def test_the_printed_notice_has_no_menu_and_no_buttons(screen: Screens) -> None:
    visitor = await screen.visitor()
    await visitor.sign_in("supervisor")
    await visitor.go("/console/interviews/1")
    await visitor.page.emulate_media(media="print")
    assert await visitor.page.is_visible("text=网民来信办理整改通报")
    for hidden in (".side", "text=撤销这次约谈", "text=用浏览器的"):
        assert not await visitor.page.is_visible(hidden), hidden
    (sheet,) = PdfReader(BytesIO(await visitor.page.pdf())).pages  # and no empty one before it
    assert "整改通报" in "".join(sheet.extract_text().split())


async def test_a_notice_is_loaded_with_the_keyboard_and_without_scripts(screen: Screens) -> None:
    visitor = await screen.visitor(scripts=False)
    await visitor.sign_in("supervisor")
    await visitor.go("/console/calendar?year=2027")
    assert await visitor.reads("2027 年是暂定的")
    await visitor.page.fill("#notice-text", NOTICE)
    await visitor.page.focus("text=先看看影响")
    async with visitor.page.expect_navigation():
        await visitor.page.keyboard.press("Enter")
    assert await visitor.reads("录入前看一看")
    async with visitor.page.expect_navigation():
        await visitor.page.click("text=确认录入")
    assert await visitor.reads("通知已录入")
    assert not await visitor.reads("2027 年是暂定的")
