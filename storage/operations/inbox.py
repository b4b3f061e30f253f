"""The two operations of every message, accept and settle, and what happens between them."""

from dataclasses import replace
from datetime import datetime, timedelta

from cases.case import Delivery
from cases.steps import REOPEN
from handlers.attachment import JOINS_WITHIN
from handlers.citizen import Citizen
from handlers.message import Message
from handlers.ports import Accepted, Decide, Said, Unsettled
from handlers.settlement import Outcome, Reply, Settlement
from storage.errors import UnknownMessage
from storage.operation import Operation, Row, one, rows, run, the
from storage.operations import attachments, cases, outbox
from storage.push_window import window_change
from storage.rows.cases import case_from
from storage.rows.messages import (
    citizen_from,
    conversation_values,
    message_from,
    message_values,
    reply_from,
)
from storage.rows.plain import moment, stamp, storable

TOLD_WITHIN = timedelta(days=1)
LOOKED_THROUGH, SHORTEST = 20, 3
"""Messages before the one that is settled, and characters that are no chance likeness."""
JUST_BEFORE, PIECES = timedelta(minutes=10), 8
"""How long ago, and how many, messages may be of which a sentence was made."""


def accept(
    message: Message, *, now: datetime, claim_until: datetime, decide: Decide | None = None
) -> Operation[Accepted]:
    """Stores the message or finds it; claims it, and settles it if that can be decided at once."""
    accepted = yield from _accept(message, now=now, claim_until=claim_until)
    settlement = decide(accepted) if decide is not None and accepted.claimed else None
    if settlement is None:
        return accepted
    reply = yield from _settle(accepted.id, settlement, held=bool(accepted.waiting))
    return replace(accepted, reply=reply)


def _accept(message: Message, *, now: datetime, claim_until: datetime) -> Operation[Accepted]:
    values = message_values(message, now=now, claim_until=claim_until)
    added = yield from one("add_message", **values)
    if added is not None:
        yield from attachments.want(message, added["id"], now=now)
        yield from outbox.hear_of_notice(message)
        # Deliveries before citizens, here and in settle and take: one order of locks.
        waiting = yield from outbox.hold(message, added["id"], now=now, until=claim_until)
        name, window = window_change(message, now)
        citizen = citizen_from((yield from the(name, **window)))
        return (yield from _claimed(added, citizen, waiting, at=now))
    claim = {name: values[name] for name in ("key", "now", "claim_until")}
    found = yield from one("claim_message", **claim)
    if found is not None:
        waiting = yield from outbox.hold(message, found["id"], now=now, until=claim_until)
        return (yield from _claimed(found, (yield from _citizen_of(message)), waiting, at=now))
    stored = yield from the("message_by_key", key=values["key"])
    return Accepted(
        id=stored["id"],
        claimed=False,
        reply=reply_from(stored),
        citizen=(yield from _citizen_of(message)),
    )


def _claimed(
    row: Row, citizen: Citizen, waiting: tuple[Delivery, ...], *, at: datetime
) -> Operation[Accepted]:
    found = yield from rows(
        "newest_cases_of", account=citizen.account, citizen=citizen.openid, limit=10
    )
    return Accepted(
        id=row["id"],
        claimed=True,
        reply=reply_from(row),
        citizen=citizen,
        cases=tuple(case_from(case) for case in found),
        waiting=waiting,
        said_before=(yield from _said_before(row["id"], citizen, at)),
    )


def _said_before(message_id: int, citizen: Citizen, at: datetime) -> Operation[tuple[Said, ...]]:
    """Read only where something was asked just before: most messages are a citizen's first."""
    if citizen.asked_at is None or citizen.asked_at < at - JUST_BEFORE:
        return ()
    found = yield from rows(
        "said_before",
        account=citizen.account,
        citizen=storable(citizen.openid),
        before=message_id,
        limit=PIECES,
    )
    fresh = [row for row in found if moment(row["accepted_at"]) >= at - JUST_BEFORE]
    return tuple(
        Said(
            text=row["text"],
            outcome=Outcome(row["outcome"]) if row["outcome"] else None,
            case=row["case_number"] or "",
        )
        for row in fresh
    )


def _citizen_of(message: Message) -> Operation[Citizen]:
    openid = storable(message.citizen)
    row = yield from one("citizen", account=message.account, openid=openid)
    return citizen_from(row) if row else Citizen(account=message.account, openid=openid)


def citizen(account: str, openid: str) -> Operation[Citizen | None]:
    row = yield from one("citizen", account=account, openid=openid)
    return citizen_from(row) if row is not None else None


def reread(message_id: int) -> Operation[Accepted]:
    """The context of a claimed message as it is now. Raises `UnknownMessage`."""
    row = yield from _stored(message_id)
    message = message_from(row)
    since, until = moment(row["accepted_at"]), moment(row["claim_until"])
    waiting = yield from outbox.hold(message, message_id, now=since, until=until)
    return (yield from _claimed(row, (yield from _citizen_of(message)), waiting, at=since))


