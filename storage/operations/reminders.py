"""Reminders to staff: raised once, claimed by one worker, sent at most once."""

from collections.abc import Sequence
from datetime import date, datetime

from cases.case import Case, Event
from cases.papers import Note
from cases.people import Person
from cases.supervision.reminder import Raised, Reminder, ReminderKind, SendingState
from storage.operation import Operation, Values, one, rows, run, run_many, the
from storage.operations import cases, papers
from storage.rows.cases import case_from, event_from
from storage.rows.people import person_from
from storage.rows.plain import bars, stamp
from storage.rows.supervision import reminder_from, reminder_values

INTERRUPTED = "发送时服务中断了，不知道有没有送到"


def cases_to_warn(*, before: int, until: date, limit: int) -> Operation[list[Case]]:
    """Open cases due by `until`, not warned of on this rung, the most urgent first."""
    found = yield from rows(
        "cases_to_warn", before=str(before), until=until.isoformat(), limit=limit
    )
    return [case_from(row) for row in found]


def cases_standing(*, days: int, asked_before: datetime, limit: int) -> Operation[list[Case]]:
    """Cases that wait for their citizens since before a moment, the longest first."""
    found = yield from rows(
        "cases_standing", days=str(days), asked_before=stamp(asked_before), limit=limit
    )
    return [case_from(row) for row in found]


def is_raised(key: str) -> Operation[bool]:
    return (yield from one("raised", key=key)) is not None


def raise_once(raised: Raised) -> Operation[bool]:
    """Keeps the reminders of a key; False when somebody raised it before, and nothing is kept.

    A digest takes the place of its person's earlier ones: those need no reading any more.
    """
    if not (yield from run("raise_once", key=raised.key, at=stamp(raised.at))):
        return False
    values = [reminder_values(raised, message, to) for message, to in raised.parts]
    yield from run_many("add_reminder", values)
    replaced: list[Values] = [
        {name: each[name] for name in ("raised", "person", "at")}
        for each in values
        if each["kind"] == ReminderKind.DIGEST.value
    ]
    yield from run_many("digest_replaced", replaced)
    return True


def take_reminders(
    *, now: datetime, claim_until: datetime, limit: int, resting: bool = False
) -> Operation[list[Reminder]]:
    """Marks what is due to go out `sending`, for this worker alone, oldest first.

    While people are `resting`, only nudges about a push window: those cannot wait.
    """
    taken = yield from rows(
        "take_reminders",
        now=stamp(now),
        claim_until=stamp(claim_until),
        limit=limit,
        resting=int(resting),
    )
    return sorted((reminder_from(row) for row in taken), key=lambda each: each.id)


def reminders_postponed(ids: Sequence[int], *, reason: str, send_at: datetime) -> Operation[None]:
    at = stamp(send_at)
    again: list[Values] = [{"id": each, "reason": reason, "send_at": at} for each in ids]
    yield from run_many("reminder_postponed", again)


def reminders_ended(ids: Sequence[int], *, state: SendingState, reason: str) -> Operation[None]:
    """What was being sent is sent, failed or uncertain."""
    ended: list[Values] = [{"id": each, "state": state.value, "reason": reason} for each in ids]
    yield from run_many("reminder_ended", ended)


def interrupted_reminders(*, now: datetime) -> Operation[int]:
    """What was being sent when its worker died may have arrived: it is not sent again."""
    return (yield from run("interrupted_reminders", now=stamp(now), reason=INTERRUPTED))


def reminders_of(person: str, *, limit: int, before: int = 0) -> Operation[list[Reminder]]:
    """Newest first; with `before` those that are older than the one of this number."""
    found = yield from rows("reminders_of", person=person, before=before, limit=limit)
    return [reminder_from(row) for row in found]


def told_under(key: str) -> Operation[set[str] | None]:
    """The departments whose people were told under a key; None when it was not raised."""
    if not (yield from is_raised(key)):
        return None
    return {row["department"] for row in (yield from rows("departments_told", key=key))}


def untold_steps(
    *, since: datetime, steps: Sequence[str], limit: int
) -> Operation[list[tuple[Case, Event]]]:
    """Steps that nobody was told of yet, oldest first, each with its case as it is now."""
    taken = yield from rows("untold_steps", since=stamp(since), steps=bars(steps), limit=limit)
    found = []
    for event in map(event_from, taken):
        found.append(((yield from cases.case(event.case)), event))
    return found


def untold_notes(*, since: datetime, limit: int) -> Operation[list[Note]]:
    """Notes that nobody was told of yet, oldest first."""
    found = yield from rows("untold_notes", since=stamp(since), limit=limit)
    return [papers.note_from(row) for row in found]


def steps_told(*, until: datetime) -> Operation[None]:
    """Everything up to then was looked at, and is not looked at again."""
    yield from run("steps_told", at=stamp(until))


def settle_warnings(*, now: datetime) -> Operation[int]:
    """Warnings of cases that are answered, paused, another's or due another day are read, and
    whose turn it was after a step that has been followed by another; how many were."""
    settled = yield from run("settle_warnings", now=stamp(now))
    return settled + (yield from run("settle_standing", now=stamp(now)))


def unread_reminders(person: str) -> Operation[int]:
    return int((yield from the("unread_reminders", person=person))["amount"])


def read_reminders(person: str, *, now: datetime, case: str = "") -> Operation[None]:
    """All of this person's, or those about one case, which are not mailed any more then."""
    if not case:
        yield from run("read_reminders", person=person, now=stamp(now))
        return
    link = f"/console/cases/{case}"
    yield from run("read_reminders_of_case", person=person, now=stamp(now), link=link)


def failed_reminders(*, since: datetime, limit: int) -> Operation[list[Reminder]]:
    """What did not go out, or perhaps did not, newest first."""
    found = yield from rows("failed_reminders", since=stamp(since), limit=limit)
    return [reminder_from(row) for row in found]


def mailboxes() -> Operation[dict[str, str]]:
    """E-mail addresses by person."""
    return {row["person"]: row["email"] for row in (yield from rows("mailboxes"))}


def save_mailbox(person: str, email: str) -> Operation[None]:
    """ "" takes the address away."""
    yield from run("save_mailbox", person=person, email=email)


def active_people() -> Operation[list[Person]]:
    """Whose account is not disabled, by name."""
    return [person_from(row) for row in (yield from rows("active_people"))]
