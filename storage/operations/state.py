"""How the desk runs, for its administrator: what waits, what stands still, how large it is."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from handlers.channels import Queue
from storage.operation import Operation, rows, run, the
from storage.rows.plain import moment, moment_or_none, stamp

LAPSED = timedelta(minutes=5)
RECENT = timedelta(days=7)


def queues(*, now: datetime) -> Operation[Mapping[str, Queue]]:
    """By name: messages, deliveries, attachments, comment_orders, reminders, jobs."""
    found = yield from rows("queues", lapsed=stamp(now - LAPSED), since=stamp(now - RECENT))
    return {
        row["name"]: Queue(
            waiting=int(row["waiting"]),
            stuck=int(row["stuck"]),
            oldest=moment_or_none(row["oldest"]),
        )
        for row in found
    }


def last_messages(*, since: datetime) -> Operation[Mapping[str, datetime]]:
    """When each account was written to last, of those that were."""
    found = yield from rows("last_messages", since=stamp(since))
    return {row["account"]: moment(row["at"]) for row in found}


def database_size() -> Operation[int]:
    """Bytes that the database takes."""
    return int((yield from the("database_size"))["bytes"])


def try_to_write() -> Operation[None]:
    """Leaves nothing behind, and fails where nothing can be written.

    SQLite writes no page that stays the same: a row comes and goes. PostgreSQL is asked for room.
    """
    yield from run("write_probe")
    yield from run("drop_probe")
