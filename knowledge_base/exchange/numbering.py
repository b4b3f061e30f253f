"""The numbers that a list copied out of a document leaves in front of its questions."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from knowledge_base.exchange.row import Row

FEWEST: Final = 5
_NUMBER: Final = re.compile(r"\s*[(（]?(\d{1,4})\s*[.．、)）](?!\d)\s*(?=\S)")


def without_numbers(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows, their questions without 1、 or 23. in front, where a whole list is so counted.

    It is one when at least half of the questions, five or more, have a number and it grows from
    row to row. A single one may belong to its question.
    """
    found = [_NUMBER.match(q) for q in map(_question, rows)]
    numbers = [int(each[1]) for each in found if each]
    grows = all(one < two for one, two in pairwise(numbers))
    if len(numbers) < max(FEWEST, len(rows) / 2) or not grows:
        return tuple(rows)
    return tuple(_cut(row, each) for row, each in zip(rows, found, strict=True))


def _question(row: Row) -> str:
    value = row.fields.get("question")
    return value if isinstance(value, str) else ""


def _cut(row: Row, found: re.Match[str] | None) -> Row:
    if found is None:
        return row
    return replace(row, fields={**row.fields, "question": _question(row)[found.end() :]})
