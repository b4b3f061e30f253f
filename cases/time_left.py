"""How much time a case has left, as a person would say it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from cases.case import Case, State
from cases.deadline import end_of
from cases.work_calendar import ONE_DAY, WorkCalendar, today


class Urgency(StrEnum):
    """What colour the words deserve."""

    CALM = "calm"
    SOON = "soon"  # two working days or fewer
    NOW = "now"  # today or tomorrow
    OVERDUE = "overdue"
    PAUSED = "paused"
    DONE = "done"
    DONE_LATE = "done_late"


@dataclass(frozen=True, kw_only=True)
class TimeLeft:
    """`days` are working days while time is left and calendar days once it is overdue."""

    urgency: Urgency
    days: int
    words: str


def time_left(due_date: date, now: datetime, calendar: WorkCalendar) -> TimeLeft:
    """The time until the end of `due_date`: 余 3 个工作日, 明天到期, 今天到期, 已逾期 2 天."""
    day = today(now)
    if day > due_date:
        late = (day - due_date).days
        return TimeLeft(urgency=Urgency.OVERDUE, days=late, words=f"已逾期 {late} 天")
    days = calendar.working_days(day, due_date)
    if day == due_date:
        return TimeLeft(urgency=Urgency.NOW, days=0, words="今天到期")
    if day + ONE_DAY == due_date:
        return TimeLeft(urgency=Urgency.NOW, days=days, words="明天到期")
    urgency = Urgency.SOON if days <= 2 else Urgency.CALM
    words = f"余 {days} 个工作日" if days else f"{due_date.month}月{due_date.day}日到期"
    return TimeLeft(urgency=urgency, days=days, words=words)


def case_time_left(case: Case, now: datetime, calendar: WorkCalendar) -> TimeLeft:
    """As `time_left`; a waiting case is paused, a finished one was in time or late."""
    if case.state is State.WAITING:
        return TimeLeft(urgency=Urgency.PAUSED, days=0, words="等待来信人补充，暂停计时")
    if case.is_open:
        return time_left(case.due_date, now, calendar)
    ended_at = case.replied_at or case.closed_at
    if ended_at is None or ended_at < end_of(case.due_date):
        return TimeLeft(urgency=Urgency.DONE, days=0, words="按期答复")
    late = (today(ended_at) - case.due_date).days
    return TimeLeft(urgency=Urgency.DONE_LATE, days=late, words=f"逾期 {late} 天答复")
