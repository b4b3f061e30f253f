"""The time a case has left, in words."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from cases.case import Case, Kind, State
from cases.deadline import end_of
from cases.time_left import Urgency, case_time_left, time_left
from cases.work_calendar import CHINA_TIME, WorkCalendar

CALENDAR = WorkCalendar()
LAST = date(2026, 9, 24)
CASE = Case(
    number="HY20260918-0001",
    account="main",
    citizen="o1",
    kind=Kind.QUESTION,
    state=State.ROUTED,
    text="漏水",
    received_at=datetime(2026, 9, 18, tzinfo=UTC),
    due_at=end_of(LAST),
    due_date=LAST,
    provisional=False,
    rule="reply",
)


@pytest.mark.parametrize(
    ("month", "day", "words", "urgency"),
    [
        (9, 18, "余 5 个工作日", Urgency.CALM),
        (9, 22, "余 2 个工作日", Urgency.SOON),
        (9, 23, "明天到期", Urgency.NOW),
        (9, 24, "今天到期", Urgency.NOW),
        (9, 25, "已逾期 1 天", Urgency.OVERDUE),
        (9, 26, "已逾期 2 天", Urgency.OVERDUE),
    ],
)
def test_the_words_for_every_day(month: int, day: int, words: str, urgency: Urgency) -> None:
    left = time_left(LAST, datetime(2026, month, day, 23, 59, tzinfo=CHINA_TIME), CALENDAR)
    assert (left.words, left.urgency) == (words, urgency)


def test_a_last_day_on_which_nobody_works_is_named() -> None:
    left = time_left(date(2026, 10, 3), datetime(2026, 9, 30, 9, tzinfo=CHINA_TIME), CALENDAR)
    assert left.words == "10月3日到期"


def test_a_waiting_case_is_paused() -> None:
    waiting = replace(CASE, state=State.WAITING)
    left = case_time_left(waiting, datetime(2026, 10, 3, tzinfo=UTC), CALENDAR)
    assert left.urgency is Urgency.PAUSED


def test_an_open_case_counts_its_days() -> None:
    now = datetime(2026, 9, 18, tzinfo=UTC)
    assert case_time_left(CASE, now, CALENDAR) == time_left(LAST, now, CALENDAR)


def test_a_finished_case_was_in_time_or_late() -> None:
    done = replace(CASE, state=State.REPLIED, replied_at=datetime(2026, 9, 24, 15, tzinfo=UTC))
    late = replace(done, replied_at=datetime(2026, 9, 24, 16, tzinfo=UTC))
    now = datetime(2026, 10, 3, tzinfo=UTC)
    assert case_time_left(done, now, CALENDAR).words == "按期答复"
    assert case_time_left(late, now, CALENDAR).words == "逾期 1 天答复"


def test_a_merged_case_has_the_time_of_any_that_is_owed_a_reply() -> None:
    merged = replace(CASE, state=State.MERGED, replied_at=None)
    late = CASE.due_at + timedelta(hours=1)
    assert case_time_left(merged, late, CALENDAR).urgency is Urgency.OVERDUE
