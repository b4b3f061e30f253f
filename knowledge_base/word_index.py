"""An inverted index: Okapi BM25 over words and pairs of characters."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from knowledge_base.characters import CODE_BITS, pair_key, sign_pairs
from knowledge_base.lexical import Floats, is_pair

Numbers = NDArray[np.int64]
Counts = NDArray[np.int32]

_SATURATION = 1.2  # k1 and b of Robertson & Zaragoza, "The Probabilistic Relevance Framework"
_LENGTH_WEIGHT = 0.6
_WORD = 0x110000 << CODE_BITS
"""Keys from here on are words, those below are pairs of characters."""
_AT_ONCE = 65_536
_MOST = 65_535


class Vocabulary:
    """Words and their numbers; it only grows, and indexes built one after the other share it."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._numbers)

    def add(self, words: Iterable[str]) -> list[int]:
        """The numbers of some words, new ones given where needed."""
        known = self._numbers
        with self._lock:
            return [known.setdefault(word, len(known)) for word in words]

    def number(self, word: str) -> int:
        """A word's number, -1 for an unknown one."""
        return self._numbers.get(word, -1)

    def words(self) -> tuple[str, ...]:
        """All words by their numbers."""
        with self._lock:
            return tuple(self._numbers)


@dataclass(frozen=True)
class Postings:
    """Which term stands in which document, how often; `lengths` has each document's terms.

    The first three have one row for each term of each document.
    """

    terms: Numbers
    documents: Counts
    counts: NDArray[np.uint16]
    lengths: Counts

    @classmethod
    def of(cls, texts: Sequence[str], words: Sequence[Sequence[int]]) -> "Postings":
        """Of documents with the numbers of their words; taken by parts, to bound the memory."""
        starts = range(0, len(texts), _AT_ONCE)
        parts = [
            _part(texts[start : start + _AT_ONCE], words[start : start + _AT_ONCE], start)
            for start in starts
        ]
        return _joined([_part((), (), 0), *parts])


def _joined(parts: Sequence[Postings]) -> Postings:
    return Postings(
        terms=np.concatenate([part.terms for part in parts]),
        documents=np.concatenate([part.documents for part in parts]),
        counts=np.concatenate([part.counts for part in parts]),
        lengths=np.concatenate([part.lengths for part in parts]),
    )


def _part(texts: Sequence[str], words: Sequence[Sequence[int]], first: int) -> Postings:
    owners, pairs = sign_pairs(texts)
    amounts = np.fromiter(map(len, words), np.int64, len(words))
    numbers = np.fromiter((n for each in words for n in each), np.int64, int(amounts.sum()))
    owners = np.concatenate([np.repeat(np.arange(len(words)), amounts), owners])
    keys = np.concatenate([numbers + _WORD, pairs])
    once, counts = np.unique(keys << CODE_BITS | owners, return_counts=True)
    return Postings(
        terms=once >> CODE_BITS,
        documents=((once & (1 << CODE_BITS) - 1) + first).astype(np.int32),
        counts=np.minimum(counts, _MOST).astype(np.uint16),
        lengths=np.bincount(owners, minlength=len(texts)).astype(np.int32),
    )


def _rarities(frequency: Numbers, size: int) -> Floats:
    rare = (size - frequency + 0.5) / (frequency + 0.5)
    return np.log1p(rare).astype(np.float32)


def _rarest(size: int) -> float:
    return float(np.log1p((size + 0.5) / 0.5))


def rarities_of(frequency: Numbers, size: int) -> NDArray[np.float64]:
    """How rare what stands in so many of `size` texts is, 0 to 1."""
    found = _rarities(frequency, size).astype(np.float64) / _rarest(size)
    return np.where(frequency > 0, found, 1.0)


