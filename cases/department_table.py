"""The table of departments, as `departments import` reads it from csv or xlsx."""

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from cases.department import Department
from cases.text_check import personal_must_go

HEADERS: Final = {
    "name": ("name", "department", "名称", "部门", "部门名称", "单位", "单位名称"),
    "duties": ("duties", "职责", "工作职责", "主要职责", "部门职责", "职能", "主要职能"),
    "keywords": ("keywords", "关键词", "关键字"),
    "phone": ("phone", "telephone", "电话", "联系电话", "办公电话", "咨询电话"),
    "address": ("address", "地址", "办公地址", "联系地址"),
    "hours": ("hours", "办公时间", "工作时间", "上班时间", "服务时间"),
    "parent": ("parent", "上级", "上级部门", "上级单位", "主管部门"),
}
COLUMN: Final = {word: column for column, words in HEADERS.items() for word in words}
LABEL: Final = {
    "name": "部门名称",
    "duties": "职责",
    "keywords": "关键词",
    "phone": "电话",
    "address": "地址",
    "hours": "办公时间",
    "parent": "上级部门",
}
LONGEST: Final = {"name": 50, "duties": 5000, "keywords": 5000}
LONGEST_OTHER: Final = 200
MOST_ROWS: Final = 5_000
MOST_BYTES: Final = 20_000_000
BETWEEN_KEYWORDS: Final = re.compile(r"[、,，;；|/\s]+")


class TableNotFit(ValueError):
    """A file that is no table of departments; the message names it and what is accepted."""


class RowNotFit(ValueError):
    """A department that cannot be kept; the text is the reason, in Chinese."""


@dataclass(frozen=True, kw_only=True)
class RejectedRow:
    """A row that was not taken: its number in the file (the header is 1), cells, and why."""

    row: int
    cells: tuple[str, ...]
    reason: str


@dataclass(frozen=True, kw_only=True)
class DepartmentTable:
    """The departments of a file in its order, each with its row, and what was not taken.

    `unknown` names the columns that mean nothing here.
    """

    departments: tuple[Department, ...]
    rows: tuple[int, ...]
    rejected: tuple[RejectedRow, ...]
    unknown: tuple[str, ...]


def read_departments(path: Path) -> DepartmentTable:
    """Reads csv (UTF-8, GB 18030 or UTF-16 with its mark) or xlsx; headers in any order.

    TableNotFit: not such a file, no column for the name, or one column twice.
    """
    try:
        _refuse_larger(path)
        rows = _xlsx_rows(path) if path.suffix.lower() == ".xlsx" else _csv_rows(path)
    except OSError as error:
        raise TableNotFit(f"{path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise TableNotFit(
            f"{path}: neither UTF-8 nor GB 18030: save it as xlsx, or as “CSV UTF-8”"
        ) from error
    except ValueError as error:
        raise TableNotFit(f"{path}: {error}") from error
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ParseError) as error:
        raise TableNotFit(f"{path}: not an xlsx file: save it as one, or as “CSV UTF-8”") from error
    if not rows:
        raise TableNotFit(f"{path}: the table is empty")
    columns = _columns(rows[0], path)
    unknown = tuple(cell.strip() for cell, known in zip(rows[0], columns, strict=True) if not known)
    return _read(columns, rows[1:], tuple(filter(None, unknown)))


def _refuse_larger(path: Path) -> None:
    if (size := path.stat().st_size) > MOST_BYTES:
        raise ValueError(f"has {size:,} bytes, and a table at most {MOST_BYTES:,}")


def _csv_rows(path: Path) -> list[list[str]]:
    text = _decoded(path.read_bytes())
    head = next((line for line in text.splitlines() if line.strip()), "")
    return _limited(_parted(text, max(",\t;", key=head.count)))


def _decoded(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):  # “Unicode text” of a spreadsheet
        return raw.decode("utf-16")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030")


def _parted(text: str, delimiter: str) -> Iterator[list[str]]:
    number = 0
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        for row in reader:
            number += 1
            yield row
    except csv.Error as error:
        raise ValueError(
            f"row {number + 1}: a quotation mark without its other half: open the file in a "
            f"spreadsheet, mend that row and save it again ({error})"
        ) from error


def _xlsx_rows(path: Path) -> list[list[str]]:
    with path.open("rb") as file:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
        try:
            sheet = book.worksheets[0]
            return _limited([_cell(value) for value in row] for row in _values(sheet))
        finally:
            book.close()


def _values(sheet: Any) -> Iterator[Sequence[object]]:
    yield from sheet.iter_rows(values_only=True)


def _limited(rows: Iterable[list[str]]) -> list[list[str]]:
    kept: list[list[str]] = []
    for row in rows:
        kept.append(row)
        if len(kept) > MOST_ROWS + 1:
            raise ValueError(f"more than {MOST_ROWS} rows")
    return kept


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # a phone number that a spreadsheet took for a quantity
    return str(value)


def _columns(header: Sequence[str], path: Path) -> list[str | None]:
    columns = [COLUMN.get(cell.strip().lower()) for cell in header]
    known = [column for column in columns if column]
    if "name" not in known:
        raise TableNotFit(f"{path}: no column for the name (name, 名称, 部门名称 …) in row 1")
    if len(set(known)) != len(known):
        raise TableNotFit(f"{path}: two columns for {max(known, key=known.count)} in row 1")
    return columns


def _read(
    columns: Sequence[str | None], rows: Sequence[Sequence[str]], unknown: tuple[str, ...]
) -> DepartmentTable:
    taken: dict[str, Department] = {}
    places: list[int] = []
    rejected: list[RejectedRow] = []
    for number, row in enumerate(rows, start=2):
        cells = [cell.strip() for cell in row]
        if not any(cells):
            continue
        fields = {c: cell for c, cell in zip(columns, cells, strict=False) if c}
        if fields.get("name", "") in taken:
            reason = f"部门“{fields['name']}”前面已经有一行"
            rejected.append(RejectedRow(row=number, cells=tuple(cells), reason=reason))
            continue
        try:
            taken[fields.get("name", "")] = fit_department(fields)
            places.append(number)
        except RowNotFit as refused:
            rejected.append(RejectedRow(row=number, cells=tuple(cells), reason=str(refused)))
    return DepartmentTable(
        departments=tuple(taken.values()),
        rows=tuple(places),
        rejected=tuple(rejected),
        unknown=unknown,
    )


def fit_department(fields: Mapping[str, str]) -> Department:
    """The department that the fields of a row or a form describe. Raises `RowNotFit`."""
    if not fields.get("name", ""):
        raise RowNotFit("部门名称为空")
    for column, text in fields.items():
        most = LONGEST.get(column, LONGEST_OTHER)
        if len(text) > most:
            raise RowNotFit(f"{LABEL[column]}超过 {most} 字")
        if any(
            unicodedata.category(char) in {"Cc", "Cs"} and char not in "\n\r\t" for char in text
        ):
            raise RowNotFit(f"{LABEL[column]}含有控制字符")
    if wrong := personal_must_go(*fields.values()):  # the directory is public
        raise RowNotFit(wrong.rstrip("。"))
    words = BETWEEN_KEYWORDS.split(fields.get("keywords", ""))
    rest = {column: text for column, text in fields.items() if column != "keywords"}
    return Department(**rest, keywords=tuple(dict.fromkeys(word for word in words if word)))
