"""What the service answers at once: `Reply | None`, validated as the platform does.

Source: WeChat, 被动回复用户消息. Anything else shows the citizen FAULT_NOTICE.
"""

from dataclasses import dataclass

from lxml import etree

from simulator.account import Account
from simulator.envelope import UnreadableReply, parse

FAULT_NOTICE = "该公众号提供的服务出现故障，请稍后再试"
TEXT_LIMIT = 2048
KINDS = ("text", "image", "voice", "video", "music", "news", "transfer_customer_service")


@dataclass(frozen=True, kw_only=True)
class Reply:
    """A passive reply as the citizen sees it; `details` holds what is not text (title, url, …)."""

    kind: str
    text: str = ""
    details: tuple[tuple[str, str], ...] = ()


def is_silence(body: str) -> bool:
    """Zero bytes or `success`: the service took the message and says nothing."""
    return body.strip() in ("", "success")


def read_reply(account: Account, openid: str, plain: str) -> Reply:
    """The reply inside a plaintext XML; raises UnreadableReply with the rule it breaks."""
    root = parse(plain)
    _check_addresses(root, account, openid)
    kind = _text(root, "MsgType")
    if kind not in KINDS:
        raise UnreadableReply(f"MsgType {kind!r} is not a reply")
    if kind == "text":
        return _read_text(root)
    return Reply(kind=kind, text=_shown(kind, root), details=_details(root))


def _check_addresses(root: etree._Element, account: Account, openid: str) -> None:
    if _text(root, "ToUserName") != openid:
        raise UnreadableReply("ToUserName is not the citizen who wrote")
    if _text(root, "FromUserName") != account.original_id:
        raise UnreadableReply("FromUserName is not this account")
    if not _text(root, "CreateTime").isdigit():
        raise UnreadableReply("CreateTime is not a number")


def _read_text(root: etree._Element) -> Reply:
    content = root.findtext("Content") or ""
    if not content:
        raise UnreadableReply("Content is empty")
    if len(content.encode()) > TEXT_LIMIT:
        raise UnreadableReply(f"Content is longer than {TEXT_LIMIT} bytes")
    return Reply(kind="text", text=content)


def _details(root: etree._Element) -> tuple[tuple[str, str], ...]:
    tags = ("MediaId", "Title", "Description", "PicUrl", "Url", "MusicUrl")
    found = ((tag.lower(), root.findtext(f".//{tag}") or "") for tag in tags)
    return tuple((tag, value) for tag, value in found if value)


def _shown(kind: str, root: etree._Element) -> str:
    if kind == "news":
        return root.findtext(".//Title") or "[图文]"
    names = {"image": "[图片]", "voice": "[语音]", "video": "[视频]", "music": "[音乐]"}
    return names.get(kind, "")


def _text(root: etree._Element, tag: str) -> str:
    return (root.findtext(tag) or "").strip()
