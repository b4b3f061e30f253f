"""Entries: every version kept, one of each published, none rewritten once published."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from knowledge_base.entry import Entry, Status
from knowledge_base.versions import EntryStep, Merge
from storage.operation import Operation, Values, rows, run, run_many, the
from storage.operations import audit, merges
from storage.operations.publishing import Plan, plan, refuse_unseen
from storage.rows.entries import entry_from, step_from, step_values
from storage.rows.plain import bars, packed, pattern, stamp


def published_entries() -> Operation[list[Entry]]:
    return [entry_from(row) for row in (yield from rows("published_entries"))]


def approved_entries() -> Operation[list[Entry]]:
    """Versions that wait, approved, for their first day; none that a newer one has overtaken."""
    return [entry_from(row) for row in (yield from rows("approved_entries"))]


def index_version() -> Operation[int]:
    """Grows in the transaction that publishes or withdraws."""
    return int((yield from the("counter", name="index"))["number"])


def entry_versions(entry_id: str) -> Operation[list[Entry]]:
    """Newest first; empty when there is none."""
    return [entry_from(row) for row in (yield from rows("entry_versions", entry_id=entry_id))]


def entry_history(entry_id: str) -> Operation[list[EntryStep]]:
    """Every step taken with an entry, newest first."""
    return [step_from(row) for row in (yield from rows("entry_history", entry_id=entry_id))]


def given_entries(*, since: datetime, until: datetime) -> Operation[list[tuple[str, int]]]:
    """(entry, messages it answered directly in that time), the most given first."""
    found = yield from rows("given_entries", since=stamp(since), until=stamp(until))
    return [(row["entry_id"], int(row["amount"])) for row in found]


def times_given(entry_id: str) -> Operation[Mapping[int, int]]:
    """How often each version was sent to a citizen."""
    found = yield from rows("times_given", entry_id=entry_id)
    return {row["version"]: int(row["amount"]) for row in found}


def newest_entries(*, department: str = "", text: str = "") -> Operation[list[Entry]]:
    found = yield from rows("newest_entries", department=department, pattern=pattern(text))
    return [entry_from(row) for row in found]


def save_versions(
    entries: Sequence[Entry],
    *,
    actor: str,
    reason: str,
    now: datetime,
    seen: Sequence[Entry] | None = None,
    begins: Merge | None = None,
    ends: Sequence[Merge] = (),
) -> Operation[None]:
    """Adds versions or moves them to their status, all or none; begins and ends merges with it.

    Raises `VersionIsFrozen`, and `EntryMovedOn` when the stored rows are not those `seen`.
    """
    yield from run("hold_counter", name="index")
    ids = packed(sorted({entry.id for entry in entries}))
    found = [entry_from(row) for row in (yield from rows("versions_of", entry_ids=ids))]
    stored = {(entry.id, entry.version): entry for entry in found}
    if seen is not None:
        refuse_unseen(entries, stored, seen)
    made = plan(entries, stored, now=now)
    yield from _carry_out(made)
    if begins is not None:
        yield from merges.begin_merge(begins, actor=actor, now=now)
    yield from merges.end_merges(ends, actor=actor, now=now)
    why = _merged_away(entries, ends)
    yield from run_many("add_entry_step", _steps(made, actor, reason, why, now))
    records = [
        (
            f"entry {e.status}",
            {"entry": e.id, "version": str(e.version), "reason": why.get(e.id, reason)},
        )
        for e in made.saved
    ]
    yield from audit.log_all(actor, records, now=now)


def _carry_out(made: Plan) -> Operation[None]:
    """Withdrawing comes before publishing: at most one version of an entry is ever published."""
    moves = sorted(made.move_version.values(), key=lambda row: row["status"] == "published")
    yield from run_many("move_version", moves)
    yield from run_many("change_version", list(made.change_version.values()))
    yield from run_many("add_version", list(made.add_version.values()))
    if made.changes_index:
        yield from the("count_up", name="index")
    yield from _read_no_further(str(row["entry_id"]) for row in moves if _is_over(row))


def _is_over(row: Values) -> bool:
    return row["status"] == Status.WITHDRAWN.value


def _read_no_further(gone: Iterable[str]) -> Operation[None]:
    """Nobody is given the second page of a long answer that was taken back meanwhile."""
    if entries := bars(sorted(set(gone))):
        yield from run("forget_rest", entries=entries)


def _merged_away(entries: Sequence[Entry], ends: Sequence[Merge]) -> Mapping[str, str]:
    """Why an entry goes that is merged into another, by its id."""
    called = {entry.id: entry.question or entry.id for entry in entries}
    return {m.gone: f"合并到“{called.get(m.kept, m.kept)}”（{m.kept}）" for m in ends}


def _steps(
    made: Plan, actor: str, reason: str, why: Mapping[str, str], now: datetime
) -> list[Values]:
    """What the entry's own page tells: each saved version, and each that a newer one replaced."""
    steps = [
        step_values(earlier, actor, f"由第 {newer.version} 版取代", now)
        for earlier, newer in made.replaced
    ]
    return [*steps, *(step_values(e, actor, why.get(e.id, reason), now) for e in made.saved)]
