"""Whose an alarm is, and when anybody may be told of it."""

from datetime import datetime, time

import pytest

from cases.supervision.alarm import owner_at
from cases.supervision.hours import WorkingHours
from cases.work_calendar import CHINA_TIME, WorkCalendar
from tests.worlds.desk_office import CHEN, Office

FRIDAY, MONDAY = (datetime(2026, 9, day, tzinfo=CHINA_TIME) for day in (11, 14))


async def test_whoever_was_given_a_case_at_the_very_moment_it_fell_due_has_it(
    office: Office,
) -> None:
    case = await office.open()
    office.now = case.due_at
    moved = await office.do(case, office.desk.route, CHEN, "卫健局")
    assert owner_at(moved, office.store.log[case.number], case.due_at) == "卫健局"


@pytest.mark.parametrize(
    ("clock", "told"),
    [
        (time(8, 29), FRIDAY.replace(hour=8, minute=30)),
        (time(8, 30), FRIDAY.replace(hour=8, minute=30)),
        (time(17, 29), FRIDAY.replace(hour=17, minute=29)),
        (time(17, 30), MONDAY.replace(hour=8, minute=30)),
    ],
)
def test_nobody_is_disturbed_before_office_hours_begin_nor_once_they_end(
    clock: time, told: datetime
) -> None:
    now = datetime.combine(FRIDAY.date(), clock, CHINA_TIME)
    assert WorkingHours().next(now, WorkCalendar()) == told
