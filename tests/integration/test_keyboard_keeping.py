"""By keyboard alone: curator and administrator, on a desktop or a phone; without scripts too."""

import asyncio
from pathlib import Path

import pyotp
import pytest
from playwright.async_api import FileChooser

from cases.people import Role
from knowledge_base.entry import Status
from tests.browser.keyboard import Hands, hands
from tests.browser.screens import Screens
from tests.integration.test_console_learning import asked
from tests.values.console import SCHOOLS

CSV = "问题,答案\n校车几点来,七点十分。\n缺答案的,\n"
NOTICE = "关于2027年部分节假日安排的通知：一、元旦：1月1日至4日放假调休。1月9日上班。"


@pytest.mark.parametrize("width", [1280])
@pytest.mark.parametrize("scripts", [True, False])
async def test_a_curator_writes_an_entry_and_another_publishes_it(
    screen: Screens,
    scripts: bool,
) -> None:
    at = await hands(screen, "curator", scripts=scripts)
    await at.visitor.go("/console/entries/new")
    await at.past_the_menu()
    await at.type("#question", "校车几点来")
    await at.type("#answer", "七点十分，在村口上车。")
    await at.choose("#department", SCHOOLS)
    await at.to("#checked_on")
    await at.visitor.page.keyboard.type("11182026")
    await at.press("button ~~ 保存草稿")
    await at.press("[data-step=submit]")
    await at.told("已提交")
    other = await hands(screen, "curator2", scripts=scripts)
    await other.visitor.go(at.visitor.page.url.removeprefix(screen.home).partition("?")[0])
    await other.past_the_menu()
    await other.press("[data-step=check]")
    await other.past_the_menu()
    await other.press("[data-step=publish]")
    await other.told("已发布")
    found = [e for e in await screen.desk.storage.published_entries() if e.question == "校车几点来"]
    assert [str(entry.checked_on) for entry in found] == ["2026-11-18"]


@pytest.mark.parametrize("width", [360])
async def test_a_curator_tries_a_question_and_drafts_what_is_missing(screen: Screens) -> None:
    await asked(screen.desk, with_reply=True)
    at = await hands(screen, "curator")
    await at.visitor.go("/console/try")
    await at.past_the_menu()
    await at.type("main input[name=q]", "孩子上小学要带什么")
    await at.enter()
    assert await at.visitor.reads("直接答复")
    await at.visitor.go("/console/learning")
    await at.visitor.page.wait_for_selector("[data-step=draft]")
    await at.past_the_menu()
    await at.to("details.inline > summary")
    await at.visitor.page.keyboard.press("Enter")
    await at.press("[data-step=draft]")
    assert await at.visitor.reads("问法来自群众真实的提问")


async def waited(at: Hands, wanted: str, *, scripts: bool) -> None:
    """The page of a job is done: it looks again by itself, or its link is pressed."""
    while not scripts and not await at.visitor.page.locator(wanted).count():
        await at.past_the_menu()
        await at.press("[data-refresh] a")
    await at.visitor.page.wait_for_selector(wanted)


@pytest.mark.parametrize("width", [1280])
@pytest.mark.parametrize("scripts", [True, False])
async def test_a_curator_takes_a_file_in(
    screen: Screens,
    tmp_path: Path,
    scripts: bool,
) -> None:
    (tmp_path / "部门.csv").write_text(CSV, "utf-8")
    at = await hands(screen, "curator", scripts=scripts)
    page = at.visitor.page
    opened: asyncio.Queue[FileChooser] = asyncio.Queue()
    page.on("filechooser", opened.put_nowait)
    await at.visitor.go("/console/exchange")
    await at.past_the_menu()
    await at.to("#file")
    await page.keyboard.press("Enter")
    chooser = await asyncio.wait_for(opened.get(), 30)
    await chooser.set_files(tmp_path / "部门.csv")
    await at.to("[name=mode]")
    await at.press("[data-step=check]")
    await waited(at, "[data-step=import]", scripts=scripts)
    await at.to("[data-step=import]")
    await at.enter()
    await waited(at, ".banner.good", scripts=scripts)
    await at.told("已导入")
    newest = await screen.desk.storage.newest_entries()
    assert [e.question for e in newest if e.status is Status.DRAFT] == ["校车几点来"]


async def add_person(at: Hands, name: str) -> None:
    """The form for somebody new."""
    await at.visitor.go("/console/people")
    await at.past_the_menu()
    await at.type("main [name=name]", name)
    await at.choose("#role", "officer")
    await at.choose("#department", SCHOOLS)
    await at.press("button ~~ 添加")


@pytest.mark.parametrize("width", [360])
async def test_an_administrator_adds_people_and_hears_what_is_wrong(screen: Screens) -> None:
    at = await hands(screen, "administrator")
    await add_person(at, "officer")
    await at.told("已经有叫")
    await at.press("[role=alert] a")
    assert await at.here("#name")
    await add_person(at, "zhao")
    await at.told("请把首次密码交给")
    found = await screen.desk.storage.account("zhao")
    assert found is not None
    assert found.person.role is Role.OFFICER


@pytest.mark.parametrize("width", [360])
async def test_an_administrator_adds_a_department(screen: Screens) -> None:
    at = await hands(screen, "administrator")
    await at.visitor.go("/console/departments")
    for name, duties in ((SCHOOLS, ""), ("交通运输局", "管公交、客运和县道。")):
        await at.past_the_menu()
        await at.to("#name")
        await at.visitor.page.keyboard.press("Control+a")
        await at.visitor.page.keyboard.insert_text(name)
        await at.type("#duties", duties)
        await at.type("#keywords", "公交、客运")
        await at.visitor.looks_right()
        await at.press("[data-step=add]")
        await at.told("部门已添加" if duties else "已经有叫")
    await at.visitor.looks_right()
    added = (await screen.desk.storage.departments())[-1]
    assert (added.name, added.duties) == ("交通运输局", "管公交、客运和县道。")


@pytest.mark.parametrize("width", [1280])
@pytest.mark.parametrize("scripts", [True, False])
async def test_an_administrator_loads_a_notice_and_ends_another_session(
    screen: Screens,
    scripts: bool,
) -> None:
    at = await hands(screen, "administrator", scripts=scripts)
    await at.visitor.go("/console/calendar?year=2027")
    await at.past_the_menu()
    await at.press("button ~~ 先看看影响")
    assert await at.here("[role=alert]")
    await at.press("[role=alert] a")
    assert await at.here("#notice-text[aria-invalid]")
    await at.visitor.page.keyboard.insert_text(NOTICE)
    await at.press("button ~~ 先看看影响")
    await at.past_the_menu()
    await at.press("button ~~ 确认录入")
    await at.told("通知已录入")
    await hands(screen, "administrator")
    await at.visitor.go("/console/account")
    await at.past_the_menu()
    await at.press("button ~~ 退出其他所有设备")
    await at.told("已退出")


@pytest.mark.parametrize("width", [360])
async def test_an_authenticator_is_added(screen: Screens) -> None:
    at = await hands(screen, "administrator")
    page = at.visitor.page
    await at.visitor.go("/console/account")
    await at.past_the_menu()
    await at.press("a ~~ 开启动态口令")
    await at.past_the_menu()
    await at.type("#code", "000000")
    await at.enter()
    await at.told("数字不对")
    await at.press("[role=alert] a")
    assert await at.here("#code[aria-invalid]")
    secret = await page.input_value("[name=secret]")
    await page.keyboard.insert_text(pyotp.TOTP(secret).at(screen.desk.clock()))
    await at.enter()
    await at.told("已开启")
