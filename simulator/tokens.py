"""Access tokens: two independent kinds, repeat-safe or not, with expiry.

Source: WeChat, 获取稳定版接口调用凭据 and 获取接口调用凭据.
"""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from simulator.errors import PlatformError

LIFETIME = timedelta(seconds=7200)
OVERLAP = timedelta(minutes=5)


@dataclass(frozen=True, kw_only=True)
class Token:
    """An access token of one account."""

    value: str
    appid: str
    issuer: Literal["stable", "plain"]
    expires_at: datetime

    def seconds_left(self, now: datetime) -> int:
        """What `expires_in` says."""
        return max(0, int((self.expires_at - now).total_seconds()))


class TokenBook:
    """Every token in force, and those expired within memory."""

    def __init__(self, lifetime: timedelta = LIFETIME) -> None:
        self.lifetime = lifetime
        self._tokens: dict[str, Token] = {}

    def stable(self, appid: str, now: datetime, *, force: bool = False) -> Token:
        """The token in force, or a new one when it ends within five minutes.

        With `force` the last one ends at once; otherwise it stays valid until its own end.
        """
        current = self._newest(appid, "stable", now)
        if force:
            self._drop(appid, "stable")
        elif current and current.expires_at - now > min(OVERLAP, self.lifetime / 2):
            return current
        return self._issue(appid, "stable", now)

    def plain(self, appid: str, now: datetime) -> Token:
        """A new token each time; earlier ones stay valid for five more minutes."""
        for token in list(self._tokens.values()):
            if token.appid == appid and token.issuer == "plain":
                end = min(token.expires_at, now + OVERLAP)
                self._tokens[token.value] = replace(token, expires_at=end)
        return self._issue(appid, "plain", now)

    def owner(self, value: str, now: datetime) -> str:
        """The appid a token belongs to; raises PlatformError 41001, 40001 or 42001."""
        if not value:
            raise PlatformError(41001)
        token = self._tokens.get(value)
        if token is None:
            raise PlatformError(40001)
        if token.expires_at <= now:
            raise PlatformError(42001)
        return token.appid

    def expire(self, now: datetime) -> None:
        """End every token now, so that the next call is answered 42001."""
        self._tokens = {
            value: replace(token, expires_at=now) for value, token in self._tokens.items()
        }

    def revoke(self) -> None:
        """Forget every token, so that the next call is answered 40001."""
        self._tokens.clear()

    def _newest(self, appid: str, issuer: str, now: datetime) -> Token | None:
        mine = (
            token
            for token in self._tokens.values()
            if token.appid == appid and token.issuer == issuer and token.expires_at > now
        )
        return max(mine, key=lambda token: token.expires_at, default=None)

    def _drop(self, appid: str, issuer: str) -> None:
        self._tokens = {
            value: token
            for value, token in self._tokens.items()
            if (token.appid, token.issuer) != (appid, issuer)
        }

    def _issue(self, appid: str, issuer: Literal["stable", "plain"], now: datetime) -> Token:
        token = Token(
            value=f"99_{secrets.token_urlsafe(102)}",
            appid=appid,
            issuer=issuer,
            expires_at=now + self.lifetime,
        )
        self._tokens[token.value] = token
        return token
