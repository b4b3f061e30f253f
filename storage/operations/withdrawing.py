"""Taking approved texts back: letters and replies under comments in one compare-and-set."""

from datetime import datetime

from cases.case import AlreadyLeft, Release
from cases.ports import Leaving
from storage.operation import Operation, Row, run, the
from storage.operations import audit
from storage.rows.plain import moment, stamp


def leaving(number: str, release: Release, *, now: datetime) -> Operation[Leaving | None]:
    """How a released text stands while it can be taken back; None once it has left."""
    row = yield from _standing(number, release, now)
    if not _is_here(row):
        return None
    times = (row["letters_at"], row["orders_at"])
    return Leaving(leaves_at=moment(min(time for time in times if time)))


def take_back(release: Release, number: str, *, by: str, now: datetime) -> Operation[None]:
    """All that an approval let out, or none of it: then `AlreadyLeft`."""
    at, released_at = stamp(now), stamp(release.at)
    row = yield from _standing(number, release, now)
    if not _is_here(row):
        raise AlreadyLeft(f"{release.key} has left")
    letters = yield from run("undo_delivery", key=release.key, now=at)
    orders = yield from run(
        "undo_orders", number=number, released_at=released_at, by=f"{by} 撤回", now=at
    )
    if (letters, orders) != (row["letters"], row["orders"]):  # a sender was first
        raise AlreadyLeft(f"{release.key} is leaving")
    yield from audit.log(by, "reply_withdrawn", {"case": number}, now)


def _standing(number: str, release: Release, now: datetime) -> Operation[Row]:
    return (
        yield from the(
            "leaving",
            number=number,
            key=release.key,
            released_at=stamp(release.at),
            now=stamp(now),
        )
    )


def _is_here(row: Row) -> bool:
    """Whether all of it is, and nobody can read it on the public pages."""
    sent, here = row["letters"] + row["orders"], row["letters_here"] + row["orders_here"]
    return bool(sent) and sent == here and not row["public"]
