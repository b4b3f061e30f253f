"""How alike wordings are as strings of characters, typing mistakes forgiven."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from rapidfuzz.distance import LCSseq

from knowledge_base.characters import CODE_BITS, Numbers, distinct, neighbours, spread

Reals = NDArray[np.float64]
_PAIR_BITS = 2 * CODE_BITS


def compared(scorer: Callable[..., float], text: str, others: Sequence[str]) -> Reals:
    """One of rapidfuzz's figures for a text and each of the others."""
    if not others:
        return np.zeros(0)
    found = process.cdist([text], others, scorer=scorer, dtype=np.float64)
    return np.asarray(found[0], np.float64)


def likeness(asked: str, others: Sequence[str]) -> tuple[Reals, Reals, Reals, Reals]:
    """Compares a question with wordings by four figures in [0, 1]; 0 where one is empty.

    The normalised edit similarity of the whole texts; of the shorter one with its best place in
    the longer; the share of the question's characters that stand in the wording in the same
    order; and the share of common character pairs (Dice).
    """
    shared, own, theirs = shared_pairs(asked, others)
    counts = np.array([bool(asked and other) for other in others], np.float64)
    return (
        counts * compared(fuzz.ratio, asked, others) / 100,
        counts * compared(fuzz.partial_ratio, asked, others) / 100,
        counts * compared(LCSseq.similarity, asked, others) / max(1, len(asked)),
        2 * shared / np.maximum(1, own + theirs),
    )


def shared_pairs(asked: str, others: Sequence[str]) -> tuple[Numbers, int, Numbers]:
    """How many different pairs of neighbouring characters a text shares with each of the others,
    how many it has, and how many each of them has.
    """
    own = pairs_in([asked]) & (1 << _PAIR_BITS) - 1
    found = pairs_in(others)
    shared = found[_is_among(found & (1 << _PAIR_BITS) - 1, own)]
    return (
        np.bincount(shared >> _PAIR_BITS, minlength=len(others)),
        len(own),
        np.bincount(found >> _PAIR_BITS, minlength=len(others)),
    )


def _is_among(keys: Numbers, known: Numbers) -> NDArray[np.bool_]:
    """Which keys are among some ordered ones."""
    if not len(known):
        return np.zeros(len(keys), np.bool_)
    places = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    return np.asarray(known[places] == keys, np.bool_)


def pairs_in(texts: Sequence[str]) -> Numbers:
    """Every different pair of neighbouring characters of each text, the text's place above."""
    owners, keys = neighbours(*spread(texts))
    return distinct(owners << _PAIR_BITS | keys)