class WordIndex:
    """For each term the documents with it and their weight there.

    `rarest` is the rarity of a term that no document has.
    """

    def __init__(self, vocabulary: Vocabulary, postings: Postings) -> None:
        self._vocabulary = vocabulary
        self.size = len(postings.lengths)
        order = np.argsort(postings.terms, kind="stable")
        terms = postings.terms[order]
        firsts = np.flatnonzero(np.diff(terms, prepend=-1))
        self._terms = terms[firsts]
        self._starts = np.append(firsts, len(terms))
        self._documents = postings.documents[order]
        self._counts = postings.counts[order]
        self._lengths = postings.lengths
        self._rarities = _rarities(np.diff(self._starts), self.size)
        self.rarest = _rarest(self.size)
        self._weights = self._weigh()

    @classmethod
    def renewed(
        cls, vocabulary: Vocabulary, origins: Numbers, fresh: Postings, before: "WordIndex | None"
    ) -> "WordIndex":
        """An index of documents of which some were in `before`.

        `origins` has the number of each document there, no two the same, or -1 for those whose
        postings are in `fresh`, in their order.
        """
        places = np.flatnonzero(origins < 0).astype(np.int32)
        lengths = np.zeros(len(origins), np.int32)
        lengths[places] = fresh.lengths
        moved = replace(fresh, documents=places[fresh.documents], lengths=lengths)
        if before is None:
            return cls(vocabulary, moved)
        lengths[origins >= 0] = before._lengths[origins[origins >= 0]]
        return cls(vocabulary, _joined([before._moved(origins), moved]))

    def _moved(self, origins: Numbers) -> Postings:
        """What it was made of, under new numbers, without the documents that went."""
        places = np.full(self.size, -1, np.int32)
        places[origins[origins >= 0]] = np.flatnonzero(origins >= 0)
        documents = places[self._documents]
        stays = documents >= 0
        return Postings(
            terms=np.repeat(self._terms, np.diff(self._starts))[stays],
            documents=documents[stays],
            counts=self._counts[stays],
            lengths=np.zeros(0, np.int32),
        )

    def _weigh(self) -> Floats:
        lengths = np.maximum(1.0, self._lengths).astype(np.float32)
        average = float(lengths.mean()) if self.size else 1.0
        norm = _SATURATION * (1 - _LENGTH_WEIGHT + _LENGTH_WEIGHT * lengths / average)
        rarities = np.repeat(self._rarities, np.diff(self._starts))
        weights = np.empty(len(self._documents), np.float32)
        for start in range(0, len(weights), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            counts = self._counts[part].astype(np.int32)
            shares = counts * np.float32(_SATURATION + 1) / (counts + norm[self._documents[part]])
            weights[part] = shares * rarities[part]
        return weights

    def _places(self, terms: Sequence[str]) -> Numbers:
        """Where each term stands in the index; -1 for an unknown one."""
        if not len(self._terms):
            return np.full(len(terms), -1, np.int64)
        keys = np.array([self._key(term) for term in terms], np.int64)
        places = np.minimum(np.searchsorted(self._terms, keys), len(self._terms) - 1)
        return np.where(self._terms[places] == keys, places, -1)

    def _key(self, term: str) -> int:
        if is_pair(term):
            return pair_key(term[1:])
        return _WORD + self._vocabulary.number(term)

    def count(self, term: str) -> int:
        """In how many documents a term stands."""
        place = int(self._places([term])[0])
        return 0 if place < 0 else int(self._starts[place + 1] - self._starts[place])

    def rarities(self, terms: Sequence[str]) -> list[float]:
        """Inverse document frequencies, in nats; an unknown term is as rare as can be."""
        return self._rarities_at(self._places(terms))

    def _rarities_at(self, places: Numbers) -> list[float]:
        if not len(self._rarities):
            return [self.rarest] * len(places)
        found = self._rarities[places].astype(np.float64)
        rarities: list[float] = np.where(places < 0, self.rarest, found).tolist()
        return rarities

    def shares(self, terms: Sequence[str]) -> list[float]:
        """The rarities as shares of the highest possible, 0 to 1; 1 for an unknown term."""
        return [rarity / self.rarest for rarity in self.rarities(terms)]

    def scores(self, query: Sequence[str]) -> Floats:
        """BM25 of every document, shape (size,), divided by what the query could reach.

        1 means a document of average length that has every term of the query once.
        """
        total = np.zeros(self.size, np.float32)
        places = self._places(list(dict.fromkeys(query)))
        for place in places[places >= 0].tolist():
            here = slice(self._starts[place], self._starts[place + 1])
            np.add.at(total, self._documents[here], self._weights[here])
        total /= np.float32(max(sum(self._rarities_at(places)), 1e-6))
        return total
