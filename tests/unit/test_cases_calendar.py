"""The work calendar: China's real working days."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import chinese_calendar
import pytest

from cases.work_calendar import WorkCalendar, missing_notice, today


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", range(2018, 2027))
def test_every_day_agrees_with_chinesecalendar(year: int) -> None:
    calendar = WorkCalendar()
    wrong = [d for d in days_of(year) if calendar.is_workday(d) != chinese_calendar.is_workday(d)]
    assert wrong == []
    assert calendar.is_published(year)


def test_a_make_up_saturday_is_a_working_day_and_half_holidays_are_too() -> None:
    calendar = WorkCalendar()
    assert calendar.is_workday(date(2026, 2, 14))
    assert calendar.is_workday(date(2027, 3, 8))  # Women's Day: half a day, for some
    assert date(2026, 2, 28) in calendar.makeup_days(2026)


def test_a_year_without_a_notice_is_a_guess_and_says_so() -> None:
    calendar = WorkCalendar()
    assert not calendar.is_published(2027)
    assert not calendar.is_workday(date(2027, 10, 1))
    assert calendar.makeup_days(2027) == frozenset()


@pytest.mark.parametrize("year", [1, 1900, 1950, 2099, 2150, 9999])
def test_years_far_away_are_no_error(year: int) -> None:
    calendar = WorkCalendar()
    assert not calendar.is_workday(date(year, 10, 1))
    assert not calendar.is_published(year)


@pytest.mark.parametrize("day", [(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)])
def test_the_holidays_of_the_law_stand_where_no_table_reaches(day: tuple[int, int]) -> None:
    calendar = WorkCalendar()
    years = [year for year in range(9800, 9999) if date(year, *day).weekday() < 5]
    assert [year for year in years if calendar.is_workday(date(year, *day))] == []


def test_next_years_notice_is_missed_from_november_on() -> None:
    calendar = WorkCalendar()
    assert missing_notice(date(2026, 10, 31), calendar) is None
    assert missing_notice(date(2026, 11, 1), calendar) == 2027
    assert missing_notice(date(2027, 1, 1), calendar) == 2027


def test_the_notice_that_the_library_knows_wins_over_a_guess_at_days_in_lieu() -> None:
    noticed = WorkCalendar({2026: (frozenset({date(2026, 3, 9)}), frozenset())})
    assert noticed.rest_days(2026) == WorkCalendar().rest_days(2026) | {date(2026, 3, 9)}


def test_a_stored_notice_publishes_a_year() -> None:
    off, work = frozenset({date(2027, 2, 11)}), frozenset({date(2027, 2, 20)})
    calendar = WorkCalendar({2027: (off, work)})
    assert calendar.is_published(2027)
    assert not calendar.is_workday(date(2027, 2, 11))
    assert calendar.is_workday(date(2027, 2, 20))


def test_a_notice_ends_the_guesses_about_days_in_lieu_but_not_the_holidays_of_the_law() -> None:
    guess = WorkCalendar()
    noticed = WorkCalendar({2027: (frozenset({date(2027, 1, 1)}), frozenset())})
    assert not guess.is_workday(date(2027, 10, 4))
    assert noticed.is_workday(date(2027, 10, 4))
    assert not noticed.is_workday(date(2027, 10, 1))


def test_a_notice_may_name_days_of_the_december_before_it() -> None:
    off, work = frozenset({date(2027, 12, 31)}), frozenset({date(2027, 12, 25)})
    calendar = WorkCalendar({2028: (off, work)})
    assert not calendar.is_workday(date(2027, 12, 31))
    assert calendar.is_workday(date(2027, 12, 25))
    assert not calendar.is_published(2027)


def test_a_notice_wins_over_the_library() -> None:
    off, work = frozenset({date(2026, 3, 4)}), frozenset({date(2026, 10, 7)})
    calendar = WorkCalendar({2026: (off, work)})
    assert not calendar.is_workday(date(2026, 3, 4))
    assert calendar.is_workday(date(2026, 10, 7))
    assert not calendar.is_workday(date(2026, 10, 6))


def test_a_loaded_notice_is_seen_by_whoever_shares_the_calendar() -> None:
    calendar = WorkCalendar()
    before = calendar.is_published(2027)
    calendar.load({2027: (frozenset({date(2027, 1, 1)}), frozenset())})
    assert not before
    assert calendar.is_published(2027)
    assert date(2027, 1, 1) in calendar.rest_days(2027)


def test_threads_may_share_a_calendar() -> None:
    calendar = WorkCalendar()
    days = [day for year in range(2010, 2027) for day in days_of(year)]
    with ThreadPoolExecutor(8) as pool:
        counts = set(pool.map(lambda _: sum(map(calendar.is_workday, days)), range(8)))
    assert len(counts) == 1


def test_working_days_between_two_days() -> None:
    calendar = WorkCalendar()
    assert calendar.working_days(date(2026, 9, 18), date(2026, 9, 24)) == 5
    assert calendar.working_days(date(2026, 9, 24), date(2026, 9, 18)) == 0


def test_a_day_is_the_day_in_china_and_needs_a_time_zone() -> None:
    assert today(datetime(2026, 9, 17, 16, 0, tzinfo=UTC)) == date(2026, 9, 18)
    with pytest.raises(ValueError, match="time zone"):
        today(datetime(2026, 9, 18))
