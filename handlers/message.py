"""A message or event as a citizen sent it, decoded and checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final


class MessageKind(StrEnum):
    """WeChat's MsgType (接收普通消息, 接收事件推送); OTHER is what WeChat may invent next.

    COMMENT is no MsgType: a comment under an article (留言), fetched and kept beside messages.
    """

    TEXT = "text"
    IMAGE = "image"
    VOICE = "voice"
    VIDEO = "video"
    SHORTVIDEO = "shortvideo"
    LOCATION = "location"
    LINK = "link"
    EVENT = "event"
    OTHER = "other"
    COMMENT = "comment"


KIND_NAMES: Final[Mapping[str, str]] = {
    MessageKind.TEXT: "文字",
    MessageKind.IMAGE: "图片",
    MessageKind.VOICE: "语音",
    MessageKind.VIDEO: "视频",
    MessageKind.SHORTVIDEO: "小视频",
    MessageKind.LOCATION: "位置",
    MessageKind.LINK: "链接",
    MessageKind.EVENT: "操作",
    MessageKind.OTHER: "其他消息",
    MessageKind.COMMENT: "公开留言",
}
"""How people call each kind."""


@dataclass(frozen=True, kw_only=True)
class Message:
    """One inbound message or event.

    `account` is our own name for the account (the last part of its URL); `citizen` is the openid
    (FromUserName); `receiver` is the account's original id (ToUserName), the sender of a reply.
    `text` is Content for a text, a short description for other kinds, "" for events.
    `event` is WeChat's Event in lower case. `details` holds the other elements by WeChat's name.
    """

    account: str
    citizen: str
    receiver: str
    kind: MessageKind
    created_at: datetime
    text: str = ""
    message_id: str = ""
    event: str = ""
    event_key: str = ""
    details: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Identifies all deliveries of one message: MsgId alone collides across citizens."""
        tail = (self.event, self.event_key) if self.kind is MessageKind.EVENT else self.message_id
        stamp = int(self.created_at.timestamp())
        return "|".join(
            (self.account, self.citizen, str(stamp), *((tail,) if isinstance(tail, str) else tail))
        )
