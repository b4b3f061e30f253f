"""What a curator should look at again: entries due for review, and pairs that say too much."""

import asyncio
import hashlib
import re
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

import numpy as np
from rapidfuzz import fuzz, process

from knowledge_base.background import BACKGROUND
from knowledge_base.curation_steps import WARNED_DAYS_BEFORE, expires_soon
from knowledge_base.embedding import Space
from knowledge_base.entry import Entry
from knowledge_base.ports import EncoderUnavailable, EntryStore, Vectors
from knowledge_base.text import normalise
from knowledge_base.wording import Facts, facts_of, numbers_in

REVIEWED_EVERY = timedelta(days=180)
NEAR_IN_MEANING = 0.76
"""Cosine of two questions, after centring, from where on they may be one question."""
SURELY_ONE = 0.95
"""From here on two questions are one, whatever else their words say."""
NEAR_IN_LETTERS = 85.0
SAME_ANSWER = 92.0
"""rapidfuzz ratios, per cent."""
MOST = 5_000
_BLOCK = 500
_FIGURES = re.compile(r"\d+(?:\.\d+)?")
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


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two entries that are asked alike; `likeness` of their questions in [0, 1]."""

    first: Entry
    second: Entry
    likeness: float

    @property
    def shared(self) -> tuple[str, ...]:
        """The wordings that both have."""
        other = {normalise(text) for text in self.second.wordings}
        return tuple(text for text in self.first.wordings if normalise(text) in other)

    @property
    def mark(self) -> str:
        """16 hex digits for what both ask and answer, whatever their versions."""
        texts = [(e.id, *e.wordings, e.answer) for e in (self.first, self.second)]
        return hashlib.sha256(repr(sorted(texts)).encode("utf-8", "replace")).hexdigest()[:16]

    @property
    def is_duplicate(self) -> bool:
        """Whether both say the same; a figure that differs makes them a contradiction."""
        one, two = self.first.answer, self.second.answer
        if sorted(_FIGURES.findall(one)) != sorted(_FIGURES.findall(two)):
            return False
        return bool(fuzz.ratio(normalise(one), normalise(two)) >= SAME_ANSWER)


def pairs_of(
    entries: Sequence[Entry], vectors: Vectors | None, background: Vectors | None
) -> list[Pair]:
    """The pairs asked alike, the likest first; `vectors` encode the questions in order, or None.

    Entries for different regions or different people may differ in their answers.
    """
    found: dict[tuple[int, int], float] = {}
    for one, two, likeness in (
        *_sharing_a_wording(entries),
        *_near_in_letters(entries),
        *_near_in_meaning(vectors, background),
    ):
        key = (min(one, two), max(one, two))
        found[key] = max(found.get(key, 0.0), likeness)
    pairs = [
        Pair(first=entries[one], second=entries[two], likeness=likeness)
        for (one, two), likeness in found.items()
        if _may_clash(entries[one], entries[two])
        and (likeness >= SURELY_ONE or _asks_alike(entries[one].question, entries[two].question))
    ]
    return sorted(pairs, key=lambda pair: (-pair.likeness, pair.first.id, pair.second.id))


def _may_clash(one: Entry, two: Entry) -> bool:
    return (one.region, one.audience) == (two.region, two.audience)


def _asks_alike(one: str, two: str) -> bool:
    """Whether two questions may be one: how much and where, 线上 and 线下 are not."""
    first, second = (Facts.of(np.array(facts_of(text))) for text in (one, two))
    return (
        _agree(int(first.asked), int(second.asked))
        and _agree(int(first.deeds), int(second.deeds))
        and int(first.conditions) == int(second.conditions)
        and numbers_in(one) == numbers_in(two)
    )


def _agree(one: int, two: int) -> bool:
    return not one or not two or bool(one & two)


def _sharing_a_wording(entries: Sequence[Entry]) -> Iterator[tuple[int, int, float]]:
    owners: dict[str, int] = {}
    for number, entry in enumerate(entries):
        for text in {normalise(wording) for wording in entry.wordings}:
            first = owners.setdefault(text, number)
            if first != number:
                yield first, number, 1.0


def _near_in_letters(entries: Sequence[Entry]) -> Iterator[tuple[int, int, float]]:
    texts = [normalise(entry.question) for entry in entries]
    for start in range(0, len(texts), _BLOCK):
        block = process.cdist(
            texts[start : start + _BLOCK], texts, scorer=fuzz.ratio, score_cutoff=NEAR_IN_LETTERS
        )
        for row, column in zip(*np.nonzero(block), strict=True):
            one, two = start + int(row), int(column)
            if one < two and texts[one] and texts[two]:
                yield one, two, float(block[row, column]) / 100


def _near_in_meaning(
    vectors: Vectors | None, background: Vectors | None
) -> Iterator[tuple[int, int, float]]:
    if vectors is None or background is None or not len(vectors):
        return
    placed = Space.around(vectors, background).place(vectors)
    for start in range(0, len(placed), _BLOCK):
        block = placed[start : start + _BLOCK] @ placed.T
        for row, column in zip(*np.nonzero(block >= NEAR_IN_MEANING), strict=True):
            one, two = start + int(row), int(column)
            if one < two:
                yield one, two, float(block[row, column])


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
        self._pairs: list[Pair] = []

    async def pairs(self) -> list[Pair]:
        """As of the present index version; of at most 5,000 entries."""
        version = await self._entries.index_version()
        if version != self._version:
            entries = [e for e in await self._entries.published_entries() if e.question][:MOST]
            vectors, background = await self._vectors(entries)
            self._pairs = await asyncio.to_thread(pairs_of, entries, vectors, background)
            self._version = version
        return self._pairs

    async def _vectors(self, entries: Sequence[Entry]) -> tuple[Vectors | None, Vectors | None]:
        if self._encode is None or not entries:
            return None, None
        try:
            questions = [normalise(entry.question) for entry in entries]
            return await self._encode(questions), await self._encode(BACKGROUND)
        except EncoderUnavailable:
            return None, None
