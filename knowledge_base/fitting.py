"""Fits the model of `calibration` to labelled questions: ranking, probability and thresholds.

Each question whose entry is known is used twice: as it is, and once more as if its entries were
not in the knowledge base, which makes a near miss that must not be answered. All probabilities
that thresholds and figures rest on come from cross-validation, in which questions about the same
entry stay together.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from knowledge_base.calibration import DECISION_NAMES, Block, are_bare, decision_matrix
from knowledge_base.difference import NAMES as DIFFERENCES
from knowledge_base.evaluation import Share
from knowledge_base.features import MEANING, NAMES, OTHER_KIND, WORDS
from knowledge_base.linear import Linear
from knowledge_base.rank_fitting import fit_rank, fit_rank_with_products, linear, standard
from knowledge_base.samples import Sample
from knowledge_base.trial import Top, Trial

Reals = NDArray[np.float64]

FOLDS = 5
ROUNDS = 3
LEFT_OUT_WEIGHT = 0.05
"""What a question with its entries taken away counts in the decision: more would teach a world in
which every second question has no answer (at 0.25 the chances came out 0.04 too low)."""
_SOFTNESS = 0.3  # scikit-learn's C of the decision
_OFFERED = 0.98
"""Of the questions with a right entry among the first three, the share that is offered them."""
_LEAST, _LEAST_BY_WORDS = 0.05, 0.2
"""Nothing less likely is offered: three lines of which none is right cost trust, too. By words
alone, one everyday word shared in a small knowledge base already looks likelier than it is."""
_MOST = 0.5
"""A list that is likelier of help than not is offered, however sure the labels are."""
FEWEST = 30
"""Questions with an entry, and without one, that a fit needs at least."""
_FEWEST_BARE, _BARE_IN_COMMON = 200, 400
BOUNDS = (0.005, 0.0075, 0.01, 0.015, 0.02, 0.03, 0.05, 0.1)
"""Shares of wrong answers among the direct ones for which a model knows its threshold."""
_LOWEST, _LOWEST_BY_WORDS = 0.5, 0.9
"""No answer is given below these, whatever bound is wished for: none that is likelier wrong than
right; and by words alone there are too few labels to believe them."""


class FitRefused(Exception):
    """The labelled questions cannot carry a model; the message says what is missing."""


def fit_block(
    samples: Sequence[Sample], *, with_meaning: bool, bound: float
) -> tuple[Block, dict[str, Any]]:
    """A block and the figures of its cross-validation. Raises `FitRefused`."""
    _refuse_too_few(samples)
    ranked = MEANING + WORDS if with_meaning else WORDS
    bare = _bare(samples)
    samples = _with_few_bare(samples)
    decided = (*(n for n in ranked if n not in DIFFERENCES), "rank", "margin", "rivals")
    tops, chances, in_three = _cross_validated(samples, ranked, decided)
    trial = Trial(samples, tops, chances)
    suggest_at = Trial(samples, tops, in_three).suggest_at(_OFFERED)
    levels = trial.levels(BOUNDS, _LOWEST if with_meaning else _LOWEST_BY_WORDS)
    block = Block(
        rank=fit_rank(samples, ranked),
        decide=fit_decision(samples, tops[0], decided),
        answer_at=1.0,
        suggest_at=min(max(suggest_at, _LEAST if with_meaning else _LEAST_BY_WORDS), _MOST),
        rank_bare=fit_rank_with_products(bare, ranked) if bare else None,
        offer=fit_offer(samples, tops[0], decided),
        levels=levels,
    ).under(bound)
    figures = trial.figures(block.answer_at)
    if bare:
        figures["bare"] = _bare_figures(bare, ranked)
    if figures["top1"]["value"] < 0.3:
        raise FitRefused(f"only {figures['top1']['value']:.0%} of the right entries rank first")
    return block, figures


def _cross_validated(
    samples: Sequence[Sample], ranked: Sequence[str], decided: Sequence[str]
) -> tuple[list[list[Top]], list[Reals], list[Reals]]:
    """In each round every sample ranked and decided by models that never saw its entry."""
    tops: list[list[Top]] = []
    chances: list[Reals] = []
    in_three: list[Reals] = []
    for round_number in range(ROUNDS):
        folds = _folds(samples, round_number)
        first = _first(samples, _cross_rank(samples, folds, ranked))
        tops.append(first)
        chances.append(_cross_decide(samples, first, folds, decided, fit_decision))
        in_three.append(_cross_decide(samples, first, folds, decided, fit_offer))
    return tops, chances, in_three


def _bare(samples: Sequence[Sample]) -> list[Sample]:
    """The answerable ones among bare questions, each with the same say; none if they are few."""
    found = [s for s in samples if s.is_answerable and s.right.any() and are_bare(s.features)]
    say = float(np.mean([s.weight for s in found])) if found else 1.0
    even = [replace(s, weight=s.weight / say) for s in found]
    return even if len(even) >= _FEWEST_BARE else []


def _with_few_bare(samples: Sequence[Sample]) -> list[Sample]:
    """All samples but at most some of the bare ones: they have a ranking of their own."""
    common = [s for s in samples if not (s.ranks_only and are_bare(s.features))]
    bare = [s for s in samples if s.ranks_only and are_bare(s.features)]
    return common + bare[:: max(1, len(bare) // _BARE_IN_COMMON)]


def _bare_figures(bare: Sequence[Sample], names: Sequence[str]) -> dict[str, Any]:
    """What cross-validation counts among bare questions whose entry is a candidate."""
    scores = _cross_rank(bare, _folds(bare, 0), names, fit_rank_with_products)
    tops = _first(bare, scores)
    return {
        "questions": len(bare),
        "top1": Share(hits=sum(top.is_right for top in tops), of=len(bare)).as_json(),
        "top3": Share(hits=sum(top.right_in_three for top in tops), of=len(bare)).as_json(),
    }


def _refuse_too_few(samples: Sequence[Sample]) -> None:
    answerable = sum(s.is_answerable and bool(s.right.any()) for s in samples)
    silent = sum(not s.is_answerable for s in samples)
    if answerable < FEWEST or silent < FEWEST:
        raise FitRefused(
            f"{answerable} answerable and {silent} unanswerable questions; "
            f"at least {FEWEST} of each are needed: "
            f"{max(0, FEWEST - answerable)} and {max(0, FEWEST - silent)} are missing"
        )


def _folds(samples: Sequence[Sample], seed: int) -> NDArray[np.int64]:
    """A fold per sample; samples of one group share theirs."""
    groups = sorted({sample.group for sample in samples})
    order = np.random.default_rng(seed).permutation(len(groups))
    fold_of = {group: int(order[place]) % FOLDS for place, group in enumerate(groups)}
    return np.array([fold_of[sample.group] for sample in samples])


def fit_decision(samples: Sequence[Sample], tops: Sequence[Top], names: Sequence[str]) -> Linear:
    """Logistic regression: the chance that the first candidate is right."""
    return _fit_chance(samples, tops, names, [top.is_right for top in tops])


def fit_offer(samples: Sequence[Sample], tops: Sequence[Top], names: Sequence[str]) -> Linear:
    """Logistic regression: the chance that one of the first three candidates is right.

    What is not measured has the whole say here: a list may be offered to near misses as well, and
    an entry about another kind of the thing asked for may stand in it.
    """
    even = [s if s.is_measured else replace(s, weight=1.0) for s in samples]
    seen = [name for name in names if name != OTHER_KIND]
    return _fit_chance(even, tops, seen, [top.right_in_three for top in tops])


def _fit_chance(
    samples: Sequence[Sample],
    tops: Sequence[Top],
    names: Sequence[str],
    targets: Sequence[bool],
) -> Linear:
    columns = [DECISION_NAMES.index(name) for name in names]
    used = [place for place, sample in enumerate(samples) if sample.decides]
    rows = np.stack([tops[place].row[columns] for place in used])
    right = np.array([targets[place] for place in used])
    weights = np.array([samples[p].weight for p in used])
    weights[[samples[p].left_out for p in used]] *= LEFT_OUT_WEIGHT
    means, scales = standard(rows)
    model = LogisticRegression(C=_SOFTNESS, max_iter=5000)
    model.fit((rows - means) / scales, right, sample_weight=weights)
    return linear(names, means, scales, model.coef_[0], float(model.intercept_[0]))


def _first(samples: Sequence[Sample], scores: Sequence[Reals]) -> list[Top]:
    found = []
    for sample, values in zip(samples, scores, strict=True):
        order = np.argsort(-values, kind="stable")
        rows = decision_matrix(sample.features, values, sample.matters)
        right = sample.right[order]
        found.append(Top(rows[order[0]], bool(right[0]), bool(right[:3].any())))
    return found


def _cross_rank(
    samples: Sequence[Sample],
    folds: NDArray[np.int64],
    names: Sequence[str],
    fit: Callable[[Sequence[Sample], Sequence[str]], Linear] = fit_rank,
) -> list[Reals]:
    scores: list[Reals] = [np.zeros(0)] * len(samples)
    for fold in range(FOLDS):
        model = fit([s for s, f in zip(samples, folds, strict=True) if f != fold], names)
        for place in np.flatnonzero(folds == fold).tolist():
            scores[place] = model.scores(samples[place].features, NAMES)
    return scores


def _cross_decide(
    samples: Sequence[Sample],
    tops: Sequence[Top],
    folds: NDArray[np.int64],
    names: Sequence[str],
    fit: Callable[[Sequence[Sample], Sequence[Top], Sequence[str]], Linear],
) -> Reals:
    chances = np.zeros(len(samples))
    for fold in range(FOLDS):
        others = np.flatnonzero(folds != fold).tolist()
        model = fit([samples[p] for p in others], [tops[p] for p in others], names)
        for place in np.flatnonzero(folds == fold).tolist():
            logit = model.scores(tops[place].row[None, :], DECISION_NAMES)[0]
            chances[place] = 1 / (1 + np.exp(-logit))
    return chances
