"""An entry: one question the desk can answer, its reviewed answer, and where that comes from."""

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum


class Status(StrEnum):
    """Where an entry's version stands: draft -> in_review -> published -> withdrawn."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class Source:
    """The document an answer rests on; `number` is its 文号 (e.g. 国务院令第586号)."""

    title: str = ""
    number: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One immutable version of a question and its reviewed answer.

    `variants` are other wordings of the same question; `negatives` are wordings that look alike
    and must not be answered with it. `region` is empty where the answer holds for the whole desk.
    `valid_from` and `valid_until` are inclusive days in China; None means unbounded.
    An empty `question` means that only the answer's text is searched.
    """

    id: str
    question: str
    answer: str
    variants: tuple[str, ...] = ()
    negatives: tuple[str, ...] = ()
    department: str = ""
    topic: str = ""
    region: str = ""
    audience: str = ""
    source: Source = field(default_factory=Source)
    checked_on: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    status: Status = Status.PUBLISHED
    version: int = 1
    author: str = ""
    reviewer: str = ""

    @property
    def wordings(self) -> tuple[str, ...]:
        """The question and its variants, without empty ones."""
        return tuple(text for text in (self.question, *self.variants) if text)

    def is_begun_on(self, day: date) -> bool:
        return self.valid_from is None or self.valid_from <= day

    def is_valid_on(self, day: date) -> bool:
        """Whether the answer may be given on `day` (a day in China)."""
        return self.is_begun_on(day) and (self.valid_until is None or day <= self.valid_until)

    def with_status(self, status: Status) -> "Entry":
        """The same version with another status."""
        return replace(self, status=status)
