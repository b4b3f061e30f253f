"""Push windows that close before their case was answered."""

from collections.abc import Sequence
from datetime import datetime

from cases.supervision.windows import Closing
from storage.operation import Operation, rows
from storage.rows.cases import case_from
from storage.rows.plain import bars, moment, stamp


def closing_windows(
    *, now: datetime, accounts: Sequence[str], limit: int
) -> Operation[list[Closing]]:
    """Those nobody was nudged about, the one that closes first before the others."""
    found = yield from rows("closing_windows", now=stamp(now), accounts=bars(accounts), limit=limit)
    return [
        Closing(case=case_from(row), closes=moment(row["push_until"]), left=row["push_left"])
        for row in found
    ]
