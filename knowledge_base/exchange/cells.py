"""From what stands in a cell to text, wordings and days."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from knowledge_base.entry_check import SEPARATORS, tidy_line, tidy_wordings


class BadCell(Exception):
    """A cell that cannot be understood; its text is the reason, for staff."""


_DAY = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?(?:[T\s]\s*\d{1,2}:\d{2}.*)?"
)
_NUMBERED = re.compile(
    r"(?:\d{1,2}\s*[.．、)）](?!\d)|[(（]\s*(?:\d{1,2}|[一二三四五六七八九十]+)\s*[)）]"
    r"|[一二三四五六七八九十]+、|[①-⑳])\s*(?=\S)"
)
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"\d{5}")
_UNBOUNDED = frozenset({"", "-", "--", "/", "无", "长期", "长期有效", "永久", "永久有效", "暂无"})
_EXCEL_EPOCH = date(1899, 12, 30)
_EXCEL_SERIALS = range(18_264, 73_416)  # 1950 to 2100; a day in a cell without a date's format


def text_of(value: object) -> str:
    """The text of a cell; whole numbers without ".0", None as nothing."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "是" if value else "否"
        case int():
            return str(value)
        case float():
            return str(int(value)) if value.is_integer() else str(value)
        case datetime() if (value.hour, value.minute, value.second) == (0, 0, 0):
            return value.date().isoformat()
        case date():
            return value.isoformat()
    raise BadCell("只能是文字")


def questions_of(value: object) -> tuple[str, tuple[str, ...]]:
    """The question of a cell, and further ones listed below it, one a line.

    They are a list when every line is numbered or ends as a question; any other text that goes
    over several lines is one question.
    """
    text = text_of(value)
    lines = [line for line in map(tidy_line, re.split(r"[\r\n]+", text)) if line]
    listed = all(map(_NUMBERED.match, lines)) or all(line[-1] in "?？" for line in lines)
    if len(lines) < 2 or not listed:
        return text, ()
    first, *others = (_NUMBERED.sub("", line) for line in lines)
    return first, tuple(others)


def wordings_of(value: object) -> tuple[str, ...]:
    """Several wordings: a list, or a cell with one a line, or one line parted by | or ；."""
    if isinstance(value, list):
        if not all(isinstance(item, str) for item in value):
            raise BadCell("列表里只能是文字")
        return tidy_wordings(tuple(value))
    text = text_of(value)
    if re.search(r"[\r\n]", text):
        return tidy_wordings(tuple(re.split(r"[\r\n]+", text)))
    return tidy_wordings(tuple(re.split(f"[{re.escape(SEPARATORS)}]", text)))


def cell_of(wordings: Sequence[str]) -> str:
    """The cell that `wordings_of` reads back: one a line.

    A single wording with a separator inside is ended by a line break, or it would be parted.
    """
    text = "\n".join(wordings)
    return text + "\n" if len(wordings) == 1 and re.search(f"[{SEPARATORS}]", text) else text


def day_of(value: object) -> date | None:
    """A day: a date, an Excel serial, 2022-05-19, 2022年5月19日, 2022/5/19, 20220519.

    None for an empty cell, and for words such as 长期有效.
    """
    match value:
        case datetime():
            return value.date()
        case date():
            return value
        case int() | float() if value in _EXCEL_SERIALS:
            return _EXCEL_EPOCH + timedelta(days=int(value))
    text = tidy_line(unicodedata.normalize("NFKC", text_of(value)))
    if text in _UNBOUNDED:
        return None
    if _SERIAL.fullmatch(text) and int(text) in _EXCEL_SERIALS:  # as a csv of such a cell has it
        return _EXCEL_EPOCH + timedelta(days=int(text))
    found = _DAY.fullmatch(text) or _COMPACT_DAY.fullmatch(text)
    if not found:
        raise BadCell(f"看不懂的日期“{text[:30]}”，请写成 2022-05-19")
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError as error:
        raise BadCell(f"没有“{text[:30]}”这一天") from error
