"""The rota, who is away, the posts of departments, and how routing turned out."""

from datetime import date, datetime

from cases.case import Case, State
from cases.people import Person
from cases.supervision.alarm import Contact
from cases.supervision.learnt import RoutedMatter
from cases.supervision.rota import Absence, Rota, Shift
from storage.operation import Operation, rows, run
from storage.operations import audit
from storage.rows.cases import case_from
from storage.rows.plain import moment, unpacked
from storage.rows.supervision import (
    absence_from,
    absence_values,
    contact_from,
    shift_from,
    shift_values,
)
from storage.scope import scope_of


def rota(*, since: date) -> Operation[Rota]:
    """Shifts and absences that have not ended before `since`."""
    shifts = yield from rows("shifts", day=since.isoformat())
    absences = yield from rows("absences", day=since.isoformat())
    return Rota(shifts=tuple(map(shift_from, shifts)), absences=tuple(map(absence_from, absences)))


def add_shift(shift: Shift, *, actor: str, now: datetime) -> Operation[None]:
    """The same line twice is one."""
    if (yield from run("add_shift", **shift_values(shift))):
        yield from audit.log(actor, "rota_changed", {"department": shift.department}, now)


def remove_shift(number: int, *, department: str, actor: str, now: datetime) -> Operation[bool]:
    """False when there is no such shift of that department."""
    if not (yield from run("remove_shift", id=number, department=department)):
        return False
    yield from audit.log(actor, "rota_changed", {"department": department}, now)
    return True


def add_absence(absence: Absence, *, actor: str, now: datetime) -> Operation[None]:
    """The same leave twice is one."""
    if (yield from run("add_absence", **absence_values(absence, entered_by=actor, now=now))):
        details = {"person": absence.person, "substitute": absence.substitute}
        yield from audit.log(actor, "absence_added", details, now)


def remove_absence(number: int, *, department: str, actor: str, now: datetime) -> Operation[bool]:
    """False when there is no such absence in that department."""
    if not (yield from run("remove_absence", id=number, department=department)):
        return False
    yield from audit.log(actor, "absence_removed", {"department": department}, now)
    return True


def open_cases_of(officer: str, *, department: str, limit: int) -> Operation[list[Case]]:
    """Open cases that an officer has in hand, the most urgent first."""
    found = yield from rows("open_cases_of", officer=officer, department=department, limit=limit)
    return [case_from(row) for row in found]


def open_cases_with(department: str, *, limit: int) -> Operation[list[Case]]:
    """Open cases that a department has, or was asked to help with."""
    found = yield from rows("open_cases_with", department=department, limit=limit)
    return [case_from(row) for row in found]


def cases_stood_in(*, limit: int) -> Operation[list[tuple[Case, str]]]:
    """Open cases that a substitute has and has not begun to write in, each with its owner."""
    found = []
    for row in (yield from rows("cases_stood_in", limit=limit)):
        details = unpacked(row["handed"])
        found.append((case_from(row), details.get("owner", details["officer_from"])))
    return found


def cases_left_behind(*, limit: int) -> Operation[list[Case]]:
    """Open cases of officers whose account is closed, or who are in another department now."""
    return [case_from(row) for row in (yield from rows("cases_left_behind", limit=limit))]


def contacts() -> Operation[list[Contact]]:
    return [contact_from(row) for row in (yield from rows("contacts"))]


def save_contact(contact: Contact, *, actor: str, now: datetime) -> Operation[None]:
    """Adds or replaces who holds the post."""
    yield from run(
        "save_contact",
        department=contact.department,
        post=contact.post.value,
        name=contact.name,
        phone=contact.phone,
        email=contact.email,
    )
    details = {"department": contact.department, "post": contact.post.value}
    yield from audit.log(actor, "contact_changed", details, now)


def routed_matters(*, viewer: Person, limit: int) -> Operation[list[RoutedMatter]]:
    """Answered cases with what the router had suggested at first, newest first."""
    found = yield from rows("routed_matters", scope=scope_of(viewer), limit=limit)
    matters = []
    for row in found:
        details = unpacked(row["details"])
        matters.append(
            RoutedMatter(
                case=row["number"],
                text=row["text"],
                suggested=details.get("suggested", ""),
                confidence=float(details.get("confidence", 0)),
                department=row["department"],
                received_at=moment(row["received_at"]),
                routed_alone=row["state_after"] == State.ROUTED,
            )
        )
    return matters
