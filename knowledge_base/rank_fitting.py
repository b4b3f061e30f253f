"""Fits the ranking of `calibration`: the weights under which the right candidates win.

Conditional logit (McFadden 1974): among a question's candidates each has a share that grows with
its score, and the shares of the right ones are made as large as the pull of all weights towards 0
allows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]  # ships no types

from knowledge_base.features import NAMES
from knowledge_base.linear import FAR, Linear
from knowledge_base.samples import Sample

Reals = NDArray[np.float64]
Rows = NDArray[np.float32]

_PULL = 15.0
_PULL_OF_PRODUCTS = 600.0
"""There are fifty times as many of them, and few of them tell anything."""
_STEPS = 60  # of the search for weights: more change nothing that cross-validation sees


def fit_rank(samples: Sequence[Sample], names: Sequence[str]) -> Linear:
    """The linear ranking of these features."""
    choices, means, scales = _choices(samples, names)
    weights = _climb(_of_features(choices), len(names))
    return linear(names, means, scales, weights, 0.0)


def fit_rank_with_products(samples: Sequence[Sample], names: Sequence[str]) -> Linear:
    """The same with products of two features, for which it takes thousands of questions."""
    choices, means, scales = _choices(samples, names)
    count = len(names)
    found = _climb(_of_products(choices), count + count * count)
    products = tuple(map(tuple, found[count:].reshape(count, count).tolist()))
    return linear(names, means, scales, found[:count], 0.0, products)


def standard(rows: NDArray[Any]) -> tuple[Reals, Reals]:
    """Mean and deviation of each column; no deviation is 0."""
    means = rows.mean(axis=0).astype(np.float64)
    return means, np.maximum(rows.std(axis=0).astype(np.float64), 1e-3)


def linear(
    names: Sequence[str],
    means: Reals,
    scales: Reals,
    weights: Reals,
    intercept: float,
    products: tuple[tuple[float, ...], ...] = (),
) -> Linear:
    """The fitted figures as a model."""
    return Linear(
        features=tuple(names),
        means=tuple(map(float, means)),
        scales=tuple(map(float, scales)),
        weights=tuple(map(float, weights)),
        intercept=intercept,
        products=products,
    )


@dataclass(frozen=True, kw_only=True)
class _Choices:
    """The candidates of all questions beneath one another: standardised rows (n, k), which are
    right (n,), each question's first row and number of rows, and its say."""

    rows: Rows
    right: NDArray[np.bool_]
    starts: NDArray[np.int64]
    counts: NDArray[np.int64]
    say: Reals

    def loss(self, scores: Reals) -> tuple[float, Rows]:
        """Minus the log of the right ones' shares, and how each row pulls at its score (n,)."""
        highest = np.repeat(np.maximum.reduceat(scores, self.starts), self.counts)
        share = np.exp(scores - highest)
        share /= np.repeat(np.add.reduceat(share, self.starts), self.counts)
        hit = np.maximum(np.add.reduceat(np.where(self.right, share, 0), self.starts), 1e-12)
        pull = np.where(self.right, share / np.repeat(hit, self.counts), 0) - share
        total = -float(self.say @ np.log(hit))
        return total, (pull * np.repeat(self.say, self.counts)).astype(np.float32)


def _choices(samples: Sequence[Sample], names: Sequence[str]) -> tuple[_Choices, Reals, Reals]:
    columns = [NAMES.index(name) for name in names]
    means, scales = standard(np.concatenate([s.features[:, columns] for s in samples]))
    used = [s for s in samples if s.is_answerable and s.right.any()]
    rows = np.concatenate([s.features[:, columns] for s in used])
    counts = np.array([len(s.right) for s in used])
    choices = _Choices(
        rows=((rows - means) / scales).astype(np.float32),
        right=np.concatenate([s.right for s in used]),
        starts=np.cumsum(counts) - counts,
        counts=counts,
        say=np.array([s.weight for s in used]),
    )
    return choices, means, scales


_Slope = Callable[[Reals], tuple[float, Reals]]


def _climb(slope: _Slope, count: int) -> Reals:
    found = minimize(
        slope, np.zeros(count), jac=True, method="L-BFGS-B", options={"maxiter": _STEPS}
    )
    return np.asarray(found.x, np.float64)


def _of_features(choices: _Choices) -> _Slope:
    def slope(weights: Reals) -> tuple[float, Reals]:
        scores = (choices.rows @ weights.astype(np.float32)).astype(np.float64)
        loss, pull = choices.loss(scores)
        total = _PULL * float(weights @ weights) / 2 + loss
        return total, _PULL * weights - (pull @ choices.rows).astype(np.float64)

    return slope


def _of_products(choices: _Choices) -> _Slope:
    rows, count = choices.rows, choices.rows.shape[1]
    near = rows.clip(-FAR, FAR)
    strength = np.repeat([_PULL, _PULL_OF_PRODUCTS], [count, count * count])

    def slope(weights: Reals) -> tuple[float, Reals]:
        single = weights[:count].astype(np.float32)
        products = weights[count:].reshape(count, count).astype(np.float32)
        scores = rows @ single + np.einsum("ij,ij->i", near @ products, near)
        loss, pull = choices.loss(scores.astype(np.float64))
        gained = np.concatenate([pull @ rows, (near.T @ (near * pull[:, None])).ravel()])
        total = float(weights @ (strength * weights)) / 2 + loss
        return total, strength * weights - gained.astype(np.float64)

    return slope
