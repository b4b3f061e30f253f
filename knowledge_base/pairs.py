"""Entries that are asked alike: two that say the same, or that contradict each other."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from rapidfuzz import fuzz, process

from knowledge_base.embedding import Space
from knowledge_base.entry import Entry
from knowledge_base.facts import Facts, facts_of, numbers_in
from knowledge_base.kinds import mistaken
from knowledge_base.places import Region
from knowledge_base.ports import Vectors
from knowledge_base.text import normalise
from knowledge_base.texts import Wordings

NEAR_IN_MEANING = 0.76
"""Cosine of two questions, after centring, from where on they may be one question."""
SURELY_ONE = 0.95
"""From here on two questions are one, whatever else their words say."""
NEAR_IN_LETTERS = 85.0
SAME_ANSWER = 92.0
"""rapidfuzz ratios, per cent."""
OWNERS = 2
"""Entries of one wording that the others are compared with: of a hundred that share it, all
pairs would tell no more."""
NEAREST = 50
"""Of one question: a list with one pattern for thousands of questions is no contradiction."""
_BLOCK = 500
_FIGURES = re.compile(r"\d+(?:\.\d+)?")


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


@dataclass(frozen=True)
class Asked:
    """Entries as they are compared: their questions and wordings, normalised, and the vectors of
    the questions in `space`, shape (n, dimension); None for both without an encoder.
    """

    entries: tuple[Entry, ...]
    questions: tuple[str, ...]
    wordings: Wordings
    space: Space | None = None
    placed: Vectors | None = None

    @classmethod
    def of(
        cls, entries: Sequence[Entry], vectors: Vectors | None = None, space: Space | None = None
    ) -> "Asked":
        texts = [list(dict.fromkeys(map(normalise, each.wordings))) for each in entries]
        return cls(
            entries=tuple(entries),
            questions=tuple(normalise(each.question) for each in entries),
            wordings=Wordings.of(texts),
            space=space,
            placed=space.place(vectors) if space is not None and vectors is not None else None,
        )

    @classmethod
    def around(
        cls, entries: Sequence[Entry], vectors: Vectors | None, background: Vectors | None
    ) -> "Asked":
        """In a space of their own."""
        if vectors is None or background is None or not len(vectors):
            return cls.of(entries)
        return cls.of(entries, vectors, Space.around(vectors, background))


@dataclass(frozen=True)
class _Alike:
    """A row and a column with what is alike in them; two questions or a question and a wording."""

    row: int
    column: int
    likeness: float
    one: str
    two: str

    @property
    def may_be_one(self) -> bool:
        if self.likeness == 1.0:
            return True
        if mistaken(self.one, self.two):
            return False
        return self.likeness >= SURELY_ONE or _asks_alike(self.one, self.two)


def pairs_among(asked: Asked) -> list[Pair]:
    """The pairs among the same entries that are asked alike, the likest first.

    Entries for regions apart from each other or for different people may differ in their answers.
    """
    found: dict[tuple[int, int], float] = {}
    for each in _alike(asked, asked):
        key = (min(each.row, each.column), max(each.row, each.column))
        if each.row != each.column and each.likeness > found.get(key, 0.0) and each.may_be_one:
            found[key] = each.likeness
    return _pairs(asked, asked, found)


def pairs_between(known: Asked, fresh: Asked) -> list[Pair]:
    """The pairs of a known entry, which comes first, and a fresh one of another id."""
    found: dict[tuple[int, int], float] = {}
    for each in (*_alike(fresh, known), *_near_in_letters(known, fresh, swapped=True)):
        key = (each.column, each.row)
        is_other = fresh.entries[each.row].id != known.entries[each.column].id
        if is_other and each.likeness > found.get(key, 0.0) and each.may_be_one:
            found[key] = each.likeness
    return _pairs(known, fresh, found)


def _pairs(firsts: Asked, seconds: Asked, found: dict[tuple[int, int], float]) -> list[Pair]:
    pairs = [
        Pair(first=firsts.entries[one], second=seconds.entries[two], likeness=likeness)
        for (one, two), likeness in found.items()
        if may_clash(firsts.entries[one], seconds.entries[two])
    ]
    return sorted(pairs, key=lambda pair: (-pair.likeness, pair.first.id, pair.second.id))


def may_clash(one: Entry, two: Entry) -> bool:
    """Whether somebody can be told both: an entry that names no people speaks to all, and one
    that names no region, or the whole of the other's, holds there too.
    """
    here, there = Region(one.region), Region(two.region)
    meant = {one.audience, two.audience} - {""}
    return len(meant) < 2 and (here.holds(there) or there.holds(here))


def _asks_alike(one: str, two: str) -> bool:
    """Whether two questions may be one: how much and where, 线上 and 线下 are not."""
    first, numbers = _facts(one)
    second, others = _facts(two)
    return (
        _agree(int(first.asked), int(second.asked))
        and _agree(int(first.deeds), int(second.deeds))
        and int(first.conditions) == int(second.conditions)
        and numbers == others
    )


@lru_cache(maxsize=20_000)
def _facts(text: str) -> tuple[Facts, frozenset[str]]:
    return Facts.of(np.array(facts_of(text))), numbers_in(text)


def _agree(one: int, two: int) -> bool:
    return not one or not two or bool(one & two)


def _alike(rows: Asked, columns: Asked) -> Iterator[_Alike]:
    """What may be one question, some of it more than once."""
    yield from _sharing_a_wording(rows, columns)
    yield from _near_in_letters(rows, columns)
    yield from _near_in_meaning(rows, columns)


def _sharing_a_wording(rows: Asked, columns: Asked) -> Iterator[_Alike]:
    owners: dict[str, list[int]] = {}
    for text, column in zip(columns.wordings.texts, columns.wordings.entry_of, strict=True):
        owners.setdefault(text, []).append(int(column))
    for text, row in zip(rows.wordings.texts, rows.wordings.entry_of, strict=True):
        for column in owners.get(text, ())[:OWNERS]:
            yield _Alike(int(row), column, 1.0, text, text)


def _near_in_letters(rows: Asked, columns: Asked, *, swapped: bool = False) -> Iterator[_Alike]:
    """Questions of the rows and all wordings of the columns; `swapped` tells them as columns."""
    texts = columns.wordings.texts
    for start in range(0, len(rows.questions), _BLOCK):
        block = process.cdist(
            rows.questions[start : start + _BLOCK],
            texts,
            scorer=fuzz.ratio,
            score_cutoff=NEAR_IN_LETTERS,
        )
        for found, place in _nearest(block, NEAR_IN_LETTERS):
            row, column = start + found, int(columns.wordings.entry_of[place])
            one, two, likeness = rows.questions[row], texts[place], float(block[found, place]) / 100
            if one and two:
                yield _Alike(*((column, row) if swapped else (row, column)), likeness, one, two)


def _near_in_meaning(rows: Asked, columns: Asked) -> Iterator[_Alike]:
    if rows.placed is None or columns.placed is None:
        return
    for start in range(0, len(rows.placed), _BLOCK):
        block = rows.placed[start : start + _BLOCK] @ columns.placed.T
        for found, column in _nearest(block, NEAR_IN_MEANING):
            row = start + found
            one, two = rows.questions[row], columns.questions[column]
            yield _Alike(row, column, float(block[found, column]), one, two)


def _nearest(block: Vectors, least: float) -> Iterator[tuple[int, int]]:
    """Row and column of what is at least so near, of each row the nearest."""
    for row, values in enumerate(block):
        near = np.flatnonzero(values >= least)
        if len(near) > NEAREST:
            near = near[np.argpartition(-values[near], NEAREST)[:NEAREST]]
        for column in near:
            yield row, int(column)
