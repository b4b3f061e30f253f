"""Entries as xlsx."""

import errno
import io
import os
import re
import tempfile
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import IO, Any, TypeVar

import openpyxl
from lxml.etree import SerialisationError
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils.datetime import MAC_EPOCH

from knowledge_base.exchange.archive import broken, check_archive
from knowledge_base.exchange.days import MacNumber
from knowledge_base.exchange.merged import Area, areas_of, filled, hidden_rows
from knowledge_base.exchange.table import (
    BadValue,
    ImportFile,
    Progress,
    UnreadableFile,
    import_file,
)

T = TypeVar("T")
LARGEST_CELL = 32_767
"""Characters that Excel keeps in one cell; longer ones are only ever those of rejected rows."""
MOST_COLUMNS = 200
MOST_EMPTY = 20_000
"""Empty lines one below the other, after which a sheet has no more: somebody drew borders down
to its last line, and reading those million lines would hold the desk's processor for minutes."""
MOST_LINES = 1_048_576
"""Lines of a worksheet in Excel; a part that claims more was not made by a spreadsheet."""
TEMPLATE_SHEETS = frozenset({"示例", "填写说明"})
"""Of our own template: they show how to fill in the sheet before them."""
# Excel writes a carriage return as _x000D_, and a text that only looks like such an escape with
# _x005F_ in front (ECMA-376, ST_Xstring); openpyxl leaves both to us.
_ESCAPE = re.compile(r"_x005F_(x[0-9A-Fa-f]{4}_)|_x000D_")
_LOOKS_ESCAPED = re.compile(r"_(x[0-9A-Fa-f]{4}_)")
_WIDE = {"问题", "相似问", "反例", "来源标题"}


def read_xlsx(path: Path, progress: Progress) -> ImportFile:
    """Every sheet with a header; formulas are not computed, but rejected."""
    with _opened(path) as book:
        return _sheets_with_header(book, progress)


def xlsx_lines(path: Path) -> list[tuple[int, Sequence[object]]]:
    """The numbered lines of cells of the first sheet. Raises `UnreadableFile`."""
    with _opened(path) as book, closing(_lines(book.worksheets[0], ())) as lines:
        return list(lines)


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    check_archive(path)
    with path.open("rb") as file:  # openpyxl leaves a file of its own open when it stumbles
        try:
            book = openpyxl.load_workbook(file, read_only=True, keep_links=False)
        except Exception as error:  # it lets through whatever a broken file makes it stumble on
            raise broken(error) from error
        try:
            yield book
        finally:
            book.close()


def _sheets_with_header(book: Any, progress: Progress) -> ImportFile:
    """A bureau keeps one sheet for each of its offices; what a sheet is not read for is told."""
    failure: UnreadableFile | None = None
    read: list[tuple[str, ImportFile]] = []
    unread: list[str] = []
    for sheet in book.worksheets:
        if sheet.title in TEMPLATE_SHEETS and sheet is not book.worksheets[0]:
            continue
        try:
            read.append(
                (sheet.title, _read_sheet(sheet, progress, sum(len(f.rows) for _, f in read)))
            )
        except UnreadableFile as error:
            failure = failure or error
            unread += [sheet.title] if _holds_something(sheet) else []
    if not read:
        raise failure or UnreadableFile("no worksheet", tell="文件里没有工作表")
    several = len(read) > 1
    rows = [replace(row, sheet=title if several else "") for title, f in read for row in f.rows]
    unknown = dict.fromkeys(name for _, file in read for name in file.unknown)
    return ImportFile(
        rows=tuple(rows),
        unknown=tuple(unknown),
        unread=tuple(unread),
        hidden=sum(file.hidden for _, file in read),
    )


def _read_sheet(sheet: Any, progress: Progress, done: int) -> ImportFile:
    if sheet.sheet_state != "visible":  # nobody who looked at the file has seen it
        raise UnreadableFile("a hidden sheet", tell="工作表是隐藏的，请先取消隐藏")
    with closing(_lines(sheet, _part(sheet, areas_of))) as lines:
        file = import_file(lines, lambda amount: progress(done + amount))
    hidden = _part(sheet, hidden_rows)
    return replace(file, hidden=sum(row.number in hidden for row in file.rows))


def _holds_something(sheet: Any) -> bool:
    try:
        with closing(_lines(sheet, ())) as lines:
            return any(cells for _, cells in lines)
    except UnreadableFile:
        return True


