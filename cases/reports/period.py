"""The periods that reports are made for, as days in China."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from cases.work_calendar import CHINA_TIME, today

QUARTERS: Final = "一二三四"
QUARTER: Final = re.compile(r"(20\d{2})-Q([1-4])")
MONTH: Final = re.compile(r"(20\d{2})-(0[1-9]|1[0-2])")
YEAR: Final = re.compile(r"20\d{2}")
SPAN: Final = re.compile(r"(\d{4}-\d{2}-\d{2})~(\d{4}-\d{2}-\d{2})")


@dataclass(frozen=True, kw_only=True)
class Period:
    """From `first` to `last`, both included; `key` is how an address names it."""

    key: str
    title: str
    first: date
    last: date

    @property
    def since(self) -> datetime:
        """The first instant."""
        return datetime.combine(self.first, time(), CHINA_TIME)

    @property
    def until(self) -> datetime:
        """The first instant after it."""
        return datetime.combine(self.last + timedelta(days=1), time(), CHINA_TIME)


def period_of(key: str, now: datetime) -> Period:
    """The period that an address names; what it does not name are the last 30 days."""
    day = today(now)
    if found := QUARTER.fullmatch(key):
        return quarter(int(found[1]), int(found[2]))
    if YEAR.fullmatch(key):
        return year(int(key))
    if found := MONTH.fullmatch(key):
        return month(int(found[1]), int(found[2]))
    span = _span(key)
    return span or Period(key="30", title="近 30 天", first=day - timedelta(days=29), last=day)


def _span(key: str) -> Period | None:
    found = SPAN.fullmatch(key)
    try:
        first, last = (
            (date.fromisoformat(each) for each in found.groups()) if found else (None,) * 2
        )
    except ValueError:
        return None
    if first is None or last is None or first > last or first.year < 2000 or last.year > 2199:
        return None
    return Period(key=key, title=f"{first} 至 {last}", first=first, last=last)


def year(number: int) -> Period:
    """A calendar year."""
    first, last = date(number, 1, 1), date(number, 12, 31)
    return Period(key=str(number), title=f"{number} 年", first=first, last=last)


def quarter(number: int, place: int) -> Period:
    """The first to fourth quarter of a year."""
    first = date(number, 3 * place - 2, 1)
    after = date(number + place // 4, 3 * place % 12 + 1, 1)
    title = f"{number} 年第{QUARTERS[place - 1]}季度"
    return Period(
        key=f"{number}-Q{place}", title=title, first=first, last=after - timedelta(days=1)
    )


def month(number: int, place: int) -> Period:
    """A calendar month."""
    first = date(number, place, 1)
    after = date(number + place // 12, place % 12 + 1, 1)
    return Period(
        key=f"{number}-{place:02d}",
        title=f"{number} 年 {place} 月",
        first=first,
        last=after - timedelta(days=1),
    )


def offered(now: datetime) -> list[Period]:
    """What a page offers: the last 30 days, this and the last quarter, this and the last year."""
    day = today(now)
    place = (day.month - 1) // 3 + 1
    last_quarter = quarter(day.year, place - 1) if place > 1 else quarter(day.year - 1, 4)
    return [
        period_of("", now),
        quarter(day.year, place),
        last_quarter,
        year(day.year),
        year(day.year - 1),
    ]
