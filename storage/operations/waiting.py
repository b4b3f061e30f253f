"""Texts that cannot be pushed: telling the citizen of them, showing them, trying again."""

from collections.abc import Mapping
from datetime import datetime

from cases.people import Person
from handlers.outbox import Backlog, Notice, Undelivered
from storage.operation import Operation, Row, one, rows, run, the
from storage.operations import audit
from storage.rows.messages import delivery_from
from storage.rows.plain import moment, moment_or_none, stamp
from storage.scope import scope_of


def take_notices(*, now: datetime, limit: int, account: str) -> Operation[list[Notice]]:
    """Marks due ones `sending`, so that each is sent at most once."""
    taken = []
    for due in (yield from rows("due_notices", now=stamp(now), account=account, limit=limit)):
        row = yield from one("send_notice", key=due["key"])
        if row is not None:
            case = yield from the("case_for", number=row["case_number"], scope=None)
            delivery, attempts = delivery_from(row), row["notice_attempts"]
            taken.append(
                Notice(delivery=delivery, department=case["department"], attempts=attempts)
            )
    return taken


def notice_ended(
    key: str, notice: str, *, reason: str, at: datetime, number: str = ""
) -> Operation[None]:
    """It was sent as WeChat's `number`, refused, is uncertain, failed, or waits until `at`."""
    yield from run(
        "notice_ended", key=key, notice=notice, reason=reason, now=stamp(at), notice_id=number
    )


def undelivered(
    *, viewer: Person, only_failed: bool = False, limit: int = 200
) -> Operation[list[Undelivered]]:
    """What citizens are still to receive, as far as the viewer may see it; given-up ones first."""
    found = yield from rows(
        "undelivered_for", scope=scope_of(viewer), only_failed=int(only_failed), limit=limit
    )
    return [_undelivered(row) for row in found]


def undelivered_of_case(number: str, *, viewer: Person) -> Operation[list[Undelivered]]:
    """What one case's citizen is still to receive, oldest first."""
    found = yield from rows("undelivered_of_case_for", number=number, scope=scope_of(viewer))
    return [_undelivered(row) for row in found]


def _undelivered(row: Row) -> Undelivered:
    return Undelivered(
        delivery=delivery_from(row),
        state=row["state"],
        department=row["department"] or "",
        reason=row["reason"],
        attempts=row["attempts"],
        look_at=moment(row["look_at"]),
        notice=row["notice"],
        notice_reason=row["notice_reason"],
        subscribed=bool(row["subscribed"]),
        push_until=moment_or_none(row["push_until"]),
        push_left=row["push_left"] or 0,
    )


def count_failed(*, viewer: Person) -> Operation[int]:
    return int((yield from the("count_failed_for", scope=scope_of(viewer)))["amount"])


def retry_delivery(key: str, *, viewer: Person, now: datetime) -> Operation[bool]:
    """Tried again at once, as a person wants; False when there is nothing to try for them."""
    row = yield from one("retry_delivery", key=key, scope=scope_of(viewer), now=stamp(now))
    if row is None:
        return False
    details = {"account": row["account"], "case": row["case_number"]}
    yield from audit.log(viewer.name, "retry_delivery", details, now)
    return True


def retry_account(account: str, *, actor: str, now: datetime) -> Operation[int]:
    """Everything of an account that was given up or put off; returns how many."""
    count = yield from run("retry_account", account=account, now=stamp(now))
    details = {"account": account, "deliveries": str(count)}
    yield from audit.log(actor, "retry_account", details, now)
    return count


def backlogs() -> Operation[Mapping[str, Backlog]]:
    """By account: how many texts wait, how many were given up, and how old the oldest is."""
    found: dict[str, Backlog] = {}
    for row in (yield from rows("undelivered_by_account")):
        before = found.get(row["account"], Backlog())
        given_up = row["amount"] if row["state"] == "failed" else 0
        oldest = moment(row["oldest"])
        found[row["account"]] = Backlog(
            waiting=before.waiting + row["amount"] - given_up,
            failed=before.failed + given_up,
            oldest=min(before.oldest or oldest, oldest),
        )
    return found
