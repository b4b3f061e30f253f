"""Calls to WeChat: access tokens, customer-service messages.

Source: WeChat documents 获取稳定版接口调用凭据, 客服接口-发消息, 全局返回码.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

import aiohttp

from bot.clock import utc_now
from bot.config import AccountSettings

TIMEOUT = aiohttp.ClientTimeout(total=10)
SPARE = timedelta(minutes=5)  # a token is renewed this long before it runs out
TOKEN_SPENT = frozenset({40001, 40014, 42001})
BUSY = -1
CLOSED_TO_PUSHES = frozenset({45015, 45047, 40003})


class RetryLater(Exception):
    """WeChat is busy or out of reach; the same call may succeed after `after`."""

    def __init__(self, reason: str, after: timedelta = timedelta(minutes=1)) -> None:
        super().__init__(reason)
        self.after = after


class Unsure(Exception):
    """The connection broke after the call was sent: it may have been carried out, or not."""


class CitizenUnreachable(Exception):
    """The push window is closed or used up: the text waits for the citizen's next message."""


class NeedsAPerson(Exception):
    """The call will not succeed before somebody changes something; the message says what."""


WHAT_TO_DO = {
    40013: "the appid is not known to WeChat: check accounts.<name>.appid",
    40125: "the secret is wrong: check accounts.<name>.secret",
    40164: "this server's address is not in the account's IP white list (开发 > 基本配置)",
    45009: "today's quota for this call is used up; it is renewed at midnight",
    48001: "the account may not use this call: it must be verified (微信认证)",
}


class TokenStore(Protocol):
    """Keeps the access token of each account, shared by all workers."""

    async def token(self, account: str) -> tuple[str, datetime] | None: ...

    async def keep_token(self, account: str, token: str, expires_at: datetime) -> None: ...


@dataclass(frozen=True)
class WeChatApi:
    """One account's calls; every one has a time-out and fails as one of four exceptions."""

    name: str
    settings: AccountSettings
    session: aiohttp.ClientSession
    tokens: TokenStore
    lock: asyncio.Lock

    async def send_text(self, citizen: str, text: str) -> None:
        """A customer-service message of at most 2048 UTF-8 bytes to an openid."""
        body = {"touser": citizen, "msgtype": "text", "text": {"content": text}}
        await self.call("/cgi-bin/message/custom/send", body)

    async def call(self, path: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        """Posts JSON with the access token; renews a spent token and tries again once."""
        token = await self._token(refused="")
        try:
            return await self._post(path, body, token)
        except _TokenSpent:
            return await self._again(path, body, await self._token(refused=token))

    async def _again(self, path: str, body: Mapping[str, Any], token: str) -> Mapping[str, Any]:
        try:
            return await self._post(path, body, token)
        except _TokenSpent as error:
            raise RetryLater("WeChat refuses a fresh access token") from error

    async def _token(self, *, refused: str) -> str:
        async with self.lock:
            kept = await self.tokens.token(self.name)
            if kept and kept[0] != refused and kept[1] > utc_now() + SPARE:
                return kept[0]
            return await self._renew(force=bool(refused))

    async def _renew(self, *, force: bool) -> str:
        body = {
            "grant_type": "client_credential",
            "appid": self.settings.appid,
            "secret": self.settings.secret,
            "force_refresh": force,
        }
        try:
            answer = await self._post("/cgi-bin/stable_token", body, token="")
        except Unsure as error:  # asking for a token twice does no harm
            raise RetryLater(str(error)) from error
        token = str(answer["access_token"])
        expires_at = utc_now() + timedelta(seconds=int(answer["expires_in"]))
        await self.tokens.keep_token(self.name, token, expires_at)
        return token

    async def _post(self, path: str, body: Mapping[str, Any], token: str) -> Mapping[str, Any]:
        params = {"access_token": token} if token else {}
        url = self.settings.api_base.rstrip("/") + path
        try:
            async with self.session.post(
                url, params=params, json=body, timeout=TIMEOUT
            ) as response:
                if response.status >= 500:
                    raise RetryLater(f"WeChat answered HTTP {response.status}")
                answer = await response.json(content_type=None)
        except aiohttp.ClientConnectorError as error:
            raise RetryLater(f"WeChat is out of reach: {type(error).__name__}") from error
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise Unsure(f"WeChat did not answer: {type(error).__name__}") from error
        return _checked(answer)


class _TokenSpent(Exception):
    """The access token is no longer good."""


def _checked(answer: Any) -> Mapping[str, Any]:
    if not isinstance(answer, Mapping):
        raise RetryLater("WeChat answered something that is not an object")
    code = answer.get("errcode", 0)
    if code == 0:
        return answer
    said = f"WeChat error {code}: {answer.get('errmsg', '')}"
    if code in TOKEN_SPENT:
        raise _TokenSpent(said)
    if code == BUSY:
        raise RetryLater(said, after=timedelta(seconds=10))
    if code in CLOSED_TO_PUSHES:
        raise CitizenUnreachable(said)
    raise NeedsAPerson(f"{said}; {WHAT_TO_DO.get(code, 'see WeChat 全局返回码')}")
