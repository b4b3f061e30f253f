"""Messages the account sends unasked: customer service, template, subscription notice.

Sources: WeChat, 发送客服消息, 发送模板消息, 发送订阅通知.
"""

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any

from simulator import messages
from simulator.api.call import OK, Call, Json
from simulator.errors import PlatformError
from simulator.follower import Follower, Push
from simulator.replies import TEXT_LIMIT

Details = tuple[tuple[str, str], ...]
MEDIA_NAMES = {"image": "[图片]", "voice": "[语音]", "video": "[视频]", "mpnews": "[图文]"}
TYPING_SHOWN = timedelta(seconds=15)
_msgids = count(3_000_000_000_000_000_001)


async def custom_send(call: Call) -> Json:
    """A customer-service message within the citizen's allowance.

    40003 nobody, 48001 account may not, 45015 not following or no allowance open, 45047 used up.
    """
    follower = call.citizen()
    kind = call.text("msgtype")
    text, details = _content(call, kind)
    _guarded(call, follower, "custom", kind, text, lambda: _spend(call, follower))
    follower.typing_until = None
    follower.say("account", kind, text, at=call.now, details=details, pushed=True)
    return OK


async def typing(call: Call) -> Json:
    """`Typing` or `CancelTyping` in the head of the chat; needs an open allowance."""
    follower = call.citizen()
    command = call.text("command")
    if command not in ("Typing", "CancelTyping"):
        raise PlatformError(45072)
    if not follower.subscribed or not follower.allowance.open_permits(call.now):
        raise PlatformError(45015)
    follower.typing_until = call.now + TYPING_SHOWN if command == "Typing" else None
    follower.changed()
    return OK


async def template_send(call: Call) -> Json:
    """A template message; 40037 without template, 43004 not following. Its event follows."""
    follower = call.citizen()
    text, details = _notice(call)
    _guarded(call, follower, "template", "notice", text, lambda: _must_follow(follower))
    msgid = next(_msgids)
    if follower.notices_blocked:
        event = messages.template_finished(msgid, "failed:user block")
    else:
        follower.say("account", "notice", text, at=call.now, details=details, pushed=True)
        event = messages.template_finished(msgid)
    platform, openid = call.platform, follower.citizen.openid
    platform.in_background(platform.notify(call.account.name, openid, event))
    return OK | {"msgid": msgid}


async def subscribe_send(call: Call) -> Json:
    """A subscription notice; 43101 when the citizen did not agree to it."""
    follower = call.citizen()
    text, details = _notice(call)
    _guarded(call, follower, "subscribe", "notice", text, lambda: _must_agree(follower))
    follower.say("account", "notice", text, at=call.now, details=details, pushed=True)
    return OK


def _guarded(
    call: Call,
    follower: Follower,
    channel: Any,
    kind: str,
    text: str,
    check: Callable[[], None],
) -> None:
    """Run a check and keep a record of the push, whichever way it went."""
    try:
        check()
    except PlatformError as error:
        refused = Push(
            at=call.now,
            channel=channel,
            kind=kind,
            text=text,
            errcode=error.errcode,
            errmsg=error.errmsg,
        )
        follower.note_push(refused)
        raise
    follower.note_push(Push(at=call.now, channel=channel, kind=kind, text=text))


def _spend(call: Call, follower: Follower) -> None:
    if not follower.subscribed:
        raise PlatformError(45015)
    follower.allowance = follower.allowance.spent(call.now)


def _must_follow(follower: Follower) -> None:
    if not follower.subscribed:
        raise PlatformError(43004)


def _must_agree(follower: Follower) -> None:
    if follower.notices_refused or not follower.subscribed:
        raise PlatformError(43101)


def _content(call: Call, kind: str) -> tuple[str, Details]:
    """Text and details of a message body; 40008 for a type the platform does not know."""
    if kind == "text":
        return _words(str(call.part("text").get("content", ""))), ()
    if kind == "msgmenu":
        return _words(_menu_lines(call.part("msgmenu"))), ()
    if kind == "news":
        return _news(call.part("news"))
    if kind in MEDIA_NAMES:
        return MEDIA_NAMES[kind], _material(call, kind)
    raise PlatformError(40008, hint=kind)


def _material(call: Call, kind: str) -> Details:
    """Where the material is; 40007 for what was never uploaded (articles are not kept here)."""
    media_id = str(call.part(kind).get("media_id", ""))
    if kind == "mpnews":
        return (("mediaid", media_id),)
    call.platform.media.get(media_id, call.now)
    return ("mediaid", media_id), ("url", call.platform.media_url(media_id))


def _words(content: str) -> str:
    if not content:
        raise PlatformError(44004)
    if len(content.encode()) > TEXT_LIMIT:
        raise PlatformError(45002)
    return content


def _menu_lines(menu: Json) -> str:
    """A msgmenu as the same tappable lines a text can carry."""
    rows = menu.get("list") or []
    lines = (
        f'<a href="weixin://bizmsgmenu?msgmenucontent={row.get("content", "")}'
        f'&msgmenuid={row.get("id", "")}">{row.get("content", "")}</a>'
        for row in rows
    )
    parts = (menu.get("head_content", ""), *lines, menu.get("tail_content", ""))
    return "\n".join(str(part) for part in parts if part)


def _news(news: Json) -> tuple[str, Details]:
    articles = news.get("articles") or []
    if len(articles) != 1:
        raise PlatformError(45008)
    article = {name: str(value) for name, value in articles[0].items()}
    kept = ("title", "description", "url", "picurl")
    return article.get("title", ""), tuple((name, article.get(name, "")) for name in kept)


def _notice(call: Call) -> tuple[str, Details]:
    """Title and rows of a template or subscription notice."""
    template_id = call.text("template_id")
    if not template_id:
        raise PlatformError(40037)
    data = call.part("data")
    rows = tuple((name, _value(row)) for name, row in data.items())
    url = call.text("url") or call.text("page")
    title = next((value for name, value in rows if name == "first"), "") or "服务通知"
    return title, (*((("url", url),) if url else ()), *_without_frame(rows))


def _value(row: object) -> str:
    if not isinstance(row, dict):
        raise PlatformError(47001, hint="data")
    return str(row.get("value", ""))


def _without_frame(rows: Details) -> Details:
    return tuple((f"row:{name}", value) for name, value in rows if name != "first" and value)
