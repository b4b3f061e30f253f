"""The audit log: what people did that is no step of a case."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from storage.operation import Operation, Values, one, run, run_many, the
from storage.rows.audit import audit_hash
from storage.rows.cases import CHAIN_START
from storage.rows.plain import packed, stamp


def log(actor: str, action: str, details: Mapping[str, str], now: datetime) -> Operation[None]:
    """Adds one record; `details` must hold no personal data."""
    yield from log_all(actor, [(action, details)], now=now)


def log_all(
    actor: str, records: Sequence[tuple[str, Mapping[str, str]]], *, now: datetime
) -> Operation[None]:
    """Adds records in order, as one block of the chain."""
    if not records:
        return
    yield from run("hold_counter", name="audit")
    number = (yield from the("counter", name="audit"))["number"]
    last = yield from one("last_audit_hash")
    prev_hash = last["hash"] if last is not None else CHAIN_START
    lines: list[Values] = []
    for action, details in records:
        number += 1
        values = {
            "number": number,
            "at": stamp(now),
            "actor": actor,
            "action": action,
            "details": packed(details),
            "prev_hash": prev_hash,
        }
        prev_hash = audit_hash(values)
        lines.append({**values, "hash": prev_hash})
    yield from run_many("add_to_audit_log", lines)
    yield from run("set_counter", name="audit", number=number)
