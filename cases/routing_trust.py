"""How likely a guess is right, and from where on nobody has to look first."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from cases.routing_members import Labels, Scores

RIGHT: Final = 0.97
"""How often a message routed without a dispatcher must be right (the project's rule)."""
CERTAIN: Final = 1.645
"""Standard deviations of 95 % certainty, one-sided: 88 right guesses at least, none wrong."""
NEVER_ALONE: Final = 1.01
LEANINGS: Final = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5)
"""How far rare departments are favoured: the power of 1 / (share of the examples)."""
SURELY_BETTER: Final = 0.01
"""Macro-F1 that a further leaning must add: less is chance."""


class Trust:
    """Fitted on log-shares of examples unseen by all that made them; `threshold` needs nobody."""

    def __init__(self, log_shares: Scores, own: Labels) -> None:
        rare = -np.log(np.bincount(own, minlength=log_shares.shape[1]) / len(own))
        self._lean = _leaning(log_shares, own, rare) * rare
        right = (log_shares + self._lean).argmax(axis=1) == own
        self.accuracy = float(right.mean())
        """Of these examples."""
        self._calibration: LogisticRegression | None = None
        if 0 < right.sum() < len(right):
            self._calibration = LogisticRegression(C=10.0).fit(self._signs(log_shares), right)
        self.threshold = _threshold(self.confidence(log_shares), right)

    def ranks(self, log_shares: Scores) -> NDArray[np.intp]:
        """Classes best first, of shape (rows, classes)."""
        return np.argsort(-(log_shares + self._lean), axis=1, kind="stable")

    def confidence(self, log_shares: Scores) -> NDArray[np.float64]:
        """The probability that each row's first class is right."""
        if self._calibration is None:
            return np.full(len(log_shares), self.accuracy)
        found: NDArray[np.float64] = self._calibration.predict_proba(self._signs(log_shares))[:, 1]
        return found

    def _signs(self, log_shares: Scores) -> NDArray[np.float64]:
        """What tells a right guess from a wrong one: its probability, and its lead."""
        total = log_shares + self._lean
        ranked = np.sort(total, axis=1)[:, ::-1]
        first = np.exp(log_shares[np.arange(len(total)), total.argmax(axis=1)])
        odds = np.log(first + 1e-9) - np.log(1 - first + 1e-9)
        return np.column_stack((np.minimum(ranked[:, 0] - ranked[:, 1], 15), np.minimum(odds, 15)))


def _leaning(log_shares: Scores, own: Labels, rare: NDArray[np.float64]) -> float:
    chosen, reached = 0.0, -1.0
    for power in LEANINGS:
        given = (log_shares + power * rare).argmax(axis=1)
        quality = float(f1_score(own, given, average="macro", zero_division=0))
        if quality > reached + SURELY_BETTER:
            chosen, reached = power, quality
    return chosen


def _threshold(confidence: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """The lowest confidence above which 97 % are right, with 95 % certainty (Wilson 1927)."""
    order = np.argsort(-confidence, kind="stable")
    count = np.arange(1, len(order) + 1)
    share = np.cumsum(right[order]) / count
    spread = CERTAIN * np.sqrt(share * (1 - share) / count + (CERTAIN / (2 * count)) ** 2)
    low = (share + CERTAIN**2 / (2 * count) - spread) / (1 + CERTAIN**2 / count)
    fit = np.flatnonzero(low >= RIGHT)
    return float(confidence[order][fit[-1]]) if len(fit) else NEVER_ALONE
