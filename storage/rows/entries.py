"""Entries as rows; the text of a version and its status are kept apart."""

from collections.abc import Mapping
from datetime import datetime

from knowledge_base.entry import Entry, Source, Status
from knowledge_base.versions import EntryStep
from storage.operation import Row, Value, Values
from storage.rows.plain import day_or_none, iso_or_none, moment, packed, stamp, unpacked


def entry_values(entry: Entry, *, now: datetime) -> Values:
    at = stamp(now)
    return {
        **text_values(entry),
        "entry_id": entry.id,
        "version": entry.version,
        "author": entry.author,
        "reviewer": entry.reviewer,
        "status": entry.status.value,
        "saved_at": at,
        "published_at": at if entry.status is Status.PUBLISHED else None,
        "withdrawn_at": at if entry.status is Status.WITHDRAWN else None,
    }


def text_values(entry: Entry) -> Mapping[str, Value]:
    """What is frozen once the version is published."""
    return {
        "question": entry.question,
        "answer": entry.answer,
        "variants": packed(entry.variants),
        "negatives": packed(entry.negatives),
        "department": entry.department,
        "topic": entry.topic,
        "region": entry.region,
        "audience": entry.audience,
        "source_title": entry.source.title,
        "source_number": entry.source.number,
        "source_url": entry.source.url,
        "checked_on": iso_or_none(entry.checked_on),
        "valid_from": iso_or_none(entry.valid_from),
        "valid_until": iso_or_none(entry.valid_until),
    }


def step_values(entry: Entry, actor: str, reason: str, now: datetime) -> Values:
    return {
        "entry_id": entry.id,
        "version": entry.version,
        "at": stamp(now),
        "actor": actor,
        "status": entry.status.value,
        "reason": reason,
    }


def step_from(row: Row) -> EntryStep:
    return EntryStep(
        version=row["version"],
        at=moment(row["at"]),
        actor=row["actor"],
        status=Status(row["status"]),
        reason=row["reason"],
    )


def entry_from(row: Row) -> Entry:
    return Entry(
        id=row["entry_id"],
        version=row["version"],
        question=row["question"],
        answer=row["answer"],
        variants=tuple(unpacked(row["variants"])),
        negatives=tuple(unpacked(row["negatives"])),
        department=row["department"],
        topic=row["topic"],
        region=row["region"],
        audience=row["audience"],
        source=Source(
            title=row["source_title"], number=row["source_number"], url=row["source_url"]
        ),
        checked_on=day_or_none(row["checked_on"]),
        valid_from=day_or_none(row["valid_from"]),
        valid_until=day_or_none(row["valid_until"]),
        status=Status(row["status"]),
        author=row["author"],
        reviewer=row["reviewer"],
    )
