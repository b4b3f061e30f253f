"""Why an entry was ranked where it was, in a curator's words."""

from dataclasses import dataclass
from typing import Final

from knowledge_base.explanation import Explanation, Nearest

WORDS: Final = {
    "cosine": "意思和它的问法",
    "cosine_z": "意思和它的问法（与别的条目比）",
    "passage": "意思和它的答案",
    "passage_z": "意思和它的答案（与别的条目比）",
    "cosine_gap": "意思离最像的问法有多远",
    "passage_gap": "意思离最像的答案有多远",
    "mean_gap": "意思离最像的条目有多远",
    "bm25": "用词和它的问法",
    "bm25_passage": "用词和它的答案",
    "bm25_gap": "用词离最像的问法有多远",
    "bm25_passage_gap": "用词离最像的答案有多远",
    "whole": "整句的相似",
    "part": "局部的相似",
    "covered": "问到的词它都有",
    "covered_by_entry": "问到的词全文里都有",
    "rarest_missing": "缺少问里最要紧的词",
    "rarest_missing_in_entry": "全文缺少最要紧的词",
    "words_missing": "缺少问到的词",
    "words_missing_in_entry": "全文缺少问到的词",
    "asks_the_same": "问的是同一方面",
    "asks_otherwise": "问的是另一方面",
    "same_deed": "办的是同一件事",
    "other_deed": "办的是另一件事",
    "condition_missing": "缺少问里的条件",
    "condition_added": "多出问里没有的条件",
    "number_missing": "缺少问里的数字",
    "number_added": "多出问里没有的数字",
    "evidence": "答案里有所问的内容",
    "no_evidence": "答案里没有所问的内容",
    "length": "问题的长短",
    "negation": "“能”与“不能”的说法",
}
SHOWN: Final = 4
LEAST: Final = 0.1
"""Parts of the ranking score below this say nothing worth reading."""


@dataclass(frozen=True)
class Reason:
    """One thing that moved an entry's rank, up or down."""

    words: str
    helps: bool


def reasons_by_entry(explanation: Explanation) -> dict[str, tuple[Reason, ...]]:
    """The heaviest reasons of each entry considered; what has no plain words is left out."""
    return {near.entry: _reasons(near) for near in explanation.nearest}


def _reasons(near: Nearest) -> tuple[Reason, ...]:
    told = [
        Reason(WORDS[name], part > 0)
        for name, _, part in near.reasons
        if name in WORDS and abs(part) >= LEAST
    ]
    return tuple(told[:SHOWN])
