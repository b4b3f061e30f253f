"""掌上办事 as curators keep it: entrances by two people, and which of them are broken."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from aiohttp import web

from console.deps import SESSION, deps
from console.guard import Handler
from console.pages import page
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
STATES: Final = {
    ServiceState.DRAFT: ("草稿", ""),
    ServiceState.IN_REVIEW: ("待审核", "soon"),
    ServiceState.PUBLISHED: ("已发布", "ok"),
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
    found = _number(request.query.get("edit", ""))
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
    wrong = fault(filled.name, filled.link, filled.department, known)
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
        id=_number(form.get("id")),
        version=_number(form.get("version")),
        replaces=_number(form.get("replaces")),
    )


def _number(given: object) -> int:
    text = str(given)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else 0


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


Step = Callable[[web.Request, Service, str], Awaitable[None]]


def _page_of(name: str, take: Step) -> Handler:
    """The handler of one step: the step, then the list again, with the reason if refused."""

    async def handle(request: web.Request) -> web.StreamResponse:
        form = await request.post()
        menus = deps(request).channels.menus
        service = await menus.service(_number(request.match_info["service"]))
        if service is None:
            raise web.HTTPNotFound
        seen = replace(service, version=_number(form.get("version")))
        try:
            await take(request, seen, str(form.get("reason", "")).strip()[:200])
        except MenuError as refused:
            return await services_page(request, Filled(), wrong=refused.tell, status=409)
        raise web.HTTPSeeOther(f"/console/services?done={name}")

    return handle


async def _move(
    request: web.Request, service: Service, after: ServiceState, *, remark: str = ""
) -> None:
    box, actor = deps(request), request[SESSION].person.name
    await box.channels.menus.move_service(
        service, after, actor=actor, remark=remark, now=box.clock()
    )


def _must_be(service: Service, state: ServiceState) -> None:
    if service.state is not state:
        raise MenuError("刚才已经有同事处理过了。请看看最新情况再操作。")


async def _submit(request: web.Request, service: Service, _reason: str) -> None:
    _must_be(service, ServiceState.DRAFT)
    await _move(request, service, ServiceState.IN_REVIEW)


async def _publish(request: web.Request, service: Service, _reason: str) -> None:
    _must_be(service, ServiceState.IN_REVIEW)
    if service.author == request[SESSION].person.name:
        raise MenuError("这个入口是您写的，要由另一位同事发布。")
    await _move(request, service, ServiceState.PUBLISHED)


async def _send_back(request: web.Request, service: Service, reason: str) -> None:
    _must_be(service, ServiceState.IN_REVIEW)
    if not reason:
        raise MenuError("请写明要改什么，撰写的同事会看到。")
    await _move(request, service, ServiceState.DRAFT, remark=reason)


async def _withdraw(request: web.Request, service: Service, reason: str) -> None:
    await _move(request, service, ServiceState.WITHDRAWN, remark=reason)


async def _check(request: web.Request, service: Service, _reason: str) -> None:
    box = deps(request)
    await box.channels.menus.look_again(service.id, now=box.clock())


submit = _page_of("submit", _submit)
publish = _page_of("publish", _publish)
send_back = _page_of("send-back", _send_back)
withdraw = _page_of("withdraw", _withdraw)
check = _page_of("check", _check)
