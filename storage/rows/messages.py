"""Messages, citizens, replies and deliveries as rows."""

from datetime import datetime

from cases.case import Delivery
from handlers.citizen import Choice, Citizen
from handlers.message import Message, MessageKind
from handlers.settlement import Reply
from storage.operation import Row, Values
from storage.rows.plain import (
    moment,
    moment_or_none,
    packed,
    stamp,
    stamp_or_none,
    storable,
    unpacked,
)


def message_values(message: Message, *, now: datetime, claim_until: datetime) -> Values:
    details = {storable(name): storable(text) for name, text in message.details.items()}
    return {
        "key": storable(message.key),
        "account": message.account,
        "citizen": storable(message.citizen),
        "receiver": storable(message.receiver),
        "kind": message.kind.value,
        "created_at": stamp(message.created_at),
        "text": storable(message.text),
        "message_id": storable(message.message_id),
        "event": storable(message.event),
        "event_key": storable(message.event_key),
        "details": packed(details),
        "now": stamp(now),
        "claim_until": stamp(claim_until),
    }


def message_from(row: Row) -> Message:
    return Message(
        account=row["account"],
        citizen=row["citizen"],
        receiver=row["receiver"],
        kind=MessageKind(row["kind"]),
        created_at=moment(row["created_at"]),
        text=row["text"],
        message_id=row["message_id"],
        event=row["event"],
        event_key=row["event_key"],
        details=unpacked(row["details"]),
    )


def reply_from(row: Row) -> Reply | None:
    """None while nothing was frozen."""
    if row["reply"] is None:
        return None
    return Reply(text=row["reply"], at=moment(row["reply_at"]))


def citizen_from(row: Row) -> Citizen:
    return Citizen(
        account=row["account"],
        openid=row["openid"],
        subscribed=bool(row["subscribed"]),
        question=row["question"],
        asked_at=moment_or_none(row["asked_at"]),
        choices=tuple(Choice(entry=e, title=t) for e, t in unpacked(row["choices"])),
        choices_until=moment_or_none(row["choices_until"]),
        rest=row["rest"],
        last_entry=row["last_entry"],
        push_until=moment_or_none(row["push_until"]),
        push_left=row["push_left"],
        tap_until=moment_or_none(row["tap_until"]),
        tap_left=row["tap_left"],
    )


def conversation_values(citizen: Citizen) -> Values:
    """Only the state of the conversation: the push window belongs to inbox and outbox."""
    return {
        "account": citizen.account,
        "openid": storable(citizen.openid),
        "question": storable(citizen.question),
        "asked_at": stamp_or_none(citizen.asked_at),
        "choices": packed([[each.entry, each.title] for each in citizen.choices]),
        "choices_until": stamp_or_none(citizen.choices_until),
        "rest": storable(citizen.rest),
        "last_entry": citizen.last_entry,
    }


def delivery_values(delivery: Delivery) -> Values:
    return {
        "key": delivery.key,
        "account": delivery.account,
        "citizen": delivery.citizen,
        "text": delivery.text,
        "case_number": delivery.case,
        "created_at": stamp(delivery.created_at),
        "look_at": stamp(delivery.leaves_at or delivery.created_at),
    }


def delivery_from(row: Row) -> Delivery:
    return Delivery(
        key=row["key"],
        account=row["account"],
        citizen=row["citizen"],
        text=row["text"],
        case=row["case_number"],
        created_at=moment(row["created_at"]),
        may_have_arrived=row["state"] == "uncertain",
    )
