"""A letter that went into another is owed a reply until it has one, in every figure."""

from datetime import date

from cases.case import Case, State
from cases.desk import Purpose
from cases.ports import CaseFilter
from cases.recount import moves
from cases.reports.fact import MEASURES
from cases.rules import load_rules
from cases.wording import text_hash
from tests.worlds.watch import PEOPLE, POLICE, SCHOOLS, Office, china

BOSS = PEOPLE["supervisor"]
SINCE, UNTIL = china(1, 1), china(12, 31)


async def two(office: Office) -> tuple[Case, Case]:
    """The letter that leads, due on the 14th like the one that went into it."""
    lead, other = await office.accepted(), await office.opened()
    other = await office.desk.merge(
        other.number, lead.number, version=other.version, actor=PEOPLE["officer"], now=office.now
    )
    return await office.storage.case(lead.number), other


async def counted(office: Office, measure: str) -> int:
    facts = await office.storage.facts(since=SINCE, until=UNTIL, viewer=BOSS)
    return sum(MEASURES[measure].fits(each, office.now) for each in facts)


async def test_a_merged_letter_is_open_and_overdue_until_its_lead_is_answered(office: Office):
    lead, _ = await two(office)
    office.now = china(9, 15)
    assert [await counted(office, each) for each in ("cased", "open", "overdue")] == [2, 2, 2]
    public = await office.storage.figures(since=SINCE, until=UNTIL, now=office.now)
    assert [(each.received, each.overdue) for each in public.departments] == [(2, 2)]
    late = CaseFilter(states=(State.ACCEPTED, State.MERGED), due_before=office.now)
    assert await office.storage.count_cases(late, viewer=BOSS) == 2
    await office.look()
    assert "未办结 2 件：已逾期 2 件" in (await office.told("officer", "digest"))[0].message.text
    await office.answered(await office.storage.case(lead.number))
    assert [await counted(office, each) for each in ("replied", "open", "late")] == [2, 0, 2]


async def test_letters_about_one_thing_that_came_too_late_are_one_alarm(office: Office):
    lead, _ = await two(office)
    await office.look(china(9, 15))
    await office.answered(await office.storage.case(lead.number))
    await office.look(china(9, 16))
    found = await office.storage.alarms(year=2026, viewer=BOSS)
    assert [each.case for each in found] == [lead.number]


async def test_one_warning_goes_out_for_letters_about_one_thing(office: Office):
    lead, _ = await two(office)
    await office.look(china(9, 10))
    assert await office.titles("officer", "due") == [f"来信 {lead.number} 余 2 个工作日"]


async def test_a_merged_letter_whose_lead_waits_for_its_citizen_is_warned_of_itself(
    office: Office,
):
    lead, other = await two(office)
    asked = await office.desk.draft(
        lead.number,
        "在哪里？",
        version=lead.version,
        actor=PEOPLE["officer"],
        now=office.now,
        purpose=Purpose.QUESTION,
    )
    await office.desk.review(
        lead.number, version=asked.version, actor=PEOPLE["reviewer"], now=office.now,
        draft_hash=text_hash(asked.draft),
    )  # fmt: skip
    await office.look(china(9, 10))
    assert await office.titles("officer", "due") == [f"来信 {other.number} 余 2 个工作日"]


async def test_more_time_for_the_lead_is_more_time_for_what_went_into_it(office: Office):
    lead, other = await two(office)
    await office.desk.extend(
        lead.number, 3, "等鉴定", version=lead.version, actor=BOSS, now=office.now
    )
    other = await office.storage.case(other.number)
    assert other.due_date == date(2026, 9, 17)
    same = await moves(office.storage, calendar=office.calendar, rules=load_rules(), now=office.now)
    assert same == []
    office.now = china(9, 16)
    await office.answered(await office.storage.case(lead.number))
    assert await counted(office, "on_time") == 2
    assert (await office.storage.verify(now=office.now)).violations == []


async def test_what_went_into_a_letter_goes_with_it_to_another_department(office: Office):
    lead, other = await two(office)
    moved = await office.desk.route(
        lead.number, POLICE, version=lead.version, actor=PEOPLE["dispatcher"], now=office.now
    )
    other = await office.storage.case(other.number, viewer=PEOPLE["officer2"])
    assert (other.department, other.state) == (POLICE, State.MERGED)
    await office.desk.return_to_dispatcher(
        lead.number, "不归我们", version=moved.version, actor=PEOPLE["officer2"], now=office.now
    )
    assert (await office.storage.case(other.number)).department == ""
    assert (await office.storage.verify(now=office.now)).violations == []


async def test_a_letter_goes_into_one_of_another_department_with_all_it_has(office: Office):
    lead = await office.opened(department=POLICE)
    other = await office.opened(department=SCHOOLS)
    other = await office.desk.merge(
        other.number, lead.number, version=1, actor=PEOPLE["dispatcher"], now=office.now
    )
    assert other.department == POLICE
    facts = await office.storage.facts(since=SINCE, until=UNTIL, viewer=PEOPLE["officer2"])
    assert [MEASURES["open"].fits(each, office.now) for each in facts] == [True, True]
