"""What a citizen can send: the platform's messages and events as XML.

Source: WeChat, 接收普通消息 and 接收事件推送.
"""

from dataclasses import dataclass
from typing import Literal

Grant = Literal["message", "tap", "subscribe", "scan"]
Value = str | int | float


@dataclass(frozen=True, kw_only=True)
class Message:
    """A message or event before it is addressed.

    `kind` is MsgType, or the Event's name for events. `fields` are the XML elements after
    MsgType in order: strings become CDATA, numbers stand bare. `shown` is what the chat shows;
    empty means the citizen sees nothing of it. `grant` is the push allowance it opens.
    """

    kind: str
    fields: tuple[tuple[str, Value], ...]
    shown: str = ""
    details: tuple[tuple[str, str], ...] = ()
    grant: Grant | None = None
    is_event: bool = False


def text(content: str, menu_id: str = "") -> Message:
    """Typed words, or a tapped `weixin://bizmsgmenu` line, which also carries `bizmsgmenuid`.

    A tapped line opens only a menu tap's allowance (WeChat: 客服消息介绍, 特别说明).
    """
    tapped: tuple[tuple[str, Value], ...] = (("bizmsgmenuid", menu_id),) if menu_id else ()
    fields: tuple[tuple[str, Value], ...] = (("Content", content), *tapped)
    return Message(kind="text", fields=fields, shown=content, grant="tap" if menu_id else "message")


def image(pic_url: str, media_id: str) -> Message:
    """A picture; `PicUrl` can be fetched, `MediaId` downloaded through media/get."""
    return _media("image", (("PicUrl", pic_url), ("MediaId", media_id)), "[图片]", url=pic_url)


def voice(media_id: str, seconds: int = 4) -> Message:
    """A voice message; `Recognition` arrives empty since WeChat closed recognition."""
    fields: tuple[tuple[str, Value], ...] = (
        ("MediaId", media_id),
        ("Format", "amr"),
        ("Recognition", ""),
    )
    return _media("voice", fields, "[语音]", seconds=str(seconds))


def video(media_id: str, thumb_media_id: str, *, short: bool = False) -> Message:
    """A video, or with `short` a video taken in the chat (小视频)."""
    fields = (("MediaId", media_id), ("ThumbMediaId", thumb_media_id))
    return _media("shortvideo" if short else "video", fields, "[小视频]" if short else "[视频]")


def location(latitude: float, longitude: float, label: str, scale: int = 16) -> Message:
    """A place picked on the map; degrees, `label` the address."""
    fields: tuple[tuple[str, Value], ...] = (
        ("Location_X", latitude),
        ("Location_Y", longitude),
        ("Scale", scale),
        ("Label", label),
    )
    return _media("location", fields, "[位置]", label=label)


def link(title: str, description: str, url: str) -> Message:
    """A shared page."""
    fields = (("Title", title), ("Description", description), ("Url", url))
    return _media("link", fields, "[链接]", title=title, description=description, url=url)


def subscribe(scene: str = "") -> Message:
    """The citizen follows the account, with `scene` through a QR code that carries one."""
    key = f"qrscene_{scene}" if scene else ""
    fields = (("EventKey", key), *((("Ticket", f"TICKET_{scene}"),) if scene else ()))
    return _event("subscribe", fields, "已关注公众号", grant="subscribe")


def unsubscribe() -> Message:
    """The citizen leaves; a reply would reach nobody."""
    return _event("unsubscribe", (("EventKey", ""),), "已取消关注")


def scan(scene: str) -> Message:
    """A follower scans a QR code that carries `scene`."""
    fields = (("EventKey", scene), ("Ticket", f"TICKET_{scene}"))
    return _event("SCAN", fields, f"扫描了二维码「{scene}」", grant="scan")


def click(key: str, name: str = "") -> Message:
    """A tap on a menu button of type `click`."""
    return _event("CLICK", (("EventKey", key),), f"点了菜单「{name or key}」", grant="tap")


def view(url: str, name: str = "") -> Message:
    """A tap on a menu button that opens a page; it opens no push allowance."""
    return _event("VIEW", (("EventKey", url),), f"点了菜单「{name or url}」，打开 {url}")


def report_location(latitude: float, longitude: float, precision: float = 40.0) -> Message:
    """The client reports where the citizen is (degrees, metres); the chat shows nothing."""
    fields = (("Latitude", latitude), ("Longitude", longitude), ("Precision", precision))
    return _event("LOCATION", fields)


def template_finished(msgid: int, status: str = "success") -> Message:
    """A template message was delivered, or not: `success`, `failed:user block`, …"""
    return _event("TEMPLATESENDJOBFINISH", (("MsgID", msgid), ("Status", status)))


def mass_finished(msgid: int, sent: int, errors: int = 0) -> Message:
    """A mass message was delivered to `sent` followers."""
    fields: tuple[tuple[str, Value], ...] = (
        ("MsgID", msgid),
        ("Status", "send success"),
        ("TotalCount", sent + errors),
        ("FilterCount", sent + errors),
        ("SentCount", sent),
        ("ErrorCount", errors),
    )
    return _event("MASSSENDJOBFINISH", fields)


def render(message: Message, *, to: str, sender: str, created: int, msg_id: int) -> str:
    """The XML of an addressed message; `created` in epoch seconds, events carry no MsgId."""
    head: tuple[tuple[str, Value], ...] = (
        ("ToUserName", to),
        ("FromUserName", sender),
        ("CreateTime", created),
        ("MsgType", "event" if message.is_event else message.kind),
    )
    name = (("Event", message.kind),) if message.is_event else ()
    tail = () if message.is_event else (("MsgId", msg_id),)
    parts = (*head, *name, *message.fields, *tail)
    return "<xml>" + "".join(_element(tag, value) for tag, value in parts) + "</xml>"


def cdata(value: str) -> str:
    """`value` as CDATA; an inner `]]>` is split so that it cannot end the section."""
    return "<![CDATA[" + value.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def _element(tag: str, value: Value) -> str:
    return f"<{tag}>{cdata(value) if isinstance(value, str) else value}</{tag}>"


def _media(kind: str, fields: tuple[tuple[str, Value], ...], shown: str, **details: str) -> Message:
    return Message(
        kind=kind, fields=fields, shown=shown, details=tuple(details.items()), grant="message"
    )


def _event(
    kind: str,
    fields: tuple[tuple[str, Value], ...],
    shown: str = "",
    *,
    grant: Grant | None = None,
) -> Message:
    return Message(kind=kind, fields=fields, shown=shown, grant=grant, is_event=True)