def _part(sheet: Any, read: Callable[[IO[bytes]], T]) -> T:
    """What `read` finds in the sheet's XML; openpyxl leaves it out when it reads a stream."""
    archive, part = sheet.parent._archive, sheet._worksheet_path
    try:
        with archive.open(part) as xml:
            return read(xml)
    except Exception as error:  # see read_xlsx
        raise broken(error) from error


def _lines(sheet: Any, areas: Sequence[Area]) -> Generator[tuple[int, Sequence[object]]]:
    sheet.reset_dimensions()  # what a file claims about its size is often wrong
    is_mac = sheet.parent.epoch == MAC_EPOCH
    with closing(sheet.iter_rows(max_col=MOST_COLUMNS)) as rows:  # it holds the file open
        try:
            lines = ((place, _values(cells, is_mac)) for place, cells in enumerate(rows, start=1))
            yield from filled(_until_empty(lines), areas)
        except Exception as error:  # see read_xlsx
            raise broken(error) from error


def _until_empty(
    lines: Iterable[tuple[int, Sequence[object]]],
) -> Iterator[tuple[int, Sequence[object]]]:
    last = 0
    for number, cells in lines:
        if cells:
            last = number
        if number - last > MOST_EMPTY or number > MOST_LINES:
            return
        yield number, cells


def _values(cells: Sequence[Any], is_mac: bool) -> list[object]:
    values = [_value(cell, is_mac) for cell in cells]
    while values and values[-1] is None:
        values.pop()
    return values


def _value(cell: Any, is_mac: bool) -> object:
    if is_mac and type(cell.value) is int:
        return MacNumber(cell.value)
    match cell.data_type:
        case "f":
            return BadValue("单元格是公式，请粘贴为数值", shown=str(cell.value))
        case "e":
            return BadValue(f"单元格是错误值 {cell.value}", shown=str(cell.value))
    return _ESCAPE.sub(_unescaped, cell.value) if isinstance(cell.value, str) else cell.value


def _unescaped(found: re.Match[str]) -> str:
    return f"_{found[1]}" if found[1] else "\n"


def write_xlsx(path: Path, header: Sequence[str], lines: Iterable[Sequence[object]]) -> None:
    """One sheet; the header stays in view, days are days, and nothing is ever a formula.

    Raises `OSError`, also where there is no room for what openpyxl keeps meanwhile ($TMPDIR).
    """
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("知识库")
    sheet.freeze_panes = "A2"
    for index, name in enumerate(header, start=1):
        letter = openpyxl.utils.get_column_letter(index)
        width = 80 if name == "答案" else 40 if name.rstrip("0123456789") in _WIDE else 16
        sheet.column_dimensions[letter].width = width
    whole = io.BytesIO()
    with _room_for_temporary_files():
        sheet.append([_header_cell(sheet, name) for name in header])
        try:
            for line in lines:
                sheet.append([_cell(sheet, value) for value in line])
        finally:
            # Also when interrupted: saving is what closes openpyxl's streams and temporary files.
            book.save(whole)
    path.write_bytes(whole.getvalue())  # a full disk breaks off here, not inside openpyxl


@contextmanager
def _room_for_temporary_files() -> Iterator[None]:
    try:
        yield
    except SerialisationError as error:  # lxml names the error's sign only: IO_ENOSPC
        code = getattr(errno, str(error).removeprefix("IO_"), errno.EIO)
        folder = tempfile.gettempdir()
        said = f"{os.strerror(code)} for temporary files in {folder} ($TMPDIR names another folder)"
        raise OSError(code, said) from error


def _header_cell(sheet: Any, name: str) -> Any:
    cell = WriteOnlyCell(sheet, value=name)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: Any, value: object) -> Any:
    if value is None or value == "":
        return None
    if isinstance(value, date) and value.year >= 1901:  # Excel's own days begin with 1900
        cell = WriteOnlyCell(sheet, value=value)
        cell.number_format = "yyyy-mm-dd"
        return cell
    text = _LOOKS_ESCAPED.sub(r"_x005F_\1", str(value))[:LARGEST_CELL]
    cell = WriteOnlyCell(sheet, value="")
    cell.value, cell.data_type = text, "s"  # else a text that begins with "=" becomes a formula
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell
