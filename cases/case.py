"""A case, its states, the steps between them, and the record of each step."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from cases.work_calendar import CHINA_TIME


class State(StrEnum):
    """Where a case stands (CASES.md)."""

    RECEIVED = "received"
    ROUTED = "routed"
    ACCEPTED = "accepted"
    DRAFTED = "drafted"
    REVIEWED = "reviewed"
    REPLIED = "replied"
    CLOSED = "closed"
    RETURNED = "returned"
    WAITING = "waiting"
    OUT_OF_SCOPE = "out_of_scope"
    MERGED = "merged"


class Kind(StrEnum):
    """What a citizen wants of a case; it decides the rule for its deadline."""

    QUESTION = "question"
    COMPLAINT = "complaint"
    REPORT = "report"
    HELP = "help"
    DANGER = "danger"  # somebody speaks of ending their life or another's
    OUT_OF_SCOPE = "out_of_scope"


OVER = frozenset({State.REPLIED, State.CLOSED, State.OUT_OF_SCOPE})


@dataclass(frozen=True, kw_only=True)
class Case:
    """One matter of one citizen, with an owner and a due time from its first second.

    Times are aware UTC datetimes. `due_at` is exclusive: the first instant after the last day.
    `department` owns the case; "" means the dispatcher does. `version` counts its steps.
    `draft_hash` is the sha256 of the draft that was approved; an edit clears it. `helpers` are
    departments that see the case and advise on it, `awaits` those of them that have not said
    anything yet; the owner answers. `lead` is the case that a
    merged one went into. `asks` is what waits for a supervisor: "extension", "rating"
    (a bad one), or "".
    """

    number: str
    account: str
    citizen: str
    kind: Kind
    state: State
    text: str
    received_at: datetime
    due_at: datetime
    due_date: date
    provisional: bool
    rule: str
    department: str = ""
    confidence: float = 0.0
    officer: str = ""
    draft: str = ""
    drafted_by: str = ""
    draft_hash: str = ""
    reviewed_by: str = ""
    reply: str = ""
    replied_at: datetime | None = None
    closed_at: datetime | None = None
    waiting_since: datetime | None = None
    rating: int | None = None
    lead: str = ""
    version: int = 1
    topic: str = ""
    helpers: tuple[str, ...] = ()
    asks: str = ""
    awaits: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether somebody still owes the citizen a reply; of a merged case, its lead's officer."""
        return self.state not in OVER


@dataclass(frozen=True, kw_only=True)
class Event:
    """One step of a case as it is logged: who did what, when, and what changed.

    `actor` is a person's name, "citizen" or "desk"; `details` holds plain strings only.
    """

    case: str
    version: int
    at: datetime
    actor: str
    step: str
    before: State | None
    after: State
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """A frozen text on its way to a citizen; `key` is unique, so it can be queued only once.

    `may_have_arrived`: a push of it broke off, so the citizen may have read it already. It is not
    pushed before `leaves_at` (None: at once).
    """

    key: str
    account: str
    citizen: str
    text: str
    case: str = ""
    created_at: datetime
    may_have_arrived: bool = False
    leaves_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Release:
    """What an approval let out: the key of its delivery, and when it was approved."""

    key: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Change:
    """One step, ready to be written: the case after it, its event, and any text it sends.

    Storage writes it only if the stored case still has `event.version - 1` as its version
    (0 for a new case); otherwise it raises `ChangedMeanwhile`. `takes_back` is an earlier text that
    must not have left yet; otherwise storage raises `AlreadyLeft`.
    """

    case: Case
    event: Event
    delivery: Delivery | None = None
    takes_back: Release | None = None


class CaseError(Exception):
    """A step that was not taken; `tell` says so to the member of staff, in Chinese."""

    tell = "这一步没有办成，请刷新后再试。"


class ChangedMeanwhile(CaseError):
    """Somebody else changed the case first; nothing was overwritten."""

    def __init__(self, number: str, by: str, at: datetime) -> None:
        super().__init__(f"case {number} was already changed by {by} at {at:%Y-%m-%d %H:%M}")
        self.number, self.by, self.at = number, by, at
        self.tell = self.told_of(by)

    def told_of(self, called: str) -> str:
        """The same words; `called` is how colleagues call the person who was first."""
        when = self.at.astimezone(CHINA_TIME)
        clock = f"{when.month}月{when.day}日 {when:%H:%M}"
        if self.by == "citizen":
            return f"来信人在 {clock} 又来过信，请先看看再办。"
        who = "系统" if self.by == "desk" else called
        return f"{who}已在 {clock} 处理过这件事，请刷新后再看。"

    def told_to_themselves(self) -> str:
        """For the person who was first: a button pressed twice, or a second window."""
        when = self.at.astimezone(CHINA_TIME)
        return (
            f"您自己在 {when.month}月{when.day}日 {when:%H:%M} 已经办过一步，那一步算数；"
            "这一次（可能是点了两次，或者还开着另一个窗口）没有再办。"
        )


class StepNotPermitted(CaseError):
    """The step is not in the table of permitted steps for this state, role or person."""

    def __init__(self, reason: str, tell: str = "您现在不能办理这一步。") -> None:
        super().__init__(reason)
        self.tell = tell


class AlreadyLeft(CaseError):
    """An approved text that was to be taken back is with the citizen, or on its way."""

    tell = (
        "已经发出或正在发出，撤不回来了，市民收到的内容没有变。"
        "需要更正时，请督办员要求重新办理，再答复一次。"
    )


class TextNotFit(CaseError):
    """A text that cannot be kept or sent as it is: empty, too long or with control characters."""

    def __init__(self, reason: str, tell: str) -> None:
        super().__init__(reason)
        self.tell = tell


class UnknownCase(CaseError):
    """There is no such case for this person to see."""

    tell = "没有这件事，或者您无权查看。"
