"""The table of calls, and what is the same for all of them."""

import asyncio
import json
import secrets
from collections.abc import Awaitable, Callable

from aiohttp import web

from simulator.account import Account
from simulator.api import articles, comments, materials, menus, pushes, quota_calls
from simulator.api.call import OK, PLATFORM, Call, Handler, Json
from simulator.api.tokens import plain_token, stable_token
from simulator.errors import PlatformError
from simulator.faults import Fault
from simulator.platform import Platform

JSON_HEADERS = {"Content-Type": "application/json; encoding=utf-8"}
Answer = Json | web.Response


async def clear_quota(call: Call) -> Json:
    """Reset the daily counters; 40013 for another account, 48006 after ten in a month."""
    if call.text("appid") != call.account.appid:
        raise PlatformError(40013)
    call.platform.quotas.clear(call.account.name, call.now)
    return OK


# Method, path, handler, and what the account needs: nothing, verification, or a service account.
CALLS: tuple[tuple[str, str, Handler, str], ...] = (
    ("POST", "/cgi-bin/message/custom/send", pushes.custom_send, "verified"),
    ("POST", "/cgi-bin/message/custom/typing", pushes.typing, "verified"),
    ("POST", "/cgi-bin/message/template/send", pushes.template_send, "service"),
    ("POST", "/cgi-bin/message/subscribe/bizsend", pushes.subscribe_send, "service"),
    ("POST", "/cgi-bin/menu/create", menus.create, "verified"),
    ("GET", "/cgi-bin/menu/get", menus.get, "verified"),
    ("GET", "/cgi-bin/menu/delete", menus.delete, "verified"),
    ("POST", "/cgi-bin/media/upload", materials.upload, "verified"),
    ("GET", "/cgi-bin/media/get", materials.get, "verified"),
    ("POST", "/cgi-bin/comment/list", comments.list_, "verified"),
    ("POST", "/cgi-bin/comment/open", comments.open_, "verified"),
    ("POST", "/cgi-bin/comment/close", comments.close, "verified"),
    ("POST", "/cgi-bin/comment/markelect", comments.elect, "verified"),
    ("POST", "/cgi-bin/comment/unmarkelect", comments.unelect, "verified"),
    ("POST", "/cgi-bin/comment/delete", comments.delete, "verified"),
    ("POST", "/cgi-bin/comment/reply/add", comments.reply, "verified"),
    ("POST", "/cgi-bin/comment/reply/delete", comments.unreply, "verified"),
    ("POST", "/cgi-bin/freepublish/batchget", articles.published, "verified"),
    ("POST", "/datacube/getarticlesummary", articles.summary, "verified"),
    ("POST", "/datacube/getarticletotal", articles.total, "verified"),
    ("POST", "/cgi-bin/clear_quota", clear_quota, "nothing"),
    ("POST", "/cgi-bin/openapi/quota/get", quota_calls.get, "nothing"),
)


def create_api(platform: Platform) -> web.Application:
    """An application that answers as api.weixin.qq.com does; mount it anywhere."""
    app = web.Application(client_max_size=16 << 20)
    app[PLATFORM] = platform
    app.router.add_post("/cgi-bin/stable_token", _answering("/cgi-bin/stable_token", _stable))
    app.router.add_get("/cgi-bin/token", _answering("/cgi-bin/token", _plain))
    for method, path, handler, need in CALLS:
        app.router.add_route(method, path, _answering(path, _with_token(path, handler, need)))
        if method == "POST":
            app.router.add_get(path, _answering(path, _wrong_method))
    app.router.add_get("/media/{media_id}", _picture)
    return app


def _answering(
    path: str, work: Callable[[web.Request], Awaitable[Answer]]
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """Count the call, meet planned faults, and put answers and errors into their shapes."""

    async def answer(request: web.Request) -> web.StreamResponse:
        fault = request.app[PLATFORM].faults.meet(path)
        if fault and not fault.after:
            return await _faulty(fault)
        try:
            result = await work(request)
        except PlatformError as error:
            result = _error(error)
        if fault:
            return await _faulty(fault)
        return result if isinstance(result, web.Response) else _json(result)

    return answer


def _with_token(
    path: str, handler: Handler, need: str
) -> Callable[[web.Request], Awaitable[Answer]]:
    """Find the account by its token, check what it may do, and read the body."""

    async def call(request: web.Request) -> Answer:
        platform = request.app[PLATFORM]
        account = _caller(platform, request.query.get("access_token", ""))
        if not _permitted(account, need):
            raise PlatformError(48001)
        if handler is not clear_quota:
            platform.quotas.meet(account.name, path, platform.clock())
        body = {} if _is_form(request) else await _body(request)
        return await handler(Call(platform=platform, account=account, body=body, request=request))

    return call


def _caller(platform: Platform, token: str) -> Account:
    appid = platform.tokens.owner(token, platform.clock())
    return next(account for account in platform.accounts.values() if account.appid == appid)


def _permitted(account: Account, need: str) -> bool:
    return {"verified": account.may_push, "service": account.may_notify}.get(need, True)


def _is_form(request: web.Request) -> bool:
    return request.method == "GET" or request.content_type.startswith("multipart/")


async def _body(request: web.Request) -> Json:
    """The JSON object of a body, whatever its Content-Type says; 44002 empty, 47001 broken."""
    raw = await request.read()
    if not raw:
        raise PlatformError(44002)
    try:
        body = json.loads(raw.decode("utf-8"))
    except ValueError as error:
        raise PlatformError(47001) from error
    if not isinstance(body, dict):
        raise PlatformError(47001)
    return body


async def _stable(request: web.Request) -> Answer:
    return stable_token(request.app[PLATFORM], await _body(request), request.remote or "")


async def _plain(request: web.Request) -> Answer:
    return plain_token(request.app[PLATFORM], request.query, request.remote or "")


async def _wrong_method(_request: web.Request) -> Answer:
    raise PlatformError(43002)


async def _picture(request: web.Request) -> web.StreamResponse:
    """What PicUrl points to; open to anybody who has the address."""
    platform = request.app[PLATFORM]
    try:
        media = platform.media.get(request.match_info["media_id"], platform.clock())
    except PlatformError as error:
        raise web.HTTPNotFound from error
    headers = {"X-Content-Type-Options": "nosniff"}
    return web.Response(body=media.content, content_type=media.content_type, headers=headers)


async def _faulty(fault: Fault) -> web.StreamResponse:
    await asyncio.sleep(fault.hang)
    if fault.status != 200:
        page = "<html><body>error</body></html>"
        return web.Response(status=fault.status, text=page, content_type="text/html")
    return _json(_error(PlatformError(fault.errcode or -1)))


def _error(error: PlatformError) -> Json:
    trace = "-".join(secrets.token_hex(4) for _ in range(3))
    return {"errcode": error.errcode, "errmsg": f"{error.errmsg} rid: {trace}"}


def _json(body: Json) -> web.Response:
    raw = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    return web.Response(body=raw, headers=JSON_HEADERS)
