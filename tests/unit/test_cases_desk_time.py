"""What moves a due date and what does not: more time, additions, notices of holidays."""

from datetime import date, datetime
from typing import Any

import pytest

from cases.case import (
    Case,
    ChangedMeanwhile,
    State,
    StepNotPermitted,
)
from cases.desk import Purpose
from cases.recount import recounted
from cases.work_calendar import CHINA_TIME
from tests.fakes_cases import FakeCaseStore
from tests.worlds.desk_office import BOSS, NOW, WANG, Office


async def test_more_time_needs_a_supervisor_and_tells_the_citizen(office: Office) -> None:
    case = await office.accepted()
    with pytest.raises(StepNotPermitted):
        await office.do(case, office.desk.extend, WANG, 3, "需要现场勘查")
    case = await office.do(case, office.desk.extend, BOSS, 3, "需要现场勘查")
    assert (case.state, case.due_date) == (State.ACCEPTED, date(2026, 9, 30))
    assert "9月30日" in office.store.sent[f"interim-{case.number}-{case.version}"].text


async def test_all_extensions_together_end_after_fifteen_working_days(office: Office) -> None:
    case = await office.do(await office.accepted(), office.desk.extend, BOSS, 6, "情况复杂")
    with pytest.raises(StepNotPermitted, match="at the latest"):
        await office.do(case, office.desk.extend, BOSS, 5, "情况复杂")
    with pytest.raises(StepNotPermitted, match="no extension"):
        await office.do(case, office.desk.extend, BOSS, 0, "情况复杂")
    case = await office.do(case, office.desk.extend, BOSS, 4, "情况复杂")
    assert office.calendar.working_days(NOW.date(), case.due_date) == 15


async def test_what_is_overdue_stays_overdue(office: Office) -> None:
    case = await office.accepted()
    office.now = case.due_at
    with pytest.raises(StepNotPermitted, match="overdue"):
        await office.do(case, office.desk.extend, BOSS, 3, "来不及")


async def test_an_addition_to_a_case_in_work_changes_no_date(office: Office) -> None:
    case = await office.drafted()
    added = office.desk.prepare_addition(case, text="又漏了", now=office.now).case
    assert (added.state, added.due_at, added.draft) == (case.state, case.due_at, case.draft)
    assert added.version == case.version + 1


async def test_a_notice_moves_open_cases_and_leaves_finished_ones(office: Office) -> None:
    office.now = datetime(2026, 12, 28, 9, 0, tzinfo=CHINA_TIME)
    done, open_case, waiting = await office.replied(), await office.open(), await office.drafted()
    waiting = await office.do(waiting, office.desk.draft, WANG, "几栋？", purpose=Purpose.QUESTION)
    await office.review(waiting)
    off = frozenset({date(2027, 1, 1), date(2027, 1, 4)})
    office.calendar.load({2027: (off, frozenset())})
    assert await office.desk.recount(now=office.now) == 2
    moved = office.store.kept[open_case.number]
    assert (moved.due_date, moved.provisional) == (date(2027, 1, 6), False)
    assert office.store.kept[done.number] == done
    assert office.store.log[moved.number][-1].step == "recount"
    assert await office.desk.recount(now=office.now) == 0


async def test_recounting_keeps_extensions_and_pauses(office: Office) -> None:
    case = await office.do(await office.accepted(), office.desk.extend, BOSS, 2, "情况复杂")
    case = await office.review(
        await office.do(case, office.desk.draft, WANG, "几栋？", purpose=Purpose.QUESTION)
    )
    office.later(days=5)
    case = await office.store.write_change(
        office.desk.prepare_addition(case, text="三栋", now=office.now)
    )
    assert case.due_date == date(2026, 10, 10)
    assert await office.desk.recount(now=office.now) == 0
    office.calendar.load({2026: (frozenset({date(2026, 9, 28)}), frozenset())})
    assert await office.desk.recount(now=office.now) == 1
    assert office.store.kept[case.number].due_date == date(2026, 10, 12)


async def test_recounting_reads_again_what_changed_meanwhile(office: Office) -> None:
    class Busy(FakeCaseStore):
        busy = True

        async def write_change(self, change: Any) -> Case:
            if change.event.step == "recount" and self.busy:
                self.busy = False
                raise ChangedMeanwhile(change.case.number, "王工", office.now)
            return await super().write_change(change)

    office.store = Busy()
    office.__post_init__()
    await office.open()
    office.calendar.load({2026: (frozenset({date(2026, 9, 21)}), frozenset())})
    assert await office.desk.recount(now=office.now) == 1


async def test_recounting_reads_page_after_page(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cases.recount.PAGE", 2)
    for _ in range(5):
        await office.open()
    office.calendar.load({2026: (frozenset({date(2026, 9, 21)}), frozenset())})
    assert await office.desk.recount(now=office.now) == 5


async def test_a_finished_case_is_never_recounted(office: Office) -> None:
    case = await office.replied()
    office.calendar.load({2026: (frozenset({date(2026, 9, 21)}), frozenset())})
    events = office.store.log[case.number]
    assert (
        recounted(case, events, calendar=office.calendar, rules=office.rules, now=office.now)
        is None
    )
