"""What a message shares with what departments answer for: their keywords, their characters."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cases.department import Department
from cases.routing_shared import SharedCharacters
from cases.routing_text import plain
from cases.routing_usual import usual_fields

Scores = NDArray[np.float64]
SHARED_WEIGHT: Final = 10.0
"""What makes cosines of characters as large as hits of keywords."""


class Signs:
    """Compares texts with the names, duties and keywords of departments."""

    def __init__(self, departments: Sequence[Department]) -> None:
        about = [_about(department) for department in departments]
        self._keywords = _rarity(departments, about)
        self._words = SharedCharacters(about)

    def hits(self, clean: Sequence[str]) -> Scores:
        """Of keywords, weighed by rarity and length; shape (texts, departments)."""
        return np.array([self._hits(text) for text in clean])

    def shared(self, clean: Sequence[str]) -> Scores:
        """Cosines of character pairs and triples; shape (texts, departments)."""
        return self._words.cosines(clean)

    def _hits(self, text: str) -> list[float]:
        found = []
        for words in self._keywords:
            hit = [word for word in words if word in text]
            whole = [w for w in hit if not any(w != other and w in other for other in hit)]
            found.append(sum(words[word] for word in whole))
        return found


class UsualSigns:
    """Signs of every field of government, whichever departments there are."""

    def __init__(self) -> None:
        self._signs = Signs(
            [
                Department(name=f.names[0], duties=f.duties, keywords=f.keywords)
                for f in usual_fields()
            ]
        )

    def rows(self, clean: Sequence[str]) -> Scores:
        """Shape (texts, 2 × fields)."""
        hits, shared = self._signs.hits(clean), self._signs.shared(clean)
        return np.hstack((np.sqrt(hits), SHARED_WEIGHT * shared))


def _rarity(departments: Sequence[Department], about: Sequence[str]) -> list[dict[str, float]]:
    """Each department's keywords with their weight: what many departments name says little."""
    found = []
    for department in departments:
        names = {plain(word) for word in department.keywords} - {""}
        shared = {word: sum(word in text for text in about) for word in names}
        found.append({word: _length(word) / max(1, shared[word]) for word in names})
    return found


def _length(word: str) -> float:
    return float(np.sqrt(len(word) / 2))


def _about(department: Department) -> str:
    about = plain("\n".join((department.name, " ".join(department.keywords), department.duties)))
    return about.ljust(2)  # a name of one character alone has no pair to count
