"""Open cases of a department that was dissolved go to the one that took over, or to dispatchers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from cases.approval import NO_DRAFT
from cases.case import Case, Change, ChangedMeanwhile, State
from cases.department import ClosedDepartment
from cases.merging import following
from cases.people import Person, Role
from cases.steps import SUCCEED, take
from cases.supervision.ports import WatchStore

AT_ONCE: Final = 200
ITSELF: Final = Person(name="desk", role=Role.SUPERVISOR)


@dataclass(frozen=True, kw_only=True)
class Succession:
    """Moves what is open; a case that somebody changes meanwhile waits for the next round."""

    store: WatchStore

    async def round(self, now: datetime) -> None:
        """Every open case that a closed department has, or was asked to help with."""
        for closed in await self.store.closed_departments():
            for case in await self.store.open_cases_with(closed.name, limit=AT_ONCE):
                change = succeeded(case, closed, now=now)
                merged = await self.store.merged_into(case.number)
                follow = following(change, merged, actor=ITSELF, now=now)
                try:
                    await self.store.write_changes([change, *follow])
                except ChangedMeanwhile:
                    continue


def succeeded(case: Case, closed: ClosedDepartment, *, now: datetime) -> Change:
    """The case with the successor instead; its deadline, officer and draft stay.

    Without a successor the dispatcher has it, as if it had been given back; what was drafted
    stands in its log.
    """
    names = (closed.successor if each == closed.name else each for each in case.helpers)
    owner = closed.successor if case.department == closed.name else case.department
    helpers = tuple(dict.fromkeys(name for name in names if name not in {"", owner}))
    awaits = tuple(name for name in helpers if name in case.awaits or _asked(case, closed, name))
    changed: dict[str, Any] = {"department": owner, "helpers": helpers, "awaits": awaits}
    details = {"of": closed.name}
    after = None
    if case.department == closed.name:
        details = {"from": closed.name, "to": owner}
    if not owner and case.department:
        changed |= NO_DRAFT
        details |= {"draft": case.draft, "drafted_by": case.drafted_by} if case.draft else {}
        after = State.WAITING if case.state is State.WAITING else State.RETURNED
    return take(SUCCEED, case, actor="desk", now=now, after=after, details=details, **changed)


def _asked(case: Case, closed: ClosedDepartment, name: str) -> bool:
    return name == closed.successor and closed.name in case.awaits
