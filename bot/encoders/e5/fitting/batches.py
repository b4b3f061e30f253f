"""Which texts are told apart at the same time."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from bot.encoders.e5.fitting.pairs import Pair

SIBLINGS = 4
"""Matters beside each other in the open set that come together: they are hard to tell apart."""
_OF_A_BATCH = 0.4
_BATCHES = 0.7


@dataclass(frozen=True, kw_only=True)
class Source:
    """Pairs that share their batches, and how often these come, compared with other sources."""

    pairs: Sequence[Pair]
    say: float
    has_siblings: bool = False


class Batches:
    """Draws pairs of different matters; each pair of a source once before any comes again."""

    def __init__(self, source: Source, size: int, chance: random.Random) -> None:
        self._source, self._size, self._chance = source, size, chance
        self._waiting: list[Pair] = []
        self._matters: dict[str, list[Pair]] = {}
        for pair in source.pairs:
            self._matters.setdefault(pair.matter, []).append(pair)

    def draw(self) -> list[Pair]:
        """As many pairs as a batch has, or as there are matters."""
        drawn: dict[str, Pair] = {}
        if self._source.has_siblings and self._chance.random() < _BATCHES:
            self._add_siblings(drawn)
        while len(drawn) < min(self._size, len(self._matters)):
            pair = self._next()
            drawn.setdefault(pair.matter, pair)
        return list(drawn.values())

    def _add_siblings(self, drawn: dict[str, Pair]) -> None:
        names = list(self._matters)
        while len(drawn) < self._size * _OF_A_BATCH:
            start = self._chance.randrange(max(1, len(names) - SIBLINGS))
            for name in names[start : start + SIBLINGS]:
                drawn.setdefault(name, self._chance.choice(self._matters[name]))

    def _next(self) -> Pair:
        if not self._waiting:
            self._waiting = list(self._source.pairs)
            self._chance.shuffle(self._waiting)
        return self._waiting.pop()
