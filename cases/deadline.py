"""When a case is due, counted as CASES.md counts (六安市政府办公室 2016-09-23 通知 三(四))."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

from cases.work_calendar import CHINA_TIME, ONE_DAY, today

MOST_DAYS = 10_000
DEFAULT_CUT_OFF = time(17, 0)


class Workdays(Protocol):
    """What counting needs of a calendar; `WorkCalendar` fits."""

    def is_workday(self, day: date) -> bool: ...

    def is_published(self, year: int) -> bool: ...


@dataclass(frozen=True, kw_only=True)
class Due:
    """A deadline: the last day, and the first instant after it (+08:00, exclusive).

    `working_days` are the days that were counted, in order. `provisional` means that a year the
    count went through has no published notice, so the date may still move.
    `by_automatic_reply`: a same-day deadline that the automatic reply has already met.
    """

    due_date: date
    due_at: datetime
    provisional: bool
    working_days: tuple[date, ...] = ()
    by_automatic_reply: bool = False


@dataclass(frozen=True, kw_only=True)
class Pause:
    """The clock stood from the day after the question to the day of the answer."""

    asked_on: date
    answered_on: date

    def covers(self, day: date) -> bool:
        """Whether the clock stood on this day."""
        return self.asked_on < day <= self.answered_on


def due(
    received_at: datetime,
    working_days: int,
    calendar: Workdays,
    pauses: Sequence[Pause] = (),
) -> Due:
    """The end of the n-th working day after receipt; day 0 is the day of receipt, always.

    A question to the citizen asked on the last day moves the deadline to the day of the answer.
    ValueError: a naive `received_at`, or `working_days` outside 0 … 10,000 or the calendar.
    """
    if isinstance(working_days, bool) or not 0 <= working_days <= MOST_DAYS:
        raise ValueError(f"{working_days!r} is not a number of working days (0 … {MOST_DAYS})")
    received_on = today(received_at)
    counted, last = _count(received_on, working_days, calendar, pauses)
    last = _after_pauses(last, pauses)
    years = range((received_on + ONE_DAY).year, last.year + 1)
    provisional = not all(calendar.is_published(year) for year in years)
    return _due(last, provisional=provisional, counted=counted)


def same_day(received_at: datetime, cut_off: time = DEFAULT_CUT_OFF) -> Due:
    """The end of the day of receipt; from the cut-off on, the automatic reply is what meets it."""
    day = today(received_at)
    late = received_at.astimezone(CHINA_TIME).time() >= cut_off
    return _due(day, by_automatic_reply=late)


def calendar_days(received_at: datetime, days: int) -> Due:
    """The end of the n-th calendar day after receipt. ValueError as for `due`."""
    if isinstance(days, bool) or not 0 <= days <= MOST_DAYS:
        raise ValueError(f"{days!r} is not a number of days (0 … {MOST_DAYS})")
    return _due(today(received_at) + timedelta(days=days))


def resumed(due_date: date, pause: Pause, calendar: Workdays) -> Due:
    """The deadline after a pause: the working days left when it began count on after it.

    Equals `due` with that pause added. Already overdue when asked: nothing moves.
    """
    if due_date < pause.asked_on or pause.answered_on <= pause.asked_on:
        return _due(due_date)
    span = range(1, (due_date - pause.asked_on).days + 1)
    left = sum(calendar.is_workday(pause.asked_on + timedelta(days=n)) for n in span)
    answered = datetime.combine(pause.answered_on, time(12), CHINA_TIME)
    return due(answered, left, calendar)


def end_of(day: date) -> datetime:
    """The first instant after a day in China (24:00)."""
    return datetime.combine(day + ONE_DAY, time(0), CHINA_TIME)


def _count(
    received_on: date, amount: int, calendar: Workdays, pauses: Sequence[Pause]
) -> tuple[tuple[date, ...], date]:
    counted: list[date] = []
    day = received_on
    while len(counted) < amount:
        if day >= date.max - 2 * ONE_DAY:
            raise ValueError(f"{amount} working days from {received_on} run past {date.max}")
        day += ONE_DAY
        if calendar.is_workday(day) and not any(pause.covers(day) for pause in pauses):
            counted.append(day)
    return tuple(counted), day


def _after_pauses(last: date, pauses: Sequence[Pause]) -> date:
    for pause in sorted(pauses, key=lambda pause: pause.asked_on):
        if pause.asked_on == last or pause.covers(last):
            last = max(last, pause.answered_on)
    return last


def _due(
    day: date,
    *,
    provisional: bool = False,
    counted: tuple[date, ...] = (),
    by_automatic_reply: bool = False,
) -> Due:
    return Due(
        due_date=day,
        due_at=end_of(day),
        provisional=provisional,
        working_days=counted,
        by_automatic_reply=by_automatic_reply,
    )
