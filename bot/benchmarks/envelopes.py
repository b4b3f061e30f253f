"""Requests as the platform would send them: signed, encrypted, each another message."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

from lxml import etree

from simulator.account import Account
from simulator.envelope import seal, unseal

ACCOUNT = Account(
    name="main",
    appid="wx00000000000bench",
    secret="a-secret",
    token="a-token",
    aes_key="abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
    webhook="",
)


@dataclass(frozen=True, kw_only=True)
class Request:
    """A POST as it goes over the wire: path with query, and body on one line."""

    path: str
    body: str


@dataclass
class Postbox:
    """Makes requests with MsgIds and senders that were never used before."""

    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def requests(self, texts: Iterable[str]) -> Iterator[Request]:
        """One request a text, stamped now."""
        for text in texts:
            yield self.request(text, at=datetime.now(UTC))

    def request(self, text: str, *, at: datetime) -> Request:
        """One text message of a citizen who never wrote before."""
        number = next(self.numbers)
        openid = f"o-bench-{number:08}"
        xml = _text_xml(text, openid=openid, number=number, at=at)
        envelope = seal(ACCOUNT, xml, openid=openid, at=at, nonce=f"{number:010}")
        return Request(path=f"/wechat/main?{urlencode(envelope.query)}", body=envelope.body)


def _text_xml(text: str, *, openid: str, number: int, at: datetime) -> str:
    return (
        f"<xml><ToUserName><![CDATA[{ACCOUNT.original_id}]]></ToUserName>"
        f"<FromUserName><![CDATA[{openid}]]></FromUserName>"
        f"<CreateTime>{int(at.timestamp())}</CreateTime><MsgType><![CDATA[text]]></MsgType>"
        f"<Content><![CDATA[{text}]]></Content><MsgId>{10**15 + number}</MsgId></xml>"
    )


def content_of(reply: bytes) -> str:
    """The words of an encrypted reply; raises the simulator's `UnreadableReply`."""
    plain = unseal(ACCOUNT, reply.decode())
    return etree.fromstring(plain.encode()).findtext("Content") or ""


def write_requests(file: Path, requests: Iterable[Request]) -> int:
    """One line a request, path and body parted by a tab; returns how many."""
    lines = [f"{request.path}\t{request.body}\n" for request in requests]
    file.write_text("".join(lines), encoding="utf-8")
    return len(lines)
