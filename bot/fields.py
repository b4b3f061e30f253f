"""The named elements of a decoded body, checked one by one into a `Message`.

Source: WeChat documents 接收普通消息, 接收事件推送.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from handlers.message import Message, MessageKind

FORBIDDEN_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
IDENTIFIER = re.compile(r"[^\s<>&\x00-\x1f\ufffe\uffff\ud800-\udfff]{1,128}")
MAX_TEXT = 20_000
NOT_DETAILS = frozenset(
    {"ToUserName", "FromUserName", "CreateTime", "MsgType", "MsgId", "Content", "Event", "EventKey"}
)


class BadMessage(Exception):
    """The body is not a message WeChat would send."""


def message_of(account: str, fields: Mapping[str, Any]) -> Message:
    """The message that `fields` describe; raises `BadMessage` naming the element at fault."""
    kind = _kind(element(fields, "MsgType"))
    is_event = kind is MessageKind.EVENT
    return Message(
        account=account,
        citizen=_identifier(fields, "FromUserName"),
        receiver=_identifier(fields, "ToUserName"),
        kind=kind,
        created_at=_instant(element(fields, "CreateTime")),
        text=_text(kind, fields),
        message_id="" if is_event else _number(element(fields, "MsgId")),
        event=element(fields, "Event").lower() if is_event else "",
        event_key=_optional(fields, "EventKey") if is_event else "",
        details=_details(fields),
    )


def element(fields: Mapping[str, Any], name: str) -> str:
    """The text of one element; what cannot stand in XML, but in JSON as \\u0000, is dropped."""
    return readable(_given(fields, name))


def readable(text: str) -> str:
    """`text` without the characters that neither XML nor a database takes."""
    return FORBIDDEN_IN_XML.sub("", text)


def _given(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)  # JSON pushes carry numbers
    if not isinstance(value, str):
        raise BadMessage(f"{name} is missing, empty, doubled or not a text")
    return value


def _optional(fields: Mapping[str, Any], name: str) -> str:
    return element(fields, name)[:1000] if fields.get(name) is not None else ""


def _identifier(fields: Mapping[str, Any], name: str) -> str:
    value = _given(fields, name)
    if not IDENTIFIER.fullmatch(value):
        raise BadMessage(f"{name} is not an identifier")
    return value


def _number(value: str) -> str:
    if not (value.isascii() and value.isdigit() and len(value) <= 32):
        raise BadMessage("MsgId is not a number")
    return value


def _instant(value: str) -> datetime:
    if not (value.isascii() and value.isdigit() and len(value) <= 11):
        raise BadMessage("CreateTime is not a time")
    return datetime.fromtimestamp(int(value), tz=UTC)


def _kind(value: str) -> MessageKind:
    try:
        kind = MessageKind(value.lower())
    except ValueError:
        return MessageKind.OTHER
    return MessageKind.OTHER if kind is MessageKind.COMMENT else kind  # only fetched, never sent


def _text(kind: MessageKind, fields: Mapping[str, Any]) -> str:
    """What a person would read of the message, at most `MAX_TEXT` characters."""
    match kind:
        case MessageKind.TEXT:
            if "Content" not in fields:
                raise BadMessage("Content is missing")
            text = element(fields, "Content") if fields["Content"] is not None else ""
        case MessageKind.LINK:
            parts = (_optional(fields, name) for name in ("Title", "Description", "Url"))
            text = "\n".join(part for part in parts if part)
        case MessageKind.LOCATION:
            text = _optional(fields, "Label")
        case _:
            text = ""
    return text[:MAX_TEXT]


def _details(fields: Mapping[str, Any]) -> dict[str, str]:
    return {
        readable(str(name)): readable(value)[:2000]
        for name, value in fields.items()
        if name not in NOT_DETAILS and isinstance(value, str)
    }
