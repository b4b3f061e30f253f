"""The figures of an evaluation: how well it ranks, and what the citizens get."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from knowledge_base.evaluation.judged import Judged
from knowledge_base.evaluation.share import Share, mean


def ranking_figures(answerable: Sequence[Judged]) -> dict[str, Any]:
    """top-1, top-3, top-5 (R@5), MRR@10, and a right entry above all labelled near misses."""
    gains = np.array([1 / (i.place + 1) if i.place >= 0 else 0.0 for i in answerable])
    above = Share.among(i.is_above_near_misses for i in answerable if i.query.neg)
    return {
        "top1": Share.among(i.place == 0 for i in answerable).as_json(),
        "top3": Share.among(0 <= i.place < 3 for i in answerable).as_json(),
        "top5": Share.among(0 <= i.place < 5 for i in answerable).as_json(),
        "mrr10": mean(gains),
        "above_near_misses": above.as_json(),
    }


def decision_figures(answerable: Sequence[Judged], silent: Sequence[Judged]) -> dict[str, Any]:
    """What the citizen gets: direct answers and how many are wrong, choices, silence.

    `silent` must not be answered directly; `leak` is the share of them that are.
    """
    both = [*answerable, *silent]
    chosen_from = [i for i in answerable if i.row.decision == "suggest"]
    suggested = Share.among(i.row.decision == "suggest" for i in silent)
    return {
        "coverage": Share.among(i.is_answered for i in both).as_json(),
        "right_direct": Share.among(i.is_right for i in answerable).as_json(),
        "wrong_answers": Share.among(i.is_wrong for i in both if i.is_answered).as_json(),
        "suggestion_hits": Share.among(i.offers for i in chosen_from).as_json(),
        "offered": Share.among(i.offers for i in answerable).as_json(),
        "leak": Share.among(i.is_answered for i in silent).as_json(),
        "suggested_without_entry": suggested.as_json(),
    }


def group_figures(items: Sequence[Judged]) -> dict[str, Any]:
    """The short form for one kind, department or topic; `intervals` of its shares at 95 %."""
    answerable = [i for i in items if i.query.pos]
    shares = {
        "top1": Share.among(i.place == 0 for i in answerable),
        "top3": Share.among(0 <= i.place < 3 for i in answerable),
        "answered": Share.among(i.is_answered for i in items),
        "wrong": Share.among(i.is_wrong for i in items if i.is_answered),
        "offered": Share.among(i.offers for i in answerable),
    }
    values = {name: share.value for name, share in shares.items()}
    intervals = {name: list(share.interval) for name, share in shares.items()}
    counts = {"queries": len(items), "wrong": shares["wrong"].hits}
    return values | counts | {"intervals": intervals}
