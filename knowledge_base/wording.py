"""A question or an entry's wording, taken apart once for every comparison."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log1p

from knowledge_base.lexical import telling_words
from knowledge_base.vocabulary import ASKED, CONDITIONS, DEEDS, EVIDENCE

_DIGITS = re.compile(r"\d+(?:\.\d+)?")


def matching(patterns: Sequence[re.Pattern[str]], text: str) -> frozenset[int]:
    """The places of the patterns that occur in a text."""
    return frozenset(place for place, pattern in enumerate(patterns) if pattern.search(text))


def numbers_in(text: str) -> frozenset[str]:
    """The numbers written in digits."""
    return frozenset(_DIGITS.findall(text))


@dataclass(frozen=True)
class Wording:
    """A text in official words, its telling words with their rarity (0 to 1), and its facts."""

    text: str
    words: tuple[tuple[str, float], ...]
    pairs: frozenset[str]
    asked: frozenset[int]
    deeds: frozenset[int]
    conditions: frozenset[int]
    numbers: frozenset[str]
    wants: frozenset[int]

    @classmethod
    def of(cls, text: str, rarity: Callable[[str], float]) -> "Wording":
        """`rarity` gives a word's weight, 1 for a word the knowledge base does not know."""
        return cls(
            text=text,
            words=tuple((word, rarity(word)) for word in telling_words(text)),
            pairs=frozenset(text[start : start + 2] for start in range(len(text) - 1)),
            asked=matching(ASKED, text),
            deeds=matching(DEEDS, text),
            conditions=matching(CONDITIONS, text),
            numbers=numbers_in(text),
            wants=matching([asking for asking, _ in EVIDENCE], text),
        )

    def missing_words(self, text: str) -> float:
        """How many of its words are not in `text`, as log(1 + n)."""
        return log1p(sum([word not in text for word, _ in self.words]))

    def covered(self, text: str) -> tuple[float, float]:
        """The weighted share of its words in `text`, and the weight of the rarest one missing."""
        total = missed = rarest = 0.0
        for word, rarity in self.words:
            total += rarity
            if word not in text:
                missed += rarity
                rarest = max(rarest, rarity)
        return (total - missed) / total if total else 0.0, rarest


@dataclass(frozen=True)
class WholeEntry:
    """All of an entry's searched text in official words, and what it names."""

    text: str
    conditions: frozenset[int]
    numbers: frozenset[str]
    gives: frozenset[int]

    @classmethod
    def of(cls, text: str) -> "WholeEntry":
        gives = matching([evidence for _, evidence in EVIDENCE], text)
        return cls(text, matching(CONDITIONS, text), numbers_in(text), gives)
