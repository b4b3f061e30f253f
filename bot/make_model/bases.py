"""The questions with known answers that the model of a release is fitted to."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from knowledge_base.entry import Entry
from knowledge_base.evaluation import Query, queries_of
from knowledge_base.refit import LabelledBase

QUESTIONS = Path(__file__).with_name("questions.jsonl")
"""Our own open set: what citizens might ask of the entries of `gov_kb`, with the ids of all that
answer it, or of none; written and judged as `K_mixed` was, by other hands, about other entries."""
_UNINDEXED = 400
_PARAPHRASE_WEIGHT = 0.25
_UNINDEXED_WEIGHT = 0.1
_OWN_WEIGHT = 0.1
"""With this say the chances fit the other questions, of which fewer are near misses by design."""


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
        LabelledBase(
            entries=entries,
            queries=queries_of(read_rows(QUESTIONS)),
            is_measured=False,
            weight=_OWN_WEIGHT,
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
