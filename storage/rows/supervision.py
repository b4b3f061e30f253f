"""Reminders, alarms, talks and the rota as rows."""

from datetime import date, datetime

from cases.supervision.alarm import (
    Alarm,
    AlarmKind,
    Contact,
    Interview,
    InterviewState,
    Post,
)
from cases.supervision.reminder import (
    Message,
    Raised,
    Recipient,
    Reminder,
    ReminderKind,
    SendingState,
    Way,
)
from cases.supervision.rota import Absence, Shift
from storage.operation import Row, Values
from storage.rows.plain import moment, moment_or_none, stamp, stamp_or_none


def reminder_values(raised: Raised, message: Message, to: Recipient) -> Values:
    goes_out = to.way is not Way.CONSOLE
    return {
        "raised": raised.key,
        "kind": message.kind.value,
        "person": to.person,
        "department": message.department,
        "title": message.title,
        "text": message.text,
        "link": message.link,
        "at": stamp(raised.at),
        "way": to.way.value,
        "address": to.address,
        "state": (SendingState.WAITING if goes_out else SendingState.NONE).value,
        "send_at": stamp(raised.send_at),
    }


def reminder_from(row: Row) -> Reminder:
    message = Message(
        kind=ReminderKind(row["kind"]),
        title=row["title"],
        text=row["text"],
        link=row["link"],
        department=row["department"],
    )
    return Reminder(
        id=row["id"],
        message=message,
        recipient=Recipient(person=row["person"], way=Way(row["way"]), address=row["address"]),
        at=moment(row["at"]),
        state=SendingState(row["state"]),
        read_at=moment_or_none(row["read_at"]),
        attempts=row["attempts"],
        reason=row["reason"],
    )


def alarm_from(row: Row) -> Alarm:
    return Alarm(
        id=row["id"],
        key=row["key"],
        department=row["department"],
        year=row["year"],
        number=row["number"],
        kind=AlarmKind(row["kind"]),
        case=row["case_number"],
        at=moment(row["at"]),
        noticed_at=moment(row["noticed_at"]),
        noticed_by=row["noticed_by"],
        reason=row["reason"],
        revoked_at=moment_or_none(row["revoked_at"]),
        revoked_by=row["revoked_by"],
        revoked_why=row["revoked_why"],
    )


def interview_from(row: Row) -> Interview:
    return Interview(
        id=row["id"],
        department=row["department"],
        year=row["year"],
        alarm=row["alarm"],
        talk_with=Post(row["talk_with"]),
        state=InterviewState(row["state"]),
        opened_at=moment(row["opened_at"]),
        answer_due=date.fromisoformat(row["answer_due"]),
        answer=row["answer"],
        answered_at=moment_or_none(row["answered_at"]),
        answered_by=row["answered_by"],
        remark=row["remark"],
        closed_at=moment_or_none(row["closed_at"]),
        closed_by=row["closed_by"],
        version=row["version"],
    )


def interview_values(interview: Interview) -> Values:
    """What a step changes; `version` is the one after it."""
    return {
        "id": interview.id,
        "version": interview.version,
        "state": interview.state.value,
        "answer": interview.answer,
        "answered_at": stamp_or_none(interview.answered_at),
        "answered_by": interview.answered_by,
        "answer_due": interview.answer_due.isoformat(),
        "remark": interview.remark,
        "closed_at": stamp_or_none(interview.closed_at),
        "closed_by": interview.closed_by,
    }


def shift_from(row: Row) -> Shift:
    return Shift(
        id=row["id"],
        department=row["department"],
        first_day=date.fromisoformat(row["first_day"]),
        last_day=date.fromisoformat(row["last_day"]),
        main=row["main"],
        substitute=row["substitute"],
    )


def shift_values(shift: Shift) -> Values:
    return {
        "department": shift.department,
        "first_day": shift.first_day.isoformat(),
        "last_day": shift.last_day.isoformat(),
        "main": shift.main,
        "substitute": shift.substitute,
    }


def absence_from(row: Row) -> Absence:
    return Absence(
        id=row["id"],
        person=row["person"],
        department=row["department"],
        first_day=date.fromisoformat(row["first_day"]),
        last_day=date.fromisoformat(row["last_day"]),
        substitute=row["substitute"],
    )


def absence_values(absence: Absence, *, entered_by: str, now: datetime) -> Values:
    return {
        "person": absence.person,
        "department": absence.department,
        "first_day": absence.first_day.isoformat(),
        "last_day": absence.last_day.isoformat(),
        "substitute": absence.substitute,
        "entered_by": entered_by,
        "entered_at": stamp(now),
    }


def contact_from(row: Row) -> Contact:
    return Contact(
        department=row["department"],
        post=Post(row["post"]),
        name=row["name"],
        phone=row["phone"],
        email=row["email"],
    )
