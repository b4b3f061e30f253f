"""A department is dissolved, or merged into another, while its cases are open."""

from datetime import date, timedelta

import pytest

from cases.case import Case, State
from cases.desk import Purpose
from cases.papers import ReplyTemplate
from cases.people import Person
from cases.wording import text_hash
from tests.browser.screens import Screens
from tests.values.console import MORNING, WATER
from tests.worlds.console import World
from tests.worlds.console_client import Browser, post, read, sign_in
from tests.worlds.watch import MONDAY, PEOPLE, POLICE, SCHOOLS, Office, china

HOME = f"/console/departments/{SCHOOLS}"
OFFICER, REVIEWER = PEOPLE["officer"], PEOPLE["reviewer"]


async def close(office: Office, name: str = SCHOOLS, successor: str = POLICE) -> bool:
    return await office.storage.close_department(
        name, successor=successor, day=office.now.date(), actor="administrator", now=office.now
    )


async def at(office: Office, name: str) -> Person:
    found = await office.storage.account(name)
    assert found is not None
    return found.person


async def drafted(office: Office, purpose: Purpose = Purpose.REPLY) -> Case:
    case = await office.accepted()
    return await office.desk.draft(
        case.number,
        "请到学校报名。",
        version=case.version,
        actor=OFFICER,
        now=office.now,
        purpose=purpose,
    )


async def test_open_cases_people_and_drafts_go_to_the_successor(office: Office):
    new, case = await office.opened(), await drafted(office)
    template = ReplyTemplate(department=SCHOOLS, name="报名", body="请报名。", author="officer")
    await office.storage.add_reply_template(template, now=MONDAY)
    assert await close(office)
    await office.look(china(9, 8))
    for before in (new, case):
        after = await office.storage.case(before.number)
        assert (after.department, after.state) == (POLICE, before.state)
        assert (after.due_at, after.officer, after.draft) == (
            before.due_at,
            before.officer,
            before.draft,
        )
    reviewer = await at(office, "reviewer")
    assert reviewer.department == POLICE
    after = await office.storage.case(case.number)
    done = await office.desk.review(
        case.number,
        version=after.version,
        draft_hash=text_hash(after.draft),
        actor=reviewer,
        now=office.now,
    )
    assert done.state is State.REPLIED
    assert [each.name for each in await office.storage.reply_templates(POLICE)] == ["报名"]
    assert [each.name for each in await office.storage.departments()] == [POLICE]
    told = f"部门撤并，来信 {new.number} 转来，余 4 个工作日"
    assert told in await office.titles("officer2", "turn")
    assert not (await office.storage.verify(now=office.now)).violations
    assert not await close(office)  # once


async def test_without_a_successor_the_dispatcher_has_them_and_drafts_stay_in_the_log(
    office: Office,
):
    case = await drafted(office)
    await close(office, successor="")
    await office.look(china(9, 8))
    after = await office.storage.case(case.number)
    assert (after.department, after.state, after.officer) == ("", State.RETURNED, "")
    assert (await office.storage.events(case.number))[-1].details["draft"] == "请到学校报名。"
    assert f"部门撤并，来信 {case.number} 转来，余 4 个工作日" in await office.titles(
        "dispatcher", "turn"
    )
    await office.desk.route(
        case.number, POLICE, version=after.version, actor=PEOPLE["dispatcher"], now=office.now
    )


@pytest.mark.parametrize("successor", [POLICE, ""])
async def test_a_question_to_the_citizen_goes_on_waiting(office: Office, successor: str):
    case = await drafted(office, Purpose.QUESTION)
    case = await office.desk.review(
        case.number,
        version=case.version,
        draft_hash=text_hash(case.draft),
        actor=REVIEWER,
        now=office.now,
    )
    await close(office, successor=successor)
    await office.look(china(9, 8))
    case = await office.storage.case(case.number)
    assert (case.department, case.state) == (successor, State.WAITING)
    answered = office.desk.prepare_addition(case, text="三年级", now=china(9, 9))
    after = (await office.storage.write_change(answered)).state
    assert after is (State.ACCEPTED if successor else State.RECEIVED)
    assert not (await office.storage.verify(now=office.now)).violations


async def test_letters_merged_into_one_of_its_cases_go_along(office: Office):
    lead, other = await office.accepted(), await office.opened()
    await office.desk.merge(
        other.number, lead.number, version=other.version, actor=OFFICER, now=office.now
    )
    await close(office)
    await office.look(china(9, 8))
    assert (await office.storage.case(other.number)).department == POLICE


