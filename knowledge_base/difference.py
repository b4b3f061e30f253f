"""What tells a question from wordings, in the words they are written in.

`wording` compares what two texts mean in the rules' words; here nothing is translated, so that
"child" and "baby", "why" and "how", "can" and "cannot" stay different.
"""

import re
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq, Postfix, Prefix

from knowledge_base.characters import CODE_BITS, Numbers, distinct, spread
from knowledge_base.fuzzy import compared, shared_pairs
from knowledge_base.lexical import words
from knowledge_base.taken_apart import Reals, Words

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


class Rarities(Protocol):
    """How rare words and characters are in a knowledge base, 0 to 1; 1 for unknown ones."""

    def of_words(self, words: Sequence[str]) -> Sequence[float]: ...

    def of_characters(self, codes: Numbers) -> Reals: ...


def differences(
    asked: str, others: Sequence[str], there: Words, rarities: Rarities
) -> NDArray[np.float64]:
    """The figures `NAMES` of a question and each of some wordings; 0 where one is empty.

    `there` has the wordings' words.
    """
    longer = np.array([max(len(asked), len(other), 1) for other in others])
    shared, own, theirs = shared_pairs(asked, others)
    columns = (
        compared(fuzz.ratio, asked, others) / 100,
        compared(LCSseq.similarity, asked, others) / longer,
        shared / np.maximum(1, own + theirs - shared),
        *_chars_lacking(asked, others, rarities),
        _lost(asked, others, rarities),
        _added(asked, there, len(others)),
        *_signs(asked, others),
        compared(Prefix.similarity, asked, others) / max(1, len(asked)),
        compared(Postfix.similarity, asked, others) / max(1, len(asked)),
    )
    counts = np.array([bool(asked and other) for other in others], np.float64)
    return np.stack(columns, axis=1) * counts[:, None]


def _chars_lacking(asked: str, others: Sequence[str], rarities: Rarities) -> tuple[Reals, Reals]:
    """The rarities of the question's characters that a wording has not, and the other way."""
    own = distinct(spread([asked])[1])
    owners, codes = spread(others)
    owners, codes = np.divmod(distinct(owners << CODE_BITS | codes), 1 << CODE_BITS)
    places = np.minimum(np.searchsorted(own, codes), len(own) - 1)
    is_own = own[places] == codes
    lacks = np.ones((len(others), len(own)))
    lacks[owners[is_own], places[is_own]] = 0
    weights = rarities.of_characters(codes[~is_own])
    return (
        (lacks @ rarities.of_characters(own)) / _SCALE,
        np.bincount(owners[~is_own], weights, len(others)) / _SCALE,
    )


def _lost(asked: str, others: Sequence[str], rarities: Rarities) -> Reals:
    own = list(dict.fromkeys(words(asked)))
    weights = np.array(rarities.of_words(own), np.float64)
    lacks = np.array([word not in other for other in others for word in own], np.float64)
    return lacks.reshape(len(others), len(own)) @ weights / _SCALE


def _added(asked: str, there: Words, count: int) -> Reals:
    lacks = np.array([word not in asked for word in there.texts], np.bool_)[there.places]
    return np.bincount(there.owners[lacks], there.rarities[lacks], count) / _SCALE


def _signs(asked: str, others: Sequence[str]) -> tuple[Reals, Reals, Reals]:
    """Negatives too many or too few, figures missing and figures added."""
    negatives, figures = len(_NEGATIVES.findall(asked)), frozenset(_FIGURES.findall(asked))
    theirs = [frozenset(_FIGURES.findall(other)) for other in others]
    return (
        np.array([abs(negatives - len(_NEGATIVES.findall(other))) for other in others], np.float64),
        np.array([len(figures - there) for there in theirs], np.float64),
        np.array([len(there - figures) for there in theirs], np.float64),
    )
