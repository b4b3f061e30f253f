"""Which cases are near enough to their due date that somebody is warned."""

from datetime import date, datetime

from cases.case import Case
from cases.rules import Forewarning
from cases.work_calendar import ONE_DAY, WorkCalendar, today

TELLS_ALWAYS = "officer"


def horizon(now: datetime, warning: Forewarning, calendar: WorkCalendar) -> date:
    """The last due date that this warning has been reached for."""
    day, left = today(now), warning.before
    if left == 0:
        return day - ONE_DAY  # overdue: the due date has passed
    while True:
        following = day + ONE_DAY
        left -= calendar.is_workday(following)
        if left < 0:
            return day
        day = following


def worth_telling(case: Case, warning: Forewarning, calendar: WorkCalendar) -> bool:
    """Whether the warning says more than the case's arrival did.

    A case with no more time in all than the warning's is no news to a head; its officer is told.
    """
    if warning.before == 0 or warning.tell == TELLS_ALWAYS:
        return True
    allowed = calendar.working_days(today(case.received_at), case.due_date)
    return allowed > warning.before


def rung_key(case: Case, before: int) -> str:
    """Another due date (an extension, a reopening, a notice) is another rung."""
    return f"due/{case.number}/{case.due_date.isoformat()}/{before}"
