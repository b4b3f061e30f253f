"""Facts for reports: one row a case, within the viewer's scope; and counts of messages."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from cases.case import Kind, State
from cases.people import Person
from cases.reports.fact import Entry, Fact
from cases.reports.topics import topic_finder
from cases.work_calendar import today
from storage.operation import Operation, Row, rows
from storage.operations.departments import departments
from storage.rows.plain import moment, moment_or_none, stamp
from storage.scope import scope_of


def facts(*, since: datetime, until: datetime, viewer: Person | None) -> Operation[list[Fact]]:
    """Cases received from `since` to before `until`; a helped case is its own department's."""
    return [each.fact for each in (yield from ledger(since=since, until=until, viewer=viewer))]


def ledger(*, since: datetime, until: datetime, viewer: Person | None) -> Operation[list[Entry]]:
    """The same cases with their words, in the order they were received."""
    scope = scope_of(viewer)
    topic = topic_finder((yield from departments()))
    period = {"since": stamp(since), "until": stamp(until)}
    found = yield from rows("facts_for", scope=scope, **period)
    return [
        Entry(
            fact=_fact(row, row["topic"] or topic(row["department"], row["text"])),
            text=row["text"],
            reply=row["reply"],
        )
        for row in found
        if scope is None or row["department"] == scope
    ]


def _fact(row: Row, topic: str) -> Fact:
    return Fact(
        number=row["number"],
        account=row["account"],
        kind=Kind(row["kind"]),
        state=State(row["state"]),
        department=row["department"],
        topic=topic,
        officer=row["officer"],
        received_at=moment(row["received_at"]),
        due_at=moment(row["due_at"]),
        replied_at=moment_or_none(row["replied_at"]),
        rating=row["rating"],
        told_elsewhere=bool(row["told_elsewhere"]),
        returned=int(row["returned"]),
        reopened=int(row["reopened"]),
    )


def message_counts(
    *, since: datetime, until: datetime
) -> Operation[Mapping[tuple[str, str, str], int]]:
    """(account, day in China, outcome) -> messages that asked something, comments included."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for row in (yield from rows("message_hours", since=stamp(since), until=stamp(until))):
        day = today(datetime.fromisoformat(f"{row['hour']}:00:00+00:00"))
        counts[row["account"], day.isoformat(), row["outcome"]] += int(row["amount"])
    return counts


def answered_topics(*, since: datetime, until: datetime) -> Operation[list[tuple[str, int]]]:
    """(topic of the entry given, how often), the most frequent first."""
    found = yield from rows("answered_topics", since=stamp(since), until=stamp(until))
    return [(row["topic"], int(row["amount"])) for row in found]
