"""What a curator should look at again: entries due for review, and pairs asked alike."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from knowledge_base.background import BACKGROUND
from knowledge_base.curation_steps import WARNED_DAYS_BEFORE, expires_soon
from knowledge_base.entry import Entry
from knowledge_base.pairs import Asked, Pair, pairs_among, pairs_between
from knowledge_base.ports import EncoderUnavailable, EntryStore, Vectors
from knowledge_base.text import normalise

REVIEWED_EVERY = timedelta(days=180)
MOST = 5_000
"""Entries compared with each other: twice as many take four times as long."""
Encode = Callable[[Sequence[str]], Awaitable[Vectors]]


class WhyDue(StrEnum):
    """Why an entry is to be read again."""

    NEVER_CHECKED = "never_checked"
    CHECKED_LONG_AGO = "checked_long_ago"
    ENDS_SOON = "ends_soon"


@dataclass(frozen=True, kw_only=True)
class Due:
    """An entry to be read again; `day` is its last check or its last day."""

    entry: Entry
    why: WhyDue
    day: date | None


def review_due(entries: Sequence[Entry], today: date) -> list[Due]:
    """Published entries that end soon, that were never checked, or not for half a year."""
    found = [due for due in (_due(entry, today) for entry in entries) if due is not None]
    order = [WhyDue.ENDS_SOON, WhyDue.CHECKED_LONG_AGO, WhyDue.NEVER_CHECKED]
    return sorted(found, key=lambda due: (order.index(due.why), due.day or today, due.entry.id))


def _due(entry: Entry, today: date) -> Due | None:
    if expires_soon(entry, today, WARNED_DAYS_BEFORE):
        return Due(entry=entry, why=WhyDue.ENDS_SOON, day=entry.valid_until)
    if entry.checked_on is None:
        return Due(entry=entry, why=WhyDue.NEVER_CHECKED, day=None)
    if entry.checked_on + REVIEWED_EVERY <= today:
        return Due(entry=entry, why=WhyDue.CHECKED_LONG_AGO, day=entry.checked_on)
    return None


class PairStore(Protocol):
    """Keeps the marks of pairs that somebody found in order."""

    async def settled_pairs(self) -> frozenset[str]: ...

    async def settle_pair(
        self, mark: str, *, one: str, other: str, actor: str, now: datetime
    ) -> None: ...

    async def reopen_pair(self, mark: str, *, actor: str, now: datetime) -> None: ...


class Housekeeping:
    """The pairs of the published entries, worked out again when these change."""

    def __init__(self, entries: EntryStore, encode: Encode | None) -> None:
        self._entries = entries
        self._encode = encode
        self._version = -1
        self._asked = Asked.of(())
        self._pairs: list[Pair] | None = None

    async def pairs(self) -> list[Pair]:
        """As of the present index version; of the first 5,000 entries."""
        asked = await self._published()
        if self._pairs is None:
            self._pairs = await asyncio.to_thread(pairs_among, asked)
        return self._pairs

    async def beside(self, drafts: Sequence[Entry], nearest: Iterable[Entry]) -> list[Pair]:
        """Of texts that are to be published, the pairs with what is, and with each other; each
        text comes second in its own.

        `nearest` are published entries that a search finds for them: of those beyond the first
        5,000 it alone knows which to compare.
        """
        known, fresh = await self._published(), [each for each in drafts if each.question]
        have = {each.id for each in known.entries}
        beyond = [each for each in nearest if each.question and each.id not in have]
        more, asked = await self._beside(known, beyond), await self._beside(known, fresh)
        pairs = await asyncio.to_thread(pairs_between, known, asked)
        pairs += await asyncio.to_thread(pairs_between, more, asked)
        together = await asyncio.to_thread(pairs_among, asked)
        swapped = [replace(each, first=each.second, second=each.first) for each in together]
        return [*pairs, *together, *swapped]

    async def _beside(self, known: Asked, entries: Sequence[Entry]) -> Asked:
        """In the space of what is known."""
        vectors = await self._encoded(entries) if known.space else None
        return await asyncio.to_thread(Asked.of, entries, vectors, known.space)

    async def _published(self) -> Asked:
        version = await self._entries.index_version()
        if version != self._version:
            entries = [e for e in await self._entries.published_entries() if e.question][:MOST]
            vectors = await self._encoded(entries)
            background = await self._encoded_texts(BACKGROUND) if vectors is not None else None
            self._asked = await asyncio.to_thread(Asked.around, entries, vectors, background)
            self._pairs, self._version = None, version
        return self._asked

    async def _encoded(self, entries: Sequence[Entry]) -> Vectors | None:
        return await self._encoded_texts([normalise(each.question) for each in entries])

    async def _encoded_texts(self, texts: Sequence[str]) -> Vectors | None:
        if self._encode is None or not texts:
            return None
        try:
            return await self._encode(texts)
        except EncoderUnavailable:
            return None
