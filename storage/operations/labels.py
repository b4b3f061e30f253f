"""What the desk's own log says about its answers; the texts are for fitting, never for showing."""

from datetime import datetime

from cases.sources import the_entry
from handlers.events import words_of_tap
from handlers.hearing.verdicts import Said, labels_of
from handlers.settlement import Outcome
from handlers.texts.general import CITIZEN_ASKED_FOR_PERSON
from knowledge_base.labels import Kind, Label
from storage.operation import Operation, Row, rows
from storage.operations.learning import POOR
from storage.rows.plain import moment, stamp, unpacked


def desk_labels(*, since: datetime, now: datetime, limit: int) -> Operation[list[Label]]:
    """Newest first, from at most `limit` messages and as many cases since a day."""
    heard = yield from rows("said_to_desk", since=stamp(since), limit=limit)
    conversations: dict[tuple[str, str], list[Said]] = {}
    for row in reversed(heard):
        conversations.setdefault((row["account"], row["citizen"]), []).append(_said(row))
    found = [pair for said in conversations.values() for pair in labels_of(said, now=now)]
    answered = yield from rows("drafted_cases", since=stamp(since), limit=limit)
    found += [pair for row in answered if (pair := _of_case(row)) is not None]
    found.sort(key=lambda pair: pair[0], reverse=True)
    return [label for _, label in found]


def _said(row: Row) -> Said:
    return Said(
        at=moment(row["accepted_at"]),
        text=words_of_tap(row["event_key"]) if row["event"] == "click" else row["text"],
        outcome=Outcome(row["outcome"]),
        by_model=row["probability"] is not None,
        entry=row["entry_id"] or "",
        version=row["version"] or 0,
    )


def _of_case(row: Row) -> tuple[datetime, Label] | None:
    """The approved reply's entry; with a poor rating, an entry that did not help."""
    made_from = the_entry(unpacked(row["details"]).get("sources", ""))
    if made_from is None or row["text"] == CITIZEN_ASKED_FOR_PERSON:
        return None
    entry, version = made_from
    is_poor = row["rating"] is not None and row["rating"] <= POOR
    kind = Kind.UNSOLVED if is_poor else Kind.CASE
    label = Label(text=row["text"], entry=entry, version=version, kind=kind)
    return moment(row["replied_at"]), label
