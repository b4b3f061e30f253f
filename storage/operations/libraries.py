"""Libraries run by others: who looks at one, when, and what it held."""

from datetime import datetime

from storage.operation import Operation, one, run
from storage.rows.plain import stamp


def claim_library(name: str, *, now: datetime, due: datetime) -> Operation[str | None]:
    """What it held when it was last taken in ("" for never); None when it is not due yet, or
    another worker is looking at it."""
    row = yield from one("claim_library", name=name, now=stamp(now), due=stamp(due))
    return None if row is None else str(row["digest"])


def keep_library_digest(name: str, digest: str) -> Operation[None]:
    yield from run("keep_library_digest", name=name, digest=digest)
