"""The clock of one case: since when it runs, how long it has, when it stood."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from typing import Any, Final

from cases.case import Case, Event, Kind, State
from cases.deadline import Due, Pause, Workdays, calendar_days, due, resumed, same_day
from cases.rules import Rule, Rules, Unit
from cases.work_calendar import CHINA_TIME, today

BRINGS: Final = frozenset({"route", "follow", "succeed"})
"""Steps that bring a case to a department, whatever state it is in."""


@dataclass(frozen=True, kw_only=True)
class Clock:
    """What a case's log says of its deadline; amounts are those of the day it was opened."""

    start: datetime
    amount: int
    unit: Unit
    extended: int = 0
    pauses: tuple[Pause, ...] = ()


def opening_rule(kind: Kind, received_at: datetime, rules: Rules) -> Rule:
    """The rule for a case of this kind.

    After the cut-off the automatic reply meets the same-day rule; a person follows up.
    """
    rule = rules.by_kind[kind]
    if rule.unit is Unit.SAME_DAY and same_day(received_at, rules.cut_off).by_automatic_reply:
        return rules.by_name["out_of_scope_follow_up"]
    return rule


def due_of(clock: Clock, calendar: Workdays) -> Due:
    """The deadline that a clock stands for."""
    if clock.unit is not Unit.CALENDAR_DAY:
        days = (clock.amount if clock.unit is Unit.WORKING_DAY else 0) + clock.extended
        return due(clock.start, days, calendar, clock.pauses)
    last = calendar_days(clock.start, clock.amount).due_date
    for pause in clock.pauses:
        if pause.asked_on <= last:
            last += pause.answered_on - pause.asked_on
    return due(datetime.combine(last, time(12), CHINA_TIME), clock.extended, calendar)


def resume_due(case: Case, now: datetime, rules: Rules, calendar: Workdays) -> Due:
    """The deadline of a waiting case that goes on now (the day of the answer)."""
    asked_on = today(case.waiting_since or now)
    pause = Pause(asked_on=asked_on, answered_on=today(now))
    rule = rules.by_name.get(case.rule)
    if rule is None or rule.unit is not Unit.CALENDAR_DAY:
        found = resumed(case.due_date, pause, calendar)
    elif asked_on <= case.due_date:
        moved = case.due_date + (pause.answered_on - asked_on)
        found = calendar_days(datetime.combine(moved, time(12), CHINA_TIME), 0)
    else:
        return _unchanged(case)
    return replace(found, provisional=found.provisional or case.provisional)


def read_clock(case: Case, events: Sequence[Event], rules: Rules) -> Clock:
    """The clock as the log tells it, oldest event first."""
    rule = rules.by_name.get(case.rule) or rules.by_kind[case.kind]
    clock = Clock(start=case.received_at, amount=rule.amount, unit=rule.unit)
    asked_at: datetime | None = None
    for event in events:
        if event.step in {"open", "reopen"}:
            clock = _started(clock, event, case)
        elif event.step in {"extend", "share_delay"}:
            days = int(event.details.get("days", 0))
            clock = replace(clock, extended=clock.extended + days)
        if event.step == "withdraw":  # the citizen was never asked
            asked_at = None
        elif event.after is State.WAITING and event.before is not State.WAITING:
            asked_at = event.at
        elif event.before is State.WAITING and event.after is not State.WAITING and asked_at:
            pause = Pause(asked_on=today(asked_at), answered_on=today(event.at))
            clock, asked_at = replace(clock, pauses=(*clock.pauses, pause)), None
    return clock


def return_due(events: Sequence[Event], now: datetime, rules: Rules, calendar: Workdays) -> Due:
    """Until when a department gives back what is not its own, counted from when it came."""
    came = next((e.at for e in reversed(events) if _came_with(e)), now)
    return due(came, rules.by_name["return_misrouted"].amount, calendar)


def _came_with(event: Event) -> bool:
    """Whether it brought the case to its department; what was done there later does not."""
    if event.step in BRINGS:
        return "to" in event.details
    return event.after is State.ROUTED and event.before is not State.ROUTED


def longest(clock: Clock, rules: Rules, calendar: Workdays) -> Due:
    """The latest deadline that extensions may lead to, pauses not counted."""
    days = max(rules.by_name["extension"].amount, clock.amount)
    return due(clock.start, days, calendar, clock.pauses)


def counting_details(rule: Rule) -> dict[str, str]:
    """What an event keeps of the rule in force, so that a later change of rules is no matter."""
    return {"rule": rule.name, "amount": str(rule.amount), "unit": rule.unit.value}


def due_fields(due: Due) -> dict[str, Any]:
    """The fields of a case that hold its deadline."""
    return {
        "due_at": due.due_at.astimezone(UTC),
        "due_date": due.due_date,
        "provisional": due.provisional,
    }


def due_details(due: Due) -> dict[str, str]:
    """What an event says of a deadline."""
    return {"due": due.due_date.isoformat()} | ({"provisional": "yes"} if due.provisional else {})


def _started(clock: Clock, event: Event, case: Case) -> Clock:
    return Clock(
        start=case.received_at if event.step == "open" else event.at,
        amount=int(event.details.get("amount", clock.amount)),
        unit=Unit(event.details.get("unit", clock.unit)),
    )


def _unchanged(case: Case) -> Due:
    return Due(due_date=case.due_date, due_at=case.due_at, provisional=case.provisional)
