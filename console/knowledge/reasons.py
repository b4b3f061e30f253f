"""Why an entry was ranked where it was, in a curator's words."""

from dataclasses import dataclass
from typing import Final

from knowledge_base.explanation import Explanation, Nearest

WORDS: Final = {
    "cosine": ("意思和它的问法相近", "意思和它的问法不近"),
    "cosine_z": ("意思比别的条目更近", "意思不比别的条目近"),
    "passage": ("意思和它的答案相近", "意思和它的答案不近"),
    "passage_z": ("答案比别的条目更对得上", "答案不比别的条目更对得上"),
    "cosine_gap": ("问法是最像的之一", "有别的问法更像"),
    "passage_gap": ("答案是最像的之一", "有别的答案更像"),
    "mean_gap": ("总的看是最像的之一", "总的看有别的更像"),
    "bm25": ("用词和它的问法重合", "用词和它的问法不重合"),
    "bm25_passage": ("用词和它的答案重合", "用词和它的答案不重合"),
    "bm25_gap": ("用词是最像的之一", "有别的问法用词更像"),
    "bm25_passage_gap": ("答案用词是最像的之一", "有别的答案用词更像"),
    "whole": ("整句相像", "整句不像"),
    "part": ("有一段相像", "没有相像的一段"),
    "covered": ("问到的词它的问法里多", "问到的词它的问法里少"),
    "covered_by_entry": ("问到的词全文里多", "问到的词全文里少"),
    "rarest_missing": ("不缺最要紧的词", "缺了最要紧的词"),
    "rarest_missing_in_entry": ("全文不缺最要紧的词", "全文缺了最要紧的词"),
    "words_missing": ("问到的词大多有", "缺了不少问到的词"),
    "words_missing_in_entry": ("问到的词全文大多有", "全文缺了不少问到的词"),
    "asks_the_same": ("问的是同一方面", "问的不是同一方面"),
    "asks_otherwise": ("没有问另一方面", "问的是另一方面"),
    "other_kind": ("说的是同一种", "说的是另一种"),
    "same_deed": ("办的是同一件事", "办的不是同一件事"),
    "other_deed": ("没有办另一件事", "办的是另一件事"),
    "condition_missing": ("条件对得上", "缺了问里的条件"),
    "condition_added": ("没有多出条件", "多出问里没有的条件"),
    "number_missing": ("数字对得上", "缺了问里的数字"),
    "number_added": ("没有多出数字", "多出问里没有的数字"),
    "evidence": ("答案里有所问的内容", "答案里没找到所问的内容"),
    "no_evidence": ("答案里有所问的内容", "答案里没有所问的内容"),
    "negation": ("“能”与“不能”一致", "“能”与“不能”不一致"),
}
"""What a feature says when it helps, and when it does not."""
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
        Reason(WORDS[name][0 if part > 0 else 1], part > 0)
        for name, _, part in near.reasons
        if name in WORDS and abs(part) >= LEAST
    ]
    return tuple(dict.fromkeys(told))[:SHOWN]
