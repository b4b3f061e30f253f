"""Which class is taken, how likely that is right, and from where on nobody has to look first."""

import math
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from cases.routing_members import Labels, Scores

RIGHT: Final = 0.97
"""How often a message routed without a dispatcher must be right (the project's rule)."""
CERTAIN: Final = 0.95
"""How surely they are, whichever confidence was chosen."""
FEWEST: Final = 88
"""Right guesses without a mistake that prove it, for one confidence."""
NEVER_ALONE: Final = 1.01
SURELY_BETTER: Final = 0.01
"""Macro-F1 that favouring rare departments must add: less is chance."""
BALANCED_FROM: Final = 200
"""Guesses to judge that by: of fewer, more is chance too."""
ROUNDS: Final = 30
"""Within which the balance settles, or moves a row to and fro between two."""
HIGHEST: Final = 15.0

Balance = tuple[NDArray[np.float64], NDArray[np.float64]]
"""By class: what its probability is multiplied with, and what is then taken off."""


class Trust:
    """Fitted on log-shares of examples unseen by all that made them; `threshold` needs nobody."""

    def __init__(self, log_shares: Scores, own: Labels) -> None:
        classes = log_shares.shape[1]
        self._balance: Balance = np.ones(classes), np.zeros(classes)
        even = balance_of(np.exp(log_shares))
        gain = _quality(own, _worth(log_shares, even)) - _quality(own, log_shares)
        if gain > SURELY_BETTER and len(own) >= BALANCED_FROM:
            self._balance = even
        right = _worth(log_shares, self._balance).argmax(axis=1) == own
        self.accuracy = float(right.mean())
        """Of these examples."""
        self._calibration: LogisticRegression | None = None
        if 0 < right.sum() < len(right):
            self._calibration = LogisticRegression(C=10.0).fit(self._signs(log_shares), right)
        self.threshold = _threshold(self.confidence(log_shares), right)

    def ranks(self, log_shares: Scores) -> NDArray[np.intp]:
        """Classes best first, of shape (rows, classes)."""
        return np.argsort(-_worth(log_shares, self._balance), axis=1, kind="stable")

    def confidence(self, log_shares: Scores) -> NDArray[np.float64]:
        """The probability that each row's first class is right."""
        if self._calibration is None:
            return np.full(len(log_shares), self.accuracy)
        found: NDArray[np.float64] = self._calibration.predict_proba(self._signs(log_shares))[:, 1]
        return found

    def _signs(self, log_shares: Scores) -> NDArray[np.float64]:
        """What tells a right guess from a wrong one: its probability, and its lead."""
        rows, taken = np.arange(len(log_shares)), self.ranks(log_shares)[:, 0]
        others = log_shares.copy()
        others[rows, taken] = -np.inf
        lead = log_shares[rows, taken] - others.max(axis=1)
        first = np.exp(log_shares[rows, taken])
        odds = np.log(first + 1e-9) - np.log(1 - first + 1e-9)
        return np.column_stack((np.clip(lead, -HIGHEST, HIGHEST), np.minimum(odds, HIGHEST)))


def balance_of(shares: Scores) -> Balance:
    """Under which the macro-F1 to be expected from these probabilities is highest.

    F1 of a class is 2 × right / (taken + there). Where that is largest, a row goes to the class
    whose F1 it raises most, or lowers least: 2 × p / (taken + there) less F1 / (taken + there).
    Repeated until nothing moves. Source, for one class: Lipton, Elkan and Naryanaswamy,
    Thresholding classifiers to maximize F1 score, https://arxiv.org/abs/1402.1892
    """
    there = shares.sum(axis=0)
    taken = shares.argmax(axis=1)
    balance: Balance = np.ones(shares.shape[1]), np.zeros(shares.shape[1])
    for _ in range(ROUNDS):
        own = np.eye(shares.shape[1])[taken]
        size = own.sum(axis=0) + there
        quality = 2 * (shares * own).sum(axis=0) / size
        balance = 2 / size, quality / size
        moved = (shares * balance[0] - balance[1]).argmax(axis=1)
        if (moved == taken).all():
            break
        taken = moved
    return balance


def _worth(log_shares: Scores, balance: Balance) -> Scores:
    found: Scores = np.exp(log_shares) * balance[0] - balance[1]
    return found


def _quality(own: Labels, scores: Scores) -> float:
    return float(f1_score(own, scores.argmax(axis=1), average="macro", zero_division=0))


def _threshold(confidence: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """The lowest confidence above which 97 % are right, with 95 % certainty (Wilson 1927).

    Among many confidences there is soon one above which, by luck, few mistakes are found. So
    what the certainty leaves to chance is shared (Bonferroni): an equal part for each doubling
    of the guesses above a confidence, within which one hardly passes without the others.
    """
    order = np.argsort(-confidence, kind="stable")
    count = np.arange(1, len(order) + 1)
    share = np.cumsum(right[order]) / count
    chances = 1 + math.log2(max(1.0, len(order) / FEWEST))
    sure = NormalDist().inv_cdf(1 - (1 - CERTAIN) / chances)
    spread = sure * np.sqrt(share * (1 - share) / count + (sure / (2 * count)) ** 2)
    low = (share + sure**2 / (2 * count) - spread) / (1 + sure**2 / count)
    fit = np.flatnonzero(low >= RIGHT)
    return float(confidence[order][fit[-1]]) if len(fit) else NEVER_ALONE
