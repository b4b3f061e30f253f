"""Entries as the lines of a table, for xlsx and csv."""

from collections.abc import Iterator, Mapping, Sequence

from knowledge_base.entry import Entry
from knowledge_base.exchange.cells import cell_of
from knowledge_base.exchange.columns import CHINESE
from knowledge_base.exchange.row import fields_of

CELL_LIMIT = 30_000
"""Characters of wordings put into one cell; Excel keeps 32,767 and loses the rest."""

_SPREAD = ("variants", "negatives")


def columns_needed(entries: Sequence[Entry]) -> dict[str, int]:
    """How many columns the wordings of the largest entry take, at least one each."""
    return {
        column: max((len(list(_cells(getattr(entry, column)))) for entry in entries), default=1)
        for column in _SPREAD
    }


def entry_header(entries: Sequence[Entry]) -> list[str]:
    """The Chinese names; further columns of wordings are numbered: 相似问, 相似问2, …"""
    spread = columns_needed(entries)
    names: list[str] = []
    for column, chinese in CHINESE.items():
        names += [chinese, *(f"{chinese}{n}" for n in range(2, spread.get(column, 1) + 1))]
    return names


def entry_cells(entry: Entry, spread: Mapping[str, int]) -> list[object]:
    """One line under `entry_header`."""
    line: list[object] = []
    for column, value in fields_of(entry).items():
        if column in spread:
            cells = list(_cells(value))
            line += [*cells, *[""] * (spread[column] - len(cells))]
        else:
            line.append(value)
    return line


def _cells(wordings: Sequence[str]) -> Iterator[str]:
    chunk: list[str] = []
    size = 0
    for wording in wordings:
        if chunk and size + len(wording) + 1 > CELL_LIMIT:
            yield cell_of(chunk)
            chunk, size = [], 0
        chunk.append(wording)
        size += len(wording) + 1
    yield cell_of(chunk)
