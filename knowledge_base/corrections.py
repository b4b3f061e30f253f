"""更正: who was given an answer, and what tells them that it was wrong; released by two people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from knowledge_base.curation_steps import CurationError

LONGEST = 400
"""Characters of a correction's text: one push with its opening and closing words."""


class CorrectionMovedOn(CurationError):
    """Somebody else decided first, or whoever wrote it wanted to release it."""

    tell = "刚才已经有同事处理过了，请看看最新情况再操作"


class CorrectionState(StrEnum):
    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"
    STOPPED = "stopped"


@dataclass(frozen=True, kw_only=True)
class Sent:
    """An answer as one citizen got it.

    `probability` is from 0 to 1, None where nothing was searched (a tapped line); `corrected` is
    the state of the newest correction to this citizen since, "" for none.
    """

    message: int
    entry: str
    version: int
    at: datetime
    text: str
    reply: str
    probability: float | None
    corrected: str = ""


@dataclass(frozen=True, kw_only=True)
class Reach:
    """How many people got it, and how many of them can be told at once."""

    people: int = 0
    at_once: int = 0


@dataclass(frozen=True, kw_only=True)
class Correction:
    """`versions` were wrong when they were sent from `since` on; `sent` counts the texts to
    citizens by their state, `people` how many there were when it was released.
    """

    entry: str
    versions: tuple[int, ...]
    since: datetime
    about: str
    text: str
    reason: str
    id: int = 0
    state: CorrectionState = CorrectionState.PROPOSED
    author: str = ""
    proposed_at: datetime | None = None
    decided_by: str = ""
    decided_at: datetime | None = None
    remark: str = ""
    stopped_by: str = ""
    people: int = 0
    sent: Mapping[str, int] = field(default_factory=dict)

    @property
    def arrived(self) -> int:
        return self.sent.get("sent", 0) + self.sent.get("delivered", 0)

    @property
    def waiting(self) -> int:
        """Those who get it with their next message at the latest."""
        states = ("waiting", "sending", "unpushable", "uncertain", "failed")
        return sum(self.sent.get(state, 0) for state in states)


class CorrectionStore(Protocol):
    """Finds who was given what, and keeps what tells them; see the console's 已答复 pages."""

    async def sent_of_entry(self, entry_id: str, *, limit: int) -> list[Sent]:
        """To whom an entry was sent, newest first; nobody whose data was erased."""

    async def find_sent(self, words: str, *, since: datetime, limit: int) -> list[Sent]:
        """Answers with these words in the question or in what was sent, newest first."""

    async def reach(
        self, entry_id: str, versions: Sequence[int], *, since: datetime, now: datetime
    ) -> Reach: ...

    async def correction(self, number: int) -> Correction | None: ...

    async def corrections_of(self, entry_id: str) -> list[Correction]:
        """Newest first."""

    async def open_corrections(self) -> list[Correction]:
        """Those that wait for a second person, oldest first."""

    async def propose_correction(
        self, correction: Correction, *, author: str, now: datetime
    ) -> int: ...

    async def decide_correction(
        self, number: int, after: CorrectionState, *, actor: str, remark: str, now: datetime
    ) -> None:
        """Releases or refuses it. Raises `CorrectionMovedOn`.

        Released, it is queued in the same transaction for everybody who got the answer, once
        each: pushed while WeChat's window is open, else with their next message.
        """

    async def stop_correction(self, number: int, *, actor: str, now: datetime) -> None:
        """Takes back what has not left yet. Raises `CorrectionMovedOn`."""
