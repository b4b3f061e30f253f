"""Which texts are told apart at the same time."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.encoders.e5.fitting.pairs import Pair

SIBLINGS = 4
"""Matters beside each other in the open set that come together: they are hard to tell apart."""
NEAREST = 8
"""Of the other matters, how many count as near to one."""
_OF_A_BATCH = 0.45
_BATCHES = 0.7
_NEAR = 0.5
_TWICE = 0.8


@dataclass(frozen=True, kw_only=True)
class Source:
    """Pairs that share their batches, and how often these come, compared with other sources."""

    pairs: Sequence[Pair]
    say: float
    has_siblings: bool = False


class Batches:
    """Draws pairs of different matters; each pair of a source once before any comes again."""

    def __init__(self, source: Source, size: int, chance: random.Random) -> None:
        self.source = source
        self._size, self._chance = size, chance
        self._waiting: list[Pair] = []
        self._matters: dict[str, list[Pair]] = {}
        self._near: Mapping[str, Sequence[str]] = {}
        for pair in source.pairs:
            self._matters.setdefault(pair.matter, []).append(pair)

    @property
    def matters(self) -> Sequence[str]:
        """In the order of the source."""
        return list(self._matters)

    def bring_together(self, near: Mapping[str, Sequence[str]]) -> None:
        """From now on half of the siblings are those that the network holds for near."""
        self._near = near

    def draw(self) -> list[Pair]:
        """As many pairs as a batch has, or as there are matters."""
        drawn: dict[str, Pair] = {}
        if self.source.has_siblings and self._chance.random() < _BATCHES:
            self._add_siblings(drawn)
        while len(drawn) < min(self._size, len(self._matters)):
            pair = self._next()
            drawn.setdefault(pair.matter, pair)
        return list(drawn.values())

    def _add_siblings(self, drawn: dict[str, Pair]) -> None:
        names = list(self._matters)
        while len(drawn) < self._size * _OF_A_BATCH:
            for name in self._family(names):
                drawn.setdefault(name, self._chance.choice(self._matters[name]))

    def _family(self, names: Sequence[str]) -> Sequence[str]:
        start = self._chance.randrange(max(1, len(names) - SIBLINGS))
        near = self._near.get(names[start], ())
        if len(near) >= SIBLINGS and self._chance.random() < _NEAR:
            return [names[start], *self._chance.sample(near, SIBLINGS)]
        return names[start : start + SIBLINGS]

    def _next(self) -> Pair:
        if not self._waiting:
            self._waiting = list(self.source.pairs)
            self._chance.shuffle(self._waiting)
        return self._waiting.pop()


def neighbours(names: Sequence[str], rows: NDArray[np.float32]) -> dict[str, list[str]]:
    """For each matter those nearest to it by cosine; `rows` has shape (len(names), width).

    What is nearer than four of five matters have anything is left out: it is likely the same
    matter written twice, and nothing is learnt from telling these apart.
    """
    centred = rows - rows.mean(axis=0)
    centred /= np.linalg.norm(centred, axis=1, keepdims=True)
    alike = centred @ centred.T
    np.fill_diagonal(alike, -1)
    alike[alike > np.quantile(alike.max(axis=1), _TWICE)] = -1
    nearest = np.argsort(-alike, axis=1)[:, :NEAREST]
    return {
        name: [names[each] for each in row if alike[own, each] > -1]
        for own, (name, row) in enumerate(zip(names, nearest, strict=True))
    }
