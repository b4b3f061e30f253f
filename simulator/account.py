"""An official account as the platform knows it."""

from dataclasses import dataclass
from hashlib import sha1
from typing import Literal

Mode = Literal["plain", "compatible", "safe"]
Kind = Literal["service", "subscription"]


@dataclass(frozen=True, kw_only=True)
class Account:
    """One official account and the service behind it.

    `name` is our short handle (the service listens at `/wechat/{name}`), `webhook` the full URL
    the platform posts to, `aes_key` the 43 characters of EncodingAESKey. `mode` is the message
    encryption chosen in the back office (WeChat: 消息加解密方式).
    """

    name: str
    appid: str
    secret: str
    token: str
    webhook: str
    aes_key: str = ""
    mode: Mode = "safe"
    kind: Kind = "service"
    verified: bool = True
    title: str = "政务服务"
    comments_allowed: bool = True

    @property
    def original_id(self) -> str:
        """The `gh_…` name that messages carry as ToUserName."""
        return f"gh_{sha1(self.appid.encode(), usedforsecurity=False).hexdigest()[:12]}"

    @property
    def may_push(self) -> bool:
        """Whether customer-service messages, menus and media are open to this account."""
        return self.verified

    @property
    def may_notify(self) -> bool:
        """Whether template messages are open to this account (verified service accounts)."""
        return self.verified and self.kind == "service"
