"""What the path of a message needs from outside, by shape."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeAlias

from cases.case import Case, Change, Delivery, Kind
from cases.department import Department, Routing
from cases.department_names import Named
from cases.elsewhere import Unit
from handlers.citizen import Citizen
from handlers.message import Message
from handlers.office_directory import Called, Office
from handlers.outbox import Notice
from handlers.settlement import Outcome, Reply, Settlement
from knowledge_base.entry import Entry
from knowledge_base.outcome import Finding


@dataclass(frozen=True, kw_only=True)
class Said:
    """A citizen's earlier message: how it ended (None: not yet), and of which case it is, or ""."""

    text: str
    outcome: Outcome | None
    case: str = ""


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """A message that is on disk.

    `reply` is set once a reply was frozen. `claimed` means: this caller runs the handler; nobody
    else does before the claim lapses. `citizen`, `cases` (the citizen's newest 10, open ones
    first), `waiting` (deliveries not yet seen by them, oldest first) and `said_before` (what the
    citizen said in the ten minutes before, newest first) are read in the same transaction; they
    are set only when `claimed`.
    """

    id: int
    claimed: bool
    reply: Reply | None
    citizen: Citizen
    cases: tuple[Case, ...] = ()
    waiting: tuple[Delivery, ...] = ()
    said_before: tuple[Said, ...] = ()


Decide: TypeAlias = Callable[[Accepted], Settlement | None]
"""What follows from a message, if that can be said at once."""


@dataclass(frozen=True, kw_only=True)
class Unsettled:
    """A stored message whose handler never finished, taken over: `accepted.claimed` is true."""

    message: Message
    accepted: Accepted


class Inbox(Protocol):
    """Keeps inbound messages, each once, with their one reply."""

    async def accept(
        self,
        message: Message,
        *,
        now: datetime,
        claim_until: datetime,
        decide: Decide | None = None,
    ) -> Accepted:
        """Stores the message, or finds it by its key; claims it when nobody holds a claim.

        A first message or event also renews the citizen's push window (WECHAT.md). A claimed
        message that `decide` has a settlement for is settled in the same transaction; it may be
        called on another thread, and more than once.
        """

    async def settle(self, message_id: int, settlement: Settlement) -> Reply:
        """Writes all of the settlement in one transaction, once; returns the frozen reply.

        A message settled before keeps its first settlement. When `freeze_reply` came first,
        that reply stands and the settlement's text is queued as a delivery
        ("late-<message id>"). Raises `ChangedMeanwhile` when the settlement's case moved on.
        """

    async def freeze_reply(self, message_id: int, text: str, *, now: datetime) -> Reply:
        """Fixes the passive reply of a message that is still being handled; the first text wins."""

    async def frozen_reply(self, message_id: int) -> Reply | None: ...

    async def reread(self, message_id: int) -> Accepted:
        """The same context as `accept` gave, as of now, for the caller that holds the claim."""

    async def claim_unsettled(
        self, *, now: datetime, claim_until: datetime, limit: int
    ) -> Sequence[Unsettled]:
        """Takes over messages whose claim has lapsed."""


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """A delivery taken for pushing; it is marked `sending` and nobody else takes it."""

    delivery: Delivery
    attempts: int


class Outbox(Protocol):
    """Keeps the texts that citizens are still to receive.

    waiting -> sending -> sent, or back to waiting, or failed (given up until a person tries again;
    the next message carries it all the same). A row found in `sending` after a
    crash may have reached the citizen, so it is never pushed again: it becomes `uncertain` and
    goes with the citizen's next message.
    """

    async def take_deliveries(
        self, *, now: datetime, limit: int, accounts: Sequence[str]
    ) -> Sequence[Outgoing]:
        """Due ones of these accounts whose citizen is subscribed with an open push window.

        Uses one push of the window each.
        """

    async def delivery_sent(self, key: str, *, now: datetime) -> None: ...

    async def delivery_postponed(self, key: str, *, reason: str, look_again_at: datetime) -> None:
        """Back to waiting; it is pushed again at that time or goes with the next message."""

    async def delivery_unpushable(self, key: str, *, reason: str, now: datetime) -> None:
        """The push window is closed: it waits for the citizen's next message."""

    async def delivery_uncertain(self, key: str, *, reason: str, now: datetime) -> None:
        """It may have arrived: it is never pushed again, but goes with the next message."""

    async def delivery_failed(self, key: str, *, reason: str, now: datetime) -> None:
        """Given up: it waits for a person, or for the citizen's next message."""

    async def release_interrupted(self, *, now: datetime) -> int:
        """At start: rows left in `sending` by a crash become `uncertain`; returns how many."""


class Notices(Protocol):
    """Keeps what a citizen is to be told of a text that cannot be pushed."""

    async def take_notices(self, *, now: datetime, limit: int, account: str) -> Sequence[Notice]:
        """Due ones of the account, each marked so that nobody else takes it."""

    async def notice_ended(
        self, key: str, notice: str, *, reason: str, at: datetime, number: str = ""
    ) -> None:
        """`notice` is sent (as WeChat's `number`), refused, uncertain or failed; or waiting."""


class Knowledge(Protocol):
    """The knowledge base as the conversation uses it."""

    async def search(self, text: str, *, today: date) -> Finding: ...
    def entry(self, entry_id: str) -> Entry | None:
        """The published entry, or None when it was withdrawn meanwhile."""


class Memory(Protocol):
    """What the knowledge base can say without a search; for any thread."""

    def known(self, text: str, *, today: date) -> Finding | None:
        """What `Knowledge.search` would find, or None when it takes a search to say."""

    def entry(self, entry_id: str) -> Entry | None: ...


class Departments(Protocol):
    """Who answers what."""

    async def route(self, text: str) -> Routing:
        """The department suggested for a matter; its name is "" when nobody is sure."""

    def department(self, name: str) -> Department | None: ...

    def named(self, text: str) -> Named | None:
        """The one department a normalised text names (人社局, 城管), with the words for it."""

    def matter(self, text: str, besides: str) -> Named | None:
        """The department a normalised text has a keyword of that `besides` has not."""

    def offices(self, text: str) -> Called | None:
        """The offices besides departments that a normalised text calls (县医院, 政务大厅)."""

    def doing(self, thing: str) -> tuple[Office, ...]:
        """The offices where something is done, by their own words for it (身份证, 产检)."""

    def hours(self) -> str:
        """The hours that all departments have, "" where they differ."""

    def elsewhere(self, text: str) -> Unit | None:
        """The unit outside the county that a matter belongs to, if it clearly does."""


class CaseSteps(Protocol):
    """Prepares a citizen's steps in a case (`cases.desk.Desk` fits); `Inbox.settle` writes them."""

    def prepare_opening(
        self,
        *,
        number: str,
        account: str,
        citizen: str,
        kind: Kind,
        text: str,
        received_at: datetime,
        suggestion: Routing | None = None,
        now: datetime | None = None,
    ) -> Change: ...

    def prepare_addition(self, case: Case, *, text: str, now: datetime) -> Change: ...

    def prepare_rating(self, case: Case, *, rating: int, now: datetime) -> Change: ...

    def may_reopen(self, case: Case, now: datetime) -> bool: ...

    def prepare_reopening(self, case: Case, *, now: datetime, text: str = "") -> Change: ...


class CaseNumbers(Protocol):
    async def next_case_number(self, day: date) -> str:
        """HYyyyymmdd-nnnn, never given twice."""
