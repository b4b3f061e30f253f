"""Pairs of entries that somebody looked at and found in order."""

from datetime import datetime

from storage.operation import Operation, rows, run
from storage.operations import audit
from storage.rows.plain import stamp


def settled_pairs() -> Operation[frozenset[str]]:
    """The marks of those in force."""
    return frozenset(row["mark"] for row in (yield from rows("settled_pairs")))


def settle_pair(mark: str, *, one: str, other: str, actor: str, now: datetime) -> Operation[None]:
    """Once is enough: who says it again changes nothing."""
    values = {"mark": mark, "one": one, "other": other, "actor": actor, "now": stamp(now)}
    if (yield from run("settle_pair", **values)):
        details = {"one": one, "other": other}
        yield from audit.log(actor, "pair of entries settled", details, now)


def reopen_pair(mark: str, *, actor: str, now: datetime) -> Operation[None]:
    if (yield from run("reopen_pair", mark=mark, actor=actor, now=stamp(now))):
        yield from audit.log(actor, "pair of entries reopened", {"pair": mark}, now)
