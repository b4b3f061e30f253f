"""Alarms of departments, numbered within a year, and the talks they lead to."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from cases.case import Case, Event
from cases.people import Person
from cases.supervision.alarm import (
    Alarm,
    Interview,
    NewAlarm,
    NotThere,
    Post,
    SupervisionError,
)
from storage.operation import Operation, one, rows, run, the
from storage.operations import audit
from storage.rows.cases import case_from, event_from
from storage.rows.plain import stamp
from storage.rows.supervision import alarm_from, interview_from, interview_values
from storage.scope import scope_of


def late_cases(*, since: datetime, now: datetime, limit: int) -> Operation[list[Case]]:
    """Past due, or answered past due since then, without an alarm for it yet."""
    found = yield from rows("late_cases", since=stamp(since), now=stamp(now), limit=limit)
    return [case_from(row) for row in found]


def revoke_moved_alarms(*, why: str, now: datetime) -> Operation[int]:
    """Takes back what a notice has put right; returns how many."""
    amount = yield from run("revoke_moved_alarms", now=stamp(now), why=why)
    if amount:
        yield from audit.log("desk", "alarm_revoked", {"amount": str(amount)}, now)
    return amount


def late_returns(*, since: datetime, limit: int) -> Operation[list[Event]]:
    """Returns later than the rule allows, without an alarm for it yet."""
    found = yield from rows("late_returns", since=stamp(since), limit=limit)
    return [event_from(row) for row in found]


def raise_alarm(
    new: NewAlarm, *, ladder: Mapping[int, Post], answer_due: date
) -> Operation[Alarm | None]:
    """Numbers and keeps the alarm, opens the talk it leads to; None when it was raised before."""
    yield from run("hold_counter", name="alarms")  # one after another, so that numbers have no gap
    year = new.day.year
    so_far = yield from the("alarms_so_far", department=new.department, year=year)
    number = int(so_far["amount"]) + 1
    row = yield from one(
        "add_alarm",
        key=new.key,
        department=new.department,
        year=year,
        number=number,
        kind=new.kind.value,
        case_number=new.case,
        at=stamp(new.at),
        noticed_at=stamp(new.noticed_at),
        noticed_by=new.noticed_by,
        reason=new.reason,
    )
    if row is None:
        return None
    if new.department and number in ladder:
        yield from _open_talk(new, number, ladder[number], answer_due)
    details = {"department": new.department, "kind": new.kind.value, "case": new.case}
    yield from audit.log(new.noticed_by, "alarm_raised", details, new.noticed_at)
    return alarm_from(row)


def _open_talk(new: NewAlarm, number: int, post: Post, answer_due: date) -> Operation[None]:
    yield from run(
        "add_interview",
        department=new.department,
        year=new.day.year,
        alarm=number,
        talk_with=post.value,
        opened_at=stamp(new.noticed_at),
        answer_due=answer_due.isoformat(),
    )


def untold_alarms(*, limit: int) -> Operation[list[Alarm]]:
    return [alarm_from(row) for row in (yield from rows("untold_alarms", limit=limit))]


def untold_interviews(*, limit: int) -> Operation[list[Interview]]:
    return [interview_from(row) for row in (yield from rows("untold_interviews", limit=limit))]


def answers_due(*, until: date, stage: str) -> Operation[list[Interview]]:
    """Talks whose written answer is due by a day, and not reminded of at this stage."""
    found = yield from rows("answers_due", until=until.isoformat(), stage=stage)
    return [interview_from(row) for row in found]


def alarms(*, year: int, viewer: Person, department: str = "") -> Operation[list[Alarm]]:
    """Those of a year that the viewer may see, newest first."""
    found = yield from rows("alarms_for", scope=scope_of(viewer), department=department, year=year)
    return [replace(alarm_from(row), about=row["about"]) for row in found]


def revoke_alarm(alarm: int, *, actor: Person, why: str, now: datetime) -> Operation[Alarm]:
    """Takes an alarm back; it stays in the list with the reason. Raises `SupervisionError`."""
    row = yield from one("alarm_for", scope=scope_of(actor), id=alarm)
    if row is None:
        raise NotThere(f"alarm {alarm}")
    if not (yield from run("revoke_alarm", id=alarm, at=stamp(now), by=actor.name, why=why)):
        raise SupervisionError(f"alarm {alarm} was revoked before", "这条警示已经撤销过了。")
    details = {"alarm": row["key"], "department": row["department"]}
    yield from audit.log(actor.name, "alarm_revoked", details, now)
    return alarm_from((yield from the("alarm_for", scope=None, id=alarm)))


def interviews(*, year: int, viewer: Person, department: str = "") -> Operation[list[Interview]]:
    """Those of a year that the viewer may see, and older ones under way, newest first."""
    found = yield from rows(
        "interviews_for", scope=scope_of(viewer), department=department, year=year
    )
    return [interview_from(row) for row in found]


def interview(number: int, *, viewer: Person) -> Operation[Interview]:
    """Raises `NotThere`, also when the viewer may not see it."""
    row = yield from one("interview_for", scope=scope_of(viewer), id=number)
    if row is None:
        raise NotThere(f"interview {number}")
    return replace(interview_from(row), serial=int(row["serial"]))


def write_interview(
    after: Interview, *, actor: Person, step: str, now: datetime
) -> Operation[Interview]:
    """Keeps the talk as it is after a step. Raises `SupervisionError` when another came first."""
    if not (yield from run("change_interview", **interview_values(after))):
        raise SupervisionError(
            f"interview {after.id} was changed meanwhile", "刚刚有人处理过这次约谈，请刷新后再看。"
        )
    details = {"interview": str(after.id), "department": after.department}
    yield from audit.log(actor.name, f"interview_{step}", details, now)
    return after
