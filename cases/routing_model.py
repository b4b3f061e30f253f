"""The learnt router: several views weighed against each other on examples they had not seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from cases.routing_members import (
    CharacterVotes,
    Labels,
    MeaningVotes,
    NeighbourVotes,
    RatioVotes,
    Scores,
    Votes,
)
from cases.routing_text import plain

FOLDS: Final = 4
RIGHT: Final = 0.97
"""How often a message routed without a dispatcher must be right (the project's rule)."""
FEWEST_ALONE: Final = 30
NEVER_ALONE: Final = 1.01
LEANINGS: Final = (0.0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9)
"""How far rare departments are favoured: the power of 1 / (share of the examples)."""

SURELY_BETTER: Final = 0.015
"""Macro-F1 by which another choice must beat the fitted weights: with departments of few
examples, less is chance."""

Vectors = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True)
class Guess:
    """Departments best first, and the calibrated probability that the first is right."""

    ranking: tuple[str, ...]
    confidence: float


class LearntRouter:
    """Learns from labelled messages; `threshold` is the confidence that needs no dispatcher.

    `vectors` (one row per text) add two views by meaning; with them here, they are needed in
    `guess` too. Needs two labels at least. Deterministic.
    """

    def __init__(
        self, texts: Sequence[str], labels: Sequence[str], vectors: Vectors | None = None
    ) -> None:
        self.labels = tuple(sorted(set(labels)))
        number = {label: n for n, label in enumerate(self.labels)}
        own = np.array([number[label] for label in labels], dtype=np.intp)
        clean = [plain(text) for text in texts]
        self._words = TfidfVectorizer(
            analyzer="char", ngram_range=(1, 3), min_df=2 if len(clean) > 300 else 1,
            sublinear_tf=True, dtype=np.float32,
        ).fit(clean)  # fmt: skip
        inputs = self._inputs(clean, vectors)
        unseen = _out_of_fold(inputs, own, _folds(clean, own), len(self.labels))
        self._scales = [float(scores.std()) + 1e-9 for scores in unseen]
        self._weigh(unseen, own)
        self._votes = [_fitted(kind, rows, own, len(self.labels)) for kind, rows in inputs]

    def guess(self, texts: Sequence[str], vectors: Vectors | None = None) -> list[Guess]:
        """A guess per text."""
        inputs = self._inputs([plain(text) for text in texts], vectors)
        found = [v.scores(rows) for v, (_, rows) in zip(self._votes, inputs, strict=True)]
        total = self._total(found)
        confidence = self._confidence(total)
        order = np.argsort(-total, axis=1, kind="stable")
        return [
            Guess(ranking=tuple(self.labels[n] for n in row), confidence=float(sure))
            for row, sure in zip(order, confidence, strict=True)
        ]

    def _inputs(
        self, clean: Sequence[str], vectors: Vectors | None
    ) -> list[tuple[type[Votes], Any]]:
        rows = self._words.transform(clean).tocsr()
        inputs: list[tuple[type[Votes], Any]] = [(CharacterVotes, rows), (RatioVotes, rows)]
        if vectors is not None:
            inputs += [(MeaningVotes, vectors), (NeighbourVotes, vectors)]
        return inputs

    def _weigh(self, unseen: Sequence[Scores], own: Labels) -> None:
        """Chooses weights, leaning and threshold on scores of examples the views had not seen."""
        rare = -np.log(np.bincount(own, minlength=len(self.labels)) / len(own))
        scaled = np.stack([s / scale for s, scale in zip(unseen, self._scales, strict=True)])
        choices = [
            (weights, power * rare) for weights in _candidates(scaled, own) for power in LEANINGS
        ]
        quality = [
            f1_score(own, (np.tensordot(weights, scaled, axes=1) + lean).argmax(axis=1),
                     average="macro", zero_division=0)
            for weights, lean in choices
        ]  # fmt: skip
        best = int(np.argmax(quality))
        sure = quality[best] > quality[0] + SURELY_BETTER
        self._weights, self._lean = choices[best if sure else 0]
        total = self._total(unseen)
        right = total.argmax(axis=1) == own
        self._calibrate(total, right)
        self.threshold = _threshold(self._confidence(total), right)

    def _total(self, found: Sequence[Scores]) -> Scores:
        parts = zip(self._weights, self._scales, found, strict=True)
        return np.asarray(sum(w * scores / scale for w, scale, scores in parts) + self._lean)

    def _calibrate(self, total: Scores, right: NDArray[np.bool_]) -> None:
        self._calibration: LogisticRegression | None = None
        self.accuracy = float(right.mean())
        """Of the examples, each guessed by views that had not seen it."""
        if 0 < right.sum() < len(right):
            self._calibration = LogisticRegression(C=10.0).fit(_signs(total), right)

    def _confidence(self, total: Scores) -> NDArray[np.float64]:
        if self._calibration is None:
            return np.full(len(total), self.accuracy)
        found: NDArray[np.float64] = self._calibration.predict_proba(_signs(total))[:, 1]
        return found


