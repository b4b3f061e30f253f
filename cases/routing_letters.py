"""What a message's wording says of the fields of government.

Learnt from our own letters (`python -m bot.make_fields`), shipped as `field_letters.npz`, read
without scikit-learn, whose import a start of the desk would wait a second for.
"""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]
FILE: Final = Path(__file__).with_name("field_letters.npz")
RUNS: Final = (1, 2)
"""Lengths of the runs of characters that are read."""


class FieldLetters:
    """Logistic regression over TF-IDF of runs of characters.

    `weights` has shape (runs, fields), in steps of `scale`; `offset` is added.
    """

    def __init__(
        self,
        *,
        runs: tuple[str, ...],
        rarity: NDArray[np.float32],
        weights: NDArray[np.int8],
        scale: NDArray[np.float32],
        offset: NDArray[np.float32],
    ) -> None:
        self._number = {run: n for n, run in enumerate(runs)}
        self._rarity = rarity.tolist()
        self._weights, self._scale, self._offset = weights, scale, offset

    @classmethod
    def load(cls, path: Path = FILE) -> "FieldLetters":
        """What `save` wrote."""
        with np.load(path) as kept:
            runs = tuple(kept["runs"].tobytes().decode("utf-8").split("\n"))
            rest = {name: kept[name] for name in ("rarity", "weights", "scale", "offset")}
        return cls(runs=runs, **rest)

    def save(self, path: Path) -> None:
        """Writes the file, the same bytes for the same models."""
        runs = np.frombuffer("\n".join(self._number).encode("utf-8"), dtype=np.uint8)
        np.savez_compressed(
            path,
            runs=runs,
            rarity=np.array(self._rarity, dtype=np.float32),
            weights=self._weights,
            scale=self._scale,
            offset=self._offset,
        )

    @property
    def runs(self) -> tuple[str, ...]:
        """The runs of characters that are known."""
        return tuple(self._number)

    def odds(self, clean: Sequence[str]) -> Scores:
        """Log-odds of the fields, up to a constant of each text; shape (texts, fields)."""
        found = np.empty((len(clean), len(self._offset)), dtype=np.float32)
        for row, text in zip(found, clean, strict=True):
            weights = self._weigh(text)
            taken = self._weights[list(weights)].astype(np.float32)
            row[:] = np.array(list(weights.values()), dtype=np.float32) @ taken
        return np.asarray(found * self._scale + self._offset, dtype=np.float64)

    def shares(self, clean: Sequence[str]) -> Scores:
        """Probabilities of the fields; shape (texts, fields)."""
        odds = self.odds(clean)
        found = np.exp(odds - odds.max(axis=1, keepdims=True))
        shares: Scores = found / found.sum(axis=1, keepdims=True)
        return shares

    def knows(self, text: str) -> bool:
        """Whether a character of this plain text, or two, stood in letters it was made from."""
        return any(run in self._number for run in _runs(text) if not run.isspace())

    def _weigh(self, text: str) -> dict[int, float]:
        """TF-IDF of the known runs by number; the squares add up to 1."""
        number, rarity = self._number, self._rarity
        weights = {
            number[run]: (1 + math.log(count)) * rarity[number[run]]
            for run, count in Counter(_runs(text)).items()
            if run in number
        }
        length = math.sqrt(sum(weight * weight for weight in weights.values()))
        return {n: weight / length for n, weight in weights.items()}


@cache
def field_letters() -> FieldLetters:
    """The shipped models, read when they are first asked for."""
    return FieldLetters.load()


def _runs(text: str) -> Iterator[str]:
    yield from text
    for start in range(len(text) - 1):
        yield text[start : start + 2]
