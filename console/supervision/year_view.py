"""A year of the work calendar as a page shows it: months, weeks, days."""

import calendar as weeks_of
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from cases.work_calendar import ONE_DAY, WorkCalendar, day_names

ASIDE = re.compile(r"（.*?）")
SHORT = {"农历除夕": "除夕", "休息日": "休"}


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One day: `look` is "work" (a make-up workday), "off", "rest" (a weekend) or ""."""

    day: date
    look: str
    note: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Month:
    """One month in weeks from Monday; None where another month's days would stand."""

    number: int
    weeks: tuple[tuple[Cell | None, ...], ...]


def months(year: int, calendar: WorkCalendar) -> list[Month]:
    """The twelve months of a year."""
    names = day_names(year)
    sheet = weeks_of.Calendar(firstweekday=0)
    return [
        Month(
            number=month,
            weeks=tuple(
                tuple(_cell(day, calendar, names) if day.month == month else None for day in week)
                for week in sheet.monthdatescalendar(year, month)
            ),
        )
        for month in range(1, 13)
    ]


def _cell(day: date, calendar: WorkCalendar, names: dict[date, str]) -> Cell:
    if calendar.is_workday(day):
        made_up = day in calendar.makeup_days(day.year)
        return Cell(
            day=day,
            look="work" if made_up else "",
            note="班" if made_up else "",
            words="调休上班" if made_up else "",
        )
    if day not in calendar.rest_days(day.year):
        return Cell(day=day, look="rest", note="", words="周末")
    name = ASIDE.sub("", names.get(day, "休"))
    note = SHORT.get(name, name)
    return Cell(day=day, look="off", note=note[:3], words=f"放假，{note}")


def spans(days: Iterable[date]) -> list[tuple[date, date]]:
    """Days as (first, last) of each unbroken run, in order."""
    found = sorted(days)
    if not found:
        return []
    breaks = [(a, b) for a, b in pairwise(found) if b - a > ONE_DAY]
    firsts = [found[0], *(b for _, b in breaks)]
    lasts = [*(a for a, _ in breaks), found[-1]]
    return list(zip(firsts, lasts, strict=True))


def changes(year: int, before: WorkCalendar, after: WorkCalendar) -> list[tuple[date, bool]]:
    """(day, is a workday now) of each day that another calendar would change."""
    first = date(year, 1, 1).toordinal()
    days = [date.fromordinal(first + n) for n in range(366)]
    return [
        (day, after.is_workday(day))
        for day in days
        if day.year == year and before.is_workday(day) != after.is_workday(day)
    ]
