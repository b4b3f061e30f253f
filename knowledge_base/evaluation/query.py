"""Labelled questions: what is asked, and which entries answer it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Query:
    """A labelled question: `pos` are the ids that answer it, `neg` labelled near misses.

    An empty `pos` means that no entry may be given as the answer; `is_open` that nobody said
    whether one may: such a question counts in no figure but how often it is answered.
    """

    qid: str
    text: str
    pos: frozenset[str] = frozenset()
    neg: frozenset[str] = frozenset()
    kind: str = ""
    is_open: bool = False


def queries_of(rows: Iterable[Mapping[str, Any]]) -> list[Query]:
    """Reads rows `{"qid","text","pos":[ids],"neg":[ids]?,"kind"?}`.

    Also read, as the research sets have them: `id` for qid, `sub` for kind, and `scope`: "in" for
    a question of which is known only that a government might answer it. Without `pos` (or with
    an empty one) nothing may be answered. Raises `ValueError` naming the first wrong row.
    """
    return [_query(number, row) for number, row in enumerate(rows, start=1)]


def _query(number: int, row: Mapping[str, Any]) -> Query:
    is_query = isinstance(row.get("text"), str)
    if not is_query:
        raise ValueError(f'row {number}: a query needs a "text"')
    pos, neg = _ids(number, row, "pos"), _ids(number, row, "neg")
    return Query(
        qid=str(row.get("qid", row.get("id", number))),
        text=row["text"],
        pos=pos,
        neg=neg,
        kind=str(row.get("kind") or row.get("sub") or ""),
        is_open=not pos and row.get("scope") == "in",
    )


def _ids(number: int, row: Mapping[str, Any], name: str) -> frozenset[str]:
    ids = row.get(name) or []
    is_list = isinstance(ids, list)
    if not is_list:
        raise ValueError(f'row {number}: "{name}" is a list of ids')
    return frozenset(map(str, ids))
