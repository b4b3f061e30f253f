"""What a dashboard consists of: numbers with the list behind each, charts, short tables."""

from collections.abc import Sequence
from dataclasses import dataclass

from console.reports.charts import Column


@dataclass(frozen=True)
class Number:
    """One number with the list behind it; `note` says in small what it counts."""

    title: str
    value: int | str
    path: str
    colour: str = ""
    note: str = ""

    @property
    def is_said(self) -> bool:
        """Whether it is words, or too long to be set as large as a number."""
        return isinstance(self.value, str) and (not self.value.isascii() or len(self.value) > 5)


@dataclass(frozen=True)
class Cell:
    """One cell of a table; with a `path` it leads to its list. `colour` is late, soon or ok."""

    text: str | int
    path: str = ""
    colour: str = ""


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows under one heading; the first cell of a row names it. `empty` is said without rows."""

    key: str
    title: str
    head: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]
    empty: str = ""
    note: str = ""
    more: tuple[str, str] = ("", "")  # words and path of the whole list
    fold: str = ""  # what is said instead of the rows until somebody opens them


@dataclass(frozen=True, kw_only=True)
class Graph:
    """A column chart; the same numbers stand beneath it as a table of `rows`."""

    title: str
    keys: tuple[str, ...]
    columns: Sequence[Column]
    rows: Sequence[tuple[Cell, ...]]


@dataclass(frozen=True, kw_only=True)
class Board:
    """The whole of it, in the order it is read. `said` is a sentence that frames the numbers."""

    numbers: Sequence[Number] = ()
    graphs: Sequence[Graph] = ()
    tables: Sequence[Table] = ()


def linked(amount: int, path: str, colour: str = "") -> Cell:
    """A number that leads to its list, unless it is 0."""
    return Cell(amount, path if amount else "", colour if amount else "")
