"""办事地点: how to reach what people ask for, each text by one person and published by another."""

from datetime import datetime

from handlers.menu import MenuError
from handlers.office_directory import Office
from handlers.service_directory import ServiceState
from storage.operation import Operation, Row, Value, one, rows, run, the
from storage.operations import audit
from storage.operations.menus import CHANGED, move
from storage.rows.plain import (
    day_or_none,
    iso_or_none,
    moment,
    moment_or_none,
    packed,
    stamp,
    unpacked,
)


def offices() -> Operation[list[Office]]:
    """All that were not withdrawn, by name."""
    return [_office(row) for row in (yield from rows("offices"))]


def office(number: int) -> Operation[Office | None]:
    row = yield from one("office", id=number)
    return _office(row) if row is not None else None


def add_office(office: Office, *, author: str, now: datetime) -> Operation[int]:
    """A draft; the one it `replaces` stays until it is published."""
    values = _values(office) | {"replaces": office.replaces, "author": author, "now": stamp(now)}
    row = yield from the("add_office", **values)
    yield from audit.log(author, "office_draft", {"office": str(row["id"])}, now)
    return int(row["id"])


def change_office(office: Office, *, author: str, now: datetime) -> Operation[None]:
    """The text of a draft. Raises `MenuError` when it moved on meanwhile."""
    values = _values(office) | {"version": office.version, "author": author, "now": stamp(now)}
    if not (yield from run("change_office", id=office.id, **values)):
        raise MenuError(CHANGED)
    yield from audit.log(author, "office_draft", {"office": str(office.id)}, now)


def move_office(
    office: Office, after: ServiceState, *, actor: str, remark: str = "", now: datetime
) -> Operation[None]:
    """One step. Raises `MenuError` when it moved on meanwhile."""
    yield from move("office", office, after, actor=actor, remark=remark, now=now)


def _values(office: Office) -> dict[str, Value]:
    return {
        "name": office.name,
        "also": packed(office.also),
        "phone": office.phone,
        "address": office.address,
        "hours": office.hours,
        "what": office.what,
        "checked_on": iso_or_none(office.checked_on),
    }


def _office(row: Row) -> Office:
    return Office(
        id=row["id"],
        name=row["name"],
        also=tuple(unpacked(row["also"])),
        phone=row["phone"],
        address=row["address"],
        hours=row["hours"],
        what=row["what"],
        checked_on=day_or_none(row["checked_on"]),
        state=ServiceState(row["state"]),
        author=row["author"],
        reviewer=row["reviewer"],
        remark=row["remark"],
        replaces=row["replaces"],
        version=row["version"],
        saved_at=moment(row["saved_at"]),
        published_at=moment_or_none(row["published_at"]),
    )
