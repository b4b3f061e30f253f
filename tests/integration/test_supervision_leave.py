"""Leave: cases go to who stands in and come back, and nobody who is away is the only one told."""

from dataclasses import replace
from datetime import date

import pytest

from cases.case import Case
from cases.papers import KeptDraft
from cases.people import Person, Role
from cases.supervision.audience import Audience
from cases.supervision.rota import Absence, Rota
from tests.worlds.watch import MONDAY, PEOPLE, POLICE, SCHOOLS, Office, china


def away(person: str, substitute: str, first: int, last: int) -> Absence:
    return Absence(
        person=person,
        department=SCHOOLS,
        first_day=date(2026, 9, first),
        last_day=date(2026, 9, last),
        substitute=substitute,
    )


async def leave(office: Office, *absences: Absence) -> None:
    for each in absences:
        await office.storage.add_absence(each, actor="officer", now=MONDAY)


async def change(office: Office, name: str, **fields: object) -> None:
    """An account that is closed, or whose person has another role or department."""
    found = await office.storage.account(name)
    assert found is not None
    of_person = {key: fields.pop(key) for key in ("role", "department") if key in fields}
    changed = replace(found.person, **of_person)  # type: ignore[arg-type]  # fields by name
    await office.storage.save_account(replace(found, person=changed, **fields))  # type: ignore[arg-type]  # by name


async def hired(office: Office, name: str, role: Role = Role.OFFICER) -> Person:
    account = await office.storage.account("officer")
    assert account is not None
    person = Person(name=name, role=role, department=SCHOOLS)
    await office.storage.save_account(replace(account, person=person))
    return person


async def officer_of(office: Office, case: Case) -> str:
    return (await office.storage.case(case.number)).officer


async def steps_of(office: Office, case: Case) -> list[str]:
    return [each.step for each in await office.storage.events(case.number)][2:]


async def test_after_the_leave_its_cases_come_back(office: Office):
    case = await office.accepted()
    await leave(office, away("officer", "colleague", 8, 9))
    await office.look(china(9, 9, 17))
    assert await officer_of(office, case) == "colleague"
    for _ in range(2):
        await office.look(china(9, 10, 9))
    assert await officer_of(office, case) == "officer"
    assert await steps_of(office, case) == ["hand_over", "hand_back"]
    back = "officer已回岗，1 件来信由colleague交还"
    for name in ("officer", "colleague"):
        assert (await office.titles(name, "leave"))[0] == back
    assert not (await office.storage.verify(now=office.now)).violations


async def test_who_is_back_early_has_their_cases_at_once(office: Office):
    case = await office.accepted()
    await leave(office, away("officer", "colleague", 8, 18))
    await office.look(china(9, 8))
    (absence,) = (await office.storage.rota(since=date(2026, 9, 8))).absences
    await office.storage.remove_absence(
        absence.id, department=SCHOOLS, actor="officer", now=office.now
    )
    await office.look(china(9, 8, 15))
    assert await officer_of(office, case) == "officer"


@pytest.mark.parametrize("begun", ["submitted", "kept"])
async def test_who_has_begun_to_write_keeps_the_case(office: Office, begun: str):
    case = await office.accepted()
    await leave(office, away("officer", "colleague", 8, 9))
    await office.look(china(9, 8))
    case, colleague = await office.storage.case(case.number), PEOPLE["colleague"]
    if begun == "submitted":
        await office.desk.draft(
            case.number, "请到学校报名。", version=case.version, actor=colleague, now=office.now
        )
    else:
        kept = KeptDraft(
            case=case.number,
            person="colleague",
            text="请到",
            purpose="reply",
            sources=(),
            version=case.version,
            saved_at=office.now,
        )
        await office.storage.keep_draft(kept, viewer=colleague, seen="")
    await office.look(china(9, 10))
    assert await officer_of(office, case) == "colleague"


async def test_a_case_given_on_by_hand_stays_where_it_was_given(office: Office):
    third = await hired(office, "third")
    case = await office.accepted()
    await leave(office, away("officer", "colleague", 8, 9))
    await office.look(china(9, 8))
    case = await office.storage.case(case.number)
    await office.desk.assign(
        case.number, third, version=case.version, actor=PEOPLE["reviewer"], now=office.now
    )
    await office.look(china(9, 10))
    assert await officer_of(office, case) == "third"


