"""Cases, their events and the hash chain that binds the events, as rows."""

from collections.abc import Mapping
from datetime import date, datetime
from secrets import token_hex

from cases.case import Case, Delivery, Event, Kind, State
from storage.operation import Row, Values
from storage.rows.plain import (
    bars,
    fingerprint,
    moment,
    moment_or_none,
    packed,
    stamp,
    stamp_or_none,
    storable,
    unpacked,
)

CHAIN_START = "0" * 64
ENDED = 20_000_000_000
"""Above the place of every open case, and minus the second it ended the place of an ended one."""


def case_values(case: Case, event: Event) -> Values:
    """The case as it is after `event`."""
    return {
        "number": case.number,
        "account": case.account,
        "citizen": storable(case.citizen),
        "kind": case.kind.value,
        "state": case.state.value,
        "text": storable(case.text),
        "received_at": stamp(case.received_at),
        "due_at": stamp(case.due_at),
        "due_date": case.due_date.isoformat(),
        "provisional": int(case.provisional),
        "rule": case.rule,
        "department": case.department,
        "confidence": float(case.confidence),
        "officer": case.officer,
        "draft": storable(case.draft),
        "drafted_by": case.drafted_by,
        "draft_hash": case.draft_hash,
        "reviewed_by": case.reviewed_by,
        "reply": storable(case.reply),
        "replied_at": stamp_or_none(case.replied_at),
        "closed_at": stamp_or_none(case.closed_at),
        "waiting_since": stamp_or_none(case.waiting_since),
        "rating": case.rating,
        "lead": case.lead,
        "version": event.version,
        "changed_at": stamp(event.at),
        "topic": storable(case.topic),
        "helpers": bars(case.helpers),
        "asks": case.asks,
        "awaits": bars(case.awaits),
        "place": place_of(case, ended_at=case.closed_at or case.replied_at or event.at),
    }


def place_of(case: Case, *, ended_at: datetime) -> int:
    """Where a case stands in every list: open ones by due time, then the newest ended first."""
    if case.is_open:
        return int(case.due_at.timestamp())
    return ENDED - int(ended_at.timestamp())


def case_from(row: Row) -> Case:
    return Case(
        number=row["number"],
        account=row["account"],
        citizen=row["citizen"],
        kind=Kind(row["kind"]),
        state=State(row["state"]),
        text=row["text"],
        received_at=moment(row["received_at"]),
        due_at=moment(row["due_at"]),
        due_date=date.fromisoformat(row["due_date"]),
        provisional=bool(row["provisional"]),
        rule=row["rule"],
        department=row["department"],
        confidence=row["confidence"],
        officer=row["officer"],
        draft=row["draft"],
        drafted_by=row["drafted_by"],
        draft_hash=row["draft_hash"],
        reviewed_by=row["reviewed_by"],
        reply=row["reply"],
        replied_at=moment_or_none(row["replied_at"]),
        closed_at=moment_or_none(row["closed_at"]),
        waiting_since=moment_or_none(row["waiting_since"]),
        rating=row["rating"],
        lead=row["lead"],
        version=row["version"],
        topic=row["topic"],
        helpers=tuple(filter(None, row["helpers"].split("|"))),
        asks=row["asks"],
        awaits=tuple(filter(None, row["awaits"].split("|"))),
    )


def event_values(event: Event, delivery: Delivery | None, *, prev_hash: str) -> Values:
    salt = token_hex(16)
    details = {storable(name): storable(text) for name, text in event.details.items()}
    sent = delivery_hash(delivery.account, delivery.citizen, delivery.text) if delivery else ""
    values: dict[str, str | int | None] = {
        "case_number": event.case,
        "version": event.version,
        "at": stamp(event.at),
        "actor": event.actor,
        "step": event.step,
        "state_before": event.before.value if event.before else None,
        "state_after": event.after.value,
        "details": packed(details),
        "details_hash": details_hash(salt, packed(details)),
        "details_salt": salt,
        "delivery_key": delivery.key if delivery else "",
        "delivery_hash": sent,
        "prev_hash": prev_hash,
    }
    return {**values, "hash": event_hash(values)}


def event_hash(row: Row | Mapping[str, object]) -> str:
    """The sha256 that closes one event over everything it says and the hash before it."""
    columns = ("prev_hash", "case_number", "version", "at", "actor", "step", "state_before")
    told = "details_hash" if row["details_hash"] else "details"
    rest = ("state_after", told, "delivery_key", "delivery_hash")
    return fingerprint(*(str(row[column] or "") for column in columns + rest))


def details_hash(salt: str, details: str) -> str:
    """What an event is closed over instead of its details, so that they can be erased."""
    return fingerprint(salt, details)


def delivery_hash(account: str, citizen: str, text: str) -> str:
    """Binds a text to the one citizen it is for."""
    return fingerprint(account, citizen, text)


def event_from(row: Row) -> Event:
    before = row["state_before"]
    return Event(
        case=row["case_number"],
        version=row["version"],
        at=moment(row["at"]),
        actor=row["actor"],
        step=row["step"],
        before=State(before) if before else None,
        after=State(row["state_after"]),
        details=unpacked(row["details"]),
    )
