"""Nothing that is written is lost: two windows, no network, a session that ended, long texts."""

from datetime import timedelta

from playwright.async_api import Page

from cases.case import Case, State
from tests.browser.screens import Screens, Visitor
from tests.values.console import MORNING, PASSWORD, PEOPLE, SCHOOLS
from tests.worlds.console import World
from tests.worlds.console_client import Browser, post, read, sign_in

BOX, SAVED = "#draft-text", "[data-saved]:has-text('已保存')"
OFFER = "text=没有存上的文字"
OFFICER = PEOPLE["officer"]


async def accepted(desk: World) -> Case:
    case = await desk.opened("孩子上小学要带什么材料", department=SCHOOLS)
    return await desk.desk.accept(case.number, version=case.version, actor=OFFICER, now=MORNING)


async def writing(screen: Screens) -> tuple[Case, Visitor]:
    case = await accepted(screen.desk)
    visitor = await screen.visitor()
    await visitor.sign_in("officer")
    await visitor.go(f"/console/cases/{case.number}")
    return case, visitor


async def another_window(visitor: Visitor, path: str) -> Page:
    page = await visitor.page.context.new_page()
    await page.goto(visitor.home + path)
    return page


async def kept_of(screen: Screens, case: Case) -> str:
    kept = await screen.desk.storage.kept_draft(case.number, viewer=OFFICER)
    return kept.text if kept else ""


async def test_a_second_window_does_not_write_over_the_first(screen: Screens) -> None:
    case, first = await writing(screen)
    second = await another_window(first, f"/console/cases/{case.number}")
    await first.page.fill(BOX, "第一个窗口\n写得很长")
    await first.page.wait_for_selector(SAVED)
    await second.fill(BOX, "第二个窗口")
    await second.wait_for_selector("[data-elsewhere]:has-text('末尾是“第一个窗口')")
    assert await kept_of(screen, case) == "第一个窗口\n写得很长"
    await Visitor(second, screen.home).looks_right()
    await second.click("text=把那一份接在后面")
    await second.wait_for_selector(SAVED)
    assert await kept_of(screen, case) == "第二个窗口\n\n第一个窗口\n写得很长"
    async with second.expect_navigation():
        await second.click("[data-step='draft']")
    assert await kept_of(screen, case) == ""
    assert await second.locator(OFFER).count() == 0


async def test_what_was_written_without_a_network_is_kept_once_it_is_back(screen: Screens) -> None:
    case, officer = await writing(screen)
    await officer.page.context.set_offline(True)
    await officer.page.fill(BOX, "断网时写的")
    await officer.page.wait_for_selector("[data-saved]:has-text('网络恢复后会自动存上')")
    await officer.page.context.set_offline(False)
    await officer.page.wait_for_selector(SAVED)
    assert await kept_of(screen, case) == "断网时写的"


async def test_signing_in_again_in_another_window_lets_the_first_go_on(screen: Screens) -> None:
    case, officer = await writing(screen)
    screen.desk.clock.advance(timedelta(hours=1))
    await officer.page.fill(BOX, "写到一半")
    await officer.page.wait_for_selector("[data-saved]:has-text('在新窗口登录')")
    await officer.looks_right()
    again = await another_window(officer, "/console/sign-in")
    await again.fill("#username", "officer")
    await again.fill("#password", PASSWORD)
    await again.press("#password", "Enter")
    await again.wait_for_url("**/console/")
    await officer.page.fill(BOX, "写到一半，写完了")
    await officer.page.wait_for_selector(SAVED)
    await officer.press("draft")
    assert await officer.reads("已提交审核")
    assert (await screen.desk.storage.case(case.number)).draft == "写到一半，写完了"


async def test_somebody_elses_session_keeps_none_of_these_words(screen: Screens) -> None:
    case, officer = await writing(screen)
    await officer.page.context.clear_cookies()
    other = await another_window(officer, "/console/sign-in")
    await Visitor(other, screen.home).sign_in("reviewer")
    await officer.page.fill(BOX, "写到一半")
    await officer.page.wait_for_selector("[data-saved]:has-text('登录的是另一个人')")
    kept = await screen.desk.storage.kept_draft(case.number, viewer=PEOPLE["reviewer"])
    assert (kept, await kept_of(screen, case)) == (None, "")


