"""New dates for open cases after a notice was loaded; verdicts of finished cases never change."""

from collections.abc import Sequence
from datetime import datetime

from cases.case import Case, Change, Event
from cases.clock import due_details, due_fields, due_of, read_clock
from cases.rules import Rules
from cases.steps import RECOUNT, take
from cases.work_calendar import WorkCalendar


def recounted(
    case: Case, events: Sequence[Event], *, calendar: WorkCalendar, rules: Rules, now: datetime
) -> Change | None:
    """The change that gives an open case the date of this calendar; None when it has it already.

    Pure, so a page can show beforehand which dates would move.
    """
    if not case.is_open:
        return None
    due = due_of(read_clock(case, events, rules), calendar)
    if (due.due_date, due.provisional) == (case.due_date, case.provisional):
        return None
    details = due_details(due) | {"was_due": case.due_date.isoformat()}
    return take(RECOUNT, case, actor="desk", now=now, details=details, **due_fields(due))
