"""Files comments as they are fetched, several at a time, and those an earlier run left behind."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

import structlog

from handlers.comments.comment import Comment
from handlers.comments.filing import Filer, Filing
from handlers.comments.ports import FetchStore

AT_ONCE: Final = 8
REST_AT_ONCE: Final = 100
log = structlog.get_logger(__name__)


class FilingDesk:
    """Decides with `Filer` and writes with the store; returns how many cases were opened."""

    def __init__(self, filer: Filer, store: FetchStore, clock: Callable[[], datetime]) -> None:
        self._filer = filer
        self._store = store
        self._clock = clock
        self._slots = asyncio.Semaphore(AT_ONCE)

    async def file(self, comments: Sequence[Comment]) -> int:
        """Each comment once, also when another worker files it at the same time."""
        if not comments:
            return 0
        filings = await asyncio.gather(*(self._decide(each) for each in comments))
        return len(await self._store.file_comments(filings))

    async def file_rest(self) -> int:
        """What was fetched and not filed, because somebody stopped in between."""
        cases, before = 0, -1
        while rest := await self._store.unfiled_comments(limit=REST_AT_ONCE):
            if rest[0].id == before:
                raise RuntimeError(f"comment {before} cannot be filed")
            before = rest[0].id
            cases += await self.file(rest)
        return cases

    async def _decide(self, comment: Comment) -> Filing:
        """A fault on the way never loses a comment: a person gets it instead."""
        async with self._slots:
            try:
                return await self._filer.file(comment, now=self._clock())
            except Exception:
                log.exception("comment_not_classified", comment=comment.id)
                return await self._filer.hand_over(comment, now=self._clock())
