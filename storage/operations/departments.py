"""Departments, and the State Council's notices on holidays."""

from collections.abc import Sequence
from datetime import date

from cases.department import Department
from storage.operation import Operation, rows, run, run_many, the
from storage.rows.people import department_from, department_values
from storage.rows.plain import packed, unpacked

Notices = dict[int, tuple[frozenset[date], frozenset[date]]]


def departments() -> Operation[list[Department]]:
    """In the order in which they were first saved."""
    return [department_from(row) for row in (yield from rows("departments"))]


def save_departments(departments: Sequence[Department]) -> Operation[None]:
    """Adds or replaces by name."""
    first = int((yield from the("next_department_position"))["position"])
    values = [department_values(each, first + place) for place, each in enumerate(departments)]
    yield from run_many("save_department", values)


def notices() -> Operation[Notices]:
    """The days off and the make-up workdays of each year that has a notice."""
    return {
        row["year"]: (_days(row["off_days"]), _days(row["work_days"]))
        for row in (yield from rows("notices"))
    }


def notice_sources() -> Operation[dict[int, str]]:
    """What each year's notice calls itself."""
    return {row["year"]: row["source"] for row in (yield from rows("notices"))}


def _days(text: str) -> frozenset[date]:
    return frozenset(date.fromisoformat(day) for day in unpacked(text))


def save_notice(
    year: int, *, source: str, off: Sequence[date], work: Sequence[date]
) -> Operation[None]:
    """Adds or replaces the year's notice."""
    yield from run(
        "save_notice",
        year=year,
        source=source,
        off_days=packed(sorted(day.isoformat() for day in off)),
        work_days=packed(sorted(day.isoformat() for day in work)),
    )
