"""A department's alarms, and the talks that their 2nd, 4th and 6th in a year lead to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from cases.case import Case, CaseError, Event
from cases.work_calendar import today


class AlarmKind(StrEnum):
    """What went wrong."""

    OVERDUE = "overdue"  # not answered in time
    LATE_RETURN = "late_return"  # a misrouted case given back later than the rule allows
    VIOLATION = "violation"  # entered by a supervisor, with the reason


class Post(StrEnum):
    """Whom a talk is with; the ladder in rules.toml names them so."""

    LIAISON = "liaison"
    DEPUTY_HEAD = "deputy_head"
    HEAD = "head"


class InterviewState(StrEnum):
    """Where a talk stands: the department answers in writing, a supervisor accepts."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class SupervisionError(CaseError):
    """Something a supervisor or department may not do now; `tell` says so in Chinese."""

    def __init__(self, reason: str, tell: str) -> None:
        super().__init__(reason)
        self.tell = tell


class NotThere(CaseError):
    """There is no such alarm, talk or department for this person to see."""

    tell = "没有这一项，或者您无权查看。"


def day_of(kind: AlarmKind, at: datetime) -> date:
    """The day in China that it happened on; of an overdue case the last day it had."""
    return today(at - timedelta(seconds=1) if kind is AlarmKind.OVERDUE else at)


@dataclass(frozen=True, kw_only=True)
class NewAlarm:
    """An alarm before storage gives it its number; `key` is raised once.

    `at` is when it happened (the due time), not when it was noticed.
    """

    key: str
    department: str
    kind: AlarmKind
    case: str
    at: datetime
    noticed_at: datetime
    noticed_by: str = "desk"
    reason: str = ""

    @property
    def day(self) -> date:
        """The day in China that it counts for."""
        return day_of(self.kind, self.at)


@dataclass(frozen=True, kw_only=True)
class Alarm:
    """A kept alarm: the `number`-th of its department in that year of China's calendar.

    `about` is how its letter begins, in lists for whoever may see the letter.
    """

    id: int
    key: str
    department: str
    year: int
    number: int
    kind: AlarmKind
    case: str
    at: datetime
    noticed_at: datetime
    noticed_by: str
    reason: str = ""
    revoked_at: datetime | None = None
    revoked_by: str = ""
    revoked_why: str = ""
    about: str = ""

    @property
    def day(self) -> date:
        """The day in China that it counts for."""
        return day_of(self.kind, self.at)


@dataclass(frozen=True, kw_only=True)
class Interview:
    """A talk with `talk_with` of a department after its `alarm`-th alarm in a year.

    `answer_due` is the last day for the written answer; `version` guards each step; `serial` is
    its place among the year's talks, 0 in lists.
    """

    id: int
    department: str
    year: int
    alarm: int
    talk_with: Post
    state: InterviewState
    opened_at: datetime
    answer_due: date
    answer: str = ""
    answered_at: datetime | None = None
    answered_by: str = ""
    remark: str = ""
    closed_at: datetime | None = None
    closed_by: str = ""
    version: int = 1
    serial: int = 0


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Who holds a post of a department; they need no account."""

    department: str
    post: Post
    name: str
    phone: str = ""
    email: str = ""


def owner_at(case: Case, events: Sequence[Event], at: datetime) -> str:
    """The department that a case was with at a moment; "" means the dispatcher had it.

    Read backwards from the case as it is: each later step's "from" is who had it before.
    """
    owner = case.department
    for event in sorted(events, key=lambda each: each.version, reverse=True):
        if event.at <= at:
            break
        owner = event.details.get("from", owner)
    return owner


def overdue_alarm(case: Case, events: Sequence[Event], now: datetime) -> NewAlarm:
    """The alarm for a case that passed its due time, of whoever had it then."""
    rounds = sum(event.step == "reopen" for event in events)
    return NewAlarm(
        key=f"overdue/{case.number}/{rounds}/{case.due_date.isoformat()}",
        department=owner_at(case, events, case.due_at),
        kind=AlarmKind.OVERDUE,
        case=case.number,
        at=case.due_at,
        noticed_at=now,
    )


def late_return_alarm(event: Event, now: datetime) -> NewAlarm:
    """The alarm for a misrouted case that was given back too late."""
    return NewAlarm(
        key=f"late_return/{event.case}/{event.version}",
        department=event.details.get("from", ""),
        kind=AlarmKind.LATE_RETURN,
        case=event.case,
        at=event.at,
        noticed_at=now,
    )
