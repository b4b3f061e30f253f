"""Working on a case together: the forms of its page, and what the citizens get in the end."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from cases.case import Kind, State
from cases.desk import Desk
from cases.ports import Line
from cases.rules import load_rules
from cases.supervision.rota import Absence
from console.cases.case_talk import conversation
from tests.browser.screens import Screens
from tests.values.console import PEOPLE, POLICE, SCHOOLS, WATER
from tests.worlds.console import World
from tests.worlds.console_cases import accepted
from tests.worlds.console_client import Browser, browser, case_path, read, sign_in, take

REPLY = "已通知校车公司加开一班。"


async def test_merged_letters_are_answered_at_once_and_the_books_are_right(
    desk: World, client: Browser
) -> None:
    lead = await accepted(desk, "校车超载")
    other = await accepted(desk, "校车太挤了", citizen="o-citizen-2")
    await sign_in(client, "officer")
    status, page = await take(client, other.number, "merge", lead=lead.number.lower())
    assert status == 200
    assert f'已并入 <a href="/console/cases/{lead.number}">' in page
    assert other.number in await read(client, case_path(lead.number))
    await take(client, lead.number, "draft", text=REPLY)
    await sign_in(client, "reviewer")
    await take(client, lead.number, "review")
    shared = await desk.storage.case(other.number)
    assert (shared.state, shared.reply) == (State.REPLIED, REPLY)
    found = await desk.storage.verify(now=desk.clock.now)
    assert found.violations == []


@pytest.mark.parametrize("lead", ["HY20261118-9999", "没有", ""])
async def test_merging_into_what_is_not_there_says_so(
    desk: World, client: Browser, lead: str
) -> None:
    case = await accepted(desk, "校车超载")
    await sign_in(client, "officer")
    status, page = await take(client, case.number, "merge", lead=lead)
    assert status == 422
    assert "请核对要并入的编号" in page


async def test_another_departments_case_is_not_there_to_merge_into(
    desk: World, client: Browser
) -> None:
    case = await accepted(desk, "校车超载")
    theirs = await desk.opened("校车超载", department=POLICE)
    await sign_in(client, "officer")
    status, page = await take(client, case.number, "merge", lead=theirs.number)
    assert status == 422
    assert "没有找到" in page


async def test_a_case_is_taken_out_again(desk: World, client: Browser) -> None:
    lead, other = await accepted(desk, "校车超载"), await accepted(desk, "校车太挤")
    await sign_in(client, "officer")
    await take(client, other.number, "merge", lead=lead.number)
    _, page = await take(client, other.number, "split")
    assert "已拆出来" in page
    assert (await desk.storage.case(other.number)).state is State.ROUTED


async def test_a_helping_department_sees_notes_and_cannot_answer(
    desk: World, client: Browser
) -> None:
    case = await accepted(desk, "校车在水库边停靠")
    await sign_in(client, "officer")
    await take(client, case.number, "ask-for-help", department=POLICE, reason="请看停靠点")
    await sign_in(client, "officer2")
    await desk.deps.watch.round(desk.clock.now)
    told = [each.message.title for each in await desk.storage.reminders_of("officer2", limit=5)]
    assert f"教育局请本部门协办来信 {case.number}，余 5 个工作日" in told
    page = await read(client, case_path(case.number))
    assert "校车在水库边停靠" in page
    assert "教育局请本部门协办：请看停靠点" in page
    assert 'data-step="draft"' not in page
    status, page = await take(client, case.number, "notes", text="可以停", helped="yes")
    assert status == 200
    assert "可以停" in page
    await desk.deps.watch.round(desk.clock.now)
    told = [each.message.title for each in await desk.storage.reminders_of("officer", limit=5)]
    assert f"协办的公安局在来信 {case.number} 写了备注" in told
    await sign_in(client, "officer")
    await take(client, case.number, "end-help", department=POLICE)
    await sign_in(client, "officer2")
    async with client.get(case_path(case.number)) as answer:
        assert answer.status == 404


async def test_a_request_for_more_time_stands_on_the_supervisors_list(
    desk: World, client: Browser
) -> None:
    case = await accepted(desk, "校车超载")
    await sign_in(client, "officer")
    await take(client, case.number, "ask-extension", days="2", reason="等检测报告")
    await sign_in(client, "supervisor")
    page = await read(client, "/console/cases?tab=asking")
    assert "校车超载" in page
    assert "待批延期" in page
    assert "officer申请延长 2 个工作日" in await read(client, case_path(case.number))
    await take(client, case.number, "decline-extension", reason="先给个初步答复")
    assert (await desk.storage.case(case.number)).asks == ""
    assert "校车超载" not in await read(client, "/console/cases?tab=asking")


async def test_a_request_that_nobody_granted_in_time_cannot_be_granted_late(
    desk: World, client: Browser
) -> None:
    case = await accepted(desk, "校车超载")
    await sign_in(client, "officer")
    desk.clock.now = case.due_at - timedelta(hours=2)
    await sign_in(client, "officer")
    assert "今天是最后一天：要督办员今天 24:00 前批准" in await read(client, case_path(case.number))
    await take(client, case.number, "ask-extension", days="2", reason="等检测报告")
    desk.clock.now = case.due_at + timedelta(hours=9)
    await sign_in(client, "supervisor")
    page = await read(client, case_path(case.number))
    assert "期限已经过了，不能再批准延期" in page
    assert 'data-step="extend"' not in page
    await take(client, case.number, "decline-extension", reason="已经逾期，请先答复")
    await sign_in(client, "officer")
    assert "申请延期</summary>" not in await read(client, case_path(case.number))


@pytest.mark.parametrize("step", ["return", "route"])
async def test_a_request_for_more_time_ends_with_the_department_that_made_it(
    desk: World, client: Browser, step: str
) -> None:
    case = await accepted(desk, "校车超载")
    await sign_in(client, "officer")
    await take(client, case.number, "ask-extension", days="2", reason="等检测报告")
    await sign_in(client, "officer" if step == "return" else "dispatcher")
    await take(client, case.number, step, reason="归交警", department=POLICE)
    case = await desk.storage.case(case.number)
    assert (case.asks, case.department) == ("", POLICE if step == "route" else "")


async def test_a_colleague_on_leave_is_shown_as_such(desk: World, client: Browser) -> None:
    case = await accepted(desk, "校车超载")
    day = desk.clock.now.date()
    absence = Absence(
        person="reviewer", department=SCHOOLS, first_day=day, last_day=day, substitute=""
    )
    await desk.storage.add_absence(absence, actor="reviewer", now=desk.clock.now)
    await sign_in(client, "officer")
    assert "reviewer（请假中）</option>" in await read(client, case_path(case.number))


async def test_who_of_the_helping_departments_has_not_spoken_is_shown(
    desk: World, client: Browser
) -> None:
    case = await accepted(desk, "校车停靠点")
    await sign_in(client, "officer")
    for department in (POLICE, WATER):
        await take(client, case.number, "ask-for-help", department=department, reason="请看现场")
    await sign_in(client, "officer2")
    await take(client, case.number, "notes", text="可以停", helped="yes")
    await sign_in(client, "officer")
    page = re.sub(r"\s+", " ", await read(client, case_path(case.number)))
    assert f"{POLICE}协办 <small>已写意见" in page
    assert f"{WATER}协办 <small>还没有写意见" in page


@pytest.mark.parametrize(
    ("step", "form"),
    [
        ("assign", {"officer": "reviewer"}),
        ("sort", {"topic": "校车"}),
        ("ask-for-help", {"department": WATER, "reason": "请看看"}),
        ("ask-extension", {"days": "2", "reason": "等检测"}),
    ],
)
async def test_each_form_says_that_it_worked_and_stands_in_the_history(
    desk: World, client: Browser, step: str, form: dict[str, str]
) -> None:
    case = await accepted(desk, "校车超载")
    await sign_in(client, "officer")
    status, page = await take(client, case.number, step, **form)
    assert status == 200
    assert 'class="banner good"' in page
    assert next(iter(form.values())) in page.partition('id="history"')[2] or step.startswith(
        "ask-e"
    )


async def test_a_case_with_everything_on_it_is_accessible(screen: Screens) -> None:
    desk = screen.desk
    lead = await accepted(desk, "幸福路小学门口的校车每天早上超载")
    await accepted(desk, "幸福路小学校车超载没人管", citizen="o-citizen-2")
    await desk.opened("校车几点", department=SCHOOLS)
    visitor = await screen.visitor()
    await visitor.sign_in("officer")
    await visitor.go(case_path(lead.number))
    await visitor.page.fill("#note-text", "@reviewer 请看看")
    await visitor.press("note")
    for details in await visitor.page.query_selector_all("details"):
        await details.evaluate("each => each.open = true")
    await visitor.looks_right_everywhere()
    await visitor.page.fill("#ask-days", "2")
    await visitor.page.fill("#ask-reason", "等检测报告")
    await visitor.press("ask-extension")
    await visitor.page.context.clear_cookies()
    await visitor.sign_in("supervisor")
    await visitor.go("/console/cases?tab=asking")
    await visitor.looks_right_everywhere()
    await visitor.page.click("a.title")
    assert await visitor.reads("申请延长 2 个工作日")
    await visitor.looks_right_everywhere()


async def test_a_reply_that_was_given_up_says_why_on_the_case(desk: World, client: Browser) -> None:
    case = await desk.drafted("校车超载", REPLY)
    await sign_in(client, "reviewer")
    await take(client, case.number, "review")
    key = f"reply-{case.number}-{case.version + 1}"
    await desk.storage.take_deliveries(now=desk.clock.now, limit=5, accounts=["main"])
    await desk.storage.delivery_unpushable(key, reason="45015", now=desk.clock.now)
    page = await read(client, case_path(case.number))
    assert 'aria-label="还没有送达的内容"' in page
    assert "这次推送不了，市民下次来信时送达" in page
    assert "45015。" in page
    await sign_in(client, "officer2")
    assert await desk.storage.undelivered_of_case(case.number, viewer=PEOPLE["officer2"]) == []


async def test_a_citizen_who_wrote_after_the_reply_has_read_it(
    desk: World, client: Browser
) -> None:
    case = await desk.drafted("校车超载", REPLY)
    await sign_in(client, "reviewer")
    await take(client, case.number, "review")
    (taken,) = await desk.storage.take_deliveries(now=desk.clock.now, limit=5, accounts=["main"])
    await desk.storage.delivery_sent(taken.delivery.key, now=desk.clock.now)
    assert "已推送</span>" in await read(client, case_path(case.number))
    lines = await desk.storage.conversation(case.number, viewer=PEOPLE["reviewer"])
    later = Line(at=lines[-1].at + timedelta(hours=1), speaker="citizen", text="谢谢")
    said = conversation(case, [*lines, later], pushable=False)
    reply = next(each for each in said if each.text == REPLY)
    assert reply.delivery == "已推送，市民看过后又来过信"


async def test_some_kinds_are_approved_by_two_people_one_after_the_other(desk: World) -> None:
    rules = load_rules(second_review=[Kind.QUESTION])
    two = replace(desk.deps, rules=rules, desk=Desk(desk.storage, desk.deps.calendar, rules))
    desk.deps, desk.desk = two, two.desk
    case = await desk.drafted("校车超载", REPLY)
    async with browser(desk) as client_of_two:
        await sign_in(client_of_two, "reviewer")
        assert "初审通过，请另一位再审" in await read(client_of_two, case_path(case.number))
        _, page = await take(client_of_two, case.number, "review")
        assert "初审通过，还没有发给市民" in page
        assert "能推送就推送" not in page
        first = await desk.storage.case(case.number)
        assert (first.state, first.reply) == (State.REVIEWED, "")
        assert 'data-step="review"' not in await read(client_of_two, case_path(case.number))
        await sign_in(client_of_two, "supervisor")
        assert "通过，发给市民" in await read(client_of_two, case_path(case.number))
        await take(client_of_two, case.number, "review")
    second = await desk.storage.case(case.number)
    assert (second.state, second.reviewed_by) == (State.REPLIED, "reviewer、supervisor")
