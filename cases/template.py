"""Replies that are begun with a template: its fields are filled in before the text is submitted."""

import re
from collections.abc import Mapping
from typing import Final

from cases.case import Case, TextNotFit
from cases.department import Department

FIELD: Final = re.compile(r"(?<![{｛])[{｛]([\w、/ （）()-]{1,20})[}｝](?![}｝])")


def filled(body: str, case: Case, department: Department | None) -> str:
    """The text with what the desk knows itself; other fields stay for a person to fill in."""
    known = known_fields(case, department)
    return FIELD.sub(lambda field: known.get(field[1].strip()) or field[0], body)


def known_fields(case: Case, department: Department | None) -> Mapping[str, str]:
    """The fields that need nobody's hand; an empty one is for a person after all."""
    day = case.due_date
    return {
        "编号": case.number,
        "部门": case.department,
        "电话": department.phone if department else "",
        "地址": department.address if department else "",
        "办公时间": department.hours if department else "",
        "截止日期": f"{day.month}月{day.day}日",
        "主题": case.topic,
    }


def filled_in(text: str) -> str:
    """The text itself. TextNotFit: a field of it was not filled in."""
    if empty := blanks(text):
        told = "、".join(empty)
        raise TextNotFit(
            f"{len(empty)} fields are empty", f"还有没填好的地方：{told}，请填好再提交。"
        )
    return text


def blanks(text: str) -> list[str]:
    """The fields that nobody has filled in yet, each once, in their order."""
    return list(dict.fromkeys(field[0] for field in FIELD.finditer(text)))
