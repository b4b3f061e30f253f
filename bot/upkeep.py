"""The one small loop that takes what is due; nothing waits in memory."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import structlog

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Chore:
    """A named deed, done every so many seconds, the first time `first_after` seconds."""

    name: str
    every: float
    do: Callable[[], Awaitable[object]]
    first_after: float = 0.0


class Upkeep:
    """Runs each chore on its own beat; a chore that fails is logged and tried again."""

    def __init__(self, chores: Sequence[Chore]) -> None:
        self._chores = chores
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        self._tasks = [asyncio.create_task(_repeat(chore)) for chore in self._chores]

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


async def _repeat(chore: Chore) -> None:
    await asyncio.sleep(chore.first_after)
    while True:
        try:
            await chore.do()
        except Exception:
            log.exception("chore_failed", chore=chore.name)
        await asyncio.sleep(chore.every)
