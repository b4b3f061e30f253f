"""Cases: one writer at a time, each step logged, and nobody sees what isn't theirs."""

from datetime import date

import pytest

from cases.case import ChangedMeanwhile, State, UnknownCase
from cases.people import Person
from cases.ports import CaseFilter
from storage import Storage
from storage.queries import SQL
from tests.values.storage import (
    AUDITOR,
    DAY,
    DISPATCHER,
    HOUR,
    LOST_OFFICER,
    NOW,
    OFFICER,
    POLICE,
    SCHOOLS,
    STRANGER,
    SUPERVISOR,
    accept,
    message,
    opening,
    replied,
    settlement,
    step,
)

EVERYTHING = CaseFilter()
SIGHT = [
    (OFFICER, {"HY-1"}),
    (STRANGER, {"HY-2"}),
    (LOST_OFFICER, set()),
    (AUDITOR, set()),
    (DISPATCHER, {"HY-1", "HY-2", "HY-3"}),
    (SUPERVISOR, {"HY-1", "HY-2", "HY-3"}),
]


async def three(storage: Storage) -> None:
    """One case of each of two departments, and one that the dispatcher still owns."""
    for number, department in (("HY-1", SCHOOLS), ("HY-2", POLICE), ("HY-3", "")):
        accepted = await accept(storage, message(citizen=number))
        change = opening(number, citizen=number, department=department)
        await storage.settle(accepted.id, settlement(accepted, change=change))


class TestOwnDepartment:
    @pytest.mark.parametrize(
        ("viewer", "seen"), SIGHT, ids=lambda value: getattr(value, "name", "")
    )
    async def test_every_read_shows_a_person_only_theirs(
        self, storage: Storage, viewer: Person, seen: set[str]
    ):
        await three(storage)
        listed = await storage.cases(EVERYTHING, viewer=viewer)
        assert {case.number for case in listed} == seen
        assert await storage.count_cases(EVERYTHING, viewer=viewer) == len(seen)
        for number in ("HY-1", "HY-2", "HY-3"):
            assert bool(await storage.events(number, viewer=viewer)) == (number in seen)
            assert bool(await storage.conversation(number, viewer=viewer)) == (number in seen)
            if number not in seen:
                with pytest.raises(UnknownCase):
                    await storage.case(number, viewer=viewer)

    async def test_a_filter_does_not_widen_what_is_seen(self, storage: Storage):
        await three(storage)
        assert not await storage.cases(CaseFilter(department=POLICE), viewer=OFFICER)
        assert not await storage.cases(CaseFilter(text="HY-2"), viewer=OFFICER)

    async def test_the_desk_itself_sees_everything(self, storage: Storage):
        await three(storage)
        assert (await storage.case("HY-3")).department == ""
        assert await storage.events("HY-2")

    def test_every_statement_for_a_viewer_holds_the_rule(self):
        texts = (SQL / "cases.sql").read_text().split("-- name: ")
        reads = [text for text in texts if "scope" in text.partition("\n")[0]]
        assert len(reads) == 9
        rules = ("{visible}", "{own}", "{helped}")
        assert all(text.count("FROM cases") <= sum(map(text.count, rules)) for text in reads)


