"""How much each view counts for each department: learnt from examples the views had not seen.

Stacking (Wolpert 1992) with non-shared weights kept near each other: the logit of a class is
the sum of the views' scores of that class, each weighed by view (never against it) and a little
by class, plus an offset. Few parameters, so that a county's few hundred examples are enough.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]  # ships no types

from cases.routing_members import NEVER, Labels, Scores

TOGETHER: Final = 10.0
"""How strongly a view's weight for one class is held at its weight for all."""
LEVEL: Final = 1.0
"""How strongly the classes' offsets are held at 0."""
SMALLEST: Final = 0.1
"""The least that a view's scores are taken to differ: one that was silent so far may speak up."""
WEIGHT: Final = 0.01
"""How strongly a view's weight for all classes is held at 0."""


class Stack:
    """Weighs the views' scores; deterministic. All penalties are those of one example's loss."""

    def __init__(self, views: Sequence[Scores], own: Labels) -> None:
        self._lowest = [_lowest(scores) for scores in views]
        self._scale = [
            max(float(np.maximum(s, low).std()), SMALLEST)
            for s, low in zip(views, self._lowest, strict=True)
        ]
        self._weights, self._offset = _learn(self._scaled(views), own)

    def log_shares(self, views: Sequence[Scores]) -> Scores:
        """Logarithms of the classes' probabilities, of shape (rows, classes)."""
        return _log_shares(self._weights, self._offset, self._scaled(views))

    def _scaled(self, views: Sequence[Scores]) -> Scores:
        parts = zip(views, self._lowest, self._scale, strict=True)
        return np.stack([np.maximum(scores, low) / scale for scores, low, scale in parts])


def _lowest(scores: Scores) -> float:
    """The lowest score that was voted: NEVER says only that there was nothing to learn from."""
    voted = scores[scores > NEVER]
    return float(voted.min()) if len(voted) else NEVER


def _log_shares(weights: Scores, offset: NDArray[np.float64], views: Scores) -> Scores:
    total = np.einsum("vc,vnc->nc", weights, views) + offset
    total -= total.max(axis=1, keepdims=True)
    found: Scores = total - np.log(np.exp(total).sum(axis=1, keepdims=True))
    return found


def _learn(views: Scores, own: Labels) -> tuple[Scores, NDArray[np.float64]]:
    """Weights of shape (views, classes) and offsets of least log-loss."""
    count, rows, classes = views.shape
    right = np.eye(classes)[own]

    def parts(flat: NDArray[np.float64]) -> tuple[NDArray[np.float64], Scores, NDArray[np.float64]]:
        shared, apart = flat[:count], flat[count : count + count * classes]
        return shared, apart.reshape(count, classes), flat[count + count * classes :]

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        shared, apart, offset = parts(flat)
        logarithms = _log_shares(shared[:, None] + apart, offset, views)
        held = WEIGHT * (shared**2).sum() + TOGETHER * (apart**2).sum() + LEVEL * (offset**2).sum()
        too_much = np.exp(logarithms) - right
        slope = np.einsum("vnc,nc->vc", views, too_much)
        slopes = (
            slope.sum(axis=1) + 2 * WEIGHT * shared,
            (slope + 2 * TOGETHER * apart).ravel(),
            too_much.sum(axis=0) + 2 * LEVEL * offset,
        )
        value = held - logarithms[np.arange(rows), own].sum()
        return float(value) / rows, np.concatenate(slopes) / rows

    start = np.concatenate((np.ones(count), np.zeros(count * classes + classes)))
    bounds = [(0, None)] * count + [(None, None)] * (count * classes + classes)
    best = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds)
    shared, apart, offset = parts(best.x)
    return shared[:, None] + apart, offset
