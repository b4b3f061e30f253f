"""Libraries run by others: who looks at one, when, and what it held."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from knowledge_base.library import Sent
from knowledge_base.library_look import LibraryLook
from storage.operation import Operation, Row, one, rows, run, run_many
from storage.operations import audit
from storage.rows.plain import moment, stamp

JUST: Final = timedelta(minutes=1)


def claim_library(
    name: str, *, now: datetime, due: datetime, until: datetime
) -> Operation[LibraryLook | None]:
    """How the last look ended, as of `now`; None when it is not due yet, or another worker is
    looking at it. It is due again when `until` is over and nobody said how this look ended."""
    row = yield from one(
        "claim_library", name=name, now=stamp(now), due=stamp(due), until=stamp(until)
    )
    return None if row is None else _look_from(row)


def end_library_look(look: LibraryLook) -> Operation[None]:
    """Keeps how a look ended that began at `look.looked_at`."""
    yield from run(
        "end_library_look",
        name=look.name,
        looked_at=stamp(look.looked_at),
        next_look_at=_or_never(look.next_look_at),
        read_at=_or_never(look.read_at),
        digest=look.digest,
        tried=look.tried,
        source=look.source,
        etag=look.etag,
        modified=look.modified,
        failures=look.failures,
        reason=look.reason,
    )


def library_looks() -> Operation[list[LibraryLook]]:
    """Each library that was ever looked at, by name."""
    return [_look_from(row) for row in (yield from rows("library_runs"))]


def look_at_library_soon(name: str, *, actor: str, now: datetime) -> Operation[bool]:
    """Due at once; False when it has just been looked at, or is not known."""
    moved = yield from run(
        "look_at_library_soon", name=name, now=stamp(now), before=stamp(now - JUST)
    )
    if moved:
        yield from audit.log(actor, "library asked for", {"name": name}, now)
    return bool(moved)


def _look_from(row: Row) -> LibraryLook:
    return LibraryLook(
        name=row["name"],
        looked_at=moment(row["looked_at"]),
        next_look_at=moment(row["next_look_at"]) if row["next_look_at"] else None,
        read_at=moment(row["read_at"]) if row["read_at"] else None,
        digest=row["digest"],
        tried=row["tried"],
        source=row["source"],
        etag=row["etag"],
        modified=row["modified"],
        failures=int(row["failures"]),
        reason=row["reason"],
    )


def _or_never(at: datetime | None) -> str:
    return "" if at is None else stamp(at)


def library_rows(library: str) -> Operation[list[Sent]]:
    """What it sent last, by its own keys, and whether that was still in its files."""
    return [
        Sent(
            key=row["own_key"],
            entry=row["entry_id"],
            digest=row["digest"],
            is_gone=row["gone_at"] != "",
        )
        for row in (yield from rows("library_rows", library=library))
    ]


def keep_library_rows(library: str, sent: Sequence[Sent]) -> Operation[None]:
    values = [
        {"library": library, "own_key": s.key, "entry_id": s.entry, "digest": s.digest}
        for s in sent
    ]
    yield from run_many("keep_library_row", values)


def miss_library_rows(library: str, keys: Iterable[str], *, now: datetime) -> Operation[None]:
    values = [{"library": library, "own_key": key, "now": stamp(now)} for key in keys]
    yield from run_many("miss_library_row", values)