@pytest.mark.parametrize(
    ("closed", "successor", "helpers", "awaits"),
    [
        (POLICE, "水利局", ("水利局",), ("水利局",)),
        (POLICE, "", (), ()),
        (POLICE, SCHOOLS, (), ()),
        (SCHOOLS, POLICE, (), ()),
    ],
)
async def test_who_was_asked_to_help_is_succeeded_too(
    office: Office, closed: str, successor: str, helpers: tuple[str, ...], awaits: tuple[str, ...]
):
    case = await office.accepted()
    await office.desk.ask_for_help(
        case.number, POLICE, "请看", version=case.version, actor=OFFICER, now=office.now
    )
    await close(office, closed, successor)
    for _ in range(2):
        await office.look(china(9, 8))
    case = await office.storage.case(case.number)
    assert (case.helpers, case.awaits) == (helpers, awaits)
    steps = [each.step for each in await office.storage.events(case.number)]
    assert steps.count("succeed") == 1


async def test_what_a_citizen_has_done_again_goes_to_the_last_successor(office: Office):
    case = await office.answered(await office.opened())
    await close(office, SCHOOLS, POLICE)
    await close(office, POLICE, "水利局")
    assert await office.storage.answered_matters(limit=9) == [(case.text, "水利局")]
    reopening = office.desk.prepare_reopening(case, now=china(9, 8))
    await office.storage.write_change(reopening)
    await office.look(china(9, 8))
    assert (await office.storage.case(case.number)).department == "水利局"


async def test_the_successor_has_its_own_day_to_give_a_case_back(office: Office):
    case = await office.opened()
    await close(office)
    await office.look(china(9, 10))
    case = await office.storage.case(case.number)
    await office.desk.return_to_dispatcher(
        case.number,
        "不归我们管",
        version=case.version,
        actor=PEOPLE["officer2"],
        now=china(9, 11),
    )
    await office.look(china(9, 11))
    assert await office.storage.alarms(year=2026, viewer=PEOPLE["supervisor"]) == []


async def test_what_is_done_with_a_letter_gives_no_more_time_to_give_it_back(office: Office):
    case = await office.opened()
    change = office.desk.prepare_addition(case, text="补充", now=china(9, 9))
    case = await office.storage.write_change(change)
    case = await office.desk.sort(
        case.number, "报名", version=case.version, actor=OFFICER, now=china(9, 9)
    )
    await office.desk.return_to_dispatcher(
        case.number, "不归我们管", version=case.version, actor=OFFICER, now=china(9, 9)
    )
    await office.look(china(9, 9))
    (late,) = await office.storage.alarms(year=2026, viewer=PEOPLE["supervisor"])
    assert late.kind == "late_return"


async def test_a_table_that_is_imported_again_does_not_bring_it_back(office: Office):
    (schools, police) = await office.storage.departments()
    await close(office)
    await office.storage.save_departments([schools, police])
    assert await office.storage.departments() == [police]
    assert await office.storage.reopen_department(SCHOOLS)
    assert not await office.storage.reopen_department(SCHOOLS)
    assert await office.storage.departments() == [schools, police]


async def test_the_administrator_merges_a_department_and_takes_it_back(
    desk: World, client: Browser
) -> None:
    case = await desk.opened("转学", department=SCHOOLS)
    await sign_in(client, "administrator")
    where = f"{HOME}/close"
    status, page = await post(client, HOME, where, successor=WATER, again="教育")
    assert (status, "两次的部门名称不一样" in page) == (422, True)
    status, page = await post(client, HOME, where, successor="没有的局", again=SCHOOLS)
    assert (status, "承接的部门要从列表里选" in page) == (422, True)
    status, page = await post(client, HOME, where, successor=WATER, again=SCHOOLS)
    assert (status, "11月18日已撤并" in page.replace(" 周三", "")) == (200, True)
    assert (await desk.storage.case(case.number)).department == WATER
    assert "教育局" not in await read(client, "/public/departments")
    assert "由水利局承接" in await read(client, "/console/departments")
    assert "还有 1 条</a>写着它" in await read(client, HOME)
    assert "教育局（已撤并）" in await read(client, f"/console/entries?department={SCHOOLS}")
    await read(client, f"{HOME}/duties", 405)
    for name in ("officer", "supervisor"):
        await sign_in(client, name)
        await read(client, HOME)
    assert case.number in await (await client.get("/console/cases?tab=open")).text()
    await sign_in(client, "administrator")
    page = "/console/departments"
    status, _ = await post(client, page, page, name=SCHOOLS, duties="管学校。")
    assert status == 200
    assert await desk.storage.closed_departments() == []


async def test_the_pages_of_a_closed_department_are_accessible(screen: Screens) -> None:
    await screen.desk.storage.close_department(
        SCHOOLS, successor=WATER, day=date(2026, 11, 18), actor="administrator",
        now=MORNING + timedelta(hours=1),
    )  # fmt: skip
    visitor = await screen.visitor()
    await visitor.sign_in("administrator")
    for path in (HOME, "/console/departments", f"/console/departments/{WATER}"):
        await visitor.go(path)
        await visitor.page.evaluate(
            "document.querySelectorAll('details').forEach((each) => { each.open = true; })"
        )
        await visitor.looks_right_everywhere()
