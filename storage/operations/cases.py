"""Cases: each step written once, with its event and its text; every read within a scope."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from cases.case import AlreadyLeft, Case, Change, ChangedMeanwhile, Event, State, UnknownCase
from cases.people import Person
from cases.ports import CaseFilter, Line
from handlers.carrying import without_carried
from storage.operation import Operation, Row, one, rows, run, run_many, the
from storage.operations import orders, outbox, withdrawing
from storage.operations.tallies import wanted
from storage.rows.cases import (
    CHAIN_START,
    case_from,
    case_values,
    event_from,
    event_values,
)
from storage.rows.plain import moment, stamp
from storage.rows.wordings import index_words
from storage.scope import scope_of

FILL_AT_ONCE = 500


def next_case_number(day: date) -> Operation[str]:
    """HYyyyymmdd-nnnn, never given twice."""
    row = yield from the("next_number", day=day.isoformat())
    return f"HY{day:%Y%m%d}-{row['last']:04d}"


def write_change(change: Change) -> Operation[Case]:
    """The case after the step. Raises `ChangedMeanwhile` when another step came first.

    Raises `UnknownCase` for a later step of a case that was never opened, and `AlreadyLeft` when
    the text that it takes back cannot be any more.
    """
    case, event = change.case, change.event
    if change.takes_back is not None:  # deliveries before cases, as a settlement locks them
        try:
            yield from withdrawing.take_back(
                change.takes_back, case.number, by=event.actor, now=event.at
            )
        except AlreadyLeft:
            newest = yield from one("newest_event", case_number=event.case)
            if newest is not None and newest["version"] >= event.version:
                yield from _changed_meanwhile(event)
            raise
    write = "add_case" if event.version == 1 else "change_case"
    if not (yield from run(write, **case_values(case, event))):
        yield from _changed_meanwhile(event)
    prev_hash = CHAIN_START if event.version == 1 else (yield from _hash_before(event))
    yield from run("add_event", **event_values(event, change.delivery, prev_hash=prev_hash))
    if change.delivery is not None:
        yield from orders.publish(change)
        if change.delivery.citizen:  # who commented without an openid reads it there only
            yield from outbox.queue(change.delivery)
    if event.version == 1:
        yield from add_words(case.number, f"{case.number} {case.text}")
    elif event.before is not event.after and event.after in {State.REPLIED, State.OUT_OF_SCOPE}:
        yield from add_words(case.number, case.reply)
    return replace(case, version=event.version)


def _hash_before(event: Event) -> Operation[str]:
    """Of the step before; a case of before there were hashes begins its chain here."""
    before = yield from one("event_hash", case_number=event.case, version=event.version - 1)
    return str(before["hash"]) if before is not None else CHAIN_START


def write_changes(changes: Sequence[Change]) -> Operation[list[Case]]:
    """All of them or none, as `write_change` writes each."""
    written = []
    for change in changes:
        written.append((yield from write_change(change)))
    return written


def merged_into(lead: str) -> Operation[list[Case]]:
    """The cases that wait for the reply of this one."""
    return [case_from(row) for row in (yield from rows("merged_into", lead=lead))]


def answered_with(lead: str) -> Operation[list[Case]]:
    """The merged cases that got the reply of this one."""
    return [case_from(row) for row in (yield from rows("answered_with", lead=lead))]


def shown(number: str, *, now: datetime) -> Operation[Case]:
    """The case for its citizen's own page; the reply that stands there cannot be taken back."""
    yield from run("show_deliveries", number=number, now=stamp(now))
    return (yield from case(number))


def add_words(number: str, *texts: str) -> Operation[None]:
    """Makes texts of a case findable."""
    words = [{"case_number": number, "words": index_words(text)} for text in texts if text]
    yield from run_many("add_search_words", words)


def fill_search(after: str) -> Operation[str]:
    """Makes the next cases of before there was an index findable; "" when none is left."""
    found = yield from rows("unsearchable", after=after, limit=FILL_AT_ONCE)
    for row in found:
        yield from add_words(row["number"], f"{row['number']} {row['text']}", row["reply"])
    if len(found) == FILL_AT_ONCE:
        return str(found[-1]["number"])
    yield from run("set_counter", name="case search", number=1)
    return ""


def search_is_filled() -> Operation[bool]:
    return bool((yield from the("counter", name="case search"))["number"])


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
    asked = wanted(only, viewer)
    if only.before:
        place = yield from _place_of(only.before)
        found = yield from rows(
            "cases_before",
            **asked | {"until": min(asked["until"], place + 1)},  # so the index is read from there
            before_place=place,
            before_number=only.before,
            limit=only.limit,
        )
        return [case_from(row) for row in reversed(found)]
    place = (yield from _place_of(only.after)) if only.after else 0
    found = yield from rows(
        "cases_for",
        **asked | {"since": max(asked["since"], place)},
        after_place=place,
        after_number=only.after,
        limit=only.limit,
        offset=only.offset,
    )
    return [case_from(row) for row in found]


def _place_of(number: str) -> Operation[int]:
    """Where a case stands now; an unknown one stands before all."""
    row = yield from one("case_place", number=number)
    return int(row["place"]) if row is not None else 0


def answered_matters(*, limit: int) -> Operation[list[tuple[str, str]]]:
    """(text, department) of answered cases, newest last: what the router learns from."""
    found = yield from rows("answered_matters", limit=limit)
    return [(row["text"], row["department"]) for row in reversed(found)]


def topics(*, viewer: Person) -> Operation[list[str]]:
    """What the cases that a viewer sees are about."""
    scope = scope_of(viewer)
    found = yield from (rows("topics") if scope is None else rows("topics_for", scope=scope))
    return [row["name"] for row in found]


def events(number: str, *, viewer: Person | None = None) -> Operation[list[Event]]:
    """Oldest first; empty when the viewer may not see the case."""
    found = yield from rows("events_for", number=number, scope=scope_of(viewer))
    return [event_from(row) for row in found]


def suggested(numbers: Sequence[str], *, least: float, viewer: Person) -> Operation[dict[str, str]]:
    """By number: the department suggested when the case came, unless it gave the case back.

    Only what was at least so likely, in [0, 1], to be right.
    """
    if not numbers:
        return {}
    found: dict[str, str] = {}
    asked = json.dumps(list(numbers))
    for row in (yield from rows("routings_of", numbers=asked, scope=scope_of(viewer))):
        number, details = row["case_number"], json.loads(row["details"])
        if row["step"] == "open":
            likely = float(details.get("confidence", "0")) >= least
            found[number] = details.get("suggested", "") if likely else ""
        elif details.get("from") == found.get(number):
            found[number] = ""
    return {number: name for number, name in found.items() if name}


def conversation(number: str, *, viewer: Person) -> Operation[list[Line]]:
    """What was said on the case, oldest first; empty when the viewer may not see it.

    A passive reply may have carried texts of the citizen's other cases: they are taken out.
    """
    found = yield from rows("conversation_for", number=number, scope=scope_of(viewer))
    foreign: dict[int, list[str]] = {}
    for row in (yield from rows("carried_for_other_cases", number=number)):
        foreign.setdefault(row["carried_by"], []).append(row["text"])
    return [_line(row, foreign.get(row["place"], [])) for row in found]


def _line(row: Row, foreign: Sequence[str]) -> Line:
    is_reply = row["speaker"] == "desk" and row["place"]
    text = without_carried(row["text"], foreign) if is_reply else row["text"]
    return Line(
        at=moment(row["at"]),
        speaker=row["speaker"],
        text=text,
        kind=row["kind"],
        state=row["state"],
        withheld=text != row["text"],
    )
