"""How many characters texts share: TF-IDF of pairs and triples, without scikit-learn.

The numbers are those of its `TfidfVectorizer` (analyzer "char", ngram_range (2, 3), sublinear_tf),
whose import a start of the desk would wait a second for.
"""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

SIZES: Final = (2, 3)


class SharedCharacters:
    """Compares texts with the documents it was made of."""

    def __init__(self, documents: Sequence[str]) -> None:
        counts = [Counter(_runs(document)) for document in documents]
        among = Counter(run for count in counts for run in count)
        self._rarity = {
            run: math.log((1 + len(documents)) / (1 + of)) + 1 for run, of in among.items()
        }
        self._size = len(documents)
        self._holders: dict[str, list[tuple[int, float]]] = {run: [] for run in among}
        for number, document in enumerate(documents):
            for run, weight in self._weights(document).items():
                self._holders[run].append((number, weight))

    def cosines(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Shape (texts, documents), each from 0 to 1."""
        found = np.zeros((len(texts), self._size))
        for row, text in zip(found, texts, strict=True):
            for run, weight in self._weights(text).items():
                for number, other in self._holders[run]:
                    row[number] += weight * other
        return found

    def _weights(self, text: str) -> dict[str, float]:
        """Of the runs that a document holds too; their squares add up to 1."""
        weights = {
            run: (1 + math.log(count)) * self._rarity[run]
            for run, count in Counter(_runs(text)).items()
            if run in self._rarity
        }
        length = math.sqrt(sum(weight * weight for weight in weights.values()))
        return {run: weight / length for run, weight in weights.items()}


def _runs(text: str) -> Iterator[str]:
    for size in SIZES:
        for start in range(len(text) - size + 1):
            yield text[start : start + size]
