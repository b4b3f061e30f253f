"""What a member of staff is told, once, and by which way it goes out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class ReminderKind(StrEnum):
    """What a reminder is about."""

    DUE = "due"
    ALARM = "alarm"
    INTERVIEW = "interview"
    DIGEST = "digest"
    CALENDAR = "calendar"
    LEAVE = "leave"
    WINDOW = "window"
    STANDING = "standing"
    NOTE = "note"
    TURN = "turn"
    ENTRY = "entry"


class Way(StrEnum):
    """How a reminder leaves the console; CONSOLE does not."""

    CONSOLE = ""
    EMAIL = "email"
    ROBOT = "robot"


class SendingState(StrEnum):
    """Where a reminder's way out stands.

    UNCERTAIN: the service stopped while it was sending. It may have arrived, so it is not sent
    again; it stands in the console, and the next morning's digest names the case anew.
    """

    NONE = "none"
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """A person of the desk, or an address outside it (a head's e-mail, a group's robot)."""

    person: str = ""
    way: Way = Way.CONSOLE
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class Message:
    """What is said: no citizen's words or name, because it leaves the desk.

    `link` is a path of the console; `department` is whose matter it is ("" the whole desk's).
    """

    kind: ReminderKind
    title: str
    text: str
    link: str
    department: str = ""


@dataclass(frozen=True, kw_only=True)
class Raised:
    """One thing to tell, and to whom. `key` is told once, whoever notices it first."""

    key: str
    at: datetime
    send_at: datetime
    parts: Sequence[tuple[Message, Recipient]] = field(default=())


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """A message to one recipient as it is stored."""

    id: int
    message: Message
    recipient: Recipient
    at: datetime
    state: SendingState
    read_at: datetime | None = None
    attempts: int = 0
    reason: str = ""
