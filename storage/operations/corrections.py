"""更正: who was given an answer, and the texts that tell them it was wrong."""

from collections.abc import Sequence
from datetime import datetime

from handlers.texts.corrections import correction as in_words
from knowledge_base.corrections import (
    Correction,
    CorrectionMovedOn,
    CorrectionState,
    Reach,
    Sent,
)
from storage.operation import Operation, Row, Values, one, rows, run, run_many, the
from storage.operations import audit
from storage.rows.plain import bars, moment, moment_or_none, pattern, stamp

WITHIN = 20_000


def sent_of_entry(entry_id: str, *, limit: int) -> Operation[list[Sent]]:
    """To whom an entry was sent, newest first; nobody whose data was erased."""
    return [
        _sent(row) for row in (yield from rows("sent_of_entry", entry_id=entry_id, limit=limit))
    ]


def find_sent(words: str, *, since: datetime, limit: int) -> Operation[list[Sent]]:
    """Answers of which the question or the reply holds `words`, newest first."""
    wanted = "%".join(["", *(pattern(word)[1:-1] for word in words.split()), ""])
    values: Values = {"pattern": wanted, "since": stamp(since), "within": WITHIN, "limit": limit}
    return [_sent(row) for row in (yield from rows("find_sent", **values))]


def reach(
    entry_id: str, versions: Sequence[int], *, since: datetime, now: datetime
) -> Operation[Reach]:
    """How many people were given these versions, and how many can be told at once."""
    row = yield from the("reach", **_wrongly(entry_id, versions, since), now=stamp(now))
    return Reach(people=int(row["people"]), at_once=int(row["at_once"]))


def correction(number: int) -> Operation[Correction | None]:
    row = yield from one("correction", id=number)
    return _correction(row, {}) if row is not None else None


def corrections_of(entry_id: str) -> Operation[list[Correction]]:
    """Newest first, with what became of their texts."""
    counted: dict[int, dict[str, int]] = {}
    for row in (yield from rows("corrections_sent", entry_id=entry_id)):
        counted.setdefault(row["correction"], {})[row["state"]] = int(row["amount"])
    found = yield from rows("corrections_of", entry_id=entry_id)
    return [_correction(row, counted.get(row["id"], {})) for row in found]


def open_corrections() -> Operation[list[Correction]]:
    """Those that wait for a second person, oldest first."""
    return [_correction(row, {}) for row in (yield from rows("open_corrections"))]


def propose_correction(given: Correction, *, author: str, now: datetime) -> Operation[int]:
    """Keeps it until somebody else decides."""
    row = yield from the(
        "add_correction",
        **_wrongly(given.entry, given.versions, given.since),
        about=given.about,
        text=given.text,
        reason=given.reason,
        author=author,
        now=stamp(now),
    )
    yield from _log(given.entry, row["id"], CorrectionState.PROPOSED, author, now)
    return int(row["id"])


def decide_correction(
    number: int, after: CorrectionState, *, actor: str, remark: str, now: datetime
) -> Operation[None]:
    """Releases or refuses what was proposed. Raises `CorrectionMovedOn`."""
    values = {"after": after.value, "actor": actor, "remark": remark, "now": stamp(now)}
    if not (yield from run("move_correction", id=number, **values)):
        raise CorrectionMovedOn(f"correction {number} cannot be {after} by {actor!r}")
    row = yield from the("correction", id=number)
    if after is CorrectionState.APPROVED:
        yield from _queue(row, now)
    yield from _log(row["entry_id"], number, after, actor, now)


def stop_correction(number: int, *, actor: str, now: datetime) -> Operation[None]:
    """Takes back what has not left yet. Raises `CorrectionMovedOn`."""
    if not (yield from run("end_correction", id=number, actor=actor)):
        raise CorrectionMovedOn(f"correction {number} is not under way")
    yield from run("stop_deliveries", id=number, now=stamp(now))
    row = yield from the("correction", id=number)
    yield from _log(row["entry_id"], number, CorrectionState.STOPPED, actor, now)


def _queue(row: Row, now: datetime) -> Operation[None]:
    """The text for everybody who got the answer, once each."""
    values = {name: row[name] for name in ("entry_id", "versions", "since")}
    found = yield from rows("correction_recipients", **values)
    letters: list[Values] = [
        {
            "key": f"correction-{row['id']}-{each['id']}",
            "account": each["account"],
            "citizen": each["citizen"],
            "text": correction_text(row, each["accepted_at"]),
            "now": stamp(now),
            "correction": row["id"],
            "corrects": each["id"],
        }
        for each in found
    ]
    yield from run_many("add_correction_delivery", letters)
    yield from run("count_corrected", id=row["id"], people=len(letters))


def correction_text(row: Row, asked_at: str) -> str:
    """What a citizen who asked then is told by a row of `corrections`."""
    return in_words(row["about"], moment(asked_at), row["text"])


def _log(
    entry: str, number: int, state: CorrectionState, actor: str, now: datetime
) -> Operation[None]:
    details = {"entry": entry, "correction": str(number)}
    yield from audit.log(actor, f"entry correction {state.value}", details, now)


def _wrongly(entry_id: str, versions: Sequence[int], since: datetime) -> Values:
    """The values of the fragment {given_wrongly}."""
    return {"entry_id": entry_id, "versions": bars(map(str, versions)), "since": stamp(since)}


def _sent(row: Row) -> Sent:
    return Sent(
        message=row["id"],
        entry=row["entry_id"],
        version=row["version"],
        at=moment(row["accepted_at"]),
        text=row["text"],
        reply=row["late_text"] or row["reply"] or "",
        probability=row["probability"],
        corrected=row["corrected"] or "",
    )


def _correction(row: Row, sent: dict[str, int]) -> Correction:
    return Correction(
        id=row["id"],
        entry=row["entry_id"],
        versions=tuple(int(each) for each in row["versions"].split("|") if each),
        since=moment(row["since"]),
        about=row["about"],
        text=row["text"],
        reason=row["reason"],
        state=CorrectionState(row["state"]),
        author=row["author"],
        proposed_at=moment(row["proposed_at"]),
        decided_by=row["decided_by"],
        decided_at=moment_or_none(row["decided_at"]),
        remark=row["remark"],
        stopped_by=row["stopped_by"],
        people=row["people"],
        sent=sent,
    )
