"""Proves the bookkeeping of comments: each filed once, nothing done by one person alone."""

from datetime import datetime, timedelta

from storage.operation import Operation, rows
from storage.rows.plain import stamp

FILED_WITHIN = timedelta(minutes=30)  # a pass may take long; the next one files what it left


def bad_comments(now: datetime) -> Operation[list[str]]:
    """What is wrong, by id."""
    unfiled = yield from rows("bad_comments", fetched_before=stamp(now - FILED_WITHIN))
    strays = yield from rows("bad_comment_messages")
    alone = yield from rows("bad_orders")
    return [
        *(f"comment {row['id']} is not filed as one message, with its case" for row in unfiled),
        *(f"message {row['id']} is a comment that nobody fetched" for row in strays),
        *(f"comment order {row['id']} has no second person" for row in alone),
    ]
