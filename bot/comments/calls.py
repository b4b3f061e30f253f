"""Calls of WeChat's comment API that never exceed a day's quota.

Sources: WeChat, 留言管理, 获取已发布的消息列表, 获取图文群发每日数据, 查询API调用额度.
What the platform allows is asked for before the first call of a day; every call is counted in
storage before it is made, by all workers together (`bot.wechat_api`), and none beyond that is made.
Where the platform does not tell, its first refusal (45009) ends the calls of that path until
midnight in China.
"""

import asyncio
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final

from bot.wechat_api import (
    CitizenUnreachable,
    NeedsAPerson,
    QuotaUsedUp,
    RetryLater,
    Unsure,
    WeChatApi,
)
from cases.work_calendar import today
from handlers.comments.ports import CallLimits

QUOTA: Final = "/cgi-bin/openapi/quota/get"
WAITS: Final = (0.2, 1.0)
"""Seconds between the tries of a call that only reads."""


class Refused(Exception):
    """The platform understood and refused; `code` is its number."""

    def __init__(self, reason: str, code: int) -> None:
        super().__init__(reason)
        self.code = code


class Calls:
    """One account's calls, counted."""

    def __init__(
        self, name: str, api: WeChatApi, store: CallLimits, clock: Callable[[], datetime]
    ) -> None:
        self.name = name
        self._api = api
        self._store = store
        self._clock = clock
        self._asked: dict[str, date] = {}

    async def read(self, path: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        """A call that changes nothing: tried again when the platform was busy or unclear.

        Raises `QuotaUsedUp`, `Refused`, `RetryLater`.
        """
        for wait in WAITS:
            try:
                return await self.write(path, body)
            except (RetryLater, Unsure):
                await asyncio.sleep(wait)
        try:
            return await self.write(path, body)
        except Unsure as error:
            raise RetryLater(str(error)) from error

    async def write(self, path: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        """One call. Raises `QuotaUsedUp`, `Refused`, `RetryLater`, `Unsure`."""
        await self._learn_limit(path)
        try:
            return await self._api.call(path, body)
        except QuotaUsedUp:
            raise
        except NeedsAPerson as error:
            raise Refused(str(error), error.errcode) from error
        except CitizenUnreachable as error:
            raise Refused(str(error), 0) from error

    async def _learn_limit(self, path: str) -> None:
        """Once a day what the platform still allows; where it does not say, everything."""
        day = today(self._clock())
        if self._asked.get(path) == day:
            return
        self._asked[path] = day
        try:
            quota = (await self._api.call(QUOTA, {"cgi_path": path}))["quota"]
            remain, most = int(quota["remain"]), int(quota["daily_limit"])
        except (NeedsAPerson, RetryLater, Unsure, KeyError, TypeError, ValueError):
            return
        if most > 0:
            await self._store.limit_calls(self.name, path, day=day, remain=max(remain, 0))