async def test_reasons_and_notes_survive_a_session_that_ends(screen: Screens) -> None:
    case, officer = await writing(screen)
    await officer.page.click("text=不归本部门，退回")
    await officer.page.fill("#reason-return", "应由公安局办理")
    await officer.page.fill("#note-text", "已经问过片区")
    screen.desk.clock.advance(timedelta(hours=1))
    await officer.press("note")
    assert await officer.reads("登录已过期")
    await officer.sign_in("officer")
    await officer.go(f"/console/cases/{case.number}")
    assert await officer.page.locator(OFFER).count() == 2
    await officer.looks_right()
    await officer.page.click("form:has(#note-text) >> text=找回上次没保存的文字")
    await officer.press("note")
    assert await officer.reads("已经问过片区")
    assert await officer.page.locator(OFFER).count() == 1
    await officer.page.click("text=不要了")
    await officer.page.reload()
    assert await officer.page.locator(OFFER).count() == 0


async def test_a_picture_that_is_pasted_is_said_not_to_go_along(screen: Screens) -> None:
    _, officer = await writing(screen)
    paste = """([words, page]) => {
        const given = new DataTransfer();
        if (page) given.setData("text/html", page);
        if (words) given.setData("text/plain", words);
        else given.items.add(new File(["."], "a.png", { type: "image/png" }));
        document.querySelector("#draft-text").dispatchEvent(
            new ClipboardEvent("paste", { clipboardData: given, bubbles: true }));
        return document.querySelector("#draft-text-pasted").textContent;
    }"""
    told = [
        await officer.page.evaluate(paste, given)
        for given in (["", ""], ["请看图", "<p>请看图<img src='x'></p>"], ["请看", "<p>请看</p>"])
    ]
    assert ["图片没有贴进来" in each for each in told] == [True, True, False]


async def test_what_a_full_box_cuts_off_of_a_paste_is_said(screen: Screens) -> None:
    _, officer = await writing(screen)
    page = officer.page
    await page.fill("#draft-text", "长" * 2_100)
    await page.press("#draft-text", "Control+a")
    await page.press("#draft-text", "Control+c")
    await page.fill("#note-text", "已有十个字的一条备注")
    await page.press("#note-text", "End")
    await page.press("#note-text", "Control+v")
    longest = int(await page.get_attribute("#note-text", "maxlength") or 0)
    assert len(await page.input_value("#note-text")) == longest
    told = await page.inner_text("#note-text-pasted")
    assert f"后面 {2_110 - longest} 个字没有贴进来" in told
    await officer.looks_right()
    await page.fill("#draft-text", "短")
    await page.press("#draft-text", "Control+a")
    await page.press("#draft-text", "Control+c")
    await page.fill("#note-text", "")
    await page.press("#note-text", "Control+v")
    assert await page.inner_text("#note-text-pasted") == ""


async def test_a_text_that_is_too_long_to_submit_is_kept_whole(
    desk: World, client: Browser
) -> None:
    case = await accepted(desk)
    await sign_in(client, "officer")
    path = f"/console/cases/{case.number}"
    status, told = await post(client, path, f"{path}/keep", text="字" * 12_000, seen="")
    assert (status, '"saved": ""' in told) == (200, False)
    kept = await desk.storage.kept_draft(case.number, viewer=OFFICER)
    assert kept is not None
    assert len(kept.text) == 12_000
    _, told = await post(client, path, f"{path}/keep", text="字" * 100_001, seen=kept.mark)
    assert '"saved": ""' in told


async def test_what_the_desk_has_is_in_the_box_without_scripts_and_goes_when_submitted(
    desk: World, client: Browser
) -> None:
    case = await accepted(desk)
    await sign_in(client, "officer")
    path = f"/console/cases/{case.number}"
    await post(client, path, f"{path}/keep", text="写到一半\r\n\uf0b7带户口簿", seen="")
    assert 'name="seen" value=""' not in await read(client, path)
    page = await read(client, path)
    seen = page.split('name="seen" value="')[1].split('"')[0]
    await post(client, path, f"{path}/draft", text="写完了", seen=seen)
    assert await desk.storage.kept_draft(case.number, viewer=OFFICER) is None
    assert (await desk.storage.case(case.number)).state is State.DRAFTED
