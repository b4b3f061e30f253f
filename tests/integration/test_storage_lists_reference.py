"""Lists, pages and counts of many cases, against the rule said in plain Python."""

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from cases.case import OVER, Case, Kind, State
from cases.people import Person, Role
from cases.ports import CaseFilter
from cases.work_calendar import WorkCalendar
from console.cases.case_filters import OPEN, asked_of
from storage import Storage
from storage.operation import Operation
from storage.operations.tallies import tally_cases
from storage.rows.cases import place_of
from tests.values.storage import (
    DAY,
    HOUR,
    LOST_OFFICER,
    NOW,
    OFFICER,
    POLICE,
    SCHOOLS,
    STRANGER,
    SUPERVISOR,
    opening,
)

VIEWERS = (OFFICER, STRANGER, LOST_OFFICER, SUPERVISOR)
WATER = "水利局"
Check = Callable[[Case], bool]
ASKED: tuple[tuple[CaseFilter, Check], ...] = (
    (CaseFilter(), lambda case: True),
    (CaseFilter(states=tuple(State)), lambda case: True),
    (CaseFilter(states=tuple(OVER)), lambda case: case.state in OVER),
    (CaseFilter(states=(State.ROUTED,)), lambda case: case.state is State.ROUTED),
    (CaseFilter(states=OPEN), lambda case: case.state in OPEN),
    (CaseFilter(states=tuple(OVER), due_from=NOW), lambda case: False),
    (CaseFilter(states=tuple(OVER), due_before=NOW + 9 * DAY), lambda case: False),
    (CaseFilter(kind="complaint"), lambda case: case.kind is Kind.COMPLAINT),
    (CaseFilter(department=WATER), lambda case: case.department == WATER),
    (CaseFilter(topic="户口"), lambda case: case.topic == "户口"),
    (CaseFilter(officer="officer"), lambda case: case.officer == "officer"),
    (CaseFilter(text="怎么"), lambda case: "怎么" in case.text),
    (CaseFilter(text="三号桥"), lambda case: "三号桥" in case.text),
    (
        CaseFilter(due_from=NOW, due_before=NOW + DAY),
        lambda case: case.state not in OVER and NOW <= case.due_at < NOW + DAY,
    ),
)


@pytest.fixture
async def many(storage: Storage) -> list[Case]:
    """In the order of every list."""
    chance, made = Random(7), []
    for number in range(90):
        state = chance.choice((*OVER, State.ROUTED, State.ACCEPTED, State.WAITING))
        department = chance.choice((SCHOOLS, POLICE, WATER))
        case = opening(
            f"HY-{number:02}",
            state=state,
            department=department,
            helpers=tuple(chance.sample((SCHOOLS, POLICE, WATER), chance.choice((0, 0, 1, 2)))),
            kind=chance.choice((Kind.COMPLAINT, Kind.QUESTION)),
            topic=chance.choice(("户口", "入学", "")),
            officer=chance.choice(("officer", "")),
            text=chance.choice(("怎么办理", "三号桥塌了怎么报", "多久")),
            due_at=NOW + chance.randrange(-30, 60) * HOUR,
            replied_at=NOW - chance.randrange(300) * HOUR if state in OVER else None,
        )
        made.append(case.case)
        await storage.write_change(case)
    return sorted(made, key=lambda case: (_place(case), case.number))


def _place(case: Case) -> int:
    return place_of(case, ended_at=case.replied_at or NOW)


def _sees(person: Person, case: Case) -> bool:
    if person.role is Role.SUPERVISOR:
        return True
    own = person.department
    return bool(own) and (case.department == own or own in case.helpers)


@pytest.mark.parametrize("viewer", VIEWERS, ids=lambda each: each.name)
async def test_lists_pages_and_counts_are_what_the_rule_says(
    storage: Storage, many: list[Case], viewer: Person
) -> None:
    for only, check in ASKED:
        due = [case.number for case in many if _sees(viewer, case) and check(case)]
        listed = await storage.cases(replace(only, limit=200), viewer=viewer)
        assert [case.number for case in listed] == due, only
        assert await storage.count_cases(only, viewer=viewer) == len(due), only
        tally = await storage.tally_cases(only, viewer=viewer, now=NOW, tonight=NOW + 6 * HOUR)
        assert sum(tally.by.values()) == len(due), only
        assert await _leafed(storage, only, viewer) == due, only


async def _leafed(storage: Storage, only: CaseFilter, viewer: Person) -> list[str]:
    """All numbers page by page, each page read back from the one after it."""
    seen: list[str] = []
    while found := await storage.cases(
        replace(only, limit=7, after=seen[-1] if seen else ""), viewer=viewer
    ):
        numbers = [case.number for case in found]
        if seen:
            back = await storage.cases(replace(only, limit=3, before=numbers[0]), viewer=viewer)
            assert [case.number for case in back] == seen[-3:]
        seen += numbers
    return seen


@pytest.mark.parametrize("most", [1, 10, 50, 1000])
async def test_a_search_counts_all_or_says_that_it_is_cut(
    storage: Storage, many: list[Case], most: int
) -> None:
    for word in ("怎么", "三号桥"):
        found = [case for case in many if word in case.text]
        tally = await storage.tally_cases(
            CaseFilter(text=word),
            viewer=SUPERVISOR,
            now=NOW,
            tonight=NOW + 6 * HOUR,
            most=most,
        )
        for state in set(State) - tally.cut:
            assert tally.count({state}) == sum(case.state is state for case in found), state
        assert bool(tally.cut) is (len(found) >= most)


def test_the_list_as_it_is_opened_reads_no_ended_case_one_by_one() -> None:
    only = asked_of({}, SUPERVISOR).filter(NOW, WorkCalendar())
    at: dict[str, Any] = {"viewer": SUPERVISOR, "now": NOW, "tonight": NOW}
    assert _statements(tally_cases(only, **at)) == ["tally_cases_for", "tally_ended_cases"]
    assert _statements(tally_cases(replace(only, topic="户口"), **at)) == ["tally_cases_for"]


def _statements(operation: Operation[Any]) -> list[str]:
    """The names of what it asks of the database, where every answer is empty."""
    names: list[str] = []
    answer: Any = None
    while True:
        try:
            names.append(operation.send(answer).name)
        except StopIteration:
            return names
        answer = []
