"""Libraries run by others: who looks at one, when, and what it held."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from knowledge_base.library import Sent
from storage.operation import Operation, one, rows, run, run_many
from storage.rows.plain import stamp


def claim_library(name: str, *, now: datetime, due: datetime) -> Operation[str | None]:
    """What it held when it was last taken in ("" for never); None when it is not due yet, or
    another worker is looking at it."""
    row = yield from one("claim_library", name=name, now=stamp(now), due=stamp(due))
    return None if row is None else str(row["digest"])


def keep_library_digest(name: str, digest: str) -> Operation[None]:
    yield from run("keep_library_digest", name=name, digest=digest)


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
