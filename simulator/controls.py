"""What the platform shall refuse: error codes, daily limits and addresses, as the page's JSON.

Below `api/`: GET platform?account → {"calls": [{"path", "name", "made", "limit", "failing"}],
"addresses"} · POST fault {account, path, fault, times} · POST mend {account} · POST limit
{account, path, most} (null: none) · POST addresses {account, addresses} ("" lets all call);
these return {"done": true}.
"""

import re
from typing import Any

from aiohttp import web

from simulator.api.call import PLATFORM
from simulator.errors import ERRORS
from simulator.platform import Platform
from simulator.web import answered, posted

Json = dict[str, Any]
CALLS = {
    "/cgi-bin/stable_token": "取调用凭据",
    "/cgi-bin/message/custom/send": "发客服消息",
    "/cgi-bin/message/template/send": "发模板消息",
    "/cgi-bin/message/subscribe/bizsend": "发订阅通知",
    "/cgi-bin/comment/list": "读取留言",
    "/cgi-bin/comment/reply/add": "回复留言",
    "/cgi-bin/comment/reply/delete": "删除回复",
    "/cgi-bin/comment/markelect": "精选留言",
    "/cgi-bin/comment/unmarkelect": "取消精选",
    "/cgi-bin/comment/delete": "删除留言",
    "/cgi-bin/freepublish/batchget": "读取已发布文章",
    "/datacube/getarticlesummary": "读取图文数据",
    "/cgi-bin/menu/create": "发布菜单",
    "/cgi-bin/menu/get": "查看菜单",
    "/cgi-bin/media/get": "取图片和语音",
}
FAULTS = {
    "-1": "-1 系统繁忙",
    "40001": "40001 凭据不对",
    "42001": "42001 凭据过期",
    "40125": "40125 密钥不对",
    "40164": "40164 不在 IP 白名单",
    "45009": "45009 今天的次数用完",
    "45011": "45011 太频繁",
    "45015": "45015 超过 48 小时",
    "45047": "45047 条数用完",
    "48001": "48001 没有权限",
    "88000": "88000 没有留言功能",
    "88001": "88001 没有这篇文章",
    "88002": "88002 文章被限制",
    "88003": "88003 精选到上限",
    "88004": "88004 读者已删除",
    "88005": "88005 已经回复过",
    "88007": "88007 回复太长或为空",
    "88008": "88008 没有这条留言",
    "88009": "88009 没有回复",
    "88010": "88010 条数不对",
    "502": "服务器出错（HTTP 502）",
    "lost": "做完了，但答复丢失",
    "hang": "15 秒没有答复",
}
MOST_TIMES = 1000
HANG = 15.0
ADDRESS = re.compile(r"[0-9A-Fa-f.:]{2,45}")


def add_to(app: web.Application) -> None:
    """Serve it in `app`."""
    app.router.add_get("/api/platform", state)
    app.router.add_post("/api/fault", fail)
    app.router.add_post("/api/mend", mend)
    app.router.add_post("/api/limit", limit)
    app.router.add_post("/api/addresses", addresses)


async def state(request: web.Request) -> web.Response:
    """What every call met today, and what the next ones will meet."""
    platform = request.app[PLATFORM]
    account, now = _account(platform, dict(request.query)), platform.clock()
    calls = [
        {
            "path": path,
            "name": name,
            "made": platform.quotas.used(account, quota_of(path), now),
            "limit": platform.quotas.limits.get(quota_of(path)),
            "failing": platform.faults.planned(path),
        }
        for path, name in CALLS.items()
    ]
    allowed = platform.whitelists.get(account)
    return answered({"calls": calls, "addresses": " ".join(sorted(allowed or ()))})


async def fail(request: web.Request) -> web.Response:
    """The next calls of a path get something else than their answer."""
    platform, body = request.app[PLATFORM], await posted(request)
    _account(platform, body)
    path, fault, times = _path(body), str(body.get("fault")), body.get("times")
    if fault not in FAULTS or not isinstance(times, int) or not 0 < times <= MOST_TIMES:
        raise web.HTTPBadRequest
    match fault:
        case "502":
            platform.faults.plan(path, times=times, status=502)
        case "lost":
            platform.faults.plan(path, times=times, status=502, after=True)
        case "hang":
            platform.faults.plan(path, times=times, hang=HANG)
        case _:
            assert int(fault) in ERRORS, "the table names errors of the platform"
            platform.faults.plan(path, times=times, errcode=int(fault))
    return answered({"done": True})


async def mend(request: web.Request) -> web.Response:
    """No call fails on purpose any more."""
    platform = request.app[PLATFORM]
    _account(platform, await posted(request))
    platform.faults.clear()
    return answered({"done": True})


async def limit(request: web.Request) -> web.Response:
    """How often a path may be called on a day, by every account; None: without limit."""
    platform, body = request.app[PLATFORM], await posted(request)
    _account(platform, body)
    path, most = quota_of(_path(body)), body.get("most")
    if most is None:
        platform.quotas.limits.pop(path, None)
    elif isinstance(most, int) and most >= 0:
        platform.quotas.limits[path] = most
    else:
        raise web.HTTPBadRequest
    return answered({"done": True})


async def addresses(request: web.Request) -> web.Response:
    """Who may ask for the account's access token."""
    platform, body = request.app[PLATFORM], await posted(request)
    account, given = _account(platform, body), str(body.get("addresses", "")).split()
    if not all(ADDRESS.fullmatch(each) for each in given):
        raise web.HTTPBadRequest
    if given:
        platform.whitelists[account] = frozenset(given)
    else:
        platform.whitelists.pop(account, None)
    return answered({"done": True})


def quota_of(path: str) -> str:
    """The name under which the platform counts a call."""
    return "token" if path == "/cgi-bin/stable_token" else path


def _account(platform: Platform, given: Json) -> str:
    account = str(given.get("account"))
    if account not in platform.accounts:
        raise web.HTTPNotFound
    return account


def _path(body: Json) -> str:
    path = str(body.get("path"))
    if path not in CALLS:
        raise web.HTTPBadRequest
    return path
