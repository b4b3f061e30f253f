"""A message's words and vectors as the numbers that the router's views read."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

import numpy as np
import rjieba
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack  # type: ignore[import-untyped]  # ships no types
from sklearn.feature_extraction.text import TfidfVectorizer

Sparse = Any
"""A scipy CSR matrix, as scikit-learn returns it; scipy ships no types."""
Vectors = NDArray[np.float32]
FEW: Final = 300
"""Examples below which an n-gram that stands in one of them only is kept."""
BESIDE: Final = 0.03
"""The size of a standardised vector's numbers beside words: its row is then 0.6 long, those of
characters and of words 1 each (fitted by cross-validation)."""


class Words:
    """TF-IDF of character n-grams (1–3) and of words and pairs of words, side by side."""

    def __init__(self, clean: Sequence[str]) -> None:
        rare = {"min_df": 2 if len(clean) > FEW else 1, "sublinear_tf": True, "dtype": np.float32}
        self._characters = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), **rare).fit(clean)
        self._words = TfidfVectorizer(analyzer=_words_and_pairs, **rare).fit(clean)

    def rows(self, clean: Sequence[str]) -> Sparse:
        """Shape (texts, n-grams), float32."""
        found = (self._characters.transform(clean), self._words.transform(clean))
        return hstack(found, format="csr")


class Beside:
    """Puts vectors beside words, so that one plane reads both."""

    def __init__(self, vectors: Vectors) -> None:
        self._mean, self._scale = vectors.mean(axis=0), vectors.std(axis=0) + 1e-6

    def rows(self, words: Sparse, vectors: Vectors) -> Sparse:
        """Shape (texts, n-grams + dimension), float32."""
        standard = BESIDE * (vectors - self._mean) / self._scale
        return hstack((words, csr_matrix(standard.astype(np.float32))), format="csr")


def _words_and_pairs(clean: str) -> list[str]:
    words = [word for word in rjieba.cut(clean) if not word.isspace()] or [clean]
    return [*words, *(f"{a} {b}" for a, b in pairwise(words))]
