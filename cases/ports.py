"""What the cases need from outside, by shape."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from cases.case import Case, Change, Event, Release, State
from cases.department import ClosedDepartment, Department
from cases.people import Person


class StoreAway(Exception):
    """What keeps the desk's data cannot be reached or written just now: nothing was kept."""


@dataclass(frozen=True, kw_only=True)
class CaseFilter:
    """What a list of cases shows; empty fields do not filter.

    `mine` leaves out other departments' cases and what another officer than the one of that name
    is working on; `helping` adds those that a department was asked to help with.
    `due_before` and `due_from` ask for open cases only. `text` asks for cases that hold all its
    words, in what was written or replied. `limit` rows from `offset`, or right after or before
    the case of a number.
    """

    states: tuple[State, ...] = ()
    department: str = ""
    kind: str = ""
    account: str = ""
    topic: str = ""
    officer: str = ""
    mine: str = ""
    helping: str = ""
    asks: str = ""
    text: str = ""
    due_from: datetime | None = None
    due_before: datetime | None = None
    limit: int = 50
    offset: int = 0
    after: str = ""
    before: str = ""


class When(IntEnum):
    """How near a case's due time is."""

    LATE = 0
    TODAY = 1
    LATER = 2


class Whose(IntEnum):
    """Whose hands a case is in, seen by one officer.

    ASKED: another department's, which waits for the help of this one; HELPED: which does not.
    """

    OTHERS = 0
    OWN = 1
    NOBODYS = 2
    ASKED = 3
    HELPED = 4


@dataclass(frozen=True, kw_only=True)
class CaseTally:
    """Cases by (state, when due, in whose hands, whether they ask a supervisor).

    `cut` are the states of which only the first of the list were counted.
    """

    by: Mapping[tuple[State, When, Whose, bool], int]
    cut: frozenset[State] = frozenset()

    def count(
        self,
        states: Collection[State] = (),
        *,
        when: When | None = None,
        whose: Whose | None = None,
        asking: bool | None = None,
    ) -> int:
        """How many are in these states (none given: in any)."""
        return sum(
            amount
            for (state, due, hands, asks), amount in self.by.items()
            if (not states or state in states)
            and when in {None, due}
            and whose in {None, hands}
            and asking in {None, asks}
        )


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing said in a case's conversation: by "citizen", "desk" or a person, at a time.

    `withheld` where texts of the citizen's other cases stood in it too.
    """

    at: datetime
    speaker: str
    text: str
    kind: str = "text"
    state: str = ""  # for texts to the citizen: waiting | sent | delivered | failed
    withheld: bool = False


@dataclass(frozen=True, kw_only=True)
class Leaving:
    """An approved text that nobody outside has read: when it may be pushed first."""

    leaves_at: datetime


class CaseStore(Protocol):
    """Keeps cases; every read is limited to what `viewer` may see."""

    async def next_case_number(self, day: date) -> str:
        """HYyyyymmdd-nnnn, never given twice."""

    async def write_change(self, change: Change) -> Case:
        """Raises `ChangedMeanwhile` when another step came first, `AlreadyLeft` (see `Change`)."""

    async def write_changes(self, changes: Sequence[Change]) -> list[Case]:
        """All of them or none; raises what `write_change` raises."""

    async def merged_into(self, lead: str) -> list[Case]:
        """The cases that wait for the reply of this one."""

    async def answered_with(self, lead: str) -> list[Case]:
        """The merged cases that got the reply of this one."""

    async def leaving(self, number: str, release: Release, *, now: datetime) -> Leaving | None:
        """How a released text stands while it can be taken back; None once it has left."""

    async def shown(self, number: str, *, now: datetime) -> Case:
        """The case for its citizen's own page: a reply that stands there cannot be taken back."""

    async def case(self, number: str, *, viewer: Person | None = None) -> Case:
        """Raises `UnknownCase`, also when the viewer may not see it. None is the desk itself."""

    async def cases(self, only: CaseFilter, *, viewer: Person) -> list[Case]:
        """Open cases by due time first, then the rest by the time they ended, newest first."""

    async def count_cases(self, only: CaseFilter, *, viewer: Person) -> int: ...

    async def tally_cases(
        self,
        only: CaseFilter,
        *,
        viewer: Person,
        now: datetime,
        tonight: datetime,
        most: int | None = None,
    ) -> CaseTally:
        """The numbers beside every view of a list; `tonight` is the end of today.

        With `most`, not many more are counted than so many, the first of the list.
        """

    async def suggested(
        self, numbers: Sequence[str], *, least: float, viewer: Person
    ) -> Mapping[str, str]:
        """By number: the department suggested when the case came, unless it gave it back.

        Only what was at least so likely, in [0, 1], to be right.
        """

    async def topics(self, *, viewer: Person) -> list[str]:
        """What the cases that a viewer sees are about, for the filters."""

    async def events(self, number: str, *, viewer: Person | None = None) -> list[Event]: ...

    async def conversation(self, number: str, *, viewer: Person) -> list[Line]:
        """What the citizen wrote on the case and what was sent to them, oldest first."""


class DepartmentStore(Protocol):
    async def departments(self) -> list[Department]: ...

    async def save_departments(self, departments: Sequence[Department]) -> None:
        """Adds or replaces by name; what is closed stays closed."""

    async def closed_departments(self) -> list[ClosedDepartment]: ...

    async def close_department(
        self, name: str, *, successor: str, day: date, actor: str, now: datetime
    ) -> bool:
        """Its people and templates are the successor's then; False when it was closed before."""

    async def reopen_department(self, name: str) -> bool:
        """False when it was not closed."""


class NoticeStore(Protocol):
    """Keeps the State Council's notices on holidays, as (off, work) days of a year."""

    async def notices(self) -> dict[int, tuple[frozenset[date], frozenset[date]]]: ...

    async def notice_sources(self) -> dict[int, str]:
        """What each year's notice calls itself."""

    async def save_notice(
        self, year: int, *, source: str, off: Sequence[date], work: Sequence[date]
    ) -> None: ...


class DeskStore(CaseStore, DepartmentStore, Protocol):
    """What the desk itself needs kept."""


class Letters(Protocol):
    """The fixed words around what staff wrote, as a citizen reads them."""

    def reply(self, case: Case) -> str:
        """The letter for an approved reply or for "not ours, go there"; `case.reply` is in it."""

    def question(self, case: Case, question: str) -> str: ...

    def extended(self, case: Case, progress: str = "") -> str:
        """The interim reply when a case gets more time; `case.due_date` is the new date.

        `progress` is what the department says of how far it is.
        """

    def reopened(self, case: Case) -> str:
        """What the citizen is told when a supervisor has an answered case done again."""


class MatterEncoder(Protocol):
    """Turns citizens' words into vectors for the router, by shape sentence-transformers' own.

    It may block; it returns float32 of shape (len(texts), dimension), rows of length 1.
    """

    def encode_query(self, texts: Sequence[str]) -> NDArray[np.float32]: ...
