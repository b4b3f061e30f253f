"""Workbooks to download: what is text stays text, so that nothing in it is ever a formula."""

import asyncio
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from urllib.parse import quote

from aiohttp import web
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import DEFAULT_FONT, Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties

from cases.work_calendar import CHINA_TIME

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PLAIN: Final = {"name": DEFAULT_FONT.name, "size": DEFAULT_FONT.sz}
BOLD: Final = Font(**PLAIN, bold=True)
LINKED: Final = Font(**PLAIN, color="17605B")  # as the pages colour their links
LINE: Final = 15  # points
HIGHEST: Final = 409
A4: Final = 9  # as spreadsheets number paper sizes
LONGEST: Final = 32_767  # characters that a cell holds
TOP: Final = Alignment(vertical="top")
WRAPPED: Final = Alignment(wrap_text=True, vertical="top")
CONTROLS: Final = dict.fromkeys(n for n in range(32) if n not in (9, 10))

MOST_LINKS: Final = 65_530
"""A sheet with more is called broken by Excel; what comes after these is told without."""


@dataclass(frozen=True)
class Led:
    """A number with the whole address of what it counts."""

    value: int | float | None
    address: str


Cell = str | int | float | datetime | date | Led | None


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One sheet; `columns` are (title, width in characters), times are shown as in China."""

    title: str
    columns: Sequence[tuple[str, int]]
    rows: Iterable[Sequence[Cell]]


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """The file; titles stay in view while one scrolls."""
    book = Workbook(write_only=True)
    for each in sheets:
        sheet = book.create_sheet(each.title[:31])
        sheet.freeze_panes = "A2"
        _set_up_paper(sheet)
        for index, (_, width) in enumerate(each.columns, start=1):
            sheet.column_dimensions[get_column_letter(index)].width = width
        widths = [width for _, width in each.columns]
        _set_height(sheet, 1, [name for name, _ in each.columns], widths)
        sheet.append([_title(sheet, name) for name, _ in each.columns])
        last, links = 1, 0
        for last, row in enumerate(each.rows, start=2):
            links += sum(isinstance(value, Led) for value in row)
            _set_height(sheet, last, row, widths)
            sheet.append(_row(sheet, row if links <= MOST_LINKS else map(_plain, row), last))
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(each.columns))}{last}"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _set_up_paper(sheet: Any) -> None:
    """A4 across, as wide as its columns, the titles on each page."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    sheet.print_title_rows = "1:1"


async def download(name: str, sheets: Sequence[Sheet]) -> web.Response:
    """The workbook as an answer; it is made beside the event loop."""
    return attachment(name, await asyncio.to_thread(workbook, sheets), XLSX)


def attachment(name: str, body: bytes, content_type: str) -> web.Response:
    """A file that the browser keeps under this name."""
    disposition = f"attachment; filename*=UTF-8''{quote(name)}"
    return web.Response(
        body=body, content_type=content_type, headers={"Content-Disposition": disposition}
    )


def _title(sheet: Any, name: str) -> Any:
    cell = WriteOnlyCell(sheet, value=name)
    cell.font, cell.alignment = BOLD, WRAPPED
    return cell


def _set_height(sheet: Any, number: int, row: Sequence[Cell], widths: Sequence[int]) -> None:
    """As high as its longest text: not every program looks for that itself."""
    pairs = zip(row, widths, strict=True)
    lines = max((_lines(text, width) for text, width in pairs if isinstance(text, str)), default=1)
    if lines > 1:
        sheet.row_dimensions[number].height = min(LINE * lines, HIGHEST)


def _lines(text: str, width: int) -> int:
    """Chinese characters are two wide, as in GBK."""
    parts = text.splitlines() or [""]
    return sum(max(1, -(-len(part.encode("gbk", "replace")) // width)) for part in parts)


def _row(sheet: Any, row: Iterable[Cell], number: int) -> list[Any]:
    cells = []
    for column, value in enumerate(row, start=1):
        cell = _cell(sheet, _plain(value))
        if isinstance(value, Led) and cell is not None:
            cell.row, cell.column = number, column  # a link names its place
            cell.hyperlink, cell.font = value.address, LINKED
        cells.append(cell)
    return cells


def _plain(value: Cell) -> Cell:
    return value.value if isinstance(value, Led) else value


def _cell(sheet: Any, value: Cell) -> Any:
    match value:
        case None | "":
            return None
        case datetime():
            cell = WriteOnlyCell(sheet, value=value.astimezone(CHINA_TIME).replace(tzinfo=None))
            cell.number_format = "yyyy-mm-dd hh:mm"
        case date():
            cell = WriteOnlyCell(sheet, value=value)
            cell.number_format = "yyyy-mm-dd"
        case str():
            cell = WriteOnlyCell(sheet, value="")
            cell.value, cell.data_type = value.translate(CONTROLS)[:LONGEST], "s"
        case _:
            cell = WriteOnlyCell(sheet, value=value)
    cell.alignment = WRAPPED if isinstance(value, str) else TOP
    return cell
