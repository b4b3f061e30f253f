"""Departments, and the State Council's notices on holidays."""

from collections.abc import Sequence
from datetime import date, datetime

from cases.department import ClosedDepartment, Department
from storage.operation import Operation, rows, run, run_many, the
from storage.operations import audit
from storage.rows.people import department_from, department_values
from storage.rows.plain import packed, unpacked

Notices = dict[int, tuple[frozenset[date], frozenset[date]]]


def departments() -> Operation[list[Department]]:
    """In the order in which they were first saved."""
    return [department_from(row) for row in (yield from rows("departments"))]


def save_departments(departments: Sequence[Department]) -> Operation[None]:
    """Adds or replaces by name; what is closed stays closed."""
    first = int((yield from the("next_department_position"))["position"])
    values = [department_values(each, first + place) for place, each in enumerate(departments)]
    yield from run_many("save_department", values)


def closed_departments() -> Operation[list[ClosedDepartment]]:
    """The newest first."""
    return [
        ClosedDepartment(
            name=row["name"],
            successor=row["successor"],
            closed_on=date.fromisoformat(row["closed_on"]),
        )
        for row in (yield from rows("closed_departments"))
    ]


def close_department(
    name: str, *, successor: str, day: date, actor: str, now: datetime
) -> Operation[bool]:
    """Its people and templates are the successor's then; False when it was closed before."""
    names = {"name": name, "successor": successor}
    if not (yield from run("close_department", day=day.isoformat(), **names)):
        return False
    yield from run("successors_follow", **names)
    yield from run("children_follow", **names)
    if successor:
        for each in ("people_follow", "absences_follow", "templates_follow"):
            yield from run(each, **names)
    details = {"department": name, "to": successor}
    yield from audit.log(actor, "department_closed", details, now)
    return True


def reopen_department(name: str) -> Operation[bool]:
    """It is there again; what went to its successor stays there. False when it was not closed."""
    return bool((yield from run("reopen_department", name=name)))


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
