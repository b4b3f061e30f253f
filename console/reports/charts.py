"""Sizes for the charts that `reports/charts.html` draws: plain SVG without style or script, as the
Content-Security-Policy asks; the numbers always stand beneath as a table."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from cases.reports.fact import MEASURES, Fact
from cases.reports.figures import week_of

HEIGHT: Final = 100
ALL_NAMED: Final = 14
"""A chart with more columns names every so many of them."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """One place of a column chart: values and their heights of `HEIGHT` units."""

    title: str
    values: tuple[int, ...]
    heights: tuple[int, ...]


def columns_of(rows: Sequence[tuple[str, tuple[int, ...]]]) -> list[Column]:
    """Columns whose highest reaches the top; a value above 0 is always seen."""
    most = max((value for _, values in rows for value in values), default=0) or 1
    return [
        Column(title=title, values=values, heights=tuple(_height(v, most) for v in values))
        for title, values in rows
    ]


def _height(value: int, most: int) -> int:
    return max(2, value * HEIGHT // most) if value else 0


def weeks_of(facts: Sequence[Fact]) -> list[Column]:
    """For the chart: cases received and replied by the week of receipt, none left out between."""
    received: Counter[str] = Counter(week_of(fact.received_at) for fact in facts)
    fits = MEASURES["replied"].fits
    replied = Counter(week_of(f.received_at) for f in facts if fits(f, f.received_at))
    mondays = every_monday([date.fromisoformat(week) for week in received])
    return columns_of(
        [
            (title, (received[day.isoformat()], replied[day.isoformat()]))
            for day, title in zip(mondays, titles_of(mondays), strict=True)
        ]
    )


def every_monday(known: Sequence[date]) -> list[date]:
    """From the earliest to the latest of these Mondays, also those between."""
    if not known:
        return []
    first, last = min(known), max(known)
    return [first + timedelta(days=n) for n in range(0, (last - first).days + 1, 7)]


def titles_of(mondays: Sequence[date]) -> list[str]:
    """12/29, with the year where it begins; with it on each where a chart names but some."""
    if len({day.year for day in mondays}) < 2:
        return [f"{day.month}/{day.day}" for day in mondays]
    some = len(mondays) > ALL_NAMED
    years = [0 if some else day.year for day in (date.min, *mondays)]
    return [
        f"{day.month}/{day.day}" if day.year == before else f"{day.year}/{day.month}/{day.day}"
        for before, day in zip(years, mondays, strict=False)
    ]
