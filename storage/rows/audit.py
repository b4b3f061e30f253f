"""The desk's audit log as rows of one hash chain."""

from collections.abc import Mapping

from cases.records import Record
from storage.operation import Row
from storage.rows.plain import fingerprint, moment, unpacked

COLUMNS = ("prev_hash", "number", "at", "actor", "action", "details")


def audit_hash(row: Row | Mapping[str, object]) -> str:
    """The sha256 that closes one record over all it says and the hash before it."""
    return fingerprint(*(str(row[column]) for column in COLUMNS))


def record_from(row: Row) -> Record:
    return Record(
        number=row["number"],
        at=moment(row["at"]),
        actor=row["actor"],
        action=row["action"],
        details=unpacked(row["details"]),
    )
