"""Merged cells of a worksheet, whose value holds for all of them, and rows that are hidden."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import IO

from openpyxl.utils import range_boundaries

_AREA = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_HIDDEN = re.compile(rb'<(?:\w+:)?row(?=[^>]*?\shidden="(?:1|true)")[^>]*?\sr="(\d{1,7})"')
_CHUNK = 1 << 20
_LONGEST_TAG = 300
MOST = 20_000
"""Areas that are read; a sheet with more is a drawing, not a table."""


@dataclass(frozen=True)
class Area:
    """A merged area, counted from 1 as a spreadsheet shows it."""

    left: int
    top: int
    right: int
    bottom: int


def areas_of(sheet: IO[bytes]) -> tuple[Area, ...]:
    """The merged areas in a worksheet's XML, read as a stream."""
    return tuple(_area(each.decode("ascii")) for each in islice(_found(_AREA, sheet), MOST))


def hidden_rows(sheet: IO[bytes]) -> frozenset[int]:
    """The numbers of the rows that whoever looked at the sheet did not see: filtered, folded."""
    return frozenset(int(each) for each in _found(_HIDDEN, sheet))


def _found(tag: re.Pattern[bytes], sheet: IO[bytes]) -> Iterator[bytes]:
    rest = b""
    while chunk := sheet.read(_CHUNK):
        text = rest + chunk
        last = 0
        for match in tag.finditer(text):
            yield match[1]
            last = match.end()
        rest = text[max(last, len(text) - _LONGEST_TAG) :]


def _area(reference: str) -> Area:
    left, top, right, bottom = (int(side or 0) for side in range_boundaries(reference))
    return Area(left, top, right, bottom)


def filled(
    lines: Iterable[tuple[int, Sequence[object]]], areas: Sequence[Area]
) -> Iterator[tuple[int, Sequence[object]]]:
    """The lines, with the value of each area that spans rows in all of its rows.

    Areas that span columns only are titles: their value stays where it is.
    """
    down = [area for area in areas if area.bottom > area.top and area.left == area.right]
    values: dict[Area, object] = {}
    for number, cells in lines:
        inside = [area for area in down if area.top <= number <= area.bottom]
        if not inside:
            yield number, cells
            continue
        full = [*cells, *[None] * (max(area.left for area in inside) - len(cells))]
        for area in inside:
            if number == area.top:
                values[area] = full[area.left - 1]
            elif full[area.left - 1] is None:
                full[area.left - 1] = values.get(area)
        yield number, full
