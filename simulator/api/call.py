"""One call of the platform's API: what every handler gets and gives."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aiohttp import web

from simulator.account import Account
from simulator.comments import CommentBoard
from simulator.errors import PlatformError
from simulator.follower import Follower
from simulator.platform import Platform

PLATFORM = web.AppKey("platform", Platform)
Json = dict[str, Any]
OK: Json = {"errcode": 0, "errmsg": "ok"}


@dataclass(frozen=True, kw_only=True)
class Call:
    """A call by `account` with a parsed `body`; raises PlatformError for what is missing."""

    platform: Platform
    account: Account
    body: Json
    request: web.Request

    @property
    def now(self) -> datetime:
        """The platform's time."""
        return self.platform.clock()

    @property
    def board(self) -> CommentBoard:
        """The account's articles and comments."""
        return self.platform.boards[self.account.name]

    def citizen(self) -> Follower:
        """The follower named by `touser`; 40003 for nobody."""
        try:
            return self.platform.follower(self.account.name, self.text("touser"))
        except KeyError as error:
            raise PlatformError(40003) from error

    def text(self, name: str) -> str:
        """A string of the body, empty when absent; 47001 for another type."""
        value = self.body.get(name, "")
        if not isinstance(value, str):
            raise PlatformError(47001, hint=name)
        return value

    def number(self, name: str, default: int | None = None) -> int:
        """A whole number of the body, also as digits in a string; 47001 when it is none."""
        value = self.body.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int | str):
            raise PlatformError(47001, hint=name)
        try:
            return int(value)
        except ValueError as error:
            raise PlatformError(47001, hint=name) from error

    def part(self, name: str) -> Json:
        """An object of the body; 47001 when it is none."""
        value = self.body.get(name)
        if not isinstance(value, dict):
            raise PlatformError(47001, hint=name)
        return value


Handler = Callable[[Call], Awaitable[Json | web.Response]]
