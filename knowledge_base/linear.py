"""A linear model as readable figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

FAR = 3.0
"""Deviations from the mean beyond which a feature says no more in a product."""


@dataclass(frozen=True, kw_only=True)
class Linear:
    """A standardised linear model: intercept + sum of weight * (feature - mean) / scale.

    `products`, where there are any, are the weights of products of two standardised features, one
    row and one column per feature; a feature counts there as within `FAR` deviations of its mean.
    """

    features: tuple[str, ...]
    means: tuple[float, ...]
    scales: tuple[float, ...]
    weights: tuple[float, ...]
    intercept: float = 0.0
    products: tuple[tuple[float, ...], ...] = ()

    def scores(self, matrix: NDArray[Any], names: Sequence[str]) -> NDArray[np.float64]:
        """Scores of rows with the columns `names`, shape (len(matrix),)."""
        columns = [names.index(feature) for feature in self.features]
        standard = (matrix[:, columns] - np.array(self.means)) / np.array(self.scales)
        scores = standard @ np.array(self.weights) + self.intercept
        if self.products:
            scores = scores + of_products(standard, np.array(self.products))
        return np.asarray(scores, np.float64)


def of_products(standard: NDArray[Any], products: NDArray[Any]) -> NDArray[Any]:
    """What products of two features add to each row: (n, k) and (k, k) to (n,)."""
    near = standard.clip(-FAR, FAR)
    return np.asarray(np.einsum("ij,ij->i", near @ products, near))
