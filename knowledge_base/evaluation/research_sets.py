"""The research sets in a folder, ready to be asked; what is not there is left out."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from knowledge_base.entry import Entry
from knowledge_base.evaluation.query import Query, queries_of

REGION = "北京市"
"""Where the city of gov_kb is."""
CHATTER = ("chitchat", "assistant_task")


@dataclass(frozen=True, kw_only=True)
class ResearchSet:
    """Questions and what they are asked of; sets over the same entries share the sequence."""

    name: str
    entries: Sequence[Entry]
    queries: Sequence[Query]


def research_sets(folder: Path, most: int = 0) -> Iterator[ResearchSet]:
    """Each set whose files are there, with at most `most` questions (0 for all of them).

    Raises `ValueError` for a file that is no research set.
    """
    read = cache(lambda name: _rows(folder / name))
    for name, (needed, make) in SETS.items():
        if not all((folder / file).is_file() for file in needed):
            continue
        try:
            entries, queries = make(read, *needed)
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{', '.join(needed)} in {folder}: {error!r}") from error
        yield ResearchSet(name=name, entries=entries, queries=_some(queries, most))


Rows = Sequence[Any]
Read = Callable[[str], Rows]
Made = tuple[Sequence[Entry], list[Query]]


def _rows(path: Path) -> Rows:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        return list(json.loads(text))
    lines = text.split("\n")
    return [json.loads(line) for line in lines if line.strip()]


def _some(queries: list[Query], most: int) -> list[Query]:
    """Spread evenly over the file, and always the same."""
    if not most or len(queries) <= most:
        return queries
    return [queries[place * len(queries) // most] for place in range(most)]


def _city(read: Read, corpus: str, asked: str) -> Made:
    return _entries(read(corpus)), queries_of(read(asked))


def _current(read: Read, corpus: str, asked: str, withdrawn: str) -> Made:
    gone = set(read(withdrawn))
    return _entries([row for row in read(corpus) if row["id"] not in gone]), queries_of(read(asked))


def _chatter(read: Read, corpus: str, asked: str, withdrawn: str) -> Made:
    entries, _ = _current(read, corpus, asked, withdrawn)
    rows = [row for row in read(asked) if str(row.get("sub", "")).startswith(CHATTER)]
    return entries, queries_of(rows)


def _questions(read: Read, corpus: str, asked: str) -> Made:
    entries = [Entry(id=row["id"], question=row["text"], answer="") for row in read(corpus)]
    return entries, queries_of(read(asked))


def _answers(read: Read, corpus: str, asked: str) -> Made:
    entries = [Entry(id=row["id"], question="", answer=row["text"]) for row in read(corpus)]
    return entries, queries_of(read(asked))


def _entries(rows: Rows) -> list[Entry]:
    return [
        Entry(
            id=row["id"],
            question=row["question"],
            answer=row["answer"],
            department=row.get("dept", ""),
        )
        for row in rows
    ]


_KB, _GONE = "gov_kb.jsonl", "G_judged.withdrawn_kb_ids.json"
SETS: dict[str, tuple[tuple[str, ...], Callable[..., Made]]] = {
    "K_mixed": ((_KB, "K_mixed.queries.open.jsonl"), _city),
    "G_judged": ((_KB, "G_judged.queries.open.jsonl", _GONE), _current),
    "F2_other_place": ((_KB, "F2_other_place.open.jsonl", _GONE), _current),
    "F_oos chatter": ((_KB, "F_oos.open.jsonl", _GONE), _chatter),
    "D5_covid_health": (
        ("D5_covid_health.corpus.jsonl", "D5_covid_health.queries.open.jsonl"),
        _questions,
    ),
    "A_gov_q2answer": (
        ("A_gov_q2answer.corpus.jsonl", "A_gov_q2answer.queries.open.jsonl"),
        _answers,
    ),
}
"""By name: the files a set needs, and how its entries and questions come out of them."""
