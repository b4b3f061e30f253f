"""Questions the knowledge base did not meet, and what curators decided about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Why(StrEnum):
    """What shows that a question was not met."""

    UNANSWERED = "unanswered"  # a person had to answer
    BADLY_RATED = "badly_rated"  # and the citizen was not content
    NOT_CHOSEN = "not_chosen"  # a choice was offered, and nothing in it was taken


@dataclass(frozen=True, kw_only=True)
class Unmet:
    """One citizen's question, personal data masked, and how it was answered in the end.

    `case`, `reply` and `department` are "" where there is none; `reply` is the approved text.
    """

    text: str
    at: datetime
    why: Why
    case: str = ""
    reply: str = ""
    department: str = ""
    rating: int | None = None


@dataclass(frozen=True, kw_only=True)
class Dismissed:
    """A matter that needs no entry: its masked wordings, and who decided it when and why.

    `department` is the curator's own, "" when a curator of the whole county decided.
    """

    id: int
    wordings: tuple[str, ...]
    actor: str
    at: datetime
    reason: str
    department: str = ""


class UnmetStore(Protocol):
    """Keeps what was asked and not met."""

    async def unmet_questions(self, *, since: datetime, limit: int) -> list[Unmet]:
        """Masked, newest first, at most `limit`."""

    async def dismiss(
        self,
        wordings: Sequence[str],
        *,
        actor: str,
        reason: str,
        now: datetime,
        department: str = "",
    ) -> None: ...

    async def restore_dismissed(self, dismissed_id: int, *, actor: str, now: datetime) -> None: ...

    async def dismissed(self) -> list[Dismissed]:
        """Those that stand, newest first."""
