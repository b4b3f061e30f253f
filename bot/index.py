"""Keeps the search index as new as the published entries, without ever stopping the answers."""

import asyncio
from collections.abc import Mapping
from datetime import date

import structlog

from bot.clock import utc_now
from bot.metrics import DEGRADED, ENTRIES
from handlers.texts import CHINA
from knowledge_base.embedding import Progress
from knowledge_base.outcome import Finding
from knowledge_base.search import KnowledgeBase
from storage import Storage

log = structlog.get_logger(__name__)


class IndexKeeper:
    """Loads the index when the storage's index version has moved on."""

    def __init__(self, storage: Storage, knowledge: KnowledgeBase) -> None:
        self._storage = storage
        self._knowledge = knowledge
        self._version = -1
        self.loaded = asyncio.Event()

    async def refresh(self, progress: Progress | None = None) -> bool:
        """Loads the published entries if they changed; returns whether it did."""
        version = await self._storage.index_version()
        if version != self._version:
            entries = await self._storage.published_entries()
            await self._knowledge.load(entries, progress)
            self._version = version
            self.loaded.set()
            ENTRIES.set(len(entries))
            log.info("index_loaded", entries=len(entries), version=version)
            return True
        DEGRADED.set(bool(self._knowledge.degraded))
        return False

    async def search(self, text: str) -> Finding:
        """For the console: a search as of today."""
        return await self._knowledge.search(text, today=_today())

    async def readiness(self) -> Mapping[str, str]:
        """A word for each part: ok, none, degraded, loading or down."""
        return {
            "database": await self._database(),
            "index": "ok" if self._version >= 0 else "loading",
            "encoder": "degraded" if self._knowledge.degraded else "ok",
        }

    async def _database(self) -> str:
        try:
            await self._storage.index_version()
        except Exception:
            log.exception("database_down")
            return "down"
        return "ok"


def _today() -> date:
    return utc_now().astimezone(CHINA).date()
