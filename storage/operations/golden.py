"""Golden questions: which must keep their answer."""

from datetime import datetime

from knowledge_base.golden import GoldenQuestion
from storage.operation import Operation, rows, run
from storage.operations import audit
from storage.rows.plain import moment, stamp


def golden_questions() -> Operation[list[GoldenQuestion]]:
    """Those in force, oldest first."""
    return [
        GoldenQuestion(
            id=row["id"],
            text=row["text"],
            entry=row["entry_id"],
            added_by=row["added_by"],
            added_at=moment(row["added_at"]),
        )
        for row in (yield from rows("golden_questions"))
    ]


def add_golden(text: str, entry: str, *, actor: str, now: datetime) -> Operation[bool]:
    """Adds one; False when the same text is one already."""
    added = yield from run("add_golden", text=text, entry_id=entry, actor=actor, now=stamp(now))
    if added:
        yield from audit.log(actor, "golden question added", {"entry": entry}, now)
    return bool(added)


def retire_golden(golden_id: int, *, actor: str, now: datetime) -> Operation[None]:
    if (yield from run("retire_golden", id=golden_id, actor=actor, now=stamp(now))):
        details = {"question": str(golden_id)}
        yield from audit.log(actor, "golden question retired", details, now)
