"""The desk's own log: what people did that is no step of a case, as the auditor reads it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

SEALED: Final = "cases_sealed"
"""What the desk does by itself: it writes down how the steps of cases stand (number -> newest)."""
MARK: Final = re.compile(r"([0-9]{1,15})-([0-9a-f]{24})")


@dataclass(frozen=True, kw_only=True)
class Record:
    """One line of the log; `details` hold plain strings and nothing personal about a citizen."""

    number: int
    at: datetime
    actor: str
    action: str
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class RecordFilter:
    """Which records a page shows; empty fields do not filter. `limit` rows from `offset`.

    `actions` are first words of actions: "entry" also finds "entry published". `until` is
    exclusive. `about` is the value of one detail, such as a case number.
    """

    actor: str = ""
    actions: tuple[str, ...] = ()
    about: str = ""
    since: datetime | None = None
    until: datetime | None = None
    limit: int = 50
    offset: int = 0


@dataclass(frozen=True, kw_only=True)
class Mark:
    """How the log stood: its newest record's number and the first 96 bits of that one's hash.

    Who can write the database can rewrite the log and every hash after; only a mark that is kept
    elsewhere, on paper or in another machine's log, gives that away.
    """

    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.number}-{self.hash[:24]}"


def read_mark(text: str) -> Mark | None:
    """The mark that somebody noted; None for what is none."""
    found = MARK.fullmatch("".join(text.split()).lower())
    return Mark(number=int(found[1]), hash=found[2]) if found else None
