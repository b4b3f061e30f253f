"""What a service account's notice says: that there is news, never what it is.

Source: WeChat, 模板消息 and 订阅通知: a field's name begins with its kind, which limits its length.
"""

from datetime import datetime
from typing import Final

from handlers.outbox import Notice
from handlers.texts.general import CHINA

NEWS, NEWS_IN_SHORT = "您反映的事情有新的回复", "有新回复"
HINT = "请在公众号回复「查询」看全文"
NOBODY_YET = "县来信办理台"
LONGEST: Final = {"thing": 20, "character_string": 32, "phrase": 5, "name": 10, "const": 20}
LONGEST_OTHER: Final = 60


def field(kind: str, source: str, notice: Notice) -> str:
    """The value of a template's field: `source` is number, department, what, time or hint."""
    delivery = notice.delivery
    values = {
        "number": delivery.case,
        "department": notice.department or NOBODY_YET,
        "what": NEWS_IN_SHORT if kind == "phrase" else NEWS,
        "time": _time(delivery.created_at),
        "hint": HINT,
    }
    return values[source][: LONGEST.get(kind, LONGEST_OTHER)]


def _time(at: datetime) -> str:
    local = at.astimezone(CHINA)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"
