"""The access token of one account: fetched once for all workers, renewed once when refused.

Source: WeChat document 获取稳定版接口调用凭据 (repeat-safe; a forced renewal at most 20 a day).
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypedDict

from bot.clock import utc_now
from bot.config_account import AccountSettings
from bot.wechat_errors import RetryLater, Unsure
from bot.wechat_ports import TokenStore

PATH = "/cgi-bin/stable_token"
SPARE = timedelta(minutes=5)  # a token is renewed this long before it runs out
CLAIM = timedelta(seconds=25)  # longer than a call may take
PATIENCE, LOOK = 12.0, 0.05  # seconds to wait for another worker's token, and between looks

Ask = Callable[[Mapping[str, Any]], Awaitable[Mapping[str, Any]]]


class Granted(TypedDict):
    """A token and the seconds it lives."""

    access_token: str
    expires_in: int


@dataclass(frozen=True)
class TokenKeeper:
    """Reads the shared token, and renews it when this worker is the one to do so.

    `ask` posts a body to stable_token; `lock` keeps the callers of one process in line.
    """

    name: str
    settings: AccountSettings
    tokens: TokenStore
    lock: asyncio.Lock
    ask: Ask

    async def token(self, *, refused: str = "") -> str:
        """A token other than the `refused` one. Raises what the call raises, and `RetryLater`."""
        async with self.lock:
            try:
                async with asyncio.timeout(PATIENCE):
                    return await self._wait(refused)
            except TimeoutError as error:
                raise RetryLater("no worker got an access token in time") from error

    async def _wait(self, refused: str) -> str:
        while True:
            now = utc_now()
            kept = await self.tokens.token(self.name)
            if kept and kept[0] != refused and kept[1] > now + SPARE:
                return kept[0]
            if await self._claimed(refused, now):
                return await self._renew(refused)
            await asyncio.sleep(LOOK)

    async def _claimed(self, refused: str, now: datetime) -> bool:
        return await self.tokens.claim_token(
            self.name,
            refused=refused,
            now=now,
            fresh_until=now + SPARE,
            claim_until=now + CLAIM,
        )

    async def _renew(self, refused: str) -> str:
        """Asks gently first: another program may have renewed it, and forcing is rationed."""
        try:
            answer = await self._ask(force=False)
            if answer["access_token"] == refused:
                answer = await self._ask(force=True)
        except BaseException:
            await self.tokens.release_token(self.name)
            raise
        token, lives = answer["access_token"], answer["expires_in"]
        await self.tokens.keep_token(self.name, token, utc_now() + timedelta(seconds=lives))
        return token

    async def _ask(self, *, force: bool) -> Granted:
        body = {
            "grant_type": "client_credential",
            "appid": self.settings.appid,
            "secret": self.settings.secret,
            "force_refresh": force,
        }
        try:
            return _granted(await self.ask(body))
        except Unsure as error:  # asking for a token twice does no harm
            raise RetryLater(str(error)) from error


def _granted(answer: Mapping[str, Any]) -> Granted:
    """The answer as it must be; a proxy on the way may have answered something else."""
    token, lives = answer.get("access_token"), answer.get("expires_in")
    if not isinstance(token, str) or not token or not isinstance(lives, int):
        raise RetryLater("what answered for WeChat gave no access token")
    return Granted(access_token=token, expires_in=lives)
