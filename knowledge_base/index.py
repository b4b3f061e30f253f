"""The searchable form of a set of entries: built once, never changed, swapped whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from knowledge_base.entry import Entry
from knowledge_base.entry_words import EntryWords
from knowledge_base.lexical import Floats, terms
from knowledge_base.meaning import Meaning
from knowledge_base.ports import Vectors
from knowledge_base.sounding import Sounds
from knowledge_base.synonyms import official
from knowledge_base.texts import Texts

Numbers = NDArray[np.int64]

_NEAREST = 40
_BY_WORDS = 25
_MOST = 60
_BLOCK = 1_000


class KnowledgeIndex:
    """Entries with everything that is computed from them before a question comes."""

    def __init__(
        self,
        entries: Sequence[Entry],
        texts: Texts,
        meaning: Meaning | None,
        before: "KnowledgeIndex | None" = None,
    ) -> None:
        self.entries: tuple[Entry, ...] = tuple(entries)
        self.texts: Texts = texts
        self.meaning = meaning
        self.numbers = {entry.id: number for number, entry in enumerate(self.entries)}
        self.matters = _matters(texts.answers)
        self.words: EntryWords = EntryWords(texts, before.words if before is not None else None)
        self.bare = _bare_entries(texts)
        self._first: dict[str, int] = {}
        self._next: dict[int, int] = {}
        for row in reversed(range(len(texts.wordings.texts))):
            later = self._first.get(texts.wordings.texts[row])
            if later is not None:
                self._next[row] = later
            self._first[texts.wordings.texts[row]] = row

    @cached_property
    def sounds(self) -> Sounds:
        """The words of the wordings by their sounds; made when first something is not found."""
        return Sounds(self.texts.wordings.texts)

    @cached_property
    def regions(self) -> frozenset[str]:
        """The parts of the place that some entry is for."""
        return frozenset(entry.region for entry in self.entries if entry.region)

    def __len__(self) -> int:
        return len(self.entries)

    def exact(self, question: str) -> tuple[int, ...]:
        """The entries that have this normalised wording."""
        found, row = [], self._first.get(question)
        while row is not None:
            found.append(int(self.texts.wordings.entry_of[row]))
            row = self._next.get(row)
        return tuple(dict.fromkeys(found))

    def candidates(self, question: str, vector: Vectors | None) -> "Candidates":
        """Up to 60 entries near a normalised question; `vector` is its encoding or None."""
        asked = official(question)
        query_terms = terms(asked)
        by_question = self.words.questions.scores(query_terms)
        by_passage = self.words.passages.scores(query_terms)
        rows = top(by_question, _BY_WORDS)
        found = [self.texts.wordings.entry_of[rows], top(by_passage, _BY_WORDS)]
        placed = None
        if vector is not None and self.meaning is not None:
            placed = self.meaning.space.place(vector)
            if self.meaning.wordings is not None:
                near = self.meaning.wordings.nearest(placed, _NEAREST)
                found.insert(0, self.texts.wordings.entry_of[near.rows])
            found.insert(1, self.meaning.passages.nearest(placed, _NEAREST // 2).rows)
        return Candidates(
            question=question,
            official=asked,
            entries=_interleaved(found, _MOST),
            vector=placed,
            by_question=by_question,
            by_passage=by_passage,
        )


@dataclass(frozen=True)
class Candidates:
    """Entry numbers worth a closer look for a question, with what the first look computed.

    `official` is the question in official words, `vector` its place in the index's space;
    `by_question` has one BM25 score per wording, `by_passage` one per entry.
    """

    question: str
    official: str
    entries: Numbers
    vector: Vectors | None
    by_question: Floats
    by_passage: Floats


def top(scores: Floats, count: int) -> Numbers:
    """The rows of the `count` highest scores above 0, highest first."""
    count = min(count, len(scores))
    if count == 0:
        return np.zeros(0, np.int64)
    likely = _likely(scores, count)
    rows = likely[np.argpartition(-scores[likely], count - 1)[:count]]
    rows = rows[np.argsort(-scores[rows], kind="stable")]
    return np.asarray(rows[scores[rows] > 0], np.int64)


def _likely(scores: Floats, count: int) -> Numbers:
    """Some of very many scores, among them the `count` highest: so many blocks reach each."""
    whole = len(scores) - len(scores) % _BLOCK
    if whole < 2 * count * _BLOCK:
        return np.arange(len(scores))
    highest = scores[:whole].reshape(-1, _BLOCK).max(axis=1)
    return np.flatnonzero(scores >= np.partition(highest, -count)[-count])


def _interleaved(lists: Sequence[Numbers], most: int) -> Numbers:
    """The first of each list, then the second of each, each number once."""
    longest = max((len(numbers) for numbers in lists), default=0)
    found: dict[int, None] = {}
    for place in range(longest):
        for numbers in lists:
            if place < len(numbers):
                found.setdefault(int(numbers[place]))
    return np.array(list(found)[:most], np.int64)


def _matters(answers: Sequence[str]) -> Numbers:
    """One number per matter: entries with the same answer are one matter."""
    seen: dict[str, int] = {}
    return np.array(
        [
            seen.setdefault(_bare(answer) or f"#{place}", place)
            for place, answer in enumerate(answers)
        ],
        np.int64,
    )


def _bare_entries(texts: Texts) -> NDArray[np.bool_]:
    """Which entries have a question and no answer of their own beside it."""
    wordings = texts.wordings
    firsts = [
        wordings.texts[start] if start < end else ""
        for start, end in zip(wordings.starts[:-1], wordings.starts[1:], strict=True)
    ]
    pairs = zip(firsts, texts.answers, strict=True)
    return np.array([bool(first) and answer in ("", first) for first, answer in pairs], np.bool_)


def _bare(text: str) -> str:
    return text.translate(_SIGNS)


class _Signs(dict[int, int | None]):
    """For `str.translate`: takes out all but letters and figures; learns as it goes."""

    def __missing__(self, code: int) -> int | None:
        self[code] = code if chr(code).isalnum() else None
        return self[code]


_SIGNS = _Signs()
