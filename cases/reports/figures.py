"""Facts counted: one line for a set of cases, and a table of lines by something they differ in."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from cases.reports.fact import MEASURES, Fact, owed
from cases.work_calendar import WorkCalendar, today

WorkingDays = Callable[[date, date], int]


@dataclass(frozen=True, kw_only=True)
class Line:
    """A set of cases in numbers; rates are whole percents rounded down, None without a base.

    `median_days` and `p90_days` are working days from receipt to reply, of those replied.
    """

    key: str
    title: str
    counts: Mapping[str, int]
    on_time_rate: int | None
    wrong_route_rate: int | None
    satisfaction: int | None
    median_days: float | None
    p90_days: float | None


@dataclass(frozen=True)
class Dimension:
    """What cases differ in: the words for it, and the key of a case's own group."""

    title: str
    key: Callable[[Fact], str]


def week_of(at: datetime) -> str:
    """The Monday of its week in China."""
    day = today(at)
    return (day - timedelta(days=day.weekday())).isoformat()


DIMENSIONS: Final = {
    "department": Dimension("部门", lambda fact: fact.department),
    "topic": Dimension("主题", lambda fact: fact.topic),
    "kind": Dimension("类别", lambda fact: fact.kind.value),
    "channel": Dimension("渠道", lambda fact: fact.account),
    "week": Dimension("周", lambda fact: week_of(fact.received_at)),
    "month": Dimension("月", lambda fact: today(fact.received_at).isoformat()[:7]),
}


def line_of(
    facts: Sequence[Fact], now: datetime, days: WorkingDays, *, key: str = "", title: str = ""
) -> Line:
    """Counts one set of facts."""
    counts = {
        name: sum(measure.fits(fact, now) for fact in facts) for name, measure in MEASURES.items()
    }
    taken = sorted(
        days(today(fact.received_at), today(fact.replied_at))
        for fact in facts
        if fact.ours and fact.replied_at is not None
    )
    return Line(
        key=key,
        title=title,
        counts=counts,
        on_time_rate=percent(counts["on_time"], sum(owed(fact, now) for fact in facts)),
        wrong_route_rate=percent(counts["returned"], len(facts), up=True),
        satisfaction=percent(counts["satisfied"], counts["rated"]),
        median_days=quantile(taken, 0.5),
        p90_days=quantile(taken, 0.9),
    )


def lines_by(dimension: str, facts: Iterable[Fact], now: datetime, days: WorkingDays) -> list[Line]:
    """One line for each value of a dimension: time in order, the rest by the number of cases."""
    groups: dict[str, list[Fact]] = {}
    for fact in facts:
        groups.setdefault(DIMENSIONS[dimension].key(fact), []).append(fact)
    lines = [line_of(found, now, days, key=key, title=key) for key, found in groups.items()]
    if dimension in {"week", "month"}:
        return sorted(lines, key=lambda line: line.key)
    return sorted(lines, key=lambda line: (-line.counts["cased"], line.key))


def chosen(
    facts: Iterable[Fact], now: datetime, *, measure: str, dimension: str = "", key: str = ""
) -> list[Fact]:
    """The very cases that a number of `lines_by` or `line_of` counts, earliest received first."""
    fits = MEASURES[measure].fits
    group = DIMENSIONS[dimension].key if dimension else lambda _: key
    found = [fact for fact in facts if fits(fact, now) and group(fact) == key]
    return sorted(found, key=lambda fact: (fact.received_at, fact.number))


def percent(part: int, whole: int, *, up: bool = False) -> int | None:
    """Whole percents, rounded so that nothing looks better than it is; None of nothing."""
    if not whole:
        return None
    return -(-part * 100 // whole) if up else part * 100 // whole


def quantile(ordered: Sequence[int], share: float) -> float | None:
    """The value that a share of the values do not exceed (nearest rank; the median's middle)."""
    if not ordered:
        return None
    if share == 0.5 and len(ordered) % 2 == 0:
        half = len(ordered) // 2
        return (ordered[half - 1] + ordered[half]) / 2
    rank = max(1, -int(-len(ordered) * share // 1))
    return float(ordered[rank - 1])


def working_days_of(calendar: WorkCalendar) -> WorkingDays:
    """`calendar.working_days` that remembers: a report asks for few different pairs of days."""
    known: dict[tuple[date, date], int] = {}

    def days(after: date, until: date) -> int:
        pair = (after, until)
        if pair not in known:
            known[pair] = calendar.working_days(after, until)
        return known[pair]

    return days
