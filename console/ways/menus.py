"""The menu below a chat: written by one curator, published at WeChat by another."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from aiohttp import web

from console.deps import SESSION, deps
from console.guard import Handler
from console.pages import page
from console.ways.channels import ChannelRefused
from console.ways.menu_form import choices, fields_of, read, unfit
from handlers.menu import SUGGESTED, Button, Menu, MenuError, MenuState, as_wechat, faults
from handlers.service_directory import Service

DONE: Final = {
    "save": "已保存草稿。看看右边的预览，没问题就提交审核。",
    "submit": "已提交审核，由另一位同事发布。",
    "publish": "已发布。市民重新进入公众号就能看到，最迟 24 小时内全部更新。",
    "send-back": "已退回修改。",
    "drop": "已放弃这份草稿，公众号上的菜单没有变。",
}
OWN = "这份菜单是您写的，要由另一位同事发布。"
NOBODY_OPEN = "没有等着处理的草稿，可能刚才已经有同事处理过了。"


@dataclass(frozen=True, kw_only=True)
class Doing:
    """One posted step on the open version of an account's menu."""

    account: str
    menu: Menu
    actor: str
    remark: str
    services: dict[str, str]
    directory: str


def directory_address(public_url: str) -> str:
    """Where citizens find 掌上办事."""
    return f"{public_url.rstrip('/')}/public/services"


async def show_first(request: web.Request) -> web.Response:
    """The menu of the first account; the others are beside it."""
    accounts = sorted(deps(request).channels.accounts)
    if not accounts:
        raise web.HTTPNotFound
    raise web.HTTPSeeOther(f"/console/menus/{accounts[0]}")


async def show(request: web.Request) -> web.Response:
    """One account's menu; `?live=1` asks WeChat what it shows now."""
    return await menu_page(request)


async def menu_page(
    request: web.Request,
    *,
    wrong: Sequence[str] = (),
    typed: tuple[Button, ...] | None = None,
    status: int = 200,
) -> web.Response:
    """The page, with what was typed and what is wrong with it."""
    box, account = deps(request), _account(request)
    versions = await box.channels.menus.menus(account)
    published = _first(versions, MenuState.PUBLISHED)
    waiting = _first(versions, MenuState.DRAFT, MenuState.IN_REVIEW)
    services = await _usable(request)
    person = request[SESSION].person
    shown = waiting.buttons if waiting else published.buttons if published else SUGGESTED
    return await page(
        request,
        "ways/menu.html",
        status=status,
        accounts=sorted(box.channels.accounts),
        titles=box.accounts,
        card=box.channels.accounts[account],
        published=published,
        stale=faults(published.buttons, _links(services)) if published else [],
        waiting=waiting,
        own=waiting is not None and waiting.author == person.name,
        fields=fields_of(shown if typed is None else typed),
        choices=choices(services),
        services={str(each.id): each.name for each in services},
        wrong=list(wrong),
        live=await _live(request, published, services),
        done=DONE.get(request.query.get("done", ""), "") if not wrong else "",
    )


def _first(versions: Sequence[Menu], *states: MenuState) -> Menu | None:
    return next((each for each in versions if each.state in states), None)


async def _usable(request: web.Request) -> list[Service]:
    return [each for each in await deps(request).channels.menus.services() if each.usable]


def _links(services: Sequence[Service]) -> dict[str, str]:
    return {str(each.id): each.link for each in services}


async def _live(
    request: web.Request, published: Menu | None, services: Sequence[Service]
) -> dict[str, Any] | None:
    """What WeChat shows now and whether it is what was published here; None when not asked."""
    box = deps(request)
    if request.query.get("live") != "1":
        return None
    try:
        buttons = await box.channels.live_menu(_account(request))
    except ChannelRefused as refused:
        return {"fault": refused.tell, "names": [], "same": False}
    directory = directory_address(box.public_url)
    ours = as_wechat(published.buttons, _links(services), directory) if published else []
    return {"fault": "", "names": [each["name"] for each in buttons], "same": buttons == ours}


