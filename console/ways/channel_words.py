"""What staff read of accounts, calls, refusals and texts on their way."""

import re
from datetime import datetime
from typing import Final

from console import words
from handlers import channels
from handlers.channels import Trouble
from handlers.outbox import Undelivered

CALLS: Final = {
    "/cgi-bin/stable_token": "取调用凭据",
    "/cgi-bin/message/custom/send": "主动推送（客服消息）",
    "/cgi-bin/message/template/send": "模板消息",
    "/cgi-bin/message/subscribe/bizsend": "订阅通知",
    "/cgi-bin/media/get": "取图片、语音和视频",
    "/cgi-bin/menu/create": "发布菜单",
    "/cgi-bin/menu/get": "查看菜单",
    "/cgi-bin/menu/delete": "撤下菜单",
    "/cgi-bin/clear_quota": "清零调用次数",
    "/cgi-bin/openapi/quota/get": "查询剩余次数",
    "/cgi-bin/comment/list": "读取留言",
    "/cgi-bin/comment/markelect": "精选留言",
    "/cgi-bin/comment/unmarkelect": "取消精选",
    "/cgi-bin/comment/delete": "删除留言",
    "/cgi-bin/comment/reply/add": "回复留言",
    "/cgi-bin/comment/reply/delete": "删除留言回复",
    "/cgi-bin/freepublish/batchget": "读取已发布文章",
    "/datacube/getarticlesummary": "读取图文数据",
}
ADDRESS: Final = re.compile(r"invalid ip ([^\s,]+)")
CANNOT_PUSH: Final = "这个公众号不能主动推送，市民下次来信（或回复“查询”）时送达"
CAN_BE_DONE: Final = (
    "请再推送一次；还是不成，就请管理员看“公众号”页，来信里留了电话的也可以先打电话告诉市民"
)
KINDS: Final = {"service": "服务号", "subscription": "订阅号"}
NOTICES: Final = {
    "sent": "已发通知，请市民回来看",
    "sending": "正在发通知",
    "refused": "市民没有同意接收通知",
    "uncertain": "通知可能已经发到",
}


CONFIRM: Final = "微信要公众号管理员确认这台服务器：请管理员在手机上点“公众平台安全助手”里的确认。"
REFUSED: Final = "公众号管理员拒绝了这台服务器：1 小时（拒绝两次则 24 小时）后再试，请他确认。"
LIMITED: Final = "账号或接口被微信限制：请到公众平台的“通知中心”查看原因。"
LOOK_IT_UP: Final = "请对照微信“全局返回码”的说明处理，处理好以后系统会自动恢复。"
ADDRESS_UNKNOWN: Final = 40164
TO_FIX: Final = {
    channels.NO_CONNECTION: (
        "检查本服务器的网络、域名解析和防火墙，要能访问 api.weixin.qq.com 的 443 端口。"
        "来信照样当场回复，通了以后推送自动恢复。"
    ),
    40125: "密钥（AppSecret）不对：到公众平台“基本配置”里重置，再改配置文件并重启。",
    40243: "密钥（AppSecret）被冻结了：到公众平台“基本配置”里解冻，几分钟后自动恢复。",
    89501: CONFIRM,
    89503: CONFIRM,
    89506: REFUSED,
    89507: REFUSED,
    40013: "微信不认识这个 AppID：核对配置文件里的 appid，改好后重启。",
    45009: "今天的调用次数用完了，零点自动恢复。急用时可以在这里清零（每月最多 10 次）。",
    48001: "这个账号没有这个接口的权限：要先完成微信认证，或在公众平台申请开通。",
    48004: LIMITED,
    50002: LIMITED,
    40037: "通知模板的编号不对：核对配置文件里的 notice.template。",
    47003: "通知的内容和模板的字段对不上：核对配置文件里的 notice.fields。",
    48006: "这个月的清零次数（10 次）已经用完，只能等零点自动恢复。",
}
"""What a person must change, by WeChat's code of the refusal."""
OF_SETTINGS: Final = frozenset({40013, 40125, 40164, 40243, 89501, 89503, 89506, 89507})
"""Refusals of an account's credentials or of the server's address: an administrator mends them."""


def call(path: str) -> str:
    """A call of WeChat's API as staff say it."""
    return CALLS.get(path, path)


def what_to_fix(trouble: Trouble) -> str:
    """What a person must change so that WeChat accepts the call again."""
    if trouble.errcode == ADDRESS_UNKNOWN:
        found = ADDRESS.search(trouble.said)
        address = found[1] if found else "本服务器的公网地址"
        return (
            f"把 {address} 加进 IP 白名单：登录微信公众平台，"
            "打开“设置与开发—基本配置—IP 白名单”，保存后几分钟内生效。"
        )
    return TO_FIX.get(trouble.errcode, LOOK_IT_UP)


def how_it_stands(item: Undelivered, *, pushes: bool, now: datetime) -> str:
    """Where a text is on its way, and what happens next."""
    if item.state == "failed":
        return "没有送到，要您处理；市民下次来信时也会送达"
    if item.state == "uncertain":
        return "可能已经送达，市民下次来信时再送一次"
    if not pushes:
        return CANNOT_PUSH
    if not item.subscribed:
        return "市民没有关注公众号，下次来信时送达"
    if item.state == "waiting" and _window_is_open(item, now):
        if item.reason and item.look_at > now:
            return f"{words.moment(item.look_at, now=now)} 再试"
        if item.look_at > now:
            return f"{words.clock(item.look_at)} 推送，那以前可以撤回"
        return "正在推送"
    if item.reason:  # WeChat said it itself, whatever we had counted
        return "这次推送不了，市民下次来信时送达"
    return why_not_pushed(item.push_until, now)


def why_not_pushed(until: datetime | None, now: datetime) -> str:
    """Why WeChat takes no message for a citizen who follows the account, and what happens next."""
    if until is not None and now < until:
        return "能推送的条数已用完，市民下次来信时送达"
    return "推送时限已过，市民下次来信时送达"


def notice(item: Undelivered) -> str:
    """What became of telling the citizen by notice."""
    if item.notice == "failed":
        return f"通知没有发出去：{item.notice_reason}"
    return NOTICES.get(item.notice, "")


def why(item: Undelivered) -> str:
    """What WeChat said to it, what became of the notice, and what a person can do."""
    does = CAN_BE_DONE if item.state == "failed" else ""
    return "。".join(part for part in (item.reason.rstrip("。"), notice(item), does) if part)


def may_retry(item: Undelivered) -> bool:
    """Whether trying again can change anything."""
    return item.state == "failed" or bool(item.reason) or item.notice in {"failed", "refused"}


def _window_is_open(item: Undelivered, now: datetime) -> bool:
    return item.push_until is not None and now < item.push_until and item.push_left > 0


def size(amount: int) -> str:
    """Bytes as people read them."""
    if amount >= 1 << 30:
        return f"{amount / (1 << 30):.1f} GB"
    if amount >= 1 << 20:
        return f"{amount / (1 << 20):.1f} MB"
    return f"{max(1, round(amount / 1024))} KB"
