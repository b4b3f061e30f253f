"""New dates for open cases after a notice was loaded; verdicts of finished cases never change."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from cases import steps
from cases.case import Case, Change, ChangedMeanwhile, Event
from cases.clock import due_details, due_fields, due_of, read_clock
from cases.people import Person, Role
from cases.ports import CaseFilter, CaseStore
from cases.rules import Rules
from cases.steps import take
from cases.work_calendar import WorkCalendar

ITSELF: Final = Person(name="desk", role=Role.SUPERVISOR)
PAGE: Final = 500
OPEN: Final = tuple(sorted(steps.RECOUNT.before))


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
    return take(steps.RECOUNT, case, actor="desk", now=now, details=details, **due_fields(due))


async def recount_all(
    store: CaseStore, *, calendar: WorkCalendar, rules: Rules, now: datetime
) -> int:
    """Recounts every open case; returns how many moved.

    A case that somebody changes at the same moment is read again; safe to repeat.
    """
    moved = 0
    for number in await _open_numbers(store):
        while True:
            case, events = await store.case(number), await store.events(number)
            change = recounted(case, events, calendar=calendar, rules=rules, now=now)
            if change is None:
                break
            try:
                await store.write_change(change)
            except ChangedMeanwhile:
                continue
            moved += 1
            break
    return moved


async def moves(
    store: CaseStore, *, calendar: WorkCalendar, rules: Rules, now: datetime
) -> list[tuple[Case, Case]]:
    """What `recount_all` would do with this calendar: open cases as they are and would be."""
    found: list[tuple[Case, Case]] = []
    for number in await _open_numbers(store):
        case, events = await store.case(number), await store.events(number)
        change = recounted(case, events, calendar=calendar, rules=rules, now=now)
        if change is not None:
            found.append((case, change.case))
    return found


async def _open_numbers(store: CaseStore) -> list[str]:
    numbers: list[str] = []
    while True:
        only = CaseFilter(states=OPEN, limit=PAGE, offset=len(numbers))
        page = await store.cases(only, viewer=ITSELF)
        numbers += [case.number for case in page]
        if len(page) < PAGE:
            return numbers
