"""The desk's audit log as rows of one hash chain."""

from collections.abc import Mapping

from storage.operation import Row
from storage.rows.plain import fingerprint

COLUMNS = ("prev_hash", "number", "at", "actor", "action", "details")


def audit_hash(row: Row | Mapping[str, object]) -> str:
    """The sha256 that closes one record over all it says and the hash before it."""
    return fingerprint(*(str(row[column]) for column in COLUMNS))
