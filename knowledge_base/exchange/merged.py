"""Merged cells of a worksheet: what stands in the first of them holds for all of them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from openpyxl.utils import range_boundaries

_AREA = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_CHUNK = 1 << 20
_LONGEST_TAG = 200
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
    found: list[Area] = []
    rest = b""
    while (chunk := sheet.read(_CHUNK)) and len(found) < MOST:
        text = rest + chunk
        last = 0
        for match in _AREA.finditer(text):
            found.append(_area(match[1].decode("ascii")))
            last = match.end()
        rest = text[max(last, len(text) - _LONGEST_TAG) :]
    return tuple(found)


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
