"""Shares and means with their intervals at 95 %."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, kw_only=True)
class Share:
    """`hits` of `of`, with the Clopper-Pearson interval at 95 %."""

    hits: int
    of: int

    @classmethod
    def among(cls, flags: Iterable[bool]) -> "Share":
        """The share of those that are true."""
        found = list(flags)
        return cls(hits=sum(found), of=len(found))

    @property
    def value(self) -> float | None:
        return self.hits / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float]:
        """Clopper & Pearson (1934): exact, never too narrow; (0, 1) where there is no data."""
        return 1.0 - highest(self.of - self.hits, self.of), highest(self.hits, self.of)

    def as_json(self) -> dict[str, Any]:
        low, high = self.interval
        return {"value": self.value, "low": low, "high": high, "hits": self.hits, "of": self.of}


def highest(hits: float, of: float) -> float:
    """The upper end of Clopper and Pearson's interval; counts may be sums of weights below 1."""
    if hits >= of:
        return 1.0
    # A desk that only answers does not wait for scipy.
    from scipy.special import betaincinv  # type: ignore[import-untyped]  # ships no types

    return float(betaincinv(hits + 1, of - hits, 0.975))


def mean(values: NDArray[np.float64]) -> dict[str, Any]:
    """A mean of values in [0, 1] with its normal interval."""
    if not len(values):
        return {"value": None, "low": 0.0, "high": 1.0, "of": 0}
    middle, error = float(values.mean()), float(1.96 * values.std() / np.sqrt(len(values)))
    low, high = max(0.0, middle - error), min(1.0, middle + error)
    return {"value": middle, "low": low, "high": high, "of": len(values)}
