"""The one small loop that takes what is due; nothing waits in memory."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from bot.clock import utc_now
from storage.errors import StorageUnavailable

log = structlog.get_logger(__name__)
WHAT_NEXT = "nothing is lost; bring the database back (is the disk full?), no restart is needed"


@dataclass(frozen=True)
class Chore:
    """A named deed, done every so many seconds, the first time `first_after` seconds."""

    name: str
    every: float
    do: Callable[[], Awaitable[object]]
    first_after: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Last:
    """How a chore went last; `fault` names what the newest try failed with, "" when it went well.

    It names the kind of fault only: what a fault says may hold a citizen's words.
    """

    done_at: datetime | None = None
    failed_at: datetime | None = None
    fault: str = ""


class Upkeep:
    """Runs each chore on its own beat; a chore that fails is logged and tried again.

    `last` says by name how each went last in this process.
    """

    def __init__(self, chores: Sequence[Chore], *, clock: Callable[[], datetime] = utc_now) -> None:
        self._chores = chores
        self._clock = clock
        self._tasks: list[asyncio.Task[None]] = []
        self.last: dict[str, Last] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The chores, in the order of their list."""
        return tuple(chore.name for chore in self._chores)

    def start(self) -> None:
        self._tasks = [asyncio.create_task(self._repeat(chore)) for chore in self._chores]

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _repeat(self, chore: Chore) -> None:
        await asyncio.sleep(chore.first_after)
        while True:
            last = self.last.get(chore.name, Last())
            try:
                await chore.do()
            except Exception as fault:
                _say(chore, fault, last)
                failed = replace(last, failed_at=self._clock(), fault=type(fault).__name__)
                self.last[chore.name] = failed
            else:
                if last.fault:
                    log.info("chore_works_again", chore=chore.name)
                self.last[chore.name] = replace(last, done_at=self._clock(), fault="")
            await asyncio.sleep(chore.every)


def _say(chore: Chore, fault: Exception, last: Last) -> None:
    """A database that is out of reach is told of once by each chore: it is tried again every
    second, and a traceback each time would fill the disk that may be what is full.
    """
    if not isinstance(fault, StorageUnavailable):
        log.exception("chore_failed", chore=chore.name)
    elif last.fault != type(fault).__name__:
        log.warning("chore_waits", chore=chore.name, reason=str(fault), next=WHAT_NEXT)
