"""Entries: every version kept, one of each published, none rewritten once published."""

from collections.abc import Sequence
from datetime import datetime

from knowledge_base.entry import Entry
from storage.operation import Operation, rows, run, run_many, the
from storage.operations import audit
from storage.operations.publishing import plan
from storage.rows.entries import entry_from
from storage.rows.plain import packed, pattern


def published_entries() -> Operation[list[Entry]]:
    return [entry_from(row) for row in (yield from rows("published_entries"))]


def index_version() -> Operation[int]:
    """Grows in the transaction that publishes or withdraws."""
    return int((yield from the("counter", name="index"))["number"])


def entry_versions(entry_id: str) -> Operation[list[Entry]]:
    """Newest first; empty when there is none."""
    return [entry_from(row) for row in (yield from rows("entry_versions", entry_id=entry_id))]


def newest_entries(*, department: str = "", text: str = "") -> Operation[list[Entry]]:
    found = yield from rows("newest_entries", department=department, pattern=pattern(text))
    return [entry_from(row) for row in found]


def save_versions(
    entries: Sequence[Entry], *, actor: str, reason: str, now: datetime
) -> Operation[None]:
    """Adds versions or moves them to their status. Raises `VersionIsFrozen`; then none is saved."""
    yield from run("hold_counter", name="index")
    ids = packed(sorted({entry.id for entry in entries}))
    found = [entry_from(row) for row in (yield from rows("versions_of", entry_ids=ids))]
    made = plan(entries, {(entry.id, entry.version): entry for entry in found}, now=now)
    # Withdrawing comes before publishing: at most one version of an entry is ever published.
    moves = sorted(made.move_version.values(), key=lambda row: row["status"] == "published")
    yield from run_many("move_version", moves)
    yield from run_many("change_version", list(made.change_version.values()))
    yield from run_many("add_version", list(made.add_version.values()))
    if made.changes_index:
        yield from the("count_up", name="index")
    records = [
        (
            f"entry {entry.status}",
            {"entry": entry.id, "version": str(entry.version), "reason": reason},
        )
        for entry in made.saved
    ]
    yield from audit.log_all(actor, records, now=now)
