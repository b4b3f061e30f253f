"""Alarms of departments, the talks they lead to, and cases of whoever is away."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from bot.demo.offices import furnish
from bot.demo.people import FIRST
from cases.case import State
from cases.people import Person, Role
from cases.supervision.alarm import (
    Contact,
    InterviewState,
    NotThere,
    Post,
    SupervisionError,
)
from cases.supervision.reminder import ReminderKind
from cases.supervision.rota import Absence
from cases.supervision.words import department_path
from tests.worlds.watch import MONDAY, PEOPLE, POLICE, SCHOOLS, Office, china, violation

BOSS = PEOPLE["supervisor"]


async def alarms(office: Office, viewer: Person = BOSS) -> list[tuple[str, int, str]]:
    found = await office.storage.alarms(year=2026, viewer=viewer)
    return sorted((each.department, each.number, each.kind.value) for each in found)


async def talks(office: Office, viewer: Person = BOSS) -> list[tuple[int, str]]:
    found = await office.storage.interviews(year=2026, viewer=viewer)
    return sorted((each.alarm, each.talk_with.value) for each in found)


async def test_an_overdue_case_is_one_alarm_of_its_department(office: Office):
    await office.accepted()
    await office.look(china(9, 14, 23, 59))
    assert await alarms(office) == []
    await office.look(china(9, 15, 0, 1))
    await office.look(china(9, 16))
    assert await alarms(office) == [(SCHOOLS, 1, "overdue")]
    (told,) = await office.titles("reviewer", "alarm")
    assert told == "教育局：2026 年第 1 次警示"


async def test_a_case_answered_late_between_two_looks_is_an_alarm_too(office: Office):
    case = await office.accepted()
    office.now = china(9, 15, 0, 5)
    await office.answered(case)
    await office.look(china(9, 15, 0, 6))
    assert await alarms(office) == [(SCHOOLS, 1, "overdue")]


async def test_an_answer_in_time_is_none_however_late_the_watch_looks(office: Office):
    case = await office.accepted()
    office.now = china(9, 14, 23, 59)
    await office.answered(case)
    await office.look(china(10, 20))
    assert await alarms(office) == []


async def test_whoever_had_it_when_it_became_late_is_alarmed(office: Office):
    case = await office.opened()
    await office.desk.route(
        case.number,
        POLICE,
        version=case.version,
        actor=PEOPLE["dispatcher"],
        now=china(9, 15),
    )
    await office.look(china(9, 15, 11))
    assert await alarms(office) == [(SCHOOLS, 1, "overdue")]
    for viewer, about in ((BOSS, case.text), (PEOPLE["officer"], "")):  # the letter moved on
        (found,) = await office.storage.alarms(year=2026, viewer=viewer)
        assert (found.about, found.day) == (about, case.due_date)


async def test_a_reopened_case_can_be_late_once_more(office: Office):
    case = await office.accepted()
    office.now = china(9, 15)
    case = await office.answered(case)
    await office.look()
    change = office.desk.prepare_reopening(case, now=office.now)
    assert (await office.storage.write_change(change)).state is State.ROUTED
    await office.look(china(9, 16))
    assert len(await alarms(office)) == 1
    await office.look(china(9, 28))
    assert len(await alarms(office)) == 2


async def test_a_late_return_is_an_alarm_and_a_prompt_one_is_not(office: Office):
    for day in (8, 9):
        office.now = MONDAY
        case = await office.opened()
        await office.desk.return_to_dispatcher(
            case.number,
            "不归我们管",
            version=case.version,
            actor=PEOPLE["officer"],
            now=china(9, day),
        )
    await office.look(china(9, 9, 11))
    await office.look(china(9, 9, 12))
    assert await alarms(office) == [(SCHOOLS, 1, "late_return")]


async def test_the_second_fourth_and_sixth_alarm_open_a_talk(office: Office):
    liaison = Contact(department=SCHOOLS, post=Post.LIAISON, name="李", email="li@example.com")
    await office.storage.save_contact(liaison, actor="administrator", now=MONDAY)
    for number in range(1, 8):
        await office.watch.alarm(violation(number))
        await office.watch.alarm(violation(number))  # once more: nothing happens
    await office.watch.alarm(violation(1, POLICE))
    assert await talks(office) == [(2, "liaison"), (4, "deputy_head"), (6, "head")]
    talk = (await office.storage.interviews(year=2026, viewer=BOSS))[-1]
    assert (talk.department, talk.answer_due) == (SCHOOLS, date(2026, 9, 14))
    await office.look(china(9, 7, 11))
    taken = await office.storage.take_reminders(now=office.now, claim_until=office.now, limit=99)
    outside = [e.message.title for e in taken if e.recipient.address == "li@example.com"]
    assert outside == ["教育局：约谈联络员，9月14日前提交整改说明"]


async def test_what_a_supervisor_wrote_of_a_violation_stays_in_the_console(office: Office):
    wrote = replace(
        violation(1), reason="答复里写了张小芳的电话", case=(await office.accepted()).number
    )
    await office.watch.alarm(wrote)
    await office.look(MONDAY)
    told = [
        each.message
        for each in await office.storage.reminders_of("reviewer", limit=9)
        if each.message.kind is ReminderKind.ALARM
    ]
    assert told
    assert all("张小芳" not in each.text + each.title for each in told)
    assert {each.link for each in told} == {department_path(SCHOOLS)}


async def test_a_written_answer_is_reminded_of_before_it_is_due_and_when_it_is_late(
    office: Office,
):
    for number in (1, 2):
        await office.watch.alarm(violation(number))
    for day in (8, 11, 11, 15, 16):  # due on Monday the 14th
        await office.look(china(9, day))
    due, late = "教育局：整改说明9月14日到期", "教育局：整改说明已超期（9月14日）"
    told = await office.titles("reviewer", "interview")
    assert told == [late, due, "教育局：约谈联络员，9月14日前提交整改说明"]
    assert (await office.titles("supervisor", "interview"))[0] == late
    assert due not in await office.titles("supervisor", "interview")


async def test_eight_alarms_at_once_are_numbered_without_a_gap(office: Office):
    await asyncio.gather(*(office.watch.alarm(violation(n)) for n in range(1, 9)))
    assert [number for _, number, _ in await alarms(office)] == list(range(1, 9))
    assert len(await talks(office)) == 3


async def test_a_revoked_alarm_stays_visible_and_does_not_count(office: Office):
    await office.watch.alarm(violation(1))
    (first,) = await office.storage.alarms(year=2026, viewer=BOSS)
    revoked = await office.storage.revoke_alarm(first.id, actor=BOSS, why="误报", now=MONDAY)
    assert (revoked.revoked_by, revoked.revoked_why) == ("supervisor", "误报")
    await office.watch.alarm(violation(2))
    assert await alarms(office) == [(SCHOOLS, 1, "violation"), (SCHOOLS, 1, "violation")]
    with pytest.raises(SupervisionError, match="revoked before"):
        await office.storage.revoke_alarm(first.id, actor=BOSS, why="误报", now=MONDAY)


async def test_nobody_sees_another_departments_alarms_and_talks(office: Office):
    for number in (1, 2):
        await office.watch.alarm(violation(number))
    (talk,) = await office.storage.interviews(year=2026, viewer=BOSS)
    assert (await office.storage.interview(talk.id, viewer=BOSS)).serial == 1
    for name, sees in (("officer", True), ("officer2", False), ("administrator", False)):
        viewer = PEOPLE[name]
        assert bool(await alarms(office, viewer)) == sees
        assert bool(await talks(office, viewer)) == sees
        if not sees:
            with pytest.raises(NotThere):
                await office.storage.interview(talk.id, viewer=viewer)


async def test_an_alarm_of_the_dispatchers_is_nobodys_who_has_no_department(office: Office):
    await office.opened(department="")
    await office.look(china(9, 15))
    assert await alarms(office) == [("", 1, "overdue")]
    stray = Person(name="stray", role=Role.OFFICER)
    assert [await alarms(office, each) for each in (stray, PEOPLE["officer"])] == [[], []]


async def test_two_answers_to_one_talk_do_not_overwrite_each_other(office: Office):
    for number in (1, 2):
        await office.watch.alarm(violation(number))
    (talk,) = await office.storage.interviews(year=2026, viewer=BOSS)
    after = replace(talk, state=InterviewState.ANSWERED, answer="已整改", version=2)
    officer = PEOPLE["officer"]
    await office.storage.write_interview(after, actor=officer, step="answer", now=MONDAY)
    with pytest.raises(SupervisionError, match="meanwhile"):
        await office.storage.write_interview(after, actor=officer, step="answer", now=MONDAY)
    assert (await office.storage.interview(talk.id, viewer=officer)).answer == "已整改"
    assert not (await office.storage.verify(now=MONDAY)).violations


async def test_the_demos_offices_are_furnished_once(office: Office):
    for _ in range(2):
        await furnish(office.storage, MONDAY)
    rota = await office.storage.rota(since=MONDAY.date())
    assert rota.on_duty(FIRST, MONDAY.date()) == "officer"
    assert len(rota.shifts) == 2
    assert len(await office.storage.contacts()) == 6


class TestLeave:
    def away(self, person: str, substitute: str, first: int, last: int) -> Absence:
        return Absence(
            person=person,
            department=SCHOOLS,
            first_day=date(2026, 9, first),
            last_day=date(2026, 9, last),
            substitute=substitute,
        )

    async def test_cases_of_whoever_is_away_move_to_the_substitute(self, office: Office):
        case = await office.accepted()
        absence = self.away("officer", "colleague", 8, 9)
        await office.storage.add_absence(absence, actor="officer", now=MONDAY)
        await office.look(china(9, 7, 12))
        assert (await office.storage.case(case.number)).officer == "officer"
        await office.look(china(9, 8))
        await office.look(china(9, 8, 11))
        moved = await office.storage.case(case.number)
        assert (moved.officer, moved.due_at, moved.department) == (
            "colleague",
            case.due_at,
            SCHOOLS,
        )
        assert [e.step for e in await office.storage.events(case.number)][-1] == "hand_over"
        assert await office.titles("colleague", "leave") == [
            "officer请假，1 件来信转由colleague办理"
        ]

    async def test_a_substitute_who_is_away_too_passes_them_on(self, office: Office):
        case = await office.accepted()
        for absence in (
            self.away("officer", "colleague", 8, 9),
            self.away("colleague", "officer", 8, 9),
        ):
            await office.storage.add_absence(absence, actor="officer", now=MONDAY)
        await office.look(china(9, 8))
        assert (await office.storage.case(case.number)).officer == "officer"  # nobody is there
        assert not (await office.storage.verify(now=office.now)).violations


async def test_cases_of_whoever_has_left_are_the_departments_again(office: Office):
    case, second = await office.accepted(), await office.accepted()
    await office.look(china(9, 8))
    assert (await office.storage.case(case.number)).officer == "officer"
    (left,) = [each for each in await office.storage.accounts() if each.person.name == "officer"]
    await office.storage.save_account(replace(left, disabled=True))
    await office.look(china(9, 8, 11))
    back = await office.storage.case(case.number)
    assert (back.officer, back.due_at, back.state) == ("", case.due_at, case.state)
    for number in (case.number, second.number):
        assert [e.step for e in await office.storage.events(number)][-1] == "give_back"
    assert await office.titles("colleague", "leave") == ["officer已离岗，2 件来信等人接手"]
    assert not (await office.storage.verify(now=office.now)).violations


async def test_routing_is_learnt_from_answered_cases_of_ones_own_sight(office: Office):
    await office.answered(await office.opened())
    await office.opened()  # not answered yet
    for name, seen in (("supervisor", 1), ("officer", 1), ("officer2", 0), ("administrator", 0)):
        found = await office.storage.routed_matters(viewer=PEOPLE[name], limit=10)
        assert len(found) == seen, name
    (matter,) = await office.storage.routed_matters(viewer=BOSS, limit=10)
    assert (matter.suggested, matter.department, matter.confidence) == (SCHOOLS, SCHOOLS, 0.9)
    assert (matter.right, matter.routed_alone) == (True, True)
