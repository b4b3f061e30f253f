"""The last weeks of a dashboard's chart: Mondays in China, and the days of each."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from cases.work_calendar import CHINA_TIME, today
from console.dashboards.board import Cell, Graph, linked
from console.reports.charts import columns_of, titles_of

WEEKS: Final = 8
WEEK: Final = timedelta(days=7)
Link = Callable[[int, date], str]
"""The list behind a number: of which series, and of the week from which Monday."""


def last_mondays(now: datetime, amount: int = WEEKS) -> list[date]:
    """The Mondays of the last weeks, oldest first; the present one is the last."""
    this = today(now) - timedelta(days=today(now).weekday())
    return [this - WEEK * n for n in reversed(range(amount))]


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def start_of(day: date) -> datetime:
    """Its first instant in China."""
    return datetime.combine(day, time(), CHINA_TIME)


def sunday_after(monday: date) -> date:
    """The last day of a week."""
    return monday + timedelta(days=6)


def weekly(
    title: str,
    keys: tuple[str, ...],
    counts: Mapping[tuple[date, int], int],
    mondays: Sequence[date],
    link: Link,
) -> Graph:
    """Columns and their table; `counts` by (Monday, place of the key), 0 where there is none."""
    values = [
        (monday, tuple(counts.get((monday, n), 0) for n in range(len(keys)))) for monday in mondays
    ]
    return Graph(
        title=title,
        keys=keys,
        columns=columns_of(
            [(title, found) for title, (_, found) in zip(titles_of(mondays), values, strict=True)]
        ),
        rows=[
            (
                Cell(f"{day.month}月{day.day}日起"),
                *(linked(amount, link(n, day)) for n, amount in enumerate(found)),
            )
            for day, found in values
        ],
    )
