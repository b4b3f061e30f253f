"""Numbers for the public page and the console; about no person."""

from datetime import datetime

from cases.figures import DepartmentFigures, Figures
from storage.operation import Operation, Row, rows, the
from storage.rows.plain import stamp


def figures(*, since: datetime, until: datetime, now: datetime) -> Operation[Figures]:
    """What came in from `since` to before `until`, and how it stands at `now`.

    Cases without a department, which the dispatcher still holds, come first under "".
    """
    period = {"since": stamp(since), "until": stamp(until)}
    messages = yield from the("message_figures", **period)
    by_department = yield from rows("department_figures", **period, now=stamp(now))
    return Figures(
        received=int(messages["received"]),
        answered=int(messages["answered"]),
        cased=int(messages["cased"]),
        departments=tuple(_department(row) for row in by_department),
    )


def _department(row: Row) -> DepartmentFigures:
    return DepartmentFigures(
        department=row["department"],
        received=int(row["received"]),
        replied=int(row["replied"]),
        replied_in_time=int(row["replied_in_time"]),
        overdue=int(row["overdue"]),
    )