def _fitted(kind: type[Votes], rows: Any, own: Labels, classes: int) -> Votes:
    votes = kind()
    votes.fit(rows, own, classes)
    return votes


def _folds(clean: Sequence[str], own: Labels) -> Labels:
    """A fold per row: equal texts share one, and each label is spread over all of them."""
    fold = np.zeros(len(own), dtype=np.intp)
    seen: dict[str, int] = {}
    given = np.zeros(own.max() + 1, dtype=np.intp)
    for row in np.random.default_rng(0).permutation(len(own)):
        if clean[row] not in seen:
            seen[clean[row]] = int(given[own[row]] % FOLDS)
            given[own[row]] += 1
        fold[row] = seen[clean[row]]
    return fold


def _out_of_fold(
    inputs: Sequence[tuple[type[Votes], Any]], own: Labels, fold: Labels, classes: int
) -> list[Scores]:
    found = [np.zeros((len(own), classes)) for _ in inputs]
    for number in range(FOLDS):
        test = fold == number
        if not test.any() or len(np.unique(own[~test])) < 2:
            continue
        for scores, (kind, rows) in zip(found, inputs, strict=True):
            votes = _fitted(kind, rows[~test], own[~test], classes)
            scores[test] = votes.scores(rows[test])
    return found


def _candidates(scaled: Scores, own: Labels) -> list[list[float]]:
    """Weights to choose from: those of least log-loss, and every group of views alike."""
    views = range(len(scaled))
    groups = (group for size in (len(views), *views[1:]) for group in combinations(views, size))
    return [
        _fitted_weights(scaled, own),
        *([float(n in group) for n in views] for group in groups),
    ]


def _fitted_weights(scaled: Scores, own: Labels) -> list[float]:
    """Non-negative weights of the views, by log-loss; rarer labels weigh more per example."""
    shares = np.bincount(own) / len(own)
    per_row = shares[own] ** -0.5
    per_row /= per_row.sum()
    rows = np.arange(len(own))

    def loss(weights: list[float]) -> float:
        total = np.tensordot(weights, scaled, axes=1)
        total -= total.max(axis=1, keepdims=True)
        logarithm = total[rows, own] - np.log(np.exp(total).sum(axis=1))
        return float(-(per_row * logarithm).sum())

    best = [1.0] * len(scaled)
    for step in (4.0, 2.0, 1.4, 1.2, 1.1, 1.05):  # one weight at a time, in ever smaller steps
        for _ in range(2):
            for n in range(len(best)):
                near = [best[n] / step, best[n], best[n] * step]
                best[n] = min(near, key=lambda each: loss([*best[:n], each, *best[n + 1 :]]))
    return best


def _signs(total: Scores) -> NDArray[np.float64]:
    """What tells a right guess from a wrong one: the lead of the first, and its probability."""
    ranked = np.sort(total, axis=1)[:, ::-1]
    shares = np.exp(ranked - ranked[:, :1])
    first = 1 / shares.sum(axis=1)
    odds = np.log(first + 1e-9) - np.log(1 - first + 1e-9)
    return np.column_stack((np.minimum(ranked[:, 0] - ranked[:, 1], 15), np.minimum(odds, 15)))


def _threshold(confidence: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """The lowest confidence above which 97 % are right, with 95 % certainty (Wald, one-sided)."""
    order = np.argsort(-confidence, kind="stable")
    count = np.arange(1, len(order) + 1)
    share = np.cumsum(right[order]) / count
    low = share - 1.645 * np.sqrt(share * (1 - share) / count)
    fit = np.flatnonzero((low >= RIGHT) & (count >= FEWEST_ALONE))
    return float(confidence[order][fit[-1]]) if len(fit) else NEVER_ALONE
