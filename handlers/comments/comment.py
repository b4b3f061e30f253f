"""Articles and the comments (留言) that citizens leave under them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from knowledge_base.outcome import Candidate


class Verdict(StrEnum):
    """What a comment wants. The first five open a case; the last two stay hidden at first."""

    QUESTION = "question"
    COMPLAINT = "complaint"
    REPORT = "report"
    HELP = "help"
    DANGER = "danger"  # somebody speaks of ending their life or another's
    PRAISE = "praise"
    OTHER = "other"
    ABUSE = "abuse"
    ADVERT = "advert"


MATTERS = frozenset(
    {Verdict.QUESTION, Verdict.COMPLAINT, Verdict.REPORT, Verdict.HELP, Verdict.DANGER}
)
HARMFUL = frozenset({Verdict.ABUSE, Verdict.ADVERT})


class Shelf(StrEnum):
    """Where a comment lies; what is held is in no other list until a moderator has looked."""

    NEW = "new"  # fetched, not yet filed
    QUESTION = "question"
    MATTER = "matter"  # complaint, report, request
    OTHER = "other"  # praise and what asks for nothing
    HELD = "held"  # looks harmful
    HARMFUL = "harmful"  # a moderator found it harmful too


HIDDEN = frozenset({Shelf.HELD, Shelf.HARMFUL})


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where an article stands: `place` counts within the mass message, from 0."""

    msg_data_id: int
    place: int


@dataclass(frozen=True, kw_only=True)
class Found:
    """An article as the platform names it; `read_on` is a day (YYYY-MM-DD) it was read, or ""."""

    at: Place
    title: str
    url: str
    published_at: datetime
    read_on: str = ""


@dataclass(frozen=True, kw_only=True)
class Article:
    """A known article and how far its comments have been read.

    `alive` comments of it are stored and not withdrawn; `resume_at` is the row of a listing that
    was broken off (0: none); `code` is the platform's last refusal (0: none).
    """

    id: int
    account: str
    at: Place
    title: str
    url: str
    published_at: datetime
    read_on: str
    next_look_at: datetime
    looked_at: datetime | None
    full_at: datetime | None
    resume_at: int
    alive: int
    code: int


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A comment as the platform lists it; `citizen` is "" for who is no WeChat user."""

    number: int
    citizen: str
    text: str
    written_at: datetime
    elected: bool
    reply: str = ""
    replied_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Suggested:
    """An entry that may answer a comment; an officer decides."""

    entry: str
    version: int
    question: str
    answer: str
    probability: float

    @classmethod
    def of(cls, candidate: Candidate) -> "Suggested":
        """What a search found."""
        entry = candidate.entry
        return cls(
            entry=entry.id,
            version=entry.version,
            question=entry.question,
            answer=entry.answer,
            probability=round(candidate.probability, 4),
        )


@dataclass(frozen=True, kw_only=True)
class Comment:
    """A stored comment. `verdict` is None until it is filed; `case` is its case's number or "".

    `elected` comments are seen by everybody, others by their writer. `gone_at` is when the desk
    noticed that its writer (or the back office) had removed it. A `joined` one went on about a case
    that its citizen had already.
    """

    id: int
    article: int
    account: str
    at: Place
    number: int
    citizen: str
    text: str
    written_at: datetime
    fetched_at: datetime
    elected: bool
    reply: str
    replied_at: datetime | None
    gone_at: datetime | None
    verdict: Verdict | None
    shelf: Shelf
    judged_by: str
    case: str
    title: str
    suggested: tuple[Suggested, ...] = ()
    joined: bool = False
