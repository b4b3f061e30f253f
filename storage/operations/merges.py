"""Merges of entries: begun with a version in review, carried out by publishing it."""

from collections.abc import Sequence
from datetime import datetime

from knowledge_base.versions import Merge
from storage.operation import Operation, Row, rows, run
from storage.operations import audit, golden
from storage.rows.plain import stamp


def open_merges() -> Operation[list[Merge]]:
    """Those whose version waits to be published; oldest first."""
    return [_merge(row) for row in (yield from rows("open_merges"))]


def merges_of(entry_id: str) -> Operation[list[Merge]]:
    """All of an entry, into it and from it, newest first."""
    return [_merge(row) for row in (yield from rows("merges_of", entry_id=entry_id))]


def cancel_merge(kept: str, *, actor: str, now: datetime) -> Operation[bool]:
    """The entry that was to go stays; False when there is nothing to cancel."""
    found = [merge for merge in (yield from open_merges()) if merge.kept == kept]
    for merge in found:
        yield from _end(merge, "cancelled", actor, now)
    return bool(found)


def begin_merge(merge: Merge, *, actor: str, now: datetime) -> Operation[None]:
    yield from run(
        "begin_merge",
        kept=merge.kept,
        version=merge.version,
        gone=merge.gone,
        gone_version=merge.gone_version,
        actor=actor,
        at=stamp(now),
    )
    yield from _log("entry merge begun", merge, actor, now)


def end_merges(merges: Sequence[Merge], *, actor: str, now: datetime) -> Operation[None]:
    """Golden questions that wanted what goes want what stays from now on."""
    for merge in merges:
        yield from _end(merge, "done", actor, now)
        for question in (yield from golden.golden_questions()):
            if question.entry == merge.gone:
                yield from golden.retire_golden(question.id, actor=actor, now=now)
                yield from golden.add_golden(question.text, merge.kept, actor=actor, now=now)


def _end(merge: Merge, outcome: str, actor: str, now: datetime) -> Operation[None]:
    values = {"outcome": outcome, "actor": actor, "now": stamp(now)}
    yield from run("end_merge", kept=merge.kept, version=merge.version, **values)
    yield from _log(f"entry merge {outcome}", merge, actor, now)


def _log(action: str, merge: Merge, actor: str, now: datetime) -> Operation[None]:
    yield from audit.log(actor, action, {"kept": merge.kept, "gone": merge.gone}, now)


def _merge(row: Row) -> Merge:
    return Merge(
        kept=row["kept"],
        version=row["version"],
        gone=row["gone"],
        gone_version=row["gone_version"],
        outcome=row["outcome"],
    )
