"""Texts taken into their words once, when an index is built; their facts when first needed."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge_base.characters import Numbers, distinct, is_new
from knowledge_base.facts import facts_of
from knowledge_base.lexical import FILLERS, words
from knowledge_base.synonyms import Synonyms
from knowledge_base.word_index import Vocabulary

Reals = NDArray[np.float64]
_UNKNOWN = -1


@dataclass(frozen=True)
class Words:
    """The words of some texts, each text's once and in order, one row a word.

    `owners` has the place of the text, `places` that of the word in `texts`.
    """

    owners: Numbers
    places: Numbers
    rarities: Reals
    texts: Sequence[str]


class TakenApart:
    """Texts as they are written and in official words, with their words as numbers.

    What `before` has taken apart is taken over from it: `origins` has the row of each text there,
    -1 for what it has not. It does not know its index: that would
    keep a replaced index in memory.
    """

    def __init__(
        self,
        texts: Sequence[str],
        vocabulary: Vocabulary,
        synonyms: Synonyms,
        before: "TakenApart | None" = None,
    ) -> None:
        self._synonyms = synonyms
        self._count = len(texts)
        self._texts, self._official, origins = _translated(texts, synonyms, before)
        self.origins = origins[: self._count].copy()
        fresh = [text for text, place in zip(self._texts, origins, strict=True) if place < 0]
        numbers, lengths = _numbered(fresh, vocabulary)
        if before is not None:
            known = len(before._texts)  # the fresh ones follow those
            origins[origins < 0] = known + np.arange(len(fresh))
            numbers = np.concatenate([before._numbers, numbers])
            lengths = np.concatenate([np.diff(before._starts), lengths])
            numbers, lengths = _gathered(numbers, lengths, origins)
        self._numbers: NDArray[np.int32] = numbers
        self._starts: Numbers = np.concatenate([[0], np.cumsum(lengths)])
        self._facts = np.full(len(self._texts), _UNKNOWN, np.int64)
        if before is not None:
            kept = origins < known
            self._facts[kept] = before._facts[origins[kept]]
        self._words = vocabulary.words()
        self._is_filler = np.array([word in FILLERS for word in self._words], np.bool_)
        self._rarities: Reals = np.ones(len(self._words))

    @property
    def words(self) -> Sequence[str]:
        """Every word by its number."""
        return self._words

    def rows(self) -> dict[str, int]:
        """The row of each text as it is written."""
        return {text: row for row, text in enumerate(self._texts[: self._count])}

    def weigh(self, rarities: Sequence[float]) -> None:
        """Says how rare each of `words` is, 0 to 1; once, before anything is compared."""
        self._rarities = np.array(rarities, np.float64)

    def plain(self, rows: Numbers) -> list[str]:
        """Texts as they are written."""
        return [self._texts[row] for row in rows.tolist()]

    def official(self, rows: Numbers | slice) -> list[str]:
        """Texts in official words."""
        return [self._texts[place] for place in self._official[rows].tolist()]

    def plain_words(self, rows: Numbers) -> Words:
        """All words of texts as they are written."""
        return self._words_of(*self._numbers_of(rows))

    def telling_words(self, rows: Numbers) -> Words:
        """The official words that carry the matter."""
        return self._words_of(*self._telling(rows))

    def telling_numbers(self, rows: Numbers) -> list[list[int]]:
        """The numbers of every telling word of texts, as often as it stands there."""
        owners, numbers = self._telling(rows)
        ends = np.cumsum(np.bincount(owners, minlength=len(rows)))
        return [part.tolist() for part in np.split(numbers, ends[:-1])] if len(rows) else []

    def facts(self, rows: Numbers) -> Numbers:
        """What the official texts ask and name, as `facts.facts_of` has it."""
        places = self._places(rows)
        for place in places[self._facts[places] == _UNKNOWN].tolist():
            self._facts[place] = facts_of(self._texts[place])
        return self._facts[places]

    def _places(self, rows: Numbers) -> Numbers:
        """Where the texts in official words stand."""
        return self._official[rows].astype(np.int64)

    def _telling(self, rows: Numbers) -> tuple[Numbers, Numbers]:
        owners, numbers = self._numbers_of(self._places(rows))
        tells = ~self._is_filler[numbers]
        return owners[tells], numbers[tells]

    def _numbers_of(self, places: Numbers) -> tuple[Numbers, Numbers]:
        lengths = self._starts[places + 1] - self._starts[places]
        return np.repeat(np.arange(len(places)), lengths), self._numbers[
            spans(self._starts[places], lengths)
        ].astype(np.int64)

    def _words_of(self, owners: Numbers, numbers: Numbers) -> Words:
        firsts = _firsts(owners << 32 | numbers)
        numbers = numbers[firsts]
        known = distinct(numbers)
        texts = [self._words[number] for number in known.tolist()]
        places = np.searchsorted(known, numbers)
        return Words(owners[firsts], places, self._rarities[numbers], texts)


def _translated(
    texts: Sequence[str], synonyms: Synonyms, before: TakenApart | None
) -> tuple[list[str], NDArray[np.int32], Numbers]:
    """All texts and then the official ones that differ; where each text's official one stands;
    and the place of each in `before`, -1 for what it lacks.
    """
    if before is not None and before._synonyms is not synonyms:
        before = None
    known = before.rows() if before is not None else {}
    rows = np.fromiter((known.get(text, -1) for text in texts), np.int64, len(texts))
    origins = np.full(len(texts), -1, np.int64)
    if before is not None and len(before._official):
        origins[rows >= 0] = before._official[rows[rows >= 0]]
    both, others = list(texts), array("q")
    places = np.arange(len(texts), dtype=np.int32)
    for place in np.flatnonzero((rows < 0) | (origins != rows)).tolist():
        origin = int(origins[place])
        translated = (
            before._texts[origin] if before and origin >= 0 else synonyms.official(texts[place])
        )
        if translated != texts[place]:
            places[place] = len(both)
            both.append(translated)
            others.append(origin)
    return both, places, np.concatenate([rows, np.array(others, np.int64)])


def _numbered(
    texts: Sequence[str], vocabulary: Vocabulary
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """The numbers of the words of all texts in turn, and how many each has."""
    numbers, lengths = array("i"), array("q")
    for text in texts:
        found = vocabulary.add(words(text))
        numbers.extend(found)
        lengths.append(len(found))
    return np.array(numbers, np.int32), np.array(lengths, np.int64)


def _firsts(keys: Numbers) -> Numbers:
    """Where each different key stands first, in their order."""
    order = np.argsort(keys, kind="stable")
    return np.sort(order[is_new(keys[order])])


def _gathered(
    numbers: NDArray[np.int32], lengths: Numbers, order: Numbers
) -> tuple[NDArray[np.int32], Numbers]:
    """The stretches of `numbers` in another order."""
    starts = np.concatenate([[0], np.cumsum(lengths)])[order]
    return numbers[spans(starts, lengths[order])], lengths[order]


def spans(starts: Numbers, lengths: Numbers) -> Numbers:
    """All places of some stretches, one after the other."""
    ends = np.cumsum(lengths)
    moves: Numbers = np.repeat(starts - (ends - lengths), lengths)
    return moves + np.arange(len(moves))
