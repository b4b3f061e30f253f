"""How alike two wordings are as strings of characters, typing mistakes forgiven."""

from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq


@dataclass(frozen=True)
class Likeness:
    """Likeness of two normalised texts, each figure in [0, 1].

    `whole` is the normalised edit similarity of the whole texts, `part` of the shorter one with
    its best place in the longer, `kept` the share of the question's characters that stand in the
    wording in the same order, and `pairs` the share of common character pairs (Dice).
    """

    whole: float
    part: float
    kept: float
    pairs: float


def likeness(question: str, wording: str) -> Likeness:
    """Compares a question with one wording of an entry."""
    if not question or not wording:
        return Likeness(0.0, 0.0, 0.0, 0.0)
    return Likeness(
        whole=fuzz.ratio(question, wording) / 100,
        part=fuzz.partial_ratio(question, wording) / 100,
        kept=LCSseq.similarity(question, wording) / len(question),
        pairs=_dice(_pairs(question), _pairs(wording)),
    )


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[start : start + 2] for start in range(len(text) - 1))


def _dice(first: frozenset[str], second: frozenset[str]) -> float:
    total = len(first) + len(second)
    return 2 * len(first & second) / total if total else 0.0
