"""A case that waits for its citizen is never late, so it is told of when it has waited for long."""

from dataclasses import replace

from cases.case import Case, State
from cases.desk import Purpose
from cases.wording import text_hash
from tests.worlds.watch import PEOPLE, Office, china

OFFICER, REVIEWER, DISPATCHER = PEOPLE["officer"], PEOPLE["reviewer"], PEOPLE["dispatcher"]
FIVE, TEN = "等市民补充已满 5 个工作日", "等市民补充已满 10 个工作日"


async def asked(office: Office, case: Case) -> Case:
    """The citizen is asked something now, and the clock stands."""
    case = await office.desk.draft(
        case.number, "请问是哪所学校？", version=case.version, actor=OFFICER, now=office.now,
        purpose=Purpose.QUESTION,
    )  # fmt: skip
    case = await office.desk.review(
        case.number, version=case.version, draft_hash=text_hash(case.draft), actor=REVIEWER,
        now=office.now,
    )  # fmt: skip
    assert case.state is State.WAITING
    return case


async def titles(office: Office, name: str, *, unread: bool = False) -> list[str]:
    found = await office.told(name, "standing")
    return [each.message.title for each in found if not (unread and each.read_at)]


async def test_officer_and_then_supervisor_hear_of_a_case_that_stands(office: Office) -> None:
    case = await asked(office, await office.accepted())  # Monday the 7th
    # The 20th is a Sunday at work.
    for day, officer, supervisor in ((14, 0, 0), (15, 1, 0), (20, 1, 0), (21, 1, 1), (28, 1, 1)):
        await office.look(china(9, day))
        await office.look(china(9, day, 11))  # once, however often one looks
        assert (len(await titles(office, "officer")), len(await titles(office, "supervisor"))) == (
            officer,
            supervisor,
        ), day
    assert await titles(office, "officer") == [f"来信 {case.number} {FIVE}"]
    assert await titles(office, "supervisor") == [f"来信 {case.number} {TEN}"]
    assert await titles(office, "officer2") == []


async def test_rest_days_do_not_count(office: Office) -> None:
    office.now = china(9, 30)  # before the week of the National Day
    await asked(office, await office.accepted())
    await office.look(china(10, 10))
    assert await titles(office, "officer") == []


async def test_what_the_citizen_has_answered_need_not_be_read(office: Office) -> None:
    case = await asked(office, await office.accepted())
    await office.look(china(9, 15))
    assert len(await titles(office, "officer", unread=True)) == 1
    answered = office.desk.prepare_addition(case, text="实验小学", now=china(9, 15, 11))
    await office.storage.write_change(answered)
    await office.look(china(9, 15, 12))
    assert await titles(office, "officer", unread=True) == []


async def test_another_question_is_told_of_anew(office: Office) -> None:
    case = await asked(office, await office.accepted())
    await office.look(china(9, 15))
    answered = office.desk.prepare_addition(case, text="实验小学", now=china(9, 15, 11))
    office.now = china(9, 15, 12)
    await asked(office, await office.storage.write_change(answered))
    await office.look(china(9, 21))
    assert len(await titles(office, "officer")) == 1
    await office.look(china(9, 22))
    assert len(await titles(office, "officer")) == 2


async def test_a_desk_without_such_rules_tells_nobody(office: Office) -> None:
    office.watch = replace(office.watch, rules=replace(office.watch.rules, standing=()))
    await asked(office, await office.accepted())
    await office.look(china(9, 28))
    assert [await titles(office, name) for name in ("officer", "supervisor")] == [[], []]


async def test_a_case_that_stands_is_neither_warned_of_nor_an_alarm(office: Office) -> None:
    case = await asked(office, await office.accepted())
    assert case.due_date < china(9, 28).date()
    for day in (10, 11, 14, 15, 28):
        await office.look(china(9, day))
    names = ("officer", "reviewer", "supervisor")
    assert [await office.told(name, "due") for name in names] == [[], [], []]
    assert await office.storage.alarms(year=2026, viewer=PEOPLE["supervisor"]) == []
