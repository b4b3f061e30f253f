"""What a person reads when something did not work: what happened, what was kept, what to do."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

import structlog
from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.typedefs import Handler

from cases.case import ChangedMeanwhile, StepNotPermitted, TextNotFit, UnknownCase
from cases.ports import StoreAway
from cases.supervision.alarm import NotThere
from console import sessions
from console.deps import SESSION
from console.guard import FormNotOurs, NotEncrypted, RoleNotAllowed, SignInNeeded
from console.pages import page
from knowledge_base.ports import VersionIsFrozen

log = structlog.get_logger(__name__)

WRITTEN: Final = (
    "text",
    "reason",
    "progress",
    "answer",
    "question",
    "variants",
    "negatives",
    "duties",
    "keywords",
)
"""Form fields that hold a person's own words; they are shown again when a form fails."""

HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'self'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'; "
        "object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


@dataclass(frozen=True)
class Trouble:
    """An error page: its status, what happened, and what to do next."""

    status: int
    title: str
    advice: str


EXPIRED = Trouble(401, "登录已过期", "为了安全，30 分钟没有操作就会自动退出。请重新登录后再提交。")
NOT_OURS = Trouble(403, "这个页面放得太久了", "请回到上一页刷新一下，再提交一次。")
NOT_ENCRYPTED = Trouble(
    403,
    "这个网址没有加密，登录不了",
    "浏览器在 http:// 的网址下不保存登录信息。请改用 https:// 开头的网址；没有的话请联系管理员。"
    "（给管理员：配置里的 public_url 是 https，办理台也要从反向代理的 https 网址进入。）",
)
NOT_ALLOWED = Trouble(
    403,
    "您的角色不能打开这一页",
    "如果工作需要，请联系管理员调整角色。您看得到的内容都在菜单里。",
)
NOT_FOUND = Trouble(
    404, "没有找到这一页", "它可能已经移走，或者不在您的部门。请核对编号，或从菜单进入。"
)
MOVED_AWAY = Trouble(
    404,
    "这封来信已经不在您的部门",
    "它刚刚转到了别处，或者您已经把它退回了；这一次什么都没有办，也没有发出。"
    "您看得到的来信都在列表里。",
)
NOT_THIS_WAY = Trouble(405, "这个地址不能这样打开", "请从菜单重新进入，再操作一次。")
MOVED_ON = Trouble(
    409, "这封来信刚刚被别人处理过", "没有任何内容被覆盖。请回到来信页看看最新情况。"
)
NOT_NOW = Trouble(409, "这一步现在不能做", "来信的状态可能已经变了，或者这一步要由另一位同事来做。")
FROZEN = Trouble(409, "这个版本已经发布，不能再改", "请打开条目，点“修改”，会生成一个新版本。")
TOO_LARGE = Trouble(
    413,
    "提交的内容太大了",
    "什么都没有改动。文件最大 50 MB，请拆成几个再分别上传；文字请精简后再提交。",
)
NOT_READABLE = Trouble(400, "没看懂这次提交的内容", "请回到上一页，检查后再提交一次。")
AWAY = Trouble(
    503,
    "暂时存取不了数据",
    "这一次的操作没有保存，以前存下的内容都还在。请过一两分钟再试；一直这样，请告诉管理员："
    "数据库连不上，或者磁盘满了。",
)
BROKEN = Trouble(
    500,
    "系统出了点问题",
    "这不是您的错，已经存下的内容都还在。请过一会儿再试；若一直不行，请把下面的编号告诉管理员。",
)

BY_ERROR: Final[Mapping[type[Exception], Trouble]] = {
    SignInNeeded: EXPIRED,
    FormNotOurs: NOT_OURS,
    NotEncrypted: NOT_ENCRYPTED,
    RoleNotAllowed: NOT_ALLOWED,
    NotThere: NOT_FOUND,
    ChangedMeanwhile: MOVED_ON,
    StepNotPermitted: NOT_NOW,
    VersionIsFrozen: FROZEN,
}
BACK: Final = {NOT_FOUND: "/console/", MOVED_AWAY: "/console/cases"}
"""Where it leads on when the page it came of is not there."""
BY_STATUS: Final = {403: NOT_ALLOWED, 404: NOT_FOUND, 405: NOT_THIS_WAY, 413: TOO_LARGE}


@web.middleware
async def protect(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Adds the security headers to every answer; pages are never stored by the browser."""
    try:
        response = await handler(request)
    except web.HTTPException as redirect:
        redirect.headers.update(HEADERS)
        redirect.headers.setdefault("Cache-Control", "no-store")
        raise
    for name, value in HEADERS.items():  # a page may have a stricter rule of its own
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-store")
    return response


@web.middleware
async def explain(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turns every failure into a page; only redirects pass."""
    try:
        return await handler(request)
    except SignInNeeded:
        if request.method in {"GET", "HEAD"}:
            raise web.HTTPSeeOther(sign_in_address(request.path_qs)) from None
        return await _tell(request, EXPIRED)
    except UnknownCase:  # a form is of a page that they saw
        return await _tell(request, MOVED_AWAY if request.method == "POST" else NOT_FOUND)
    except TextNotFit as error:  # of a form without a place of its own to say it
        return await _tell(request, Trouble(422, "这段文字要改一改", error.tell))
    except tuple(BY_ERROR) as error:
        return await _tell(request, BY_ERROR[type(error)])
    except StoreAway as error:
        log.warning("console_waits", route=_route(request), reason=str(error))
        request.pop(SESSION, None)  # the menu around a page is read from there, too
        return await _tell(request, AWAY)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        await _recognise(request)
        return await _tell(request, BY_STATUS.get(error.status, NOT_READABLE))
    except Exception:
        reference = secrets.token_hex(4)
        log.exception("console_error", reference=reference, route=_route(request))
        return await _tell(request, BROKEN, reference)


def _route(request: web.Request) -> str:
    """What is logged: the form and the address may hold personal data."""
    route = request.match_info.route.resource
    return route.canonical if route else ""


def sign_in_address(path: str) -> str:
    """The sign-in page that leads back to `path`."""
    here = "/console/sign-in"
    return here if path in {"/console/", "/console"} else f"{here}?next={quote(path, safe='')}"


async def _recognise(request: web.Request) -> None:
    """Whoever is signed in keeps the menu where there is no page, too."""
    if SESSION in request:
        return
    found = await sessions.current(request, touch=False)
    if found is not None and not found.account.must_change:
        request[SESSION] = found.session


async def _tell(request: web.Request, trouble: Trouble, reference: str = "") -> web.Response:
    return await page(
        request,
        "error.html",
        status=trouble.status,
        trouble=trouble,
        reference=reference,
        written=[] if trouble is TOO_LARGE else await _written(request),
        back=_back(request, trouble),
    )


async def _written(request: web.Request) -> list[str]:
    """What the person had typed, so that no failure costs them their words."""
    if request.method != "POST":
        return []
    try:
        form = await request.post()
    except (web.HTTPException, HttpProcessingError, ValueError, LookupError):
        return []
    return [str(form[field]) for field in WRITTEN if str(form.get(field, "")).strip()]


def _back(request: web.Request, trouble: Trouble) -> str:
    """Where to go next: the case or entry the form belonged to, else the first page."""
    if trouble in BACK:
        return BACK[trouble]
    if trouble is AWAY and request.method in {"GET", "HEAD"}:
        return request.path_qs
    parts = request.path.split("/")
    if len(parts) > 4 and parts[2] in {"cases", "entries"}:
        return "/".join(parts[:4])
    return "/console/"
