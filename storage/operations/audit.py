"""The audit log: what people did that is no step of a case; written once, read, and verified."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from cases.records import Mark, Record, RecordFilter
from cases.work_calendar import today
from storage.operation import Operation, Value, Values, one, rows, run, run_many, the
from storage.operations.chains import broken_audit, broken_seals
from storage.rows.audit import audit_hash, record_from
from storage.rows.cases import CHAIN_START
from storage.rows.plain import bars, packed, stamp


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


def records(only: RecordFilter) -> Operation[list[Record]]:
    """Newest first."""
    wanted = _wanted(only)
    found = yield from rows("records", **wanted, limit=only.limit, offset=only.offset)
    return [record_from(row) for row in found]


def count_records(only: RecordFilter) -> Operation[int]:
    return int((yield from the("count_records", **_wanted(only)))["amount"])


def recorded_actors() -> Operation[list[str]]:
    """Everybody who stands in the log, by name."""
    return [row["actor"] for row in (yield from rows("recorded_actors"))]


def record_counts(*, since: datetime) -> Operation[dict[tuple[date, str, str], int]]:
    """(day in China, actor, action) -> how many records."""
    counts: Counter[tuple[date, str, str]] = Counter()
    for row in (yield from rows("record_hours", since=stamp(since))):
        day = today(datetime.fromisoformat(f"{row['hour']}:00:00+00:00"))
        counts[day, row["actor"], row["action"]] += int(row["amount"])
    return dict(counts)


def verify_records() -> Operation[tuple[int, list[str]]]:
    """How many records there are, and what `verify` finds wrong with their chain and seals."""
    wrong = [*(yield from broken_audit()), *(yield from broken_seals())]
    return int((yield from the("counter", name="audit"))["number"]), wrong


def audit_mark() -> Operation[Mark]:
    """How the log stands now."""
    number = int((yield from the("counter", name="audit"))["number"])
    last = yield from one("last_audit_hash")
    return Mark(number=number, hash=last["hash"] if last is not None else CHAIN_START)


def contradicts_mark(mark: Mark) -> Operation[bool]:
    """Whether the log up to a mark noted earlier is another one by now."""
    row = yield from one("audit_record", number=mark.number)
    kept = row["hash"] if row is not None else CHAIN_START if mark.number == 0 else ""
    return not kept.startswith(mark.hash[:24])


def _wanted(only: RecordFilter) -> dict[str, Value]:
    return {
        "actor": only.actor,
        "actions": bars(only.actions),
        "about": _holds(only.about),
        "since": stamp(only.since) if only.since else "",
        "until": stamp(only.until) if only.until else "9",
    }


def _holds(value: str) -> str:
    """A LIKE pattern for details with this value, as `packed` spells it."""
    if not value:
        return "%"
    spelt = packed([value])[1:-1]
    return "%:" + spelt.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%"
