"""The header of a table: in one row, or in two where a bureau groups its columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from knowledge_base.exchange.columns import IGNORED, field_of, is_header

WITHIN: Final = 10
"""A title and notes may stand above the header, but not more rows than this."""
Line = tuple[int, Sequence[object]]


@dataclass(frozen=True)
class Header:
    """The names of the columns, the field each means, and the rows they stand in."""

    names: tuple[str, ...]
    fields: tuple[str | None, ...]
    rows: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, cells: Sequence[object], *rows: Sequence[object]) -> "Header":
        """Of one row; or of several, whose names together are `cells`."""
        names = tuple(map(_name, cells))
        stand = tuple(tuple(map(_name, row)) for row in rows or (cells,))
        return cls(names, tuple(map(field_of, names)), stand)

    def comes_again(self, cells: Sequence[object]) -> bool:
        """Whether a line is one of its rows, as at the head of each printed page."""
        return tuple(map(_name, cells)) in self.rows

    @property
    def named(self) -> int:
        """How many fields it names."""
        return len({field for field in self.fields if field})

    def unknown(self) -> tuple[str, ...]:
        named = zip(self.names, self.fields, strict=True)
        strange = (name for name, field in named if name and not field and name not in IGNORED)
        return tuple(dict.fromkeys(strange))


def found_in(lines: Iterator[Line]) -> tuple[Header, list[Line]] | None:
    """The header among the first of numbered lines, and those read behind it; None without one.

    Of several it is the one that names most, and of equals the first.
    """
    head = list(islice(lines, WITHIN + 1))
    best: tuple[Header, int] | None = None
    for place, (_, cells) in enumerate(head[:WITHIN]):
        below = head[place + 1][1] if place + 1 < len(head) else ()
        alone = Header.of(cells) if is_header(cells) else None
        for header, rows in ((_in_two_rows(cells, below), 2), (alone, 1)):
            if header and (best is None or header.named > best[0].named):
                best = header, place + rows
    return (best[0], head[best[1] :]) if best else None


def _in_two_rows(above: Sequence[object], below: Sequence[object]) -> Header | None:
    """The names of both rows as one: "有效期" above "起" and "止" is 有效期起 and 有效期止.

    None where the second row is no part of a header, for what it adds has to name columns and
    nothing in it may be a question or an answer; and where it does without the first, a title.
    """
    width = max(len(above), len(below))
    names, added = [], 0
    rows = zip(_padded(above, width), _carried(above, width), _padded(below, width), strict=True)
    for top, group, name in rows:
        if not name or name == top:
            names.append(top)
            continue
        together = next((n for n in (name, group + name) if field_of(n)), "")
        if not together and field_of(top) in {"question", "answer"}:
            return None
        added += 1 if together else -1
        names.append(together or name)
    header = Header.of(names, above, below)
    is_more = added > 0 and header.named > Header.of(below).named
    return header if is_more and is_header(names) else None


def _carried(cells: Sequence[object], width: int) -> list[str]:
    """The group over each column: a name stands at the first column it spans."""
    groups: list[str] = []
    for name in _padded(cells, width):
        groups.append(name or (groups[-1] if groups else ""))
    return groups


def _padded(cells: Sequence[object], width: int) -> list[str]:
    return [*map(_name, cells), *[""] * (width - len(cells))]


def _name(cell: object) -> str:
    return "" if cell is None else str(cell).strip()
