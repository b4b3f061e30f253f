"""From what stands in a cell to text, wordings and days."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from knowledge_base.entry_check import SEPARATORS, tidy_line, tidy_wordings


class BadCell(Exception):
    """A cell that cannot be understood; its text is the reason, for staff."""


_NUMBERED = re.compile(
    r"(?:\d{1,2}\s*[.．、)）](?!\d)|[(（]\s*(?:\d{1,2}|[一二三四五六七八九十]+)\s*[)）]"
    r"|[一二三四五六七八九十]+、|[①-⑳])\s*(?=\S)"
)


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
            return str(int(value)) if value.is_integer() else f"{value:.15g}"  # as Excel shows it
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
