"""What is kept about one citizen, and what erasing it means."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from cases.case import Case, CaseError

GONE = "（内容已按规定清理）"
"""What stands where a citizen's words were."""

KEPT_DETAILS = frozenset(
    (
        *("from", "to", "late", "officer_from", "officer_to", "owner", "lead", "case", "topic"),
        *("purpose", "sha256", "drafted_by", "confirmed", "characters", "rating"),
        *("rule", "amount", "unit", "days", "due", "provisional"),
        *("was_due", "was_replied", "was_rated", "suggested", "confidence"),
    )
)
"""What an erasure leaves of a step's details: names, dates and numbers, nobody's own words."""


class Occasion(StrEnum):
    """Why something is erased."""

    REQUEST = "request"  # the citizen asked (个人信息保护法 第四十七条)
    RETENTION = "retention"  # it was kept as long as the county decided (第十九条)


@dataclass(frozen=True, kw_only=True)
class Retention:
    """For how many days texts are kept; 0 keeps them for good.

    `answered_days` counts from a message that needed no case, `cases_days` from the end of one.
    """

    answered_days: int = 0
    cases_days: int = 0


@dataclass(frozen=True, kw_only=True)
class Said:
    """One message of a citizen with the reply it got."""

    at: datetime
    kind: str
    text: str
    reply: str


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """Everything that is kept about one citizen; `letters` are texts sent later than a reply."""

    account: str
    citizen: str
    first_seen_at: datetime | None
    subscribed: bool
    messages: list[Said] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    letters: list[Said] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is kept: never there, or erased."""
        return self.first_seen_at is None and not (self.messages or self.cases or self.letters)


@dataclass(frozen=True, kw_only=True)
class Erased:
    """How much one erasure emptied."""

    id: str = ""
    messages: int = 0
    cases: int = 0
    deliveries: int = 0

    @property
    def amount(self) -> int:
        """All rows together."""
        return self.messages + self.cases + self.deliveries


class StillOpen(CaseError):
    """A citizen's data cannot be erased while the desk still owes them an answer."""

    def __init__(self, numbers: list[str]) -> None:
        super().__init__(f"still open: {', '.join(numbers)}")
        self.numbers = numbers
        self.tell = f"还有没办完的来信：{'、'.join(numbers)}。办结以后才能删除。"
