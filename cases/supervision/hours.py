"""When people may be disturbed: the office hours of working days."""

from dataclasses import dataclass
from datetime import date, datetime, time

from cases.deadline import Workdays
from cases.work_calendar import CHINA_TIME, ONE_DAY


@dataclass(frozen=True, kw_only=True)
class WorkingHours:
    """From `begin` until before `end`, China time; the digest goes out from `digest` on."""

    begin: time = time(8, 30)
    end: time = time(17, 30)
    digest: time = time(8, 30)

    def next(self, now: datetime, calendar: Workdays) -> datetime:
        """`now` itself within working hours, else when they begin next."""
        local = now.astimezone(CHINA_TIME)
        day = local.date()
        if calendar.is_workday(day):
            if self.begin <= local.time() < self.end:
                return now
            if local.time() < self.begin:
                return _at(day, self.begin)
        day += ONE_DAY
        while not calendar.is_workday(day):
            day += ONE_DAY
        return _at(day, self.begin)

    def digest_is_due(self, now: datetime, calendar: Workdays) -> bool:
        """Whether this morning's digest should have gone out by now."""
        local = now.astimezone(CHINA_TIME)
        return calendar.is_workday(local.date()) and self.digest <= local.time() < self.end


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, CHINA_TIME)
