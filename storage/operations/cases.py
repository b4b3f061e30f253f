"""Cases: each step written once, with its event and its text; every read within a scope."""

from dataclasses import replace
from datetime import date

from cases.case import Case, Change, ChangedMeanwhile, Event, UnknownCase
from cases.people import Person
from cases.ports import CaseFilter, Line
from storage.operation import Operation, Value, one, rows, run, the
from storage.operations import outbox
from storage.rows.cases import CHAIN_START, case_from, case_values, event_from, event_values
from storage.rows.plain import bars, moment, pattern, stamp_or_none
from storage.scope import scope_of


def next_case_number(day: date) -> Operation[str]:
    """HYyyyymmdd-nnnn, never given twice."""
    row = yield from the("next_number", day=day.isoformat())
    return f"HY{day:%Y%m%d}-{row['last']:04d}"


def write_change(change: Change) -> Operation[Case]:
    """The case after the step. Raises `ChangedMeanwhile` when another step came first.

    Raises `UnknownCase` for a later step of a case that was never opened.
    """
    case, event = change.case, change.event
    write = "add_case" if event.version == 1 else "change_case"
    if not (yield from run(write, **case_values(case, event))):
        yield from _changed_meanwhile(event)
    before = yield from one("event_hash", case_number=event.case, version=event.version - 1)
    prev_hash = before["hash"] if before is not None else CHAIN_START
    yield from run("add_event", **event_values(event, change.delivery, prev_hash=prev_hash))
    if change.delivery is not None:
        yield from outbox.queue(change.delivery)
    return replace(case, version=event.version)


def _changed_meanwhile(event: Event) -> Operation[None]:
    newest = yield from one("newest_event", case_number=event.case)
    if newest is None:
        raise UnknownCase(event.case)
    raise ChangedMeanwhile(event.case, newest["actor"], moment(newest["at"]))


def case(number: str, *, viewer: Person | None = None) -> Operation[Case]:
    """Raises `UnknownCase`, also when the viewer may not see it."""
    row = yield from one("case_for", number=number, scope=scope_of(viewer))
    if row is None:
        raise UnknownCase(number)
    return case_from(row)


def cases(only: CaseFilter, *, viewer: Person) -> Operation[list[Case]]:
    """Open cases by due time first, then the rest by the time they ended, newest first."""
    wanted = _wanted(only, viewer)
    found = yield from rows("cases_for", **wanted, limit=only.limit, offset=only.offset)
    return [case_from(row) for row in found]


def answered_matters(*, limit: int) -> Operation[list[tuple[str, str]]]:
    """(text, department) of answered cases, newest last: what the router learns from."""
    found = yield from rows("answered_matters", limit=limit)
    return [(row["text"], row["department"]) for row in reversed(found)]


def count_cases(only: CaseFilter, *, viewer: Person) -> Operation[int]:
    row = yield from the("count_cases_for", **_wanted(only, viewer))
    return int(row["amount"])


def _wanted(only: CaseFilter, viewer: Person) -> dict[str, Value]:
    return {
        "scope": scope_of(viewer),
        "states": bars(state.value for state in only.states),
        "department": only.department,
        "pattern": pattern(only.text),
        "due_before": stamp_or_none(only.due_before),
    }


def events(number: str, *, viewer: Person | None = None) -> Operation[list[Event]]:
    """Oldest first; empty when the viewer may not see the case."""
    found = yield from rows("events_for", number=number, scope=scope_of(viewer))
    return [event_from(row) for row in found]


def conversation(number: str, *, viewer: Person) -> Operation[list[Line]]:
    """What was said on the case, oldest first; empty when the viewer may not see it."""
    found = yield from rows("conversation_for", number=number, scope=scope_of(viewer))
    return [
        Line(
            at=moment(row["at"]),
            speaker=row["speaker"],
            text=row["text"],
            kind=row["kind"],
            state=row["state"],
        )
        for row in found
    ]
