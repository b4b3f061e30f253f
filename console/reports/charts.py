"""Sizes for the charts that `reports/charts.html` draws: plain SVG without style or script, as the
Content-Security-Policy asks; the numbers always stand beneath as a table."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cases.reports.fact import MEASURES, Fact
from cases.reports.figures import week_of

HEIGHT: Final = 100


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
    """For the chart: cases received and replied by the week of receipt."""
    received: Counter[str] = Counter(week_of(fact.received_at) for fact in facts)
    fits = MEASURES["replied"].fits
    replied = Counter(week_of(f.received_at) for f in facts if fits(f, f.received_at))
    return columns_of(
        [
            (f"{int(week[5:7])}/{int(week[8:10])}", (received[week], replied[week]))
            for week in sorted(received)
        ]
    )
