"""What staff read for each state, role, kind and step: one word for one thing."""

from datetime import date, datetime
from typing import Final

from cases.case import Kind, State
from cases.people import Role
from cases.time_left import Urgency
from cases.work_calendar import CHINA_TIME, today
from knowledge_base.entry import Status

ROLES: Final = {
    Role.ADMINISTRATOR: "管理员",
    Role.CURATOR: "知识库编辑",
    Role.DISPATCHER: "分派员",
    Role.OFFICER: "经办人",
    Role.REVIEWER: "审核人",
    Role.SUPERVISOR: "督办员",
    Role.AUDITOR: "审计员",
}

ACTORS: Final = {"citizen": "来信人", "desk": "自动", "system": "系统自动"}
"""Who acts without an account."""

STATES: Final = {
    State.RECEIVED: "待分派",
    State.ROUTED: "待接收",
    State.ACCEPTED: "办理中",
    State.DRAFTED: "待审核",
    State.REVIEWED: "已审核",
    State.REPLIED: "已答复",
    State.CLOSED: "已办结",
    State.RETURNED: "已退回",
    State.WAITING: "等来信人补充",
    State.OUT_OF_SCOPE: "不属本县受理",
    State.MERGED: "已并案",
}

KINDS: Final = {
    Kind.QUESTION: "咨询",
    Kind.COMPLAINT: "投诉",
    Kind.REPORT: "举报",
    Kind.HELP: "求助",
    Kind.DANGER: "人身安全",
    Kind.OUT_OF_SCOPE: "不属受理范围",
}

STATUSES: Final = {
    Status.DRAFT: "草稿",
    Status.IN_REVIEW: "待审核",
    Status.PUBLISHED: "已发布",
    Status.WITHDRAWN: "已撤下",
}

BY_WORDS_ALONE: Final = (
    ("no encoder", "没有配置语义模型（配置文件的 [encoder]）。"),
    ("the entries are still", "知识条目还在编码，做完会自己恢复。"),
    ("the encoder took longer", "语义模型没有按时算完：机器太忙，或者模型太大。"),
    ("", "语义模型出了错，会自己再试；详细原因在服务的日志里。"),
)
"""Why questions are searched by words alone: how the reason begins, and what staff read of it."""

COLOURS: Final = {
    Urgency.CALM: "ok",
    Urgency.SOON: "soon",
    Urgency.NOW: "soon",
    Urgency.OVERDUE: "late",
    Urgency.PAUSED: "calm",
    Urgency.DONE: "calm",
    Urgency.DONE_LATE: "late",
}

DELIVERIES: Final = {
    "waiting": "等市民下次来信时送达",
    "sending": "正在推送",
    "sent": "已推送",
    "delivered": "已送达",
    "carried": "已随回复送达",
    "uncertain": "可能已送达，市民下次来信时会再送一次",
    "publishing": "审核通过，正在回复到留言下",
    "published": "已公开回复在留言下",
    "failed": "未能送达",
    "undone": "已撤回，没有发给市民",
}

DONE_IN_LIST: Final = {
    "view": "视图已保存，下次点名字就能看到。",
    "no-view": "视图已删除，来信都还在。",
    "no-name": "没有保存：请先给视图起个名字。",
    "full": "没有保存：视图已经有 12 个，请先删掉用不着的。",
    "return": "已退回分派员，理由会一并转达。这封来信不再归本部门，所以不在列表里了。",
}

WEEKDAYS: Final = "一二三四五六日"


def by_words_alone(reason: str) -> str:
    """The same reason for staff; "" for none."""
    return (
        next(said for begins, said in BY_WORDS_ALONE if reason.startswith(begins)) if reason else ""
    )


def day(value: date, *, now: datetime) -> str:
    """今天, 明天, 昨天, or 11月21日 周六; the year only when it is another one."""
    here = today(now)
    near = {0: "今天", 1: "明天", -1: "昨天"}.get((value - here).days)
    return near or dated(value, now=now)


def dated(value: date, *, now: datetime) -> str:
    """11月21日 周六, also for today; the year only when it is another one."""
    words = f"{value.month}月{value.day}日 周{WEEKDAYS[value.weekday()]}"
    return words if value.year == today(now).year else f"{value.year}年{words}"


def written(value: date) -> str:
    """2026年11月1日: the day of a check, a publication or a law, read in any year."""
    return f"{value.year}年{value.month}月{value.day}日"


def moment(value: datetime | None, *, now: datetime) -> str:
    """A time in China as staff say it: 今天 09:12."""
    if value is None:
        return ""
    local = value.astimezone(CHINA_TIME)
    return f"{day(local.date(), now=now)} {local:%H:%M}"


def clock(value: datetime) -> str:
    """The time of day in China to the second: 09:12:05."""
    return f"{value.astimezone(CHINA_TIME):%H:%M:%S}"


def shortened(text: str, length: int = 80) -> str:
    """The beginning of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"