def claim_unsettled(
    *, now: datetime, claim_until: datetime, limit: int
) -> Operation[list[Unsettled]]:
    """Takes over up to `limit` messages whose claim has lapsed, oldest first."""
    taken = yield from rows(
        "claim_unsettled", now=stamp(now), claim_until=stamp(claim_until), limit=limit
    )
    unsettled = []
    for row in sorted(taken, key=lambda row: int(row["id"])):
        message = message_from(row)
        waiting = yield from outbox.hold(message, row["id"], now=now, until=claim_until)
        citizen = yield from _citizen_of(message)
        accepted = yield from _claimed(row, citizen, waiting, at=moment(row["accepted_at"]))
        unsettled.append(Unsettled(message=message, accepted=accepted))
    return unsettled


def release_claims(*, now: datetime) -> Operation[int]:
    """Ends all claims: for a start after a crash, when no other worker runs; returns how many."""
    return (yield from run("release_claims", now=stamp(now)))


def freeze_reply(message_id: int, text: str, *, now: datetime) -> Operation[Reply]:
    """Fixes the passive reply unless there is one; returns the one that stands."""
    frozen = yield from one("freeze_message", id=message_id, text=storable(text), now=stamp(now))
    return (yield from _the_reply(message_id, frozen))


def frozen_reply(message_id: int) -> Operation[Reply | None]:
    row = yield from one("message_reply", id=message_id)
    return reply_from(row) if row is not None else None


def settle(message_id: int, settlement: Settlement) -> Operation[Reply]:
    """Writes all of the settlement, once. Raises `ChangedMeanwhile` and `UnknownMessage`."""
    return (yield from _settle(message_id, settlement, held=True))


def _settle(message_id: int, settlement: Settlement, *, held: bool) -> Operation[Reply]:
    """`held` says whether the message may hold deliveries that its reply did not carry."""
    at = stamp(settlement.settled_at)
    frozen = yield from one(
        "settle_message",
        id=message_id,
        outcome=settlement.outcome.value,
        probability=settlement.probability,
        reply=storable(settlement.reply),
        at=at,
    )
    if frozen is None:
        return (yield from _the_reply(message_id, None))
    yield from outbox.carry(settlement.carries, message_id, at=at)
    if held:
        yield from outbox.let_go(frozen["account"], frozen["citizen"], message_id)
    yield from run("keep_conversation", **conversation_values(settlement.citizen))
    for given in settlement.given:
        yield from run(
            "add_given", message_id=message_id, entry_id=given.entry, version=given.version
        )
    yield from _case_of(message_id, settlement, late=frozen["late_text"])
    return (yield from _the_reply(message_id, frozen))


def _case_of(message_id: int, settlement: Settlement, *, late: str) -> Operation[None]:
    """Takes the case's step, links the message to its case, and queues a reply that is late."""
    number = settlement.joins
    if settlement.change is not None:
        case = yield from cases.write_change(settlement.change)
        number = number or (case.number if case.version == 1 else "")
        if case.version == 1 or settlement.change.event.step == REOPEN.name:
            at = settlement.settled_at
            yield from attachments.join_earlier(case.account, case.citizen, case.number, at=at)
    if number:
        yield from run("link_message", message_id=message_id, case_number=number)
        if settlement.words or settlement.follows:
            yield from _link_earlier(message_id, number, settlement)
        if settlement.outcome is Outcome.ADDED:
            yield from cases.add_words(number, (yield from _stored(message_id))["text"])
    if late:
        citizen = settlement.citizen
        delivery = Delivery(
            key=f"late-{message_id}",
            account=citizen.account,
            citizen=storable(citizen.openid),
            text=late,
            case=number,
            created_at=settlement.settled_at,
        )
        yield from outbox.queue(delivery, late_of=message_id)


def _link_earlier(message_id: int, number: str, settlement: Settlement) -> Operation[None]:
    """Messages whose words stand in what the case was told, with what the desk said to them.

    Where the case follows on what was said just before, all of that.
    """
    citizen, at = settlement.citizen, settlement.settled_at
    earlier = yield from rows(
        "earlier_messages",
        account=citizen.account,
        citizen=storable(citizen.openid),
        before=message_id,
        since=stamp(at - TOLD_WITHIN),
        limit=LOOKED_THROUGH,
    )
    told, just_before = storable(settlement.words), stamp(at - JOINS_WITHIN)
    for row in earlier:
        fresh, said = row["accepted_at"] >= just_before, row["text"].strip()
        of_it = said in told and (fresh or len(said) >= SHORTEST)
        if of_it or (settlement.follows and fresh):
            yield from run("link_message", message_id=row["id"], case_number=number)


def _the_reply(message_id: int, row: Row | None) -> Operation[Reply]:
    reply = reply_from(row or (yield from _stored(message_id)))
    assert reply is not None, "a settled message has a reply, if an empty one"
    return reply


def _stored(message_id: int) -> Operation[Row]:
    row = yield from one("message", id=message_id)
    if row is None:
        raise UnknownMessage(message_id)
    return row
