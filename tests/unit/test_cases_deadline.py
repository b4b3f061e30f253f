"""Deadlines: the checked examples of CASES.md and the shape of the rule."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.deadline import Pause, calendar_days, due, end_of, resumed, same_day
from cases.work_calendar import CHINA_TIME, WorkCalendar, today

CALENDAR = WorkCalendar()
MOMENTS = st.datetimes(
    min_value=datetime(2018, 1, 1), max_value=datetime(2027, 12, 31), timezones=st.just(CHINA_TIME)
)
AMOUNTS = st.integers(min_value=0, max_value=40)


class Without:
    """The calendar, less one working day."""

    def __init__(self, day: date) -> None:
        self.day = day

    def is_workday(self, day: date) -> bool:
        return day != self.day and CALENDAR.is_workday(day)

    def is_published(self, year: int) -> bool:
        return CALENDAR.is_published(year)


def at(day: str, clock: str = "10:00") -> datetime:
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), CHINA_TIME)


@pytest.mark.parametrize(
    ("received", "last"),
    [
        ("2025-09-26", "2025-10-10"),
        ("2026-02-13", "2026-02-27"),
        ("2026-02-14", "2026-02-28"),
        ("2026-09-18", "2026-09-24"),
    ],
)
def test_the_checked_examples_of_the_rules(received: str, last: str) -> None:
    found = due(at(received), 5, CALENDAR)
    assert found.due_date == date.fromisoformat(last)
    assert found.due_at == at(last, "00:00") + timedelta(days=1)
    assert not found.provisional


def test_a_deadline_that_runs_into_an_unpublished_year_is_provisional() -> None:
    assert due(at("2026-12-28"), 5, CALENDAR).provisional
    assert not due(at("2026-12-28"), 3, CALENDAR).provisional


def test_the_notice_makes_it_final() -> None:
    off = frozenset({date(2027, 1, 1)})
    found = due(at("2026-12-28"), 5, WorkCalendar({2027: (off, frozenset())}))
    assert not found.provisional
    assert found.due_date == date(2027, 1, 5)


@pytest.mark.parametrize("clock", ["00:00", "00:01", "16:59", "17:01", "23:59:59.999999"])
def test_the_hour_of_receipt_does_not_matter(clock: str) -> None:
    assert due(at("2026-09-18", clock), 5, CALENDAR).due_date == date(2026, 9, 24)


def test_days_are_counted_in_china_whatever_zone_the_time_is_in() -> None:
    late = datetime(2026, 9, 17, 23, 30, tzinfo=UTC)  # already the 18th in China
    west = late.astimezone(timezone(timedelta(hours=-8)))
    assert due(late, 5, CALENDAR) == due(west, 5, CALENDAR) == due(at("2026-09-18"), 5, CALENDAR)
    assert due(late, 5, CALENDAR).due_at.isoformat() == "2026-09-25T00:00:00+08:00"


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        due(datetime(2026, 9, 18), 5, CALENDAR)


@pytest.mark.parametrize("days", [-1, 10_001, True])
def test_an_amount_that_makes_no_sense_is_refused(days: int) -> None:
    with pytest.raises(ValueError, match="not a number of"):
        due(at("2026-09-18"), days, CALENDAR)
    with pytest.raises(ValueError, match="not a number of"):
        calendar_days(at("2026-09-18"), days)


def test_the_end_of_time_is_a_clear_error() -> None:
    with pytest.raises(ValueError, match="run past"):
        due(datetime(9999, 12, 20, tzinfo=CHINA_TIME), 10, CALENDAR)


def test_the_same_day_ends_at_midnight_and_the_automatic_reply_meets_it_after_five() -> None:
    assert same_day(at("2026-09-18", "16:59")).due_at == at("2026-09-19", "00:00")
    assert not same_day(at("2026-09-18", "16:59")).by_automatic_reply
    assert same_day(at("2026-09-18", "17:00")).by_automatic_reply
    assert not same_day(at("2026-09-18", "17:00"), time(18)).by_automatic_reply


def test_calendar_days_count_rest_days_too() -> None:
    assert calendar_days(at("2026-10-01"), 15).due_date == date(2026, 10, 16)


def test_the_clock_stands_from_the_day_after_the_question_to_the_day_of_the_answer() -> None:
    pause = Pause(asked_on=date(2026, 9, 21), answered_on=date(2026, 9, 23))
    found = due(at("2026-09-18"), 5, CALENDAR, (pause,))
    # 20 (make-up Sunday) and 21 were used; 24, 28 and 29 are left, with the festival between.
    assert found.working_days[2:] == (date(2026, 9, 24), date(2026, 9, 28), date(2026, 9, 29))


def test_a_question_on_the_last_day_moves_the_deadline_to_the_answer() -> None:
    pause = Pause(asked_on=date(2026, 9, 24), answered_on=date(2026, 9, 29))
    assert due(at("2026-09-18"), 5, CALENDAR, (pause,)).due_date == date(2026, 9, 29)
    assert resumed(date(2026, 9, 24), pause, CALENDAR).due_date == date(2026, 9, 29)


def test_a_second_question_before_the_answer_to_the_first_moves_it_further() -> None:
    first = Pause(asked_on=date(2026, 9, 24), answered_on=date(2026, 9, 29))
    second = Pause(asked_on=date(2026, 9, 28), answered_on=date(2026, 9, 30))
    found = due(at("2026-09-18"), 5, CALENDAR, (second, first))
    assert found.due_date == date(2026, 9, 30)


def test_an_answer_on_the_day_of_the_question_moves_nothing() -> None:
    sunday = date(2026, 9, 27)
    assert resumed(sunday, Pause(asked_on=sunday, answered_on=sunday), CALENDAR).due_date == sunday
    friday = Pause(asked_on=date(2026, 9, 25), answered_on=date(2026, 9, 25))
    assert resumed(sunday, friday, CALENDAR).due_date == sunday


def test_a_question_asked_too_late_moves_nothing() -> None:
    pause = Pause(asked_on=date(2026, 9, 25), answered_on=date(2026, 9, 29))
    assert due(at("2026-09-18"), 5, CALENDAR, (pause,)).due_date == date(2026, 9, 24)
    assert resumed(date(2026, 9, 24), pause, CALENDAR).due_date == date(2026, 9, 24)


@given(MOMENTS, AMOUNTS)
def test_exactly_n_working_days_lie_between_receipt_and_the_deadline(
    received: datetime, amount: int
) -> None:
    found = due(received, amount, CALENDAR)
    assert CALENDAR.working_days(today(received), found.due_date) == amount
    assert len(found.working_days) == amount
    assert found.due_at == end_of(found.due_date)


@given(MOMENTS, MOMENTS, AMOUNTS)
def test_who_writes_later_is_never_due_earlier(
    first: datetime, second: datetime, amount: int
) -> None:
    early, late = sorted((first, second))
    assert due(early, amount, CALENDAR).due_at <= due(late, amount, CALENDAR).due_at


@given(MOMENTS, AMOUNTS)
def test_one_more_working_day_is_always_later(received: datetime, amount: int) -> None:
    assert due(received, amount, CALENDAR).due_at < due(received, amount + 1, CALENDAR).due_at


@given(MOMENTS, AMOUNTS, st.integers(min_value=0, max_value=60))
def test_one_working_day_fewer_never_moves_a_date_earlier(
    received: datetime, amount: int, ahead: int
) -> None:
    removed = today(received) + timedelta(days=ahead)
    assert due(received, amount, Without(removed)).due_at >= due(received, amount, CALENDAR).due_at


@settings(max_examples=200)
@given(
    MOMENTS,
    st.integers(min_value=1, max_value=15),
    st.lists(st.integers(min_value=1, max_value=12), max_size=6),
)
def test_resuming_step_by_step_is_the_same_as_counting_with_all_pauses(
    received: datetime, amount: int, gaps: list[int]
) -> None:
    days, day = [], today(received)
    for gap in gaps:
        day += timedelta(days=gap)
        days.append(day)
    pairs = list(zip(days[::2], days[1::2], strict=False))
    pauses = [Pause(asked_on=asked, answered_on=answered) for asked, answered in pairs]
    date_by_step = due(received, amount, CALENDAR).due_date
    for pause in pauses:
        date_by_step = resumed(date_by_step, pause, CALENDAR).due_date
    assert date_by_step == due(received, amount, CALENDAR, pauses).due_date
