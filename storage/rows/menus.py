"""Menus and entrances as rows."""

from handlers.menu import Menu, MenuState, unpack
from handlers.service_directory import Health, Service, ServiceState
from storage.operation import Row
from storage.rows.plain import moment, moment_or_none, unpacked


def menu_from(row: Row) -> Menu:
    return Menu(
        account=row["account"],
        version=row["version"],
        buttons=unpack(unpacked(row["buttons"])),
        state=MenuState(row["state"]),
        author=row["author"],
        reviewer=row["reviewer"],
        remark=row["remark"],
        saved_at=moment(row["saved_at"]),
        published_at=moment_or_none(row["published_at"]),
    )


def service_from(row: Row) -> Service:
    return Service(
        id=row["id"],
        name=row["name"],
        link=row["link"],
        department=row["department"],
        state=ServiceState(row["state"]),
        author=row["author"],
        reviewer=row["reviewer"],
        remark=row["remark"],
        replaces=row["replaces"],
        version=row["version"],
        saved_at=moment(row["saved_at"]),
        published_at=moment_or_none(row["published_at"]),
        checked_at=moment_or_none(row["checked_at"]),
        health=Health(row["health"]),
        reason=row["reason"],
        failures=row["failures"],
        broken_since=moment_or_none(row["broken_since"]),
    )
