"""A first look at very many vectors: the sign of each of their numbers, one bit each."""

from copy import copy

import numpy as np
from numpy.typing import NDArray

from knowledge_base.ports import Vectors

_WORD = 64
_IN_A_BYTE = 3
"""Words of 64 signs whose differences a byte can count: adding bytes takes half the time."""
_AT_ONCE = 65_536
"""Rows looked at in one step, so that what is counted stays in the processor's cache."""
_BLOCKS = 4
"""Blocks of rows for each row that is wanted, where there are very many rows."""
_FEW = 8
"""Rows in a block; with fewer nothing is gained."""
_VERY_MANY = 262_144
"""Rows from which on half of the signs say which rows are worth comparing whole."""
_STAY = 64
"""One row in so many stays, if not more: of 46,000 real texts it kept 99.7 % of the nearest two,
as many as are the nearest 40 of a million."""
_STAY_AT_LEAST = 16_384
_SAMPLED = 16
"""One row in so many is looked at to say how many signs may differ."""


class Signs:
    """The signs of many rows, and those that agree most with a question's.

    Around their mean, vectors that point the same way share their signs; the number of those
    they do not share (Charikar 2002, "Similarity estimation techniques from rounding algorithms")
    orders a million rows in 4 ms on one core and takes 48 bytes a row. Nothing is built: a graph
    (HNSW) of 100,000 rows took 90 s of processor time.
    """

    def __init__(self, matrix: Vectors) -> None:
        self._padding = -matrix.shape[1] % _WORD
        parts = np.split(matrix, range(_AT_ONCE, len(matrix), _AT_ONCE))
        self._columns = np.concatenate([self._packed(part) for part in parts], axis=1)

    def _packed(self, matrix: Vectors) -> NDArray[np.uint64]:
        """The signs of some rows, one row a word and one column a row."""
        signs = np.pad(matrix > 0, ((0, 0), (0, self._padding)))
        return np.ascontiguousarray(np.packbits(signs, axis=1).view(np.uint64).T)

    def renewed(self, origins: NDArray[np.int64], fresh: Vectors) -> "Signs":
        """Those of other rows: `origins` has the row of each here, -1 for the next of `fresh`."""
        found = copy(self)
        found._columns = np.empty((len(self._columns), len(origins)), np.uint64)
        np.take(self._columns, origins, axis=1, out=found._columns, mode="clip")
        if len(fresh):
            found._columns[:, origins < 0] = self._packed(fresh)
        return found

    def likest(self, vector: Vectors, count: int) -> NDArray[np.int64]:
        """At least `count` rows (all, if there are fewer): no row left out shares more signs.

        Of very many rows only those are compared whole that share most of half the signs; there
        `count` is 1,000 at most.
        """
        asked = np.packbits(np.pad(vector > 0, (0, self._padding))).view(np.uint64)
        if self._columns.shape[1] < _VERY_MANY:
            return _least(self._unshared(asked), count)
        half = len(asked) // 2
        unshared = self._unshared(asked[:half])
        rows = _promising(unshared)
        unshared = unshared[rows]
        for column, word in zip(self._columns[half:], asked[half:], strict=True):
            unshared += np.bitwise_count(column[rows] ^ word)
        return rows[_least(unshared, count)]

    def _unshared(self, asked: NDArray[np.uint64]) -> NDArray[np.uint16]:
        """How many of the first signs of each row differ from the asked ones."""
        counts = np.zeros(self._columns.shape[1], np.uint16)
        room = np.empty(_AT_ONCE, np.uint64), np.empty((2, _AT_ONCE), np.uint8)
        for start in range(0, len(counts), _AT_ONCE):
            columns = self._columns[: len(asked), start : start + _AT_ONCE]
            for first in range(0, len(asked), _IN_A_BYTE):
                few = slice(first, first + _IN_A_BYTE)
                counts[start : start + _AT_ONCE] += _differing(columns[few], asked[few], *room)
        return counts


def _differing(
    columns: NDArray[np.uint64],
    asked: NDArray[np.uint64],
    words: NDArray[np.uint64],
    bytes_: NDArray[np.uint8],
) -> NDArray[np.uint8]:
    """How many signs of each row differ from the asked ones; the last two are room to work in."""
    words, bytes_ = words[: columns.shape[1]], bytes_[:, : columns.shape[1]]
    amounts: NDArray[np.uint8] = bytes_[0]
    total: NDArray[np.uint8] = bytes_[1]
    total.fill(0)
    for column, word in zip(columns, asked, strict=True):
        np.bitwise_xor(column, word, out=words)
        total += np.bitwise_count(words, out=amounts)
    return total


def _promising(unshared: NDArray[np.uint16]) -> NDArray[np.int64]:
    """Some of very many rows: about one in `_STAY`, those with the least."""
    stay = max(len(unshared) // _STAY, _STAY_AT_LEAST)
    upto = np.bincount(unshared[::_SAMPLED]).cumsum()
    most = int(np.searchsorted(upto, stay // _SAMPLED))  # numpy's own integer would widen all rows
    return np.flatnonzero(unshared <= most)


def _least(unshared: NDArray[np.uint16], count: int) -> NDArray[np.int64]:
    """At least `count` rows (all, if there are fewer) of which none left out has less."""
    likely = _likely(unshared, count)
    some = unshared if likely is None else unshared[likely]
    upto = np.bincount(some, minlength=1).cumsum()
    found = np.flatnonzero(some <= np.searchsorted(upto, min(count, len(some))))
    return found if likely is None else likely[found]


def _likely(unshared: NDArray[np.uint16], count: int) -> NDArray[np.int64] | None:
    """Some of very many rows, among them the `count` with the least: so many blocks have such.

    None where all must be looked at.
    """
    blocks = _BLOCKS * max(count, 1)
    size = len(unshared) // blocks
    if size < _FEW:
        return None
    least = unshared[: size * blocks].reshape(size, blocks).min(axis=0)
    return np.flatnonzero(unshared <= np.partition(least, count - 1)[count - 1])
