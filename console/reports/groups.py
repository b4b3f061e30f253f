"""The groups that figures are counted by: what each is called, and where its cases are listed."""

from collections.abc import Mapping
from datetime import date
from typing import Final
from urllib.parse import urlencode

from cases.reports.period import MONTH, Period
from console import words
from console.deps import Deps

NAMELESS: Final = {"department": "待分派", "topic": "未分主题"}


def title_of(by: str, key: str, box: Deps) -> str:
    """How a group is called: 2026年第47周（11月16日起）, 咨询, 教育局."""
    if by == "week" and (monday := _monday(key)):
        year, week, _ = monday.isocalendar()  # as GB/T 7408 numbers them
        return f"{year}年第{week}周（{monday.month}月{monday.day}日起）"
    if by == "month" and MONTH.fullmatch(key):
        return f"{key[:4]} 年 {int(key[5:7])} 月"
    if by == "channel":
        return box.accounts.get(key, key)
    if by == "kind":
        return next((title for kind, title in words.KINDS.items() if kind.value == key), key)
    return key or NAMELESS.get(by, "—")


def _monday(key: str) -> date | None:
    """The day that an address names; None for what it misspells."""
    try:
        return date.fromisoformat(key)
    except ValueError:
        return None


def link_to(period: Period, measure: str, by: str = "", key: str | None = None) -> str:
    """The list of the cases that a number of a report counts."""
    asked: Mapping[str, str] = {"period": period.key, "measure": measure}
    if by:
        asked = {**asked, "by": by, "key": key or ""}
    return f"/console/reports/cases?{urlencode(asked)}"
