"""How many cases a list holds, and the conditions by which it finds them."""

import math
from dataclasses import replace
from datetime import datetime
from typing import Any

from cases.case import OVER, State
from cases.people import Person
from cases.ports import CaseFilter, CaseTally, When, Whose
from storage.operation import Operation, Row, rows, the
from storage.rows.cases import ENDED
from storage.rows.plain import bars
from storage.rows.wordings import search_for
from storage.scope import scope_of

ANY = CaseFilter()
OPEN_UNTIL = ENDED // 2
"""Between the places of open cases and those of ended ones."""


def count_cases(only: CaseFilter, *, viewer: Person) -> Operation[int]:
    """How many there are in all, whatever `limit` says."""
    counted = yield from rows("tally_cases_for", **wanted(only, viewer), now=0, tonight=0, me="")
    return sum(int(row["amount"]) for row in counted)


def tally_cases(
    only: CaseFilter, *, viewer: Person, now: datetime, tonight: datetime, most: int | None = None
) -> Operation[CaseTally]:
    """The numbers beside every view of a list; `tonight` is the end of today.

    With `most`, only the first of the list are counted for whoever sees every department: to
    count all that hold a common word takes longer than to show a page of them.
    """
    asked = wanted(only, viewer) | {
        "now": int(now.timestamp()),
        "tonight": int(tonight.timestamp()),
        "me": viewer.name,
    }
    if scope_of(viewer) is not None:  # what one department has is soon counted
        return CaseTally(by=_counts((yield from rows("tally_cases_for", **asked))))
    if not _narrows(only):
        opened = _counts((yield from rows("tally_cases_for", **asked | {"until": OPEN_UNTIL})))
        return CaseTally(by=opened | _ended((yield from rows("tally_ended_cases"))))
    if most is None or not asked["found"]:
        return CaseTally(by=_counts((yield from rows("tally_cases_for", **asked))))
    amount = yield from the("matches", found=asked["found"], most=most)
    if amount["amount"] < most:
        return CaseTally(by=_counts((yield from rows("tally_found_cases_for", **asked))))
    by = _counts((yield from rows("tally_first_cases_for", **asked, limit=most)))
    if sum(by.values()) < most:
        return CaseTally(by=by)
    open_ones_done = any(state in OVER for state, *_ in by)  # they stand first
    return CaseTally(by=by, cut=OVER if open_ones_done else frozenset(State))


def _narrows(only: CaseFilter) -> bool:
    """Whether there are cases that the list leaves out."""
    states = () if _every_state(only) else only.states
    return replace(only, states=states, limit=ANY.limit) != ANY


def _every_state(only: CaseFilter) -> bool:
    return not only.states or set(only.states) == set(State)


def _counts(found: list[Row]) -> dict[tuple[State, When, Whose, bool], int]:
    return {
        (
            State(row["state"]),
            When(row["due"]),
            Whose(row["whose"]),
            bool(row["asking"]),
        ): int(row["amount"])
        for row in found
    }


def _ended(found: list[Row]) -> dict[tuple[State, When, Whose, bool], int]:
    """Of whoever sees all departments, nobody is asked in whose hands an ended case was."""
    by: dict[tuple[State, When, Whose, bool], int] = {}
    for row in found:
        key = State(row["state"]), When.LATER, Whose.OTHERS, bool(row["asks"])
        by[key] = by.get(key, 0) + int(row["amount"])
    return by


def wanted(only: CaseFilter, viewer: Person) -> dict[str, Any]:
    """The condition of a list, as its statements take it.

    States that the place alone tells are left to it: databases know how many cases are beyond one.
    """
    since, until = only.due_from, only.due_before
    over = {state in OVER for state in only.states} or {False, True}
    implied = {state for state in State if (state in OVER) in over} <= set(only.states or State)
    first = OPEN_UNTIL if over == {True} else 0
    last = OPEN_UNTIL if since is not None or over == {False} else ENDED
    return {
        "scope": scope_of(viewer),
        "states": "" if implied else bars(state.value for state in only.states),
        "department": only.department,
        "kind": only.kind,
        "account": only.account,
        "topic": only.topic,
        "officer": only.officer,
        "mine": only.mine,
        "helping": only.helping,
        "asks": only.asks,
        # Places are whole seconds.
        "since": max(first, math.ceil(since.timestamp())) if since is not None else first,
        "until": min(last, math.ceil(until.timestamp())) if until is not None else last,
        "found": search_for(only.text),
    }