class TestSteps:
    async def test_every_field_comes_back(self, storage: Storage):
        await replied(storage, opening(confidence=0.75, provisional=True, officer="officer"))
        case = await storage.case("HY20261118-0001")
        assert (case.version, case.state, case.confidence) == (3, State.REPLIED, 0.75)
        assert (case.provisional, case.replied_at) == (True, NOW + HOUR)
        rated = step(case, State.CLOSED, rating=5, closed_at=NOW + DAY, waiting_since=NOW)
        assert await storage.write_change(rated) == rated.case
        assert await storage.case(case.number) == rated.case

    async def test_the_second_officer_hears_who_was_first(self, storage: Storage):
        case = await storage.write_change(opening())
        await storage.write_change(step(case, State.ACCEPTED, actor="officer"))
        with pytest.raises(ChangedMeanwhile) as refused:
            await storage.write_change(step(case, State.RETURNED, actor="officer2"))
        assert (refused.value.number, refused.value.by) == (case.number, "officer")
        assert (await storage.case(case.number)).state is State.ACCEPTED

    async def test_a_number_opens_one_case(self, storage: Storage):
        await storage.write_change(opening())
        with pytest.raises(ChangedMeanwhile):
            await storage.write_change(opening(citizen="o-2"))
        assert (await storage.case("HY20261118-0001")).citizen == "o-1"

    async def test_a_step_in_a_case_that_was_never_opened(self, storage: Storage):
        with pytest.raises(UnknownCase):
            await storage.write_change(step(opening().case, State.ROUTED))

    async def test_events_come_oldest_first_with_their_details(self, storage: Storage):
        case = await storage.write_change(opening())
        returned = step(case, State.RETURNED, details={"reason": "不归我们管"})
        await storage.write_change(returned)
        events = await storage.events(case.number)
        assert [each.version for each in events] == [1, 2]
        assert events[1] == returned.event

    async def test_numbers_count_up_within_a_day(self, storage: Storage):
        days = (date(2026, 11, 21), date(2026, 11, 21), date(2026, 11, 22))
        assert [await storage.next_case_number(day) for day in days] == [
            "HY20261121-0001",
            "HY20261121-0002",
            "HY20261122-0001",
        ]


class TestLists:
    async def test_open_cases_by_due_time_then_ended_ones_newest_first(self, storage: Storage):
        for number, days in (("b", 5), ("a", 3)):
            await storage.write_change(opening(f"HY-{number}", due_at=NOW + days * DAY))
        for number, ended in (("x", 1), ("y", 2)):
            case = await storage.write_change(opening(f"HY-{number}"))
            await storage.write_change(step(case, State.CLOSED, closed_at=NOW + ended * DAY))
        listed = await storage.cases(EVERYTHING, viewer=SUPERVISOR)
        assert [case.number for case in listed] == ["HY-a", "HY-b", "HY-y", "HY-x"]

    @pytest.mark.parametrize(
        ("only", "found"),
        [
            (CaseFilter(states=(State.ROUTED, State.ACCEPTED)), ["HY-2"]),
            (CaseFilter(department=SCHOOLS), ["HY-1"]),
            (CaseFilter(text="水费"), ["HY-2"]),
            (CaseFilter(text="hy-1"), ["HY-1"]),
            (CaseFilter(text="100%"), ["HY-1"]),
            (CaseFilter(text="_"), []),
            (CaseFilter(due_before=NOW + 2 * DAY), ["HY-1"]),
            (CaseFilter(limit=1, offset=1), ["HY-2"]),
        ],
    )
    async def test_filters(self, storage: Storage, only: CaseFilter, found: list[str]):
        first = opening("HY-1", department=SCHOOLS, text="涨了100%!", due_at=NOW + DAY)
        await storage.write_change(first)
        second = await storage.write_change(opening("HY-2", text="水费太高"))
        await storage.write_change(step(second, State.ROUTED, department=POLICE))
        assert [case.number for case in await storage.cases(only, viewer=SUPERVISOR)] == found
        whole = CaseFilter(**{**vars(only), "limit": 50, "offset": 0})
        amount = await storage.count_cases(whole, viewer=SUPERVISOR)
        assert amount == (2 if only.offset else len(found))


class TestFigures:
    async def test_figures_of_a_period(self, storage: Storage):
        await three(storage)
        await replied(storage, opening("HY-4", department=SCHOOLS))
        figures = await storage.figures(since=NOW, until=NOW + DAY, now=NOW + 30 * DAY)
        schools = next(each for each in figures.departments if each.department == SCHOOLS)
        assert (figures.received, figures.answered, figures.cased) == (3, 0, 0)
        assert (schools.received, schools.replied, schools.replied_in_time) == (2, 1, 1)
        assert schools.overdue == 1

    async def test_a_case_that_waits_for_its_citizen_is_not_overdue(self, storage: Storage):
        case = await storage.write_change(opening())
        await storage.write_change(step(case, State.WAITING, waiting_since=NOW))
        figures = await storage.figures(since=NOW, until=NOW + DAY, now=NOW + 30 * DAY)
        assert [(each.received, each.overdue) for each in figures.departments] == [(1, 0)]

    async def test_nothing_yet_is_no_error(self, storage: Storage):
        figures = await storage.figures(since=NOW, until=NOW + DAY, now=NOW)
        assert (figures.received, figures.departments) == (0, ())
