"""What reports need from outside, by shape."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from cases.people import Person
from cases.reports.fact import Entry, Fact


class ReportStore(Protocol):
    """Facts within a viewer's scope, and counts of messages, which belong to no department."""

    async def facts(self, *, since: datetime, until: datetime, viewer: Person | None) -> list[Fact]:
        """Cases received from `since` to before `until`; None is the public page's view of all."""

    async def ledger(
        self, *, since: datetime, until: datetime, viewer: Person | None
    ) -> list[Entry]:
        """The same cases with their words, in the order they were received."""

    async def message_counts(
        self, *, since: datetime, until: datetime
    ) -> Mapping[tuple[str, str, str], int]:
        """(account, day in China, outcome) -> messages that asked something, comments included."""

    async def answered_topics(self, *, since: datetime, until: datetime) -> list[tuple[str, int]]:
        """(topic of the entry given, how often), the most frequent first."""
