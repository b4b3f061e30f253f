"""掌上办事 as curators keep it: entrances by two people, and which of them are broken."""

from dataclasses import dataclass, replace
from typing import Any, Final

from aiohttp import web

from cases.text_check import must_go
from console.deps import SESSION, deps
from console.pages import page
from console.ways.two_people import STATES, Listed, number_in
from handlers.menu import MenuError
from handlers.service_directory import Health, Service, ServiceState, fault

DONE: Final = {
    "save": "已保存。提交审核后，由另一位同事发布。",
    "submit": "已提交审核，由另一位同事发布。",
    "publish": "已发布，群众现在就能看到；链接马上检查一次，以后每天检查。",
    "send-back": "已退回修改。",
    "withdraw": "已撤下，群众不会再看到。",
    "check": "马上再检查一次，几秒后刷新看结果。",
}
HEALTHS: Final = {
    Health.UNKNOWN: ("还没检查", ""),
    Health.GOOD: ("打得开", "ok"),
    Health.UNSURE: ("请人工看一下", "soon"),
    Health.BROKEN: ("打不开", "late"),
}


@dataclass(frozen=True, kw_only=True)
class Filled:
    """The form; `id` and `version` say which draft it changes, `replaces` which one it follows."""

    name: str = ""
    link: str = ""
    department: str = ""
    id: int = 0
    version: int = 0
    replaces: int = 0


async def show(request: web.Request) -> web.Response:
    """Broken ones first; `?edit=` fills the form with one of them."""
    found = number_in(request.query.get("edit", ""))
    service = await deps(request).channels.menus.service(found) if found else None
    return await services_page(request, _filled(service) if service else Filled())


def _filled(service: Service) -> Filled:
    draft = service.state is ServiceState.DRAFT
    return Filled(
        name=service.name,
        link=service.link,
        department=service.department,
        id=service.id if draft else 0,
        version=service.version if draft else 0,
        replaces=0 if draft else service.id,
    )


async def services_page(
    request: web.Request, filled: Filled, *, wrong: str = "", status: int = 200
) -> web.Response:
    """The list and the form, with what is wrong."""
    box, person = deps(request), request[SESSION].person
    found = await box.channels.menus.services()
    order = {Health.BROKEN: 0, Health.UNSURE: 1}
    found.sort(key=lambda each: (order.get(each.health, 2), each.department, each.name))
    return await page(
        request,
        "ways/services.html",
        status=status,
        services=found,
        states=STATES,
        healths=HEALTHS,
        broken=sum(each.health is Health.BROKEN for each in found),
        departments=await box.departments.departments(),
        filled=filled,
        wrong=wrong,
        me=person.name,
        done=DONE.get(request.query.get("done", ""), "") if not wrong else "",
    )


async def save(request: web.Request) -> web.StreamResponse:
    """A new draft, a changed draft, or a draft that will replace a published entrance."""
    box, form = deps(request), await request.post()
    filled = _read(form)
    known = {each.name for each in await box.departments.departments()}
    wrong = fault(filled.name, filled.link, filled.department, known) or must_go(filled.name)
    if wrong:
        return await services_page(request, filled, wrong=wrong, status=422)
    try:
        await _keep(request, filled)
    except MenuError as refused:
        return await services_page(request, filled, wrong=refused.tell, status=409)
    raise web.HTTPSeeOther("/console/services?done=save")


def _read(form: Any) -> Filled:
    return Filled(
        name=str(form.get("name", "")).strip()[:100],
        link=str(form.get("link", "")).strip()[:2000],
        department=str(form.get("department", "")),
        id=number_in(form.get("id")),
        version=number_in(form.get("version")),
        replaces=number_in(form.get("replaces")),
    )


async def _keep(request: web.Request, filled: Filled) -> None:
    box, author = deps(request), request[SESSION].person.name
    menus, now = box.channels.menus, box.clock()
    if not filled.id:
        await menus.add_service(
            filled.name,
            filled.link,
            filled.department,
            replaces=filled.replaces or None,
            author=author,
            now=now,
        )
        return
    kept = await menus.service(filled.id)
    if kept is None:
        raise web.HTTPNotFound
    changed = replace(
        kept,
        name=filled.name,
        link=filled.link,
        department=filled.department,
        version=filled.version,
    )
    await menus.change_service(changed, author=author, now=now)


async def _find(request: web.Request, number: int) -> Service | None:
    return await deps(request).channels.menus.service(number)


async def _move(request: web.Request, service: Service, after: ServiceState, remark: str) -> None:
    box, actor = deps(request), request[SESSION].person.name
    await box.channels.menus.move_service(
        service, after, actor=actor, remark=remark, now=box.clock()
    )


async def _refused(request: web.Request, why: str) -> web.Response:
    return await services_page(request, Filled(), wrong=why, status=409)


async def _check(request: web.Request, service: Service, _reason: str) -> None:
    box = deps(request)
    await box.channels.menus.look_again(service.id, now=box.clock())


LISTED: Final = Listed(
    home="/console/services",
    parameter="service",
    called="入口",
    find=_find,
    move=_move,
    page=_refused,
)
submit = LISTED.handler("submit")
publish = LISTED.handler("publish")
send_back = LISTED.handler("send-back")
withdraw = LISTED.handler("withdraw")
check = LISTED.doing("check", _check)
