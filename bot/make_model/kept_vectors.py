"""Vectors kept in a file between two runs."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from knowledge_base.ports import Vectors


class FileVectors:
    """Vectors in one npz file, so that a second run encodes nothing anew."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kept: dict[str, dict[str, Vectors]] = {"query": {}, "document": {}}
        if path.exists():
            with np.load(path, allow_pickle=False) as stored:
                for kind in self._kept:
                    hashes = stored[f"{kind}_hashes"].tolist()
                    self._kept[kind] = dict(zip(hashes, stored[kind], strict=True))

    async def vectors(
        self, *, encoder: str, kind: str, hashes: Sequence[str]
    ) -> Mapping[str, Vectors]:
        """The stored ones of `hashes`; the file is for one encoder."""
        return {digest: self._kept[kind][digest] for digest in hashes if digest in self._kept[kind]}

    async def keep_vectors(
        self, *, encoder: str, kind: str, vectors: Mapping[str, Vectors]
    ) -> None:
        """Remembers vectors until `save`."""
        self._kept[kind] |= vectors

    def save(self) -> None:
        """Writes the file."""
        query, document = self._kept["query"], self._kept["document"]
        if query and document:
            np.savez(
                self._path,
                query=np.stack(list(query.values())),
                query_hashes=np.array(list(query)),
                document=np.stack(list(document.values())),
                document_hashes=np.array(list(document)),
            )
