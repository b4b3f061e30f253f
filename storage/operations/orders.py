"""Moderators' orders: proposed, decided by another, sent once."""

from collections.abc import Sequence
from datetime import datetime

from cases.case import Case, Change, State
from cases.people import Person
from handlers.comments.moderation import Order, OrderState, Step
from handlers.comments.ports import OrderStands, Sending
from storage.operation import Operation, Row, Value, one, rows, run
from storage.operations import audit
from storage.rows.comments import comment_from, order_from, order_values
from storage.rows.plain import bars, stamp, stamp_or_none, storable
from storage.scope import scope_of


def add_order(order: Order) -> Operation[int]:
    """Keeps a new order and returns its number. Raises `OrderStands` when one is open."""
    row = yield from one("add_order", **order_values(order))
    if row is None:
        raise OrderStands(f"{order.step} of comment {order.comment}")
    yield from _log(order.proposed_by, f"comment_{order.step}_proposed", order, order.proposed_at)
    return int(row["id"])


def change_order(before: Order, after: Order, *, by: str, now: datetime) -> Operation[bool]:
    """Writes it only if it still stands as `before`; False when somebody was first."""
    changed = yield from one(
        "change_order",
        id=before.id,
        before=before.state.value,
        state=after.state.value,
        decided_by=after.decided_by,
        decided_at=stamp_or_none(after.decided_at),
        send_at=stamp_or_none(after.send_at),
        reason=storable(after.reason),
        ended_at=stamp_or_none(after.ended_at),
    )
    if changed is not None:
        yield from _log(by, f"comment_{after.step}_{after.state}", after, now)
    return changed is not None


def _log(by: str, action: str, order: Order, now: datetime) -> Operation[None]:
    yield from audit.log(by, action, {"comment": str(order.comment)}, now)


def order(number: int) -> Operation[Order | None]:
    row = yield from one("order_row", id=number)
    return order_from(row) if row is not None else None


def orders_of(comment: int) -> Operation[list[Order]]:
    """Newest first."""
    return [order_from(row) for row in (yield from rows("orders_of", comment_id=comment))]


def orders_in(
    states: Sequence[OrderState], *, viewer: Person, limit: int
) -> Operation[list[Sending]]:
    """Proposed or failed ones, newest first, within what the viewer may see."""
    wanted = bars(state.value for state in states)
    found = yield from rows("orders_in", scope=scope_of(viewer), states=wanted, limit=limit)
    return (yield from _with_comments(found))


def take_orders(
    *, now: datetime, claim_until: datetime, limit: int, accounts: Sequence[str]
) -> Operation[list[Sending]]:
    """Due orders, marked as sending; also those whose worker died, for they repeat safely."""
    due = yield from rows("due_orders", now=stamp(now), limit=limit, accounts=bars(accounts))
    taken = []
    for row in due:
        sent = yield from one("send_order", id=row["id"], claim_until=stamp(claim_until))
        assert sent is not None, "nobody else takes a row that this transaction holds"
        taken.append(sent)
    return (yield from _with_comments(taken))


def _with_comments(found: Sequence[Row]) -> Operation[list[Sending]]:
    sendings = []
    for row in found:
        comment = yield from one("comment_for", id=row["comment_id"], scope=None)
        assert comment is not None, "an order names a stored comment"
        sendings.append(Sending(order=order_from(row), comment=comment_from(comment)))
    return sendings


def order_done(order: Order, *, now: datetime) -> Operation[None]:
    """Sent: the comment shows it at once, ahead of the next look."""
    done = yield from one("order_done", id=order.id, now=stamp(now))
    if done is not None:
        shown = {"elected": None, "reply": None, "replied_at": None, "gone_at": None}
        yield from run("comment_done", id=order.comment, **shown | _shown(order, stamp(now)))


def _shown(order: Order, at: str) -> dict[str, Value]:
    match order.step:
        case Step.ELECT | Step.UNELECT:
            return {"elected": int(order.step is Step.ELECT)}
        case Step.DELETE:
            return {"gone_at": at}
        case Step.REPLY:
            return {"reply": storable(order.text), "replied_at": at}
        case Step.UNREPLY:
            return {"reply": "", "replied_at": None}


def order_failed(order: Order, *, code: int, reason: str, now: datetime) -> Operation[None]:
    """It needs a person; `code` says what to do."""
    yield from run("order_failed", id=order.id, code=code, reason=reason, now=stamp(now))


def order_postponed(
    order: Order, *, code: int, reason: str, look_again_at: datetime
) -> Operation[None]:
    """Back to the approved ones, to be sent at a later time."""
    yield from run(
        "order_postponed", id=order.id, code=code, reason=reason, look_at=stamp(look_again_at)
    )


def publish(change: Change) -> Operation[None]:
    """A case's approved reply goes under its public comments, in the same transaction."""
    case = change.case
    if change.event.after not in {State.REPLIED, State.OUT_OF_SCOPE}:
        return
    for row in (yield from rows("comments_to_answer", case_number=case.number)):
        reply, at = _reply_of(case, row["id"], change), stamp(change.event.at)
        yield from run("supersede_orders", comment_id=row["id"], step=Step.REPLY.value, now=at)
        yield from one("add_order", **order_values(reply))


def _reply_of(case: Case, comment: int, change: Change) -> Order:
    return Order(
        id=0,
        comment=comment,
        step=Step.REPLY,
        text=case.reply,
        case=case.number,
        proposed_by=case.drafted_by,
        proposed_at=change.event.at,
        decided_by=change.event.actor,
        decided_at=change.event.at,
        state=OrderState.APPROVED,
        send_at=(change.delivery and change.delivery.leaves_at) or change.event.at,
    )
