"""A department's own office hours, read from the words of the table of departments."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from cases.deadline import Workdays
from cases.work_calendar import CHINA_TIME, ONE_DAY, today

SPAN: Final = re.compile(
    r"(\d{1,2})\s*[:：点时]\s*(\d{2})?\s*分?\s*[-—–~～至到]+\s*(\d{1,2})\s*[:：点时]\s*(\d{2})?"
)
ALSO_ON_REST_DAYS: Final = re.compile("每天|每日|全年|无休|周一至周日|24 ?小时")
Span = tuple[time, time]


@dataclass(frozen=True, kw_only=True)
class OfficeHours:
    """The spans of a day on which people are at their desks, China time, in order."""

    spans: tuple[Span, ...]
    every_day: bool = False

    def within(
        self, begin: datetime, end: datetime, calendar: Workdays
    ) -> list[tuple[datetime, datetime]]:
        """The office hours between two moments, in order."""
        return [
            (max(first, begin), min(last, end))
            for day in _days(today(begin), today(end))
            if self.every_day or calendar.is_workday(day)
            for first, last in (_on(day, span) for span in self.spans)
            if first < end and last > begin
        ]


def read_hours(words: str, *, otherwise: Span) -> OfficeHours:
    """工作日 8:30—12:00，14:00—17:30 — `otherwise` where the words name no times."""
    spans = (_span(found.groups()) for found in SPAN.finditer(words))
    good = tuple(sorted(span for span in spans if span is not None and span[0] < span[1]))
    return OfficeHours(
        spans=good or (otherwise,), every_day=bool(good and ALSO_ON_REST_DAYS.search(words))
    )


def _span(numbers: tuple[str | None, ...]) -> Span | None:
    hour, minute, until, until_minute = (int(each or 0) for each in numbers)
    try:
        return time(hour, minute), time(until, until_minute)
    except ValueError:
        return None


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += ONE_DAY


def _on(day: date, span: Span) -> tuple[datetime, datetime]:
    begin, end = span
    return datetime.combine(day, begin, CHINA_TIME), datetime.combine(day, end, CHINA_TIME)
