"""How alike two wordings are as strings of characters, typing mistakes forgiven."""

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from knowledge_base.wording import Wording


def likeness(asked: Wording, there: Wording) -> tuple[float, float, float, float]:
    """Compares a question with one wording of an entry by four figures in [0, 1].

    The normalised edit similarity of the whole texts; of the shorter one with its best place in
    the longer; the share of the question's characters that stand in the wording in the same
    order; and the share of common character pairs (Dice).
    """
    if not asked.text or not there.text:
        return 0.0, 0.0, 0.0, 0.0
    return (
        fuzz.ratio(asked.text, there.text) / 100,
        fuzz.partial_ratio(asked.text, there.text) / 100,
        LCSseq.similarity(asked.text, there.text) / len(asked.text),
        _dice(asked.pairs, there.pairs),
    )


def _dice(first: frozenset[str], second: frozenset[str]) -> float:
    total = len(first) + len(second)
    return 2 * len(first & second) / total if total else 0.0
