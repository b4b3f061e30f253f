"""Whether a message tells a grievance, by its wording alone: 村口弯道没有减速带，今年第四起车祸了.

Learnt from our own letters and citizens' questions (`python -m bot.make_fields.grievances`) and
shipped as `grievances.npz`; most grievances have no word that a table could know them by.
"""

import math
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

FILE: Final = Path(__file__).with_name("grievances.npz")
PLACES: Final = 1 << 15
"""Weights; runs that share one are read as the same run."""


class Grievances:
    """A linear model over the runs of one and two characters that a text has.

    `weights` has shape (PLACES,), in steps of `step`; a text's runs count alike, and their squares
    add up to 1; `offset` is added. The chance is the logistic function of the sum.
    """

    def __init__(self, *, weights: NDArray[np.int8], step: float, offset: float) -> None:
        self._weights, self._step, self._offset = weights, step, offset

    @classmethod
    def load(cls, path: Path = FILE) -> "Grievances":
        """What `save` wrote. Raises `OSError` where there is no such file."""
        with np.load(path, allow_pickle=False) as kept:
            step, offset = float(kept["step"]), float(kept["offset"])
            return cls(weights=kept["weights"], step=step, offset=offset)

    def save(self, path: Path = FILE) -> None:
        """Writes the file, the same bytes for the same model."""
        step, offset = np.array(self._step), np.array(self._offset)
        np.savez_compressed(
            path, allow_pickle=False, weights=self._weights, step=step, offset=offset
        )

    def chance(self, plain: str) -> float:
        """That a normalised message complains, reports or begs for help; in [0, 1]."""
        found = runs(plain)
        told = float(self._weights[list(found)].astype(np.int64).sum()) * self._step
        odds = self._offset + told / math.sqrt(len(found))
        return 1 / (1 + math.exp(-odds))


def runs(plain: str) -> frozenset[int]:
    """The places of a text's runs; never empty, for its beginning and end are marked."""
    return frozenset(crc32(run.encode("utf-8")) % PLACES for run in _runs(f"^{plain}$"))


def chance_of_grievance(plain: str) -> float:
    """By the shipped model; in [0, 1]."""
    return _shipped().chance(plain)


@cache
def _shipped() -> Grievances:
    return Grievances.load()


def _runs(marked: str) -> Iterator[str]:
    yield from marked
    for start in range(len(marked) - 1):
        yield marked[start : start + 2]
