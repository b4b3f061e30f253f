"""What supervision needs kept, by shape."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from cases.case import Case, Event
from cases.papers import Note
from cases.people import Person
from cases.ports import CaseStore, DepartmentStore
from cases.supervision.alarm import Alarm, Contact, Interview, NewAlarm, Post
from cases.supervision.learnt import RoutedMatter
from cases.supervision.reminder import Raised, Reminder, SendingState
from cases.supervision.rota import Absence, Rota, Shift


class ReminderStore(Protocol):
    """Keeps what staff were told; a key is raised once, by whichever worker comes first."""

    async def cases_to_warn(self, *, before: int, until: date, limit: int) -> list[Case]:
        """Open cases due by `until`, not warned of on this rung."""

    async def cases_standing(self, *, days: int, asked_before: datetime, limit: int) -> list[Case]:
        """Asked before a moment and still waiting, not told of yet as standing for `days`."""

    async def is_raised(self, key: str) -> bool: ...

    async def raise_once(self, raised: Raised) -> bool:
        """False when the key was raised before; nothing is kept then."""

    async def reminders_of(self, person: str, *, limit: int, before: int = 0) -> list[Reminder]: ...

    async def settle_warnings(self, *, now: datetime) -> int:
        """Nobody need read what has been done since, or is another's by now."""

    async def told_under(self, key: str) -> set[str] | None:
        """The departments whose people were told under a key; None when it was not raised."""

    async def untold_steps(
        self, *, since: datetime, steps: Sequence[str], limit: int
    ) -> list[tuple[Case, Event]]:
        """Steps that nobody was told of yet, oldest first, each with its case as it is now."""

    async def untold_notes(self, *, since: datetime, limit: int) -> list[Note]: ...

    async def steps_told(self, *, until: datetime) -> None:
        """Everything up to then was looked at, and is not looked at again."""

    async def unread_reminders(self, person: str) -> int: ...

    async def read_reminders(self, person: str, *, now: datetime, case: str = "") -> None:
        """All of this person's, or those about one case: what waited to be mailed stays here."""

    async def failed_reminders(self, *, since: datetime, limit: int) -> list[Reminder]: ...

    async def mailboxes(self) -> dict[str, str]:
        """E-mail addresses by person."""

    async def save_mailbox(self, person: str, email: str) -> None: ...

    async def active_people(self) -> list[Person]: ...


class SendingStore(Protocol):
    """Hands what goes out to one worker at a time."""

    async def take_reminders(
        self, *, now: datetime, claim_until: datetime, limit: int, resting: bool
    ) -> list[Reminder]:
        """What is due; while people are `resting`, only what cannot wait for the morning."""

    async def reminders_postponed(
        self, ids: Sequence[int], *, reason: str, send_at: datetime
    ) -> None: ...

    async def reminders_ended(
        self, ids: Sequence[int], *, state: SendingState, reason: str
    ) -> None: ...

    async def interrupted_reminders(self, *, now: datetime) -> int: ...


class AlarmStore(Protocol):
    """Keeps alarms and talks; reads are limited to what `viewer` may see."""

    async def late_cases(self, *, since: datetime, now: datetime, limit: int) -> list[Case]: ...

    async def revoke_moved_alarms(self, *, why: str, now: datetime) -> int:
        """Overdue alarms of open cases that are due later by now."""

    async def late_returns(self, *, since: datetime, limit: int) -> list[Event]: ...

    async def raise_alarm(
        self, new: NewAlarm, *, ladder: Mapping[int, Post], answer_due: date
    ) -> Alarm | None:
        """None when its key was raised before."""

    async def untold_alarms(self, *, limit: int) -> list[Alarm]: ...

    async def untold_interviews(self, *, limit: int) -> list[Interview]: ...

    async def answers_due(self, *, until: date, stage: str) -> list[Interview]:
        """Talks whose written answer is due by `until`, not reminded of at this stage."""

    async def alarms(self, *, year: int, viewer: Person, department: str = "") -> list[Alarm]: ...

    async def revoke_alarm(
        self, alarm: int, *, actor: Person, why: str, now: datetime
    ) -> Alarm: ...

    async def interviews(
        self, *, year: int, viewer: Person, department: str = ""
    ) -> list[Interview]: ...

    async def interview(self, number: int, *, viewer: Person) -> Interview: ...

    async def write_interview(
        self, after: Interview, *, actor: Person, step: str, now: datetime
    ) -> Interview: ...


class RotaStore(Protocol):
    """Keeps who is on duty, who is away, and the posts of departments."""

    async def rota(self, *, since: date) -> Rota: ...

    async def add_shift(self, shift: Shift, *, actor: str, now: datetime) -> None: ...

    async def remove_shift(
        self, number: int, *, department: str, actor: str, now: datetime
    ) -> bool: ...

    async def add_absence(self, absence: Absence, *, actor: str, now: datetime) -> None: ...

    async def remove_absence(
        self, number: int, *, department: str, actor: str, now: datetime
    ) -> bool: ...

    async def open_cases_of(self, officer: str, *, department: str, limit: int) -> list[Case]: ...

    async def open_cases_with(self, department: str, *, limit: int) -> list[Case]:
        """Open cases that a department has, or was asked to help with."""

    async def cases_stood_in(self, *, limit: int) -> list[tuple[Case, str]]:
        """Open cases that a substitute has and has not begun to write in, each with its owner."""

    async def cases_left_behind(self, *, limit: int) -> list[Case]: ...

    async def contacts(self) -> list[Contact]: ...

    async def save_contact(self, contact: Contact, *, actor: str, now: datetime) -> None: ...


class WatchStore(ReminderStore, AlarmStore, RotaStore, CaseStore, DepartmentStore, Protocol):
    """All that the watch reads and writes."""


class SupervisionStore(ReminderStore, AlarmStore, RotaStore, Protocol):
    """What the console's pages about supervision read and write."""

    async def routed_matters(self, *, viewer: Person, limit: int) -> list[RoutedMatter]: ...
