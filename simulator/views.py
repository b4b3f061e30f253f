"""The model as the chat page's JSON."""

from datetime import datetime
from typing import Any

from simulator import rich_text
from simulator.exchange import Attempt, Exchange, Trouble
from simulator.follower import Follower, Line, Push
from simulator.menu import Button
from simulator.platform import CHINA, Platform

Json = dict[str, Any]
EXCHANGES_SHOWN = 40
TROUBLES = {
    Trouble.TIMED_OUT: "5 秒内没有回复",
    Trouble.UNREACHABLE: "连不上服务",
    Trouble.SERVER_ERROR: "服务出错",
    Trouble.REFUSED: "服务拒收",
    Trouble.UNREADABLE: "回复不合格",
}
KINDS = {
    "text": "文字",
    "image": "图片",
    "voice": "语音",
    "video": "视频",
    "shortvideo": "小视频",
    "location": "位置",
    "link": "链接",
    "subscribe": "关注",
    "unsubscribe": "取消关注",
    "SCAN": "扫码",
    "CLICK": "点菜单",
    "VIEW": "点菜单打开网页",
    "LOCATION": "上报位置",
    "TEMPLATESENDJOBFINISH": "模板消息送达结果",
    "MASSSENDJOBFINISH": "群发结果",
}
MODES = {"plain": "明文模式", "compatible": "兼容模式", "safe": "安全模式"}
CHANNELS = {"custom": "客服消息", "template": "模板消息", "subscribe": "订阅通知"}


def log(platform: Platform, follower: Follower) -> Json:
    """Everything the page shows of one citizen at one account."""
    now = platform.clock()
    return {
        "boot": platform.boot,
        "revision": follower.revision,
        "subscribed": follower.subscribed,
        "typing": bool(follower.typing_until and now < follower.typing_until),
        "lines": [line(each, now) for each in follower.lines],
        "menu": [button(each) for each in platform.menu(follower.account.name)],
        "mode": MODES[follower.account.mode],
        "allowance": allowance(follower, now),
        "pushes": [push(each, now) for each in reversed(follower.pushes)],
        "exchanges": [exchange(each, now) for each in _recent(platform, follower)],
    }


def line(line: Line, now: datetime) -> Json:
    """A chat line; an account's text comes in pieces, everybody else's as it is."""
    formatted = line.side == "account" and line.kind == "text"
    text = line.text if formatted else ""
    pieces = rich_text.split(text) if formatted else []
    return {
        "id": line.id,
        "at": int(line.at.timestamp() * 1000),
        "time": clock_label(line.at, now),
        "side": line.side,
        "kind": line.kind,
        "text": line.text,
        "pieces": [
            {"kind": each.kind, "text": each.text, "target": each.target, "menu": each.menu_id}
            for each in pieces
        ],
        "details": dict(line.details),
        "state": line.state,
        "pushed": line.pushed,
    }


def allowance(follower: Follower, now: datetime) -> Json:
    """The push window in numbers and words."""
    left, until = follower.allowance.left(now), follower.allowance.until(now)
    return {
        "left": left,
        "until": int(until.timestamp() * 1000) if until else None,
        "words": _allowance_words(follower, left, clock_label(until, now) if until else ""),
    }


def push(push: Push, now: datetime) -> Json:
    """A push and what the platform answered."""
    return {
        "time": clock_label(push.at, now),
        "channel": CHANNELS[push.channel],
        "text": push.text,
        "errcode": push.errcode,
        "errmsg": push.errmsg,
    }


def exchange(exchange: Exchange, now: datetime) -> Json:
    """A message over the wire with all its deliveries."""
    return {
        "id": exchange.id,
        "kind": exchange.kind,
        "name": KINDS.get(exchange.kind, exchange.kind),
        "time": clock_label(exchange.at, now, seconds=True),
        "attempts": [attempt(each) for each in exchange.attempts],
    }


def attempt(attempt: Attempt) -> Json:
    """One delivery, raw and decrypted."""
    return {
        "number": attempt.number,
        "url": attempt.url,
        "sent": attempt.sent,
        "sent_plain": attempt.sent_plain,
        "status": attempt.status,
        "received": attempt.received,
        "received_plain": attempt.received_plain,
        "milliseconds": round(attempt.seconds * 1000),
        "outcome": _outcome(attempt),
        "good": attempt.accepted,
        "detail": attempt.detail,
    }


def button(button: Button) -> Json:
    """A menu button with those it unfolds."""
    return {"name": button.name, "buttons": [{"name": each.name} for each in button.buttons]}


def clock_label(at: datetime, now: datetime, *, seconds: bool = False) -> str:
    """China's time as WeChat shows it: 14:03, 昨天 14:03, 11月3日 14:03."""
    local, today = at.astimezone(CHINA), now.astimezone(CHINA).date()
    time = f"{local:%H:%M:%S}" if seconds else f"{local:%H:%M}"
    days = (today - local.date()).days
    if days == 0:
        return time
    names = {1: "昨天", -1: "明天", -2: "后天"}
    return f"{names.get(days, f'{local.month}月{local.day}日')} {time}"


def _recent(platform: Platform, follower: Follower) -> list[Exchange]:
    mine = (
        each
        for each in reversed(platform.exchanges)
        if (each.account, each.openid) == (follower.account.name, follower.citizen.openid)
    )
    return [each for each, _ in zip(mine, range(EXCHANGES_SHOWN), strict=False)]


def _outcome(attempt: Attempt) -> str:
    if attempt.trouble:
        return TROUBLES[attempt.trouble]
    return "已回复" if attempt.reply else "已收下，不回复"


def _allowance_words(follower: Follower, left: int, until: str) -> str:
    if not follower.account.may_push:
        return "未认证的账号不能主动推送"
    if not follower.subscribed:
        return "未关注，不能推送"
    if not until:
        return "推送窗口已关闭"
    return f"还可推送 {left} 条，{until} 截止"
