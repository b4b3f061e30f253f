"""The days that stand in cells, in all the ways they are written."""

import re
import unicodedata
from datetime import date, datetime, timedelta
from typing import Final

from knowledge_base.entry_check import tidy_line
from knowledge_base.exchange.cells import BadCell, text_of

_DAY: Final = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?(?:[T\s]\s*\d{1,2}:\d{2}.*)?"
)
_COMPACT_DAY: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_IN_WORDS: Final = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月"
    r"([一二三四五六七八九十廿卅]{1,3})[日号]?"
)
_DIGITS: Final = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_SERIAL: Final = re.compile(r"\d{5}(?:\.\d+)?")
_UNBOUNDED: Final = frozenset(
    {"", "-", "--", "/", "无", "长期", "长期有效", "永久", "永久有效", "暂无"}
)
_EPOCH: Final = date(1899, 12, 30)
_MAC_EPOCH: Final = date(1904, 1, 1)
_SERIALS: Final = range(18_264, 73_416)  # 1950 to 2100; a day in a cell without a date's format


class MacNumber(int):
    """A whole number of a workbook that counts its days from 1904, as Excel for Mac did."""


def day_of(value: object) -> date | None:
    """A day: a date, a spreadsheet's serial, 2022-05-19, 2022年5月19日, 2022.5.19, 20220519,
    二〇二二年五月十九日.

    None for an empty cell, and for words such as 长期有效.
    """
    match value:
        case datetime():
            return value.date()
        case date():
            return value
        case MacNumber() if value + (_MAC_EPOCH - _EPOCH).days in _SERIALS:
            return _MAC_EPOCH + timedelta(days=int(value))
        case int() | float() if _SERIALS.start <= value < _SERIALS.stop:
            return _EPOCH + timedelta(days=int(value))
    text = tidy_line(unicodedata.normalize("NFKC", text_of(value)))
    if text in _UNBOUNDED:
        return None
    if _SERIAL.fullmatch(text) and int(float(text)) in _SERIALS:  # as a csv of such a cell has it
        return _EPOCH + timedelta(days=int(float(text)))
    found = _parts(text)
    if not found:
        raise BadCell(f"看不懂的日期“{text[:30]}”，请写成 2022-05-19")
    try:
        return date(*found)
    except ValueError as error:
        raise BadCell(f"没有“{text[:30]}”这一天") from error


def _parts(text: str) -> tuple[int, int, int] | None:
    if found := _DAY.fullmatch(text) or _COMPACT_DAY.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if words := _IN_WORDS.fullmatch(re.sub(r"\s", "", text)):
        return int(words[1].translate(_DIGITS)), _number(words[2]), _number(words[3])
    return None


def _number(words: str) -> int:
    """Of 一 to 三十一; what is no number is 0, which no month and no day is."""
    plain = words.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = plain.partition("十")
    if not ten:
        return int(tens.translate(_DIGITS)) if len(tens) == 1 else 0
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return 0
    return int(tens.translate(_DIGITS) or 1) * 10 + int(ones.translate(_DIGITS) or 0)
