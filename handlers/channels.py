"""The ways to citizens: what WeChat's API was asked, and what it refuses for now."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final


@dataclass(frozen=True, kw_only=True)
class Begun:
    """A call that may be made now, unless `blocked_until` names a later time.

    `troubled`: the last such call was refused, so its success is worth noting.
    """

    troubled: bool
    blocked_until: datetime | None = None


NO_CONNECTION: Final = -2
"""Ours, in the place of a code of WeChat's: it cannot be reached at all."""


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """What WeChat refuses an account: `errcode` is of 全局返回码, `said` its errmsg.

    `blocked_until` is set when the call is not worth making before (a daily quota).
    """

    account: str
    path: str
    errcode: int
    said: str
    since: datetime
    last_at: datetime
    times: int = 1
    blocked_until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Queue:
    """What waits in one queue of the desk: how many, since when, and how many stand still."""

    waiting: int
    stuck: int
    oldest: datetime | None


@dataclass(frozen=True, kw_only=True)
class CallCount:
    """How often one call was made on one day, and how often it was refused."""

    account: str
    path: str
    made: int
    refused: int
