"""What tells a question from a wording, in the words they are written in.

`wording` compares what two texts mean in the rules' words; here nothing is translated, so that
"child" and "baby", "why" and "how", "can" and "cannot" stay different.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from knowledge_base.lexical import words

NAMES = (
    "plain",
    "plain_kept",
    "plain_pairs",
    "chars_missing",
    "chars_added",
    "words_lost",
    "words_added",
    "negation",
    "figure_missing",
    "figure_added",
    "begins",
    "ends",
)
_NEGATIVES = re.compile("[不没别勿无未禁]")
_FIGURES = re.compile("[0-9]+|[一二三四五六七八九十两半]")
_SCALE = 5.0
"""Brings sums of rarities (each 0 to 1) near 1."""
Weighted = tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Plain:
    """A normalised text with the rarity (0 to 1) of each of its words and characters."""

    text: str
    chars: Mapping[str, float]
    words: Weighted
    pairs: frozenset[str]
    figures: frozenset[str]
    negatives: int

    @classmethod
    def of(
        cls, text: str, word_rarity: Callable[[str], float], char_rarity: Callable[[str], float]
    ) -> "Plain":
        return cls(
            text=text,
            chars={char: char_rarity(char) for char in dict.fromkeys(text)},
            words=tuple((word, word_rarity(word)) for word in dict.fromkeys(words(text))),
            pairs=frozenset(text[start : start + 2] for start in range(len(text) - 1)),
            figures=frozenset(_FIGURES.findall(text)),
            negatives=len(_NEGATIVES.findall(text)),
        )


def differences(asked: Plain, there: Plain) -> tuple[float, ...]:
    """The figures `NAMES` of a question and one wording."""
    if not asked.text or not there.text:
        return (0.0,) * len(NAMES)
    longer = max(len(asked.text), len(there.text))
    return (
        fuzz.ratio(asked.text, there.text) / 100,
        LCSseq.similarity(asked.text, there.text) / longer,
        len(asked.pairs & there.pairs) / max(1, len(asked.pairs | there.pairs)),
        _chars_lacking(asked, there),
        _chars_lacking(there, asked),
        _lacking(asked.words, there.text),
        _lacking(there.words, asked.text),
        float(abs(asked.negatives - there.negatives)),
        float(len(asked.figures - there.figures)),
        float(len(there.figures - asked.figures)),
        _common(asked.text, there.text) / len(asked.text),
        _common(asked.text[::-1], there.text[::-1]) / len(asked.text),
    )


def _chars_lacking(one: Plain, other: Plain) -> float:
    return sum(map(one.chars.__getitem__, one.chars.keys() - other.chars.keys())) / _SCALE


def _lacking(parts: Weighted, text: str) -> float:
    return sum([rarity for part, rarity in parts if part not in text]) / _SCALE


def _common(first: str, second: str) -> int:
    """How many characters two texts have in common from the start."""
    for place, (one, other) in enumerate(zip(first, second, strict=False)):
        if one != other:
            return place
    return min(len(first), len(second))