async def test_along_a_chain_of_leaves_a_case_comes_back_step_by_step(office: Office):
    await hired(office, "third")
    case = await office.accepted()
    await leave(office, away("officer", "colleague", 8, 11), away("colleague", "third", 9, 10))
    holders = []
    for day in (8, 9, 10, 11, 12):
        await office.look(china(9, day))
        holders.append(await officer_of(office, case))
    assert holders == ["colleague", "third", "third", "colleague", "officer"]


async def test_a_substitute_who_has_left_or_moved_gets_nothing(office: Office):
    case = await office.accepted()
    await leave(office, away("officer", "colleague", 8, 9))
    await change(office, "colleague", department=POLICE)
    await office.look(china(9, 8))
    assert await steps_of(office, case) == []
    await change(office, "colleague", department=SCHOOLS, disabled=True)
    await office.look(china(9, 8, 11))
    assert await steps_of(office, case) == []


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("reviewer", {"department": POLICE}),
        ("officer", {"department": POLICE}),
        ("officer", {"role": Role.CURATOR}),
        ("officer", {"role": Role.DISPATCHER, "department": ""}),
    ],
)
async def test_cases_of_whoever_changed_department_or_role_are_the_departments(
    office: Office, name: str, fields: dict[str, object]
):
    case = await office.accepted(name)
    await change(office, name, **fields)
    await office.look(china(9, 8))
    assert await steps_of(office, case) == ["give_back"]
    assert await officer_of(office, case) == ""


async def test_a_reviewer_on_leave_is_not_warned_but_who_stands_in_is(office: Office):
    other = await hired(office, "reviewer3", Role.REVIEWER)
    await office.accepted()
    await leave(office, away("reviewer", "", 7, 20))
    await office.look(china(9, 11))
    assert await office.titles("reviewer", "due") == []
    assert len(await office.titles(other.name, "due")) == 1


class TestHeads:
    people = tuple(PEOPLE.values())
    day = date(2026, 9, 8)

    def heads(self, *absences: Absence) -> list[str]:
        audience = Audience(people=self.people, rota=Rota(absences=absences))
        return [each.person for each in audience.heads(SCHOOLS, self.day)]

    def test_the_stand_in_of_the_only_reviewer_is_told(self):
        assert self.heads(away("reviewer", "colleague", 8, 9)) == ["colleague"]

    def test_with_the_stand_in_on_leave_too_the_supervisor_is(self):
        absences = (away("reviewer", "colleague", 8, 9), away("colleague", "reviewer", 8, 9))
        assert self.heads(*absences) == ["supervisor"]

    def test_with_every_officer_away_the_reviewers_are_told(self):
        absences = (away("officer", "colleague", 8, 9), away("colleague", "officer", 8, 9))
        audience = Audience(people=self.people, rota=Rota(absences=absences))
        told = audience.officers(SCHOOLS, "officer", self.day)
        assert [each.person for each in told] == ["reviewer"]


class TestGaps:
    """Days on which whoever should stand in is away as well."""

    def test_two_who_stand_in_for_each_other(self):
        rota = Rota(
            absences=[away("officer", "colleague", 7, 11), away("colleague", "officer", 10, 14)]
        )
        assert _gaps(rota, date(2026, 9, 1)) == [("officer", 10, 11), ("colleague", 10, 11)]
        assert _gaps(rota, date(2026, 9, 11)) == [("officer", 11, 11), ("colleague", 11, 11)]
        assert _gaps(rota, date(2026, 9, 12)) == []

    def test_a_third_who_is_there_closes_it(self):
        there = [away("officer", "colleague", 7, 11), away("colleague", "reviewer", 10, 14)]
        assert _gaps(Rota(absences=there), date(2026, 9, 1)) == []

    def test_leave_written_down_twice_is_one_gap(self):
        twice = [away("officer", "colleague", 7, 9), away("officer", "colleague", 9, 11)]
        gone = [*twice, away("colleague", "", 8, 10)]
        assert _gaps(Rota(absences=gone), date(2026, 9, 1)) == [("officer", 8, 10)]

    def test_of_another_department_nothing_is_told(self):
        rota = Rota(
            absences=[away("officer", "colleague", 7, 9), away("colleague", "officer", 7, 9)]
        )
        assert rota.gaps(POLICE, date(2026, 9, 1)) == []


def _gaps(rota: Rota, since: date) -> list[tuple[str, int, int]]:
    found = rota.gaps(SCHOOLS, since)
    return [(each.person, each.first_day.day, each.last_day.day) for each in found]
