"""Seals: the newest event of each case, written into the audit log.

The logs of cases are chains of their own. Each seal ties them to the one chain of which marks are
kept elsewhere.
"""

from datetime import datetime

from cases.records import SEALED
from storage.operation import Operation, rows, run, run_many
from storage.operations import audit
from storage.operations.chains import sealed_head

AT_ONCE = 200


def seal_cases(*, now: datetime) -> Operation[int]:
    """Seals up to 200 cases that went on since their last seal; returns how many.

    Call it again until it finds none.
    """
    yield from run("hold_counter", name="audit")
    found = yield from rows("unsealed_cases", limit=AT_ONCE)
    if not found:
        return 0
    heads = {row["number"]: sealed_head(row) for row in found}
    yield from audit.log("desk", SEALED, heads, now)
    versions = [{"number": row["number"], "version": row["version"]} for row in found]
    yield from run_many("seal_case", versions)
    return len(found)
