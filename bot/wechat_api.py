"""Calls to WeChat: counted, with the shared access token, each failing as one of four exceptions.

Source: WeChat documents 客服接口-发消息, 全局返回码, 接口调用频次限制说明.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from typing import Any, TypeVar

import aiohttp

from bot.clock import utc_now
from bot.config_account import AccountSettings
from bot.wechat_download import download
from bot.wechat_errors import (
    CitizenUnreachable,
    NeedsAPerson,
    OutOfReach,
    QuotaUsedUp,
    RetryLater,
    TokenSpent,
    Unsure,
    checked,
)
from bot.wechat_ports import ChannelStore
from bot.wechat_tokens import PATH as TOKEN_PATH
from bot.wechat_tokens import TokenKeeper
from cases.deadline import end_of
from cases.work_calendar import today
from handlers.channels import NO_CONNECTION, Trouble

__all__ = [
    "CitizenUnreachable",
    "NeedsAPerson",
    "QuotaUsedUp",
    "RetryLater",
    "Unsure",
    "WeChatApi",
]
JSON = {"Content-Type": "application/json; charset=utf-8"}
T = TypeVar("T")
TIMEOUT = aiohttp.ClientTimeout(total=10)


@dataclass(frozen=True)
class WeChatApi:
    """One account's calls; every one has a time-out and fails as a `WeChatFailure`."""

    name: str
    settings: AccountSettings
    session: aiohttp.ClientSession
    store: ChannelStore
    lock: asyncio.Lock

    async def send_text(self, citizen: str, text: str) -> None:
        """A customer-service message of at most 2048 UTF-8 bytes to an openid."""
        body = {"touser": citizen, "msgtype": "text", "text": {"content": text}}
        await self.call("/cgi-bin/message/custom/send", body)

    async def clear_quota(self) -> None:
        """WeChat counts all calls from zero again; at most ten times a month (48006)."""
        await self.call("/cgi-bin/clear_quota", {"appid": self.settings.appid})
        await self.store.quota_cleared(self.name)

    async def call(self, path: str, body: Mapping[str, Any] | None) -> Mapping[str, Any]:
        """Posts JSON (None: a GET) with the token and returns the JSON object answered."""
        return await self._with_token(path, lambda token: self._send(path, body, token))

    async def download(
        self, path: str, params: Mapping[str, str], *, most: int
    ) -> bytes | Mapping[str, Any]:
        """At most `most` bytes, or the JSON object answered instead. Raises `TooBig` besides."""

        async def fetch(token: str) -> bytes | Mapping[str, Any]:
            query = {"access_token": token, **params}
            url = self.settings.api_base.rstrip("/") + path
            return _opened(await download(self.session, url, query, most=most))

        return await self._with_token(path, fetch)

    async def _with_token(self, path: str, send: Callable[[str], Awaitable[T]]) -> T:
        """Calls with the shared token; renews a spent one and tries again once."""
        token = await self._keeper.token()
        try:
            return await self._counted(path, partial(send, token))
        except TokenSpent:
            fresh = await self._keeper.token(refused=token)
        try:
            return await self._counted(path, partial(send, fresh))
        except TokenSpent as error:
            raise RetryLater("WeChat refuses a fresh access token") from error

    @cached_property
    def _keeper(self) -> TokenKeeper:
        async def ask(body: Mapping[str, Any]) -> Mapping[str, Any]:
            return await self._counted(TOKEN_PATH, lambda: self._send(TOKEN_PATH, body, ""))

        return TokenKeeper(self.name, self.settings, self.store, self.lock, ask)

    async def _counted(self, path: str, send: Callable[[], Awaitable[T]]) -> T:
        """One call, counted; what it is refused for is kept until it succeeds again."""
        now = utc_now()
        begun = await self.store.begin_call(self.name, path, day=today(now), now=now)
        if begun.blocked_until is not None:
            raise QuotaUsedUp(
                "today's quota is used up; nothing was sent", until=begun.blocked_until
            )
        try:
            answer = await send()
        except NeedsAPerson as error:
            if error.lasts:
                blocked = error.until if isinstance(error, QuotaUsedUp) else None
                await self._remember(path, error.errcode, error.said, now, blocked)
            raise
        except OutOfReach as error:
            if path == TOKEN_PATH:  # the first call of all, asked for until it succeeds
                await self._remember(path, NO_CONNECTION, str(error), now, None)
            raise
        if begun.troubled:
            await self.store.call_succeeded(self.name, path)
        return answer

    async def _remember(
        self, path: str, errcode: int, said: str, now: datetime, blocked: datetime | None
    ) -> None:
        trouble = Trouble(
            account=self.name,
            path=path,
            errcode=errcode,
            said=said,
            since=now,
            last_at=now,
            blocked_until=blocked,
        )
        await self.store.call_refused(self.name, path, trouble, day=today(now))

    async def _send(
        self, path: str, body: Mapping[str, Any] | None, token: str
    ) -> Mapping[str, Any]:
        params = {"access_token": token} if token else {}
        url = self.settings.api_base.rstrip("/") + path
        # WeChat shows the escapes of a body in ASCII to the citizen as they stand.
        data = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        method = "GET" if body is None else "POST"
        try:
            async with self.session.request(
                method, url, params=params, data=data, headers=JSON, timeout=TIMEOUT
            ) as response:
                if response.status >= 500:
                    raise RetryLater(f"WeChat answered HTTP {response.status}")
                answer = await response.json(content_type=None)
        except aiohttp.ClientConnectorError as error:
            raise OutOfReach(f"WeChat is out of reach: {type(error).__name__}") from error
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise Unsure(f"WeChat did not answer: {type(error).__name__}") from error
        return checked(answer, quota_until=_midnight(utc_now()))


def _opened(body: bytes) -> bytes | Mapping[str, Any]:
    """A download is JSON when it failed, or when it says where the content is."""
    if not body.startswith(b"{"):
        return body
    try:
        answer = json.loads(body)
    except ValueError:
        return body
    return checked(answer, quota_until=_midnight(utc_now()))


def _midnight(now: datetime) -> datetime:
    """When WeChat's daily counters begin anew: 0:00 in China."""
    return end_of(today(now))
