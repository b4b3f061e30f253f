"""Texts on their way to a citizen: queued once, pushed at most once, or carried in a reply."""

from collections.abc import Sequence
from datetime import datetime

from cases.case import Delivery
from handlers.message import Message
from handlers.ports import Outgoing
from storage.operation import Operation, Row, one, rows, run
from storage.push_window import MESSAGE_PUSHES, TAP_PUSHES, opens_window
from storage.rows.messages import delivery_from, delivery_values
from storage.rows.plain import bars, stamp, storable


def queue(delivery: Delivery, *, late_of: int | None = None) -> Operation[None]:
    """Waits for a push or a reply; `late_of` is the message whose answer it is."""
    yield from run("add_delivery", **delivery_values(delivery), late_of=late_of)


def hold(
    message: Message, message_id: int, *, now: datetime, until: datetime
) -> Operation[tuple[Delivery, ...]]:
    """What the message's reply may carry, oldest first; others leave it alone until `until`."""
    held = yield from rows(
        "hold_deliveries",
        account=message.account,
        citizen=storable(message.citizen),
        message_id=message_id,
        now=stamp(now),
        until=stamp(until),
        reopened=int(opens_window(message)),
    )
    deliveries = [delivery_from(row) for row in held]
    return tuple(sorted(deliveries, key=lambda delivery: (delivery.created_at, delivery.key)))


def carry(keys: Sequence[str], message_id: int, *, at: str) -> Operation[None]:
    """Marks what stands inside the message's reply."""
    for key in keys:
        yield from run("carry_delivery", key=key, message_id=message_id, at=at)


def let_go(account: str, citizen: str, message_id: int) -> Operation[None]:
    """What the reply did not carry may be pushed again."""
    yield from run("let_go_of_deliveries", account=account, citizen=citizen, message_id=message_id)


def take_deliveries(
    *, now: datetime, limit: int, accounts: Sequence[str]
) -> Operation[list[Outgoing]]:
    """Marks due ones `sending`, each for one push of a citizen whose window is open."""
    at = stamp(now)
    taken = []
    for due in (yield from rows("due_deliveries", now=at, limit=limit, accounts=bars(accounts))):
        paid_by = yield from _pay(due["account"], due["citizen"], at)
        if paid_by:
            row = yield from one("send_delivery", key=due["key"], paid_by=paid_by)
            assert row is not None, "nobody else takes a row that this transaction holds"
            taken.append(Outgoing(delivery=delivery_from(row), attempts=row["attempts"]))
    return taken


def _pay(account: str, citizen: str, at: str) -> Operation[str]:
    """The window that gives one push, the one of a tap first: it ends first. "" when none can."""
    for name, paid_by in (("use_tap_push", "tap"), ("use_push", "message")):
        if (yield from run(name, account=account, openid=citizen, now=at)):
            return paid_by
    return ""


def _refund(row: Row | None, at: str) -> Operation[None]:
    """The push goes back to the window it was taken from, while that is open."""
    if row is None:
        return
    tap = row["paid_by"] == "tap"
    yield from run(
        "give_tap_push_back" if tap else "give_push_back",
        account=row["account"],
        openid=row["citizen"],
        most=TAP_PUSHES if tap else MESSAGE_PUSHES,
        now=at,
    )


def delivery_sent(key: str, *, now: datetime) -> Operation[None]:
    yield from run("delivery_sent", key=key, now=stamp(now))


def delivery_postponed(key: str, *, reason: str, look_again_at: datetime) -> Operation[None]:
    """Back to waiting; the push it took is given back, for WeChat did not count it."""
    at = stamp(look_again_at)
    yield from _refund(
        (yield from one("delivery_postponed", key=key, reason=reason, look_at=at)), at
    )


def delivery_failed(key: str, *, reason: str, now: datetime) -> Operation[None]:
    """Given up until a person tries again; the citizen's next message carries it all the same."""
    yield from _refund((yield from one("delivery_failed", key=key, reason=reason)), stamp(now))


def delivery_unpushable(key: str, *, reason: str, now: datetime) -> Operation[None]:
    """It waits for the citizen's next message, which opens a new window."""
    del now  # the row keeps the reason; the next message decides when it is tried again
    yield from run("delivery_unpushable", key=key, reason=reason)


def delivery_uncertain(key: str, *, reason: str, now: datetime) -> Operation[None]:
    """The push may have arrived: it is not pushed again, but goes with the next message."""
    del now
    yield from run("delivery_uncertain", key=key, reason=reason)


def hear_of_notice(message: Message) -> Operation[None]:
    """WeChat tells afterwards that a template message did not arrive (事件推送, 模板消息)."""
    status = message.details.get("Status", "")
    if message.event == "templatesendjobfinish" and status != "success":
        yield from run(
            "notice_bounced",
            account=message.account,
            citizen=storable(message.citizen),
            notice_id=storable(message.details.get("MsgID", "")),
            reason="市民拒收了公众号的通知" if "block" in status else "微信没有送到这条通知",
        )


def release_interrupted(*, now: datetime) -> Operation[int]:
    """What was being sent when the service died may have arrived: it is never pushed again."""
    yield from run("release_interrupted_notices", now=stamp(now))
    return (yield from run("release_interrupted", now=stamp(now)))
