"""What a first message or event does to the citizen's push window (WeChat: 客服消息 下发条数)."""

from datetime import datetime, timedelta

from handlers.message import Message, MessageKind
from storage.operation import Values
from storage.rows.plain import stamp, storable

MESSAGE_WINDOW, MESSAGE_PUSHES = timedelta(hours=48), 5
TAP_WINDOW, TAP_PUSHES = timedelta(minutes=1), 3
TAPS = frozenset({"click", "subscribe", "subscribe_scan", "scan"})
TAPPED_LINE = "bizmsgmenuid"  # a tapped line of a choice list: a text, but no new 48 hours


def opens_window(message: Message) -> bool:
    """Whether texts may be pushed to the citizen because of this message."""
    return message.kind is not MessageKind.EVENT or message.event in TAPS


def window_change(message: Message, now: datetime) -> tuple[str, Values]:
    """The statement that renews (or ends) a window, and its values."""
    who: Values = {
        "account": message.account,
        "openid": storable(message.citizen),
        "now": stamp(now),
    }
    if message.kind is not MessageKind.EVENT and TAPPED_LINE not in message.details:
        until = stamp(now + MESSAGE_WINDOW)
        return "citizen_wrote", {**who, "until": until, "pushes": MESSAGE_PUSHES}
    if opens_window(message):
        until = stamp(now + TAP_WINDOW)
        return "citizen_tapped", {**who, "until": until, "pushes": TAP_PUSHES}
    return ("citizen_left" if message.event == "unsubscribe" else "citizen_noticed"), who
