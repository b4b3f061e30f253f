"""The desk's own log: what people did that is no step of a case, as the auditor reads it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


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
