"""Two people, two windows, one case: in a real browser nothing is lost and nothing overwritten."""

from datetime import timedelta

from cases.case import Case, State
from tests.browser.screens import Screens, Visitor
from tests.values.console import MORNING, PEOPLE, POLICE, SCHOOLS

REPLY = "您好！请带户口簿到片区小学报名。"


async def at(screen: Screens, name: str, case: Case) -> Visitor:
    visitor = await screen.visitor()
    await visitor.sign_in(name)
    await visitor.go(f"/console/cases/{case.number}")
    return visitor


async def accepted(screen: Screens) -> Case:
    desk = screen.desk
    case = await desk.opened("孩子上小学要带什么材料", department=SCHOOLS)
    return await desk.desk.accept(
        case.number, version=case.version, actor=PEOPLE["officer"], now=MORNING
    )


async def test_two_reviewers_send_it_once_and_the_second_is_told(screen: Screens) -> None:
    case = await screen.desk.drafted("转学", REPLY)
    first, second = await at(screen, "reviewer", case), await at(screen, "supervisor", case)
    await first.press("review")
    await second.press("review")
    assert await second.reads("reviewer已在")
    events = await screen.desk.storage.events(case.number)
    assert [event.step for event in events].count("reply") == 1
    await second.looks_right()


async def test_a_case_that_is_transferred_while_drafting_keeps_the_words(screen: Screens) -> None:
    case = await accepted(screen)
    officer = await at(screen, "officer", case)
    await officer.page.fill("#draft-text", "写到一半的答复")
    await screen.desk.desk.route(
        case.number, POLICE, version=case.version, actor=PEOPLE["dispatcher"], now=MORNING
    )
    await officer.press("draft")
    assert await officer.reads("这封来信已经不在您的部门")
    assert await officer.page.locator("text=写到一半的答复").count() == 1
    after = await screen.desk.storage.case(case.number)
    assert (after.department, after.draft) == (POLICE, "")
    await officer.looks_right()


async def test_who_is_still_writing_hears_that_the_case_went_elsewhere(screen: Screens) -> None:
    case = await accepted(screen)
    officer = await at(screen, "officer", case)
    await officer.page.fill("#draft-text", "写到一半的答复")
    await officer.page.wait_for_selector("[data-saved]:has-text('已保存')")
    await screen.desk.desk.route(
        case.number, POLICE, version=case.version, actor=PEOPLE["dispatcher"], now=MORNING
    )
    await officer.page.evaluate("dispatchEvent(new Event('focus'))")  # else within 20 seconds
    await officer.page.wait_for_selector(".company:has-text('已经不在您的部门')")
    assert await officer.page.input_value("#draft-text") == "写到一半的答复"
    await officer.looks_right()


async def test_the_second_writer_hears_of_the_first_and_overwrites_nothing(
    screen: Screens,
) -> None:
    case = await accepted(screen)
    one, other = await at(screen, "officer", case), await at(screen, "reviewer", case)
    await one.page.fill("#draft-text", "先写的")
    await one.page.wait_for_selector("[data-saved]:has-text('已保存')")
    await other.page.reload()
    assert await other.reads("officer正在写")
    await other.page.fill("#draft-text", "后写的")
    await one.press("draft")
    await other.press("draft")
    assert await other.reads("您写的内容没有丢")
    assert await other.page.input_value("#draft-text") == "后写的"
    assert (await screen.desk.storage.case(case.number)).draft == "先写的"


async def test_a_draft_is_kept_by_the_desk_and_found_on_another_computer(screen: Screens) -> None:
    case = await accepted(screen)
    first = await at(screen, "officer", case)
    await first.page.fill("#draft-text", "在办公室写到一半")
    await first.page.wait_for_selector("[data-saved]:has-text('已保存')")
    second = await at(screen, "officer", case)
    assert await second.page.input_value("#draft-text") == "在办公室写到一半"
    await second.looks_right()


async def test_one_click_puts_an_entry_into_the_draft_with_its_source(screen: Screens) -> None:
    case = await accepted(screen)
    officer = await at(screen, "officer", case)
    await officer.page.fill("#draft-text", "您好！")
    await officer.page.click("[data-insert] >> nth=0")
    text = await officer.page.input_value("#draft-text")
    assert text.startswith("您好！\n\n带户口簿、房产证明")
    await officer.looks_right()
    await officer.press("draft")
    assert await officer.reads("引用：条目 e1 第 1 版")


async def test_words_survive_a_session_that_ends_while_they_are_written(screen: Screens) -> None:
    case = await accepted(screen)
    officer = await at(screen, "officer", case)
    screen.desk.clock.advance(timedelta(hours=1))
    await officer.page.fill("#draft-text", "写到一半")
    await officer.page.wait_for_selector("[data-saved]:has-text('登录已过期')")
    await officer.press("draft")
    assert await officer.reads("登录已过期")
    assert "写到一半" in await officer.page.content()
    await officer.sign_in("officer")
    await officer.go(f"/console/cases/{case.number}")
    assert await officer.reads("没有存上的文字，末尾是“写到一半”")
    await officer.looks_right()
    await officer.page.click("text=找回上次没保存的文字")
    assert not await officer.reads("没有存上的文字")
    assert await officer.page.input_value("#draft-text") == "写到一半"


async def test_back_after_submitting_shows_what_became_of_it(screen: Screens) -> None:
    case = await accepted(screen)
    officer = await at(screen, "officer", case)
    await officer.page.fill("#draft-text", REPLY)
    await officer.press("draft")
    await officer.page.go_back()
    assert await officer.reads("等另一位同事审核")
    assert (await screen.desk.storage.case(case.number)).state is State.DRAFTED
    events = await screen.desk.storage.events(case.number)
    assert [event.step for event in events].count("draft") == 1


async def test_ten_thousand_characters_with_emoji_go_through_whole(screen: Screens) -> None:
    case = await accepted(screen)
    officer = await at(screen, "officer", case)
    text = "“报名”——请带😀户口簿。\n" * 600
    await officer.page.fill("#draft-text", text)
    await officer.press("draft")
    assert (await screen.desk.storage.case(case.number)).draft == text.strip()
    await officer.looks_right()


async def test_a_text_that_is_too_long_is_said_to_be_and_kept_whole(screen: Screens) -> None:
    case = await accepted(screen)
    officer = await at(screen, "officer", case)
    await officer.page.fill("#draft-text", "带户口簿。" * 2_001)
    assert "超过 10000 字" in await officer.page.inner_text("#draft-text-count")
    await officer.press("draft")
    assert await officer.reads("共 10005 字，超过 10000 字，请删减后再提交")
    assert len(await officer.page.input_value("#draft-text")) == 10_005
