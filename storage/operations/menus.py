"""Menus and the directory 掌上办事: each text by one person, published by another, looked after."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from handlers.menu import Button, Menu, MenuError, MenuState, pack
from handlers.office_directory import Office
from handlers.service_directory import Checked, Service, ServiceState
from storage.operation import Operation, one, rows, run, the
from storage.operations import audit
from storage.rows.menus import menu_from, service_from
from storage.rows.plain import ONE_SPELLING, stamp, stamp_or_none

CHANGED = "刚才已经有同事动过了，什么都没有被覆盖。请看看最新情况再操作。"

STEPS: Final = {
    "service": ("move_service", "withdraw_replaced_service"),
    "office": ("move_office", "withdraw_replaced_office"),
}
"""The statements that move what two people keep, and end what it replaces."""


def menus(account: str) -> Operation[list[Menu]]:
    """All versions of an account's menu, newest first."""
    return [menu_from(row) for row in (yield from rows("menus_of", account=account))]


def save_menu(
    account: str, buttons: Sequence[Button], *, version: int, author: str, now: datetime
) -> Operation[int]:
    """A draft: a new one (`version` 0) or the one being written. Raises `MenuError`."""
    kept = ONE_SPELLING.encode(pack(buttons))
    values = {"account": account, "buttons": kept, "author": author, "now": stamp(now)}
    if version:
        done = yield from run("change_menu", version=version, **values)
    else:
        version = int((yield from the("next_menu_version", account=account))["version"])
        done = yield from run("add_menu", version=version, **values)
    if not done:
        raise MenuError(CHANGED)
    yield from audit.log(author, "menu_draft", {"account": account, "version": str(version)}, now)
    return version


def move_menu(
    account: str,
    version: int,
    before: MenuState,
    after: MenuState,
    *,
    actor: str,
    remark: str = "",
    now: datetime,
) -> Operation[None]:
    """One step of a version; a published one takes the place of the last. Raises `MenuError`."""
    if after is MenuState.PUBLISHED:
        yield from run("replace_menu", account=account)
    reviewed = after in {MenuState.PUBLISHED, MenuState.DRAFT}
    done = yield from run(
        "move_menu",
        account=account,
        version=version,
        before=before.value,
        after=after.value,
        reviewer=actor if reviewed else "",
        remark=remark,
        now=stamp(now),
    )
    if not done:
        raise MenuError(CHANGED)
    details = {"account": account, "version": str(version), "to": after.value}
    yield from audit.log(actor, "menu_step", details, now)


def services() -> Operation[list[Service]]:
    """All that were not withdrawn, by department and name."""
    return [service_from(row) for row in (yield from rows("services"))]


def service(number: int) -> Operation[Service | None]:
    row = yield from one("service", id=number)
    return service_from(row) if row is not None else None


def add_service(
    name: str,
    link: str,
    department: str,
    *,
    replaces: int | None = None,
    author: str,
    now: datetime,
) -> Operation[int]:
    """A draft; the one it replaces stays until it is published."""
    row = yield from the(
        "add_service",
        name=name,
        link=link,
        department=department,
        author=author,
        replaces=replaces,
        now=stamp(now),
    )
    yield from audit.log(author, "service_draft", {"service": str(row["id"])}, now)
    return int(row["id"])


def change_service(service: Service, *, author: str, now: datetime) -> Operation[None]:
    """Name, link and department of a draft. Raises `MenuError` when it moved on meanwhile."""
    done = yield from run(
        "change_service",
        id=service.id,
        version=service.version,
        name=service.name,
        link=service.link,
        department=service.department,
        author=author,
        now=stamp(now),
    )
    if not done:
        raise MenuError(CHANGED)
    yield from audit.log(author, "service_draft", {"service": str(service.id)}, now)


def move_service(
    service: Service, after: ServiceState, *, actor: str, remark: str = "", now: datetime
) -> Operation[None]:
    """One step. Raises `MenuError` when it moved on meanwhile."""
    yield from move("service", service, after, actor=actor, remark=remark, now=now)


def move(
    what: str,
    kept: Service | Office,
    after: ServiceState,
    *,
    actor: str,
    remark: str,
    now: datetime,
) -> Operation[None]:
    """One step of what two people keep, a "service" or an "office"; publishing ends the old one."""
    moves, withdraws = STEPS[what]
    reviewed = after in {ServiceState.PUBLISHED, ServiceState.DRAFT}
    done = yield from run(
        moves,
        id=kept.id,
        version=kept.version,
        before=kept.state.value,
        after=after.value,
        reviewer=actor if reviewed else kept.reviewer,
        remark=remark,
        now=stamp(now),
    )
    if not done:
        raise MenuError(CHANGED)
    if after is ServiceState.PUBLISHED:
        yield from run(withdraws, id=kept.id)
    yield from audit.log(actor, f"{what}_step", {what: str(kept.id), "to": after.value}, now)


def broken_menus() -> Operation[list[str]]:
    """For `verify`: published texts without a second person."""
    alone = yield from rows("bad_menus")
    return [f"{row['what']} was published without a second person" for row in alone]


def take_services(*, now: datetime, claim_until: datetime, limit: int) -> Operation[list[Service]]:
    """Published ones whose link is to be looked at; nobody else takes them until then."""
    taken = yield from rows(
        "take_services", now=stamp(now), claim_until=stamp(claim_until), limit=limit
    )
    return [service_from(row) for row in taken]


def service_checked(number: int, checked: Checked, *, now: datetime) -> Operation[None]:
    yield from run(
        "service_checked",
        id=number,
        health=checked.health.value,
        reason=checked.reason,
        failures=checked.failures,
        broken_since=stamp_or_none(checked.broken_since),
        look_at=stamp(checked.look_at),
        now=stamp(now),
    )


def look_again(number: int, *, now: datetime) -> Operation[None]:
    """Its link is looked at on the next round."""
    yield from run("look_again", id=number, now=stamp(now))
