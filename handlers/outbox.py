"""Texts on their way to citizens, as those who send them and those who watch over them see them."""

from dataclasses import dataclass
from datetime import datetime

from cases.case import Delivery


@dataclass(frozen=True, kw_only=True)
class Notice:
    """A text that cannot be pushed, taken so that its citizen is told of it."""

    delivery: Delivery
    department: str
    attempts: int


@dataclass(frozen=True, kw_only=True)
class Undelivered:
    """A text its citizen has not received for certain, and why.

    `state`: waiting, unpushable (no window), uncertain, failed (given up). `notice` is what
    became of telling them: '', waiting, sending, sent, refused, uncertain, failed.
    """

    delivery: Delivery
    state: str
    department: str
    reason: str
    attempts: int
    look_at: datetime
    notice: str
    notice_reason: str
    subscribed: bool
    push_until: datetime | None
    push_left: int


@dataclass(frozen=True, kw_only=True)
class Backlog:
    """What waits in one account's outbox."""

    waiting: int = 0
    failed: int = 0
    oldest: datetime | None = None