def _account(request: web.Request) -> str:
    account = request.match_info["account"]
    if account not in deps(request).channels.accounts:
        raise web.HTTPNotFound
    return account


async def save(request: web.Request) -> web.StreamResponse:
    """Keeps the form as the account's draft."""
    box, account, form = deps(request), _account(request), await request.post()
    buttons = read(form)
    wrong = faults(buttons, _links(await _usable(request)))
    wrong += filter(None, [unfit(buttons)])
    if wrong:
        return await menu_page(request, wrong=wrong, typed=buttons, status=422)
    given = str(form.get("version", ""))
    try:
        await box.channels.menus.save_menu(
            account,
            buttons,
            version=int(given) if given.isdecimal() and len(given) < 9 else 0,
            author=request[SESSION].person.name,
            now=box.clock(),
        )
    except MenuError as refused:
        return await menu_page(request, wrong=[refused.tell], typed=buttons, status=409)
    raise web.HTTPSeeOther(f"/console/menus/{account}?done=save")


def _page_of(name: str, take: Callable[[web.Request, Doing], Awaitable[None]]) -> Handler:
    """The handler of one step: the step, then the page again, with the reason if refused."""

    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            doing = await _doing(request)
            await take(request, doing)
        except (MenuError, ChannelRefused) as refused:
            return await menu_page(request, wrong=[refused.tell], status=409)
        raise web.HTTPSeeOther(f"/console/menus/{doing.account}?done={name}")

    return handle


async def _doing(request: web.Request) -> Doing:
    box, account, form = deps(request), _account(request), await request.post()
    versions = await box.channels.menus.menus(account)
    menu = _first(versions, MenuState.DRAFT, MenuState.IN_REVIEW)
    if menu is None or str(form.get("version", "")) != str(menu.version):
        raise MenuError(NOBODY_OPEN)
    return Doing(
        account=account,
        menu=menu,
        actor=request[SESSION].person.name,
        remark=str(form.get("reason", "")).strip()[:200],
        services=_links(await _usable(request)),
        directory=directory_address(box.public_url),
    )


async def _move(request: web.Request, doing: Doing, before: MenuState, after: MenuState) -> None:
    box, menu = deps(request), doing.menu
    await box.channels.menus.move_menu(
        doing.account,
        menu.version,
        before,
        after,
        actor=doing.actor,
        remark=doing.remark,
        now=box.clock(),
    )


async def _submit(request: web.Request, doing: Doing) -> None:
    await _move(request, doing, MenuState.DRAFT, MenuState.IN_REVIEW)


async def _publish(request: web.Request, doing: Doing) -> None:
    """WeChat first: what it refuses stays in review, and publishing the same twice does no harm."""
    menu = doing.menu
    if menu.state is not MenuState.IN_REVIEW:
        raise MenuError(NOBODY_OPEN)
    if menu.author == doing.actor:
        raise MenuError(OWN)
    if wrong := faults(menu.buttons, doing.services):
        raise MenuError("".join(wrong))
    buttons = as_wechat(menu.buttons, doing.services, doing.directory)
    await deps(request).channels.publish_menu(doing.account, buttons)
    await _move(request, doing, MenuState.IN_REVIEW, MenuState.PUBLISHED)


async def _send_back(request: web.Request, doing: Doing) -> None:
    if not doing.remark:
        raise MenuError("请写明要改什么，撰写的同事会看到。")
    await _move(request, doing, MenuState.IN_REVIEW, MenuState.DRAFT)


async def _drop(request: web.Request, doing: Doing) -> None:
    await _move(request, doing, doing.menu.state, MenuState.DROPPED)


submit = _page_of("submit", _submit)
publish = _page_of("publish", _publish)
send_back = _page_of("send-back", _send_back)
drop = _page_of("drop", _drop)
