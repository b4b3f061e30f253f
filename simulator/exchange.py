"""One message and everything that went over the wire for it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from simulator.replies import Reply


class Trouble(StrEnum):
    """Why an attempt brought no reply a citizen could read."""

    TIMED_OUT = "timed_out"
    UNREACHABLE = "unreachable"
    SERVER_ERROR = "server_error"
    REFUSED = "refused"
    UNREADABLE = "unreadable"

    @property
    def worth_another_try(self) -> bool:
        """The platform sends again when nothing came back, not when something wrong did."""
        return self in (Trouble.TIMED_OUT, Trouble.UNREACHABLE, Trouble.SERVER_ERROR)


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """How a message is sent.

    `times` > 1 sends it that often whatever comes back, one after the other or `concurrently`;
    `late_by` makes timestamp and CreateTime older; `delay` waits that many seconds first;
    `bad_signature` spoils both signatures.
    """

    times: int = 1
    concurrently: bool = False
    late_by: timedelta = timedelta()
    delay: float = 0.0
    bad_signature: bool = False


NORMAL = Delivery()


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """One POST: URL and body as sent, status and body as received, both also decrypted.

    `status` is None when no response arrived; `seconds` is the time until the reply or the
    time-out; `trouble` is None for a valid reply and for silence.
    """

    number: int
    url: str
    sent: str
    sent_plain: str
    status: int | None = None
    received: str = ""
    received_plain: str = ""
    seconds: float = 0.0
    reply: Reply | None = None
    trouble: Trouble | None = None
    detail: str = ""

    @property
    def accepted(self) -> bool:
        """Whether the service acknowledged the message."""
        return self.trouble is None


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """A message, its deliveries, and what the citizen saw at once."""

    id: int
    account: str
    openid: str
    kind: str
    at: datetime
    plain: str
    attempts: tuple[Attempt, ...]

    @property
    def accepted(self) -> bool:
        """Whether at least one delivery was acknowledged."""
        return any(attempt.accepted for attempt in self.attempts)

    @property
    def reply(self) -> Reply | None:
        """The passive reply the citizen sees: the first valid one."""
        replies = (attempt.reply for attempt in self.attempts if attempt.reply)
        return next(replies, None)

    @property
    def text(self) -> str:
        """The words of the passive reply, empty for silence and faults."""
        return self.reply.text if self.reply else ""

    @property
    def faulty(self) -> bool:
        """Whether the citizen sees the platform's fault notice instead."""
        return bool(self.attempts) and not self.accepted
