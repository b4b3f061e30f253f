"""Search by meaning: the entries' vectors, made once, and the nearest of them."""

import asyncio
import hashlib
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge_base.ports import Encoder, Vectors, VectorStore
from knowledge_base.signs import Signs

Progress = Callable[[int, int], None]
"""Called with how many texts are encoded, of how many."""

EXACT_UP_TO = 50_000
"""Rows up to which every vector is compared; above, those whose signs agree most."""
SECOND_LOOK = 1_000
"""Rows that are then compared exactly: of 43,000 real vectors, 99.8 % of the nearest 40."""
_BATCH = 32


def text_hash(text: str) -> str:
    """The key under which a text's vector is kept."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


async def encode_once(
    texts: Sequence[str],
    kind: str,
    *,
    encoder: Encoder,
    store: VectorStore | None,
    progress: Progress | None = None,
) -> Vectors:
    """Vectors of `texts`, shape (len(texts), dimension), encoding only what is not stored.

    `kind` is "query" or "document". New vectors are stored batch by batch, so that an interrupted
    run goes on where it stopped. Raises `EncoderUnavailable`.
    """
    hashes = await asyncio.to_thread(_hashes, texts)
    by_hash = dict(zip(hashes, texts, strict=True))
    known: dict[str, Vectors] = {}
    if store is not None:
        known |= await store.vectors(encoder=encoder.name, kind=kind, hashes=list(by_hash))
    missing = [digest for digest in by_hash if digest not in known]
    encode = encoder.encode_query if kind == "query" else encoder.encode_document
    for start in range(0, len(missing), _BATCH):
        batch = missing[start : start + _BATCH]
        vectors = await asyncio.to_thread(encode, [by_hash[digest] for digest in batch])
        fresh = dict(zip(batch, np.asarray(vectors, np.float32), strict=True))
        known |= fresh
        if store is not None:
            await store.keep_vectors(encoder=encoder.name, kind=kind, vectors=fresh)
        if progress is not None:
            progress(min(start + _BATCH, len(missing)), len(missing))
    return await asyncio.to_thread(_stacked, known, hashes)


def _hashes(texts: Sequence[str]) -> list[str]:
    return [text_hash(text) for text in texts]


def _stacked(known: Mapping[str, Vectors], hashes: Sequence[str]) -> Vectors:
    """Row by row into one array: a second one of a million rows would not fit beside it."""
    if not hashes:
        return np.zeros((0, 0), np.float32)
    rows = np.empty((len(hashes), len(known[hashes[0]])), np.float32)
    for place, digest in enumerate(hashes):
        rows[place] = known[digest]
    return rows


def between(vectors: Sequence[Vectors]) -> Vectors:
    """The direction between unit vectors, all of shape (dimension,): wordings of one question."""
    total = np.sum(vectors, axis=0)
    return np.asarray(total / max(float(np.linalg.norm(total)), 1e-9), np.float32)


async def count_missing(
    texts: Sequence[str], kind: str, *, encoder: str, store: VectorStore
) -> int:
    """How many different texts have no stored vector."""
    hashes = list({text_hash(text) for text in texts})
    return len(hashes) - len(await store.vectors(encoder=encoder, kind=kind, hashes=hashes))


@dataclass(frozen=True)
class Space:
    """Where vectors are compared: after a linear map, less the knowledge base's mean, length 1.

    Encoders of the e5 kind put all texts into a narrow cone (cosines 0.85 to 0.97); taking the
    mean away opens it. `transform` has shape (dimension, dimension), `mean` (dimension,).
    """

    mean: Vectors
    transform: Vectors | None = None

    @classmethod
    def around(
        cls, vectors: Vectors, background: Vectors, *, transform: Vectors | None = None
    ) -> "Space":
        """The space around the questions of a knowledge base, shape (n, dimension).

        A small knowledge base's mean is drawn towards that of `background`, shape (m, dimension).
        """
        both = np.concatenate([vectors, background])
        mapped = both @ transform if transform is not None else both
        return cls(mean=mapped.mean(axis=0).astype(np.float32), transform=transform)

    def place(self, vectors: Vectors) -> Vectors:
        """Vectors of shape (n, dimension) or (dimension,) in this space, each of length 1."""
        mapped = vectors @ self.transform if self.transform is not None else vectors
        moved = mapped - self.mean
        length = np.linalg.norm(moved, axis=-1, keepdims=True)
        return np.asarray(moved / np.maximum(length, 1e-9), np.float32)


@dataclass(frozen=True)
class Nearest:
    """Rows by falling cosine, both of shape (k,)."""

    rows: NDArray[np.int64]
    cosines: Vectors


class DenseIndex:
    """Rows of unit vectors, and the nearest of them to a question's vector.

    More than `exact_up_to` are kept in half precision, which moves a cosine by less than 0.001.

    `spread` describes the cosines a question has with all rows (their mean and deviation),
    known without computing them from the mean and covariance of the rows and of `background`.
    """

    def __init__(
        self, matrix: Vectors, background: Vectors, *, exact_up_to: int = EXACT_UP_TO
    ) -> None:
        self._exact_up_to = exact_up_to
        self._matrix, self._signs = self._held(matrix)
        sample = np.concatenate([matrix[:: max(1, len(matrix) // 20_000)], background])
        self._mean = sample.mean(axis=0)
        centred = sample - sample.mean(axis=0)
        self._covariance = (centred.T @ centred / max(1, len(sample))).astype(np.float32)

    def _held(self, matrix: Vectors) -> tuple[Vectors, Signs | None]:
        if len(matrix) <= self._exact_up_to:
            return np.ascontiguousarray(matrix, np.float32), None
        return np.ascontiguousarray(matrix, np.float16), Signs(matrix)

    def renewed(self, origins: NDArray[np.int64], fresh: Vectors) -> "DenseIndex":
        """The same with other rows: `origins` has the row of each here, -1 for the next of `fresh`.

        The spread stays: it is that of nearly the same rows.
        """
        matrix = np.empty((len(origins), self._matrix.shape[1]), self._matrix.dtype)
        matrix[origins >= 0] = self._matrix[origins[origins >= 0]]
        if len(fresh):
            matrix[origins < 0] = fresh
        found = copy(self)
        if self._signs is not None and len(matrix) > self._exact_up_to:
            found._matrix, found._signs = matrix, self._signs.renewed(origins, fresh)
        else:
            found._matrix, found._signs = self._held(matrix)
        return found

    def __len__(self) -> int:
        return len(self._matrix)

    def nearest(self, vector: Vectors, count: int) -> Nearest:
        """The `count` rows nearest to a unit vector of shape (dimension,)."""
        count = min(count, len(self._matrix))
        if self._signs is not None:
            rows = self._signs.likest(vector, max(count, SECOND_LOOK))
            return _nearest_of(rows, self.cosines(vector, rows), count)
        return _nearest_of(np.arange(len(self._matrix)), self._matrix @ vector, count)

    def cosines(self, vector: Vectors, rows: NDArray[np.int64]) -> Vectors:
        """Cosines of some rows, shape (len(rows),)."""
        return np.asarray(self._matrix[rows].astype(np.float32, copy=False) @ vector, np.float32)

    def spread(self, vector: Vectors) -> tuple[float, float]:
        """Mean and standard deviation of the cosines of all rows with a unit vector."""
        deviation = float(np.sqrt(max(float(vector @ self._covariance @ vector), 1e-6)))
        return float(self._mean @ vector), deviation


def _nearest_of(rows: NDArray[np.int64], cosines: Vectors, count: int) -> Nearest:
    best = np.argpartition(-cosines, count - 1)[:count] if count else np.zeros(0, np.int64)
    best = best[np.argsort(-cosines[best], kind="stable")]
    return Nearest(rows[best], cosines[best])
