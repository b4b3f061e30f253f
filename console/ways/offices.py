"""办事地点 as curators keep them: how to reach hospitals, halls, schools; by two people."""

import re
from dataclasses import dataclass
from typing import Any, Final

from aiohttp import web

from cases.people import Role
from cases.text_check import must_go
from cases.work_calendar import today
from console.deps import SESSION, deps
from console.pages import page
from console.ways.two_people import STATES, Listed, number_in
from handlers.menu import MenuError
from handlers.office_directory import Office, fault
from handlers.service_directory import ServiceState
from knowledge_base.exchange.cells import BadCell
from knowledge_base.exchange.days import day_of

DONE: Final = {
    "save": "已保存。提交审核后，由另一位同事发布。",
    "submit": "已提交审核，由另一位同事发布。",
    "publish": "已发布，半分钟内群众就能问到。",
    "send-back": "已退回修改。",
    "withdraw": "已撤下，群众不会再问到。",
}
STALE_DAYS: Final = 180
LONGEST: Final = 200


@dataclass(frozen=True, kw_only=True)
class Filled:
    """The form; `id` and `version` say which draft it changes, `replaces` which one it follows."""

    name: str = ""
    also: str = ""
    phone: str = ""
    address: str = ""
    hours: str = ""
    what: str = ""
    checked_on: str = ""
    id: int = 0
    version: int = 0
    replaces: int = 0


async def show(request: web.Request) -> web.Response:
    """All of them; `?edit=` fills a curator's form with one."""
    found = number_in(request.query.get("edit", ""))
    office = await deps(request).channels.menus.office(found) if found else None
    return await offices_page(request, _filled(office) if office else Filled())


def _filled(office: Office) -> Filled:
    draft = office.state is ServiceState.DRAFT
    return Filled(
        name=office.name,
        also="、".join(office.also),
        phone=office.phone,
        address=office.address,
        hours=office.hours,
        what=office.what,
        checked_on=office.checked_on.isoformat() if office.checked_on else "",
        id=office.id if draft else 0,
        version=office.version if draft else 0,
        replaces=0 if draft else office.id,
    )


async def offices_page(
    request: web.Request, filled: Filled, *, wrong: str = "", status: int = 200
) -> web.Response:
    """The list, what waits first, and the form with what is wrong."""
    box, person = deps(request), request[SESSION].person
    found = await box.channels.menus.offices()
    keeps, day = person.role is Role.CURATOR, today(box.clock())
    shown = [each for each in found if keeps or each.state is ServiceState.PUBLISHED]
    order = [ServiceState.IN_REVIEW, ServiceState.DRAFT, ServiceState.PUBLISHED]
    shown.sort(key=lambda each: (order.index(each.state), each.name))
    return await page(
        request,
        "ways/offices.html",
        status=status,
        offices=shown,
        states=STATES,
        keeps=keeps,
        stale={o.id for o in shown if o.checked_on and (day - o.checked_on).days > STALE_DAYS},
        filled=filled,
        wrong=wrong,
        me=person.name,
        done=DONE.get(request.query.get("done", ""), "") if not wrong else "",
    )


async def save(request: web.Request) -> web.StreamResponse:
    """A new draft, a changed draft, or a draft that will replace a published office."""
    box, filled = deps(request), _read(await request.post())
    office, wrong = _office(filled)
    found = await box.channels.menus.offices()
    replaced = {filled.id, filled.replaces, *(o.replaces for o in found if o.id == filled.id)}
    others = [each for each in found if each.id not in replaced]
    public = (office.name, *office.also, office.phone, office.address, office.hours, office.what)
    if wrong := wrong or fault(office, others) or must_go(*public):
        return await offices_page(request, filled, wrong=wrong, status=422)
    try:
        await _keep(request, office)
    except MenuError as refused:
        return await offices_page(request, filled, wrong=refused.tell, status=409)
    raise web.HTTPSeeOther("/console/offices?done=save")


def _read(form: Any) -> Filled:
    texts = {
        key: " ".join(str(form.get(key, "")).split())[:LONGEST]
        for key in ("name", "phone", "address", "hours", "what", "checked_on")
    }
    return Filled(
        **texts,
        also=str(form.get("also", ""))[:1000],
        id=number_in(form.get("id")),
        version=number_in(form.get("version")),
        replaces=number_in(form.get("replaces")),
    )


def _office(filled: Filled) -> tuple[Office, str]:
    """The office that a form describes, and what is wrong with its day."""
    names = dict.fromkeys(filter(None, re.split(r"[\s,，、;；|]+", filled.also)))
    wrong, day = "", None
    try:
        day = day_of(filled.checked_on) if filled.checked_on else None
    except BadCell:
        wrong = "核对日期请写成 2026-01-31 这样。"
    office = Office(
        name=filled.name,
        also=tuple(name for name in names if name != filled.name),
        phone=filled.phone,
        address=filled.address,
        hours=filled.hours,
        what=filled.what,
        checked_on=day,
        id=filled.id,
        version=filled.version,
        replaces=filled.replaces or None,
    )
    return office, wrong


async def _keep(request: web.Request, office: Office) -> None:
    box, author = deps(request), request[SESSION].person.name
    menus, now = box.channels.menus, box.clock()
    if not office.id:
        await menus.add_office(office, author=author, now=now)
    elif await menus.office(office.id) is None:
        raise web.HTTPNotFound
    else:
        await menus.change_office(office, author=author, now=now)


async def _find(request: web.Request, number: int) -> Office | None:
    return await deps(request).channels.menus.office(number)


async def _move(request: web.Request, office: Office, after: ServiceState, remark: str) -> None:
    box, actor = deps(request), request[SESSION].person.name
    await box.channels.menus.move_office(office, after, actor=actor, remark=remark, now=box.clock())


async def _refused(request: web.Request, why: str) -> web.Response:
    return await offices_page(request, Filled(), wrong=why, status=409)


LISTED: Final = Listed(
    home="/console/offices",
    parameter="office",
    called="地点",
    find=_find,
    move=_move,
    page=_refused,
)
submit = LISTED.handler("submit")
publish = LISTED.handler("publish")
send_back = LISTED.handler("send-back")
withdraw = LISTED.handler("withdraw")
