"""China's real working days: weekends, statutory holidays and make-up workdays (调休)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Final

from holidays import PUBLIC, country_holidays

CHINA_TIME: Final = timezone(timedelta(hours=8), "Asia/Shanghai")
"""Asia/Shanghai; China has had no summer time since 1991, so the offset is fixed."""

ONE_DAY: Final = timedelta(days=1)
SATURDAY: Final = 5
# 全国年节及纪念日放假办法 (国务院令第795号) 第二条: the days that need no lunar calendar.
FIXED_HOLIDAYS: Final = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))

OffAndWork = tuple[frozenset[date], frozenset[date]]
Notices = Mapping[int, OffAndWork]
"""State Council notices by year: (days off, days worked), as `NoticeStore.notices` gives them."""


@dataclass(frozen=True, kw_only=True)
class Year:
    """What differs from Monday-to-Friday in one year, and whether a notice says so."""

    off: frozenset[date]
    work: frozenset[date]
    published: bool


class WorkCalendar:
    """Tells working days from rest days; cheap to ask and safe to share between threads.

    The years that `holidays` carries the State Council's notice for are published; a stored
    notice is laid over them and wins. A year with neither is a best guess (weekends, statutory
    holidays, no make-up workdays): never an error, but not `is_published`.
    """

    def __init__(self, notices: Notices | None = None) -> None:
        self._notices: Notices = dict(notices or {})
        self._years: dict[int, Year] = {}

    def load(self, notices: Notices) -> None:
        """Replaces all stored notices; whoever shares this calendar sees them from now on."""
        years: dict[int, Year] = {}
        self._notices, self._years = dict(notices), years

    def is_workday(self, day: date) -> bool:
        """Whether offices work on this day."""
        year = self._year(day.year)
        if day in year.work:
            return True
        return day.weekday() < SATURDAY and day not in year.off

    def is_published(self, year: int) -> bool:
        """Whether the State Council's notice for this year is known."""
        return self._year(year).published

    def rest_days(self, year: int) -> frozenset[date]:
        """The days off of a year that are named as such; other weekends are not listed."""
        return self._year(year).off

    def makeup_days(self, year: int) -> frozenset[date]:
        """The weekend days of a year on which offices work."""
        return self._year(year).work

    def with_notice(self, year: int, notice: OffAndWork) -> "WorkCalendar":
        """The calendar as it would be with another notice; this one stays as it is."""
        return WorkCalendar({**self._notices, year: notice})

    def working_days(self, after: date, until: date) -> int:
        """How many working days lie in (after, until]; 0 when `until` is not later."""
        span = range(1, (until - after).days + 1)
        return sum(self.is_workday(after + timedelta(days=n)) for n in span)

    def _year(self, year: int) -> Year:
        years = self._years
        found = years.get(year)
        if found is None:  # two threads may both compute it; they get equal values
            found = years[year] = _read_year(year, self._notices)
        return found


NOTICE_EXPECTED: Final = 11
"""The month from which on next year's notice is missed: it comes out in autumn or December."""


def missing_notice(day: date, calendar: WorkCalendar) -> int | None:
    """The first year whose notice is missing and that deadlines may already run into."""
    years = (day.year, day.year + 1) if day.month >= NOTICE_EXPECTED else (day.year,)
    return next((year for year in years if not calendar.is_published(year)), None)


def today(now: datetime) -> date:
    """The day it is in China at an aware time; ValueError for a naive one."""
    if now.tzinfo is None or now.utcoffset() is None:
        raise ValueError(f"{now.isoformat()} has no time zone; pass an aware datetime")
    return now.astimezone(CHINA_TIME).date()


def day_names(year: int) -> dict[date, str]:
    """What the days off of a year are called, as far as the law and the lunar calendar say."""
    table = country_holidays("CN", years=year, expand=False, language="zh_CN")
    return {day: name for day, name in table.items() if day.year == year}


def _read_year(year: int, notices: Notices) -> Year:
    carried = _from_library(year, observed=True)
    if carried.published or year not in notices:
        base = carried
    else:  # the law's own days stand; where the other rest days lie is for the notice to say
        base = _from_library(year, observed=False)
    # A notice may also name the last days of December before it (as for 2019: 2018-12-29).
    for noticed in (year, year + 1):
        if noticed in notices:
            base = _overlay(base, notices[noticed], year, published=noticed == year)
    return base


def _from_library(year: int, *, observed: bool) -> Year:
    table = country_holidays(
        "CN", years=year, expand=False, observed=observed, categories=(PUBLIC,)
    )
    # Every notice since 2001 has make-up workdays; the library has none for a year it estimates.
    work = frozenset(day for day in table.weekend_workdays if day.year == year)
    published = any(day.month < 12 for day in work)
    off = {day for day in table if day.year == year}
    off |= {date(year, month, day) for month, day in FIXED_HOLIDAYS if not table}
    return Year(off=frozenset(off), work=work, published=published)


def _overlay(base: Year, notice: OffAndWork, year: int, *, published: bool) -> Year:
    off, work = (frozenset(d for d in days if d.year == year) for days in notice)
    return Year(
        off=(base.off - work) | off,
        work=(base.work - off) | work,
        published=base.published or published,
    )
