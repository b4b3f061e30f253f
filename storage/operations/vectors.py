"""Vectors by encoder, kind and text: encoded once, kept for good."""

from collections.abc import Mapping, Sequence

import numpy as np

from knowledge_base.ports import Vectors
from storage.operation import Operation, rows, run_many
from storage.rows.plain import packed

AT_ONCE = 2000  # hashes in one statement


def vectors(*, encoder: str, kind: str, hashes: Sequence[str]) -> Operation[dict[str, Vectors]]:
    """The stored ones of `hashes`, each float32 of shape (dimension,)."""
    found: dict[str, Vectors] = {}
    for start in range(0, len(hashes), AT_ONCE):
        part = packed(hashes[start : start + AT_ONCE])
        for row in (yield from rows("vectors_of", encoder=encoder, kind=kind, hashes=part)):
            found[row["text_hash"]] = np.frombuffer(row["vector"], dtype="<f4")
    return found


def keep_vectors(*, encoder: str, kind: str, vectors: Mapping[str, Vectors]) -> Operation[None]:
    """Adds those that are not kept yet."""
    yield from run_many(
        "keep_vector",
        [
            {
                "encoder": encoder,
                "kind": kind,
                "text_hash": text_hash,
                "vector": np.ascontiguousarray(vector, dtype="<f4").tobytes(),
            }
            for text_hash, vector in vectors.items()
        ],
    )
