"""How far the probabilities can be believed: what was said against what was right."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge_base.evaluation.judged import Judged
from knowledge_base.evaluation.share import Share

BINS = 10
DRAWS = 1_000
Reals = NDArray[np.float64]


def reliability(judged: Sequence[Judged]) -> dict[str, Any]:
    """Ten bins of p against the share that was right, and the expected calibration error.

    `ece` is the mean distance between the two, weighted by the bins' sizes (Naeini et al., 2015);
    its interval at 95 % is a bootstrap's: with few questions it never comes out near 0.
    """
    ranked = [i for i in judged if i.row.ranking]
    if not ranked:
        return {"ece": None, "low": 0.0, "high": 1.0, "bins": []}
    said = np.array([i.row.p for i in ranked])
    right = np.array([i.place == 0 for i in ranked], float)
    numbers = np.minimum((said * BINS).astype(int), BINS - 1)
    low, high = _interval(numbers, said - right)
    return {
        "ece": _error(numbers, said - right),
        "low": low,
        "high": high,
        "bins": [_bin(b, said[numbers == b], right[numbers == b]) for b in np.unique(numbers)],
    }


def _bin(number: int, said: Reals, right: Reals) -> dict[str, Any]:
    low, high = Share(hits=int(right.sum()), of=len(right)).interval
    return {
        "from": int(number) / BINS,
        "n": len(right),
        "said": float(said.mean()),
        "was": float(right.mean()),
        "low": low,
        "high": high,
    }


def _error(numbers: NDArray[np.int64], excess: Reals) -> float:
    return float(np.abs(np.bincount(numbers, excess, BINS)).sum() / len(excess))


def _interval(numbers: NDArray[np.int64], excess: Reals) -> tuple[float, float]:
    """Always the same draws, so that the same outcomes give the same report."""
    random = np.random.default_rng(0)
    drawn = (random.integers(0, len(excess), len(excess)) for _ in range(DRAWS))
    errors = [_error(numbers[rows], excess[rows]) for rows in drawn]
    low, high = np.quantile(errors, [0.025, 0.975])
    return float(low), float(high)
