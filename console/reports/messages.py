"""What came in besides cases: messages by what became of them, down to a day of one account."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode

from aiohttp import web

from cases.reports.period import Period, month, period_of
from console import words
from console.dashboards.weeks import monday_of, sunday_after
from console.deps import Deps, deps
from console.pages import page
from console.reports.groups import title_of

BY: Final = {"channel": "渠道", "month": "月", "week": "周", "day": "日"}
Counts = Mapping[tuple[str, str, str], int]
"""(account, day in China, outcome) -> messages."""


@dataclass(frozen=True, kw_only=True)
class Messages:
    """Messages that asked something, by what became of them."""

    received: int
    answered: int
    cased: int
    suggested: int = 0

    @property
    def rest(self) -> int:
        """Greetings, choices, additions and what is still being handled."""
        return self.received - self.answered - self.cased

    @property
    def others(self) -> int:
        """The same without the choices."""
        return self.rest - self.suggested


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line of the table; `path` leads to what it is made of, "" where it is a single day's."""

    title: str
    path: str
    messages: Messages


async def show(request: web.Request) -> web.Response:
    """The messages of a period by channel, month, week or day, which add up to its number."""
    box, asked = deps(request), request.query.get("by", "")
    period = period_of(request.query.get("period", ""), box.clock())
    by = asked if asked in BY else "channel"
    counts = await box.reports.message_counts(since=period.since, until=period.until)
    return await page(
        request,
        "reports/messages.html",
        period=period,
        by=by,
        dimensions=BY,
        total=summed(counts),
        rows=_rows(counts, period, by, box),
        link=lambda key: messages_path(period.key, key),
    )


async def messages_of(box: Deps, period: Period) -> Messages:
    """All of the period."""
    return summed(await box.reports.message_counts(since=period.since, until=period.until))


def messages_path(period: str, by: str = "channel") -> str:
    """The table of a period's messages."""
    return f"/console/reports/messages?{urlencode({'period': period, 'by': by})}"


def summed(counts: Counts) -> Messages:
    """Over accounts and days."""
    outcomes: Counter[str] = Counter()
    for (_, _, outcome), amount in counts.items():
        outcomes[outcome] += amount
    return Messages(
        received=outcomes.total(),
        answered=outcomes["answered"],
        cased=outcomes["cased"],
        suggested=outcomes["suggested"],
    )


def _rows(counts: Counts, period: Period, by: str, box: Deps) -> list[Row]:
    groups: dict[str, dict[tuple[str, str, str], int]] = {}
    for (account, day, outcome), amount in counts.items():
        groups.setdefault(_key(by, account, day), {})[account, day, outcome] = amount
    return [
        Row(title=_title(by, key, box), path=_path(by, key, period), messages=summed(groups[key]))
        for key in sorted(groups)
    ]


def _title(by: str, key: str, box: Deps) -> str:
    if by == "day":
        return words.dated(date.fromisoformat(key), now=box.clock())
    return title_of(by, key, box)


def _key(by: str, account: str, day: str) -> str:
    match by:
        case "channel":
            return account
        case "month":
            return day[:7]
        case "week":
            return monday_of(date.fromisoformat(day)).isoformat()
    return day


def _path(by: str, key: str, period: Period) -> str:
    """The days of a week or a month, as far as the period goes."""
    match by:
        case "week":
            first = date.fromisoformat(key)
            last = sunday_after(first)
        case "month":
            whole = month(int(key[:4]), int(key[5:]))
            first, last = whole.first, whole.last
        case _:
            return ""
    first, last = max(first, period.first), min(last, period.last)
    return messages_path(f"{first}~{last}", "day")
