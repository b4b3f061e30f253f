"""The rules' file: read, checked, and followed by the clock."""

from dataclasses import replace
from datetime import date, datetime, time
from importlib.resources import files
from pathlib import Path

import pytest

from cases.case import Case, Event, Kind, State
from cases.clock import Clock, due_of, longest, read_clock, resume_due
from cases.deadline import Pause
from cases.recount import recounted
from cases.rules import Rules, RulesNotFit, Unit, load_rules
from cases.work_calendar import CHINA_TIME, WorkCalendar

TEXT = files("cases").joinpath("rules.toml").read_text("utf-8")


def test_the_rules_say_what_the_source_says() -> None:
    rules = load_rules()
    assert {kind: (rule.amount, rule.unit) for kind, rule in rules.by_kind.items()} == {
        Kind.QUESTION: (5, Unit.WORKING_DAY),
        Kind.HELP: (5, Unit.WORKING_DAY),
        Kind.COMPLAINT: (7, Unit.WORKING_DAY),
        Kind.REPORT: (7, Unit.WORKING_DAY),
        Kind.DANGER: (1, Unit.CALENDAR_DAY),
        Kind.OUT_OF_SCOPE: (0, Unit.SAME_DAY),
    }
    assert [(warning.before, warning.tell) for warning in rules.warnings] == [
        (2, "officer"), (1, "head"), (0, "supervisor")
    ]  # fmt: skip
    assert [(rung.alarm, rung.talk_with) for rung in rules.ladder] == [
        (2, "liaison"), (4, "deputy_head"), (6, "head")
    ]  # fmt: skip


def test_the_cut_off_of_the_configuration_wins() -> None:
    assert load_rules().cut_off == time(17, 0)
    assert load_rules(cut_off=time(16, 30)).cut_off == time(16, 30)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('name = "complaint"', 'name = "reply"', "same name"),
        ('kinds = ["complaint", "report"]', 'kinds = ["complaint"]', "no rule for report"),
        ('kinds = ["complaint", "report"]', 'kinds = ["complaint", "help", "report"]', "two rules"),
        ("amount = 7", "amount = -7", "not a number of days"),
        ("amount = 7", "", "amount"),
        ('unit = "same_day"', 'unit = "week"', "week"),
        ('start = "routed"', 'start = "full moon"', "full moon"),
        ('name = "extension"', 'name = "extensions"', "no rule named extension"),
        ('source = "本地做法（可设定）"', 'source = ""', "no source"),
        ('tell = "officer"', 'tell = "mayor"', "'mayor' is not one of"),
        ('tell = "officer"', "tell = 7", "7 is not one of"),
        ('talk_with = "liaison"', 'talk_with = "mayor"', "'mayor' is not one of"),
        ("[desk]", "[desk", "rules.toml"),
    ],
)
def test_a_wrong_rule_is_named(tmp_path: Path, old: str, new: str, says: str) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(TEXT.replace(old, new, 1), "utf-8")
    with pytest.raises(RulesNotFit, match=says):
        load_rules(path)


@pytest.fixture
def in_calendar_days(tmp_path: Path) -> Rules:
    """Complaints have seven days of the calendar."""
    path = tmp_path / "rules.toml"
    old = 'amount = 7\nunit = "working_day"'
    path.write_text(TEXT.replace(old, 'amount = 7\nunit = "calendar_day"'), "utf-8")
    return load_rules(path)


def morning(day: int) -> datetime:
    """Of that day of September."""
    return datetime(2026, 9, day, 9, tzinfo=CHINA_TIME)


def waiting(asked: datetime) -> Case:
    """A complaint of the 18th whose citizen was asked something then."""
    return Case(
        number="HY20260918-0001",
        account="main",
        citizen="o1",
        kind=Kind.COMPLAINT,
        state=State.WAITING,
        text="噪声",
        received_at=morning(18),
        due_at=datetime(2026, 9, 26, tzinfo=CHINA_TIME),
        due_date=date(2026, 9, 25),
        provisional=False,
        rule="complaint",
        waiting_since=asked,
    )


def test_a_question_on_the_last_calendar_day_moves_the_deadline_as_well(
    in_calendar_days: Rules,
) -> None:
    calendar, last = WorkCalendar(), morning(25)
    found = resume_due(waiting(last), morning(28), in_calendar_days, calendar)
    pause = Pause(asked_on=last.date(), answered_on=morning(28).date())
    clock = Clock(start=morning(18), amount=7, unit=Unit.CALENDAR_DAY, pauses=(pause,))
    assert found.due_date == due_of(clock, calendar).due_date == date(2026, 9, 28)


def test_a_case_that_was_given_longer_than_extensions_may_lead_keeps_its_time() -> None:
    """The rules were made stricter after it was opened."""
    calendar = WorkCalendar()
    clock = Clock(start=morning(18), amount=20, unit=Unit.WORKING_DAY)
    assert longest(clock, load_rules(), calendar) == due_of(clock, calendar)


def test_a_rule_in_calendar_days_is_followed_with_its_pauses(in_calendar_days: Rules) -> None:
    rules, calendar = in_calendar_days, WorkCalendar()
    asked, answered = morning(20), morning(23)
    case = waiting(asked)
    assert resume_due(case, answered, rules, calendar).due_date == date(2026, 9, 28)
    overdue = replace(case, due_date=date(2026, 9, 19))
    assert resume_due(overdue, answered, rules, calendar).due_date == date(2026, 9, 19)
    before, after = State.DRAFTED, State.WAITING
    events = [
        Event(case=case.number, version=2, at=asked, actor="赵审", step="ask_citizen",
              before=before, after=after),
        Event(case=case.number, version=3, at=answered, actor="citizen", step="add",
              before=after, after=State.ACCEPTED),
    ]  # fmt: skip
    assert len(read_clock(case, events, rules).pauses) == 1
    moved = recounted(case, events, calendar=calendar, rules=rules, now=answered)
    assert moved is not None
    assert moved.case.due_date == date(2026, 9, 28)
    late = [replace(events[0], at=datetime(2026, 9, 26, tzinfo=CHINA_TIME)), events[1]]
    assert recounted(case, late, calendar=calendar, rules=rules, now=answered) is None
