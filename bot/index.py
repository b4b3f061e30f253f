"""Keeps the search index as new as the published entries, without ever stopping the answers."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date

import structlog

from bot.clock import utc_now
from bot.metrics import DEGRADED, ENTRIES
from handlers.texts.general import CHINA
from knowledge_base.embedding import Progress
from knowledge_base.entry import Entry
from knowledge_base.outcome import Finding
from knowledge_base.own_words import adopt_own_words
from knowledge_base.search import KnowledgeBase
from storage import Storage
from storage.errors import StorageUnavailable

FEW = 50
"""Texts that are encoded before the next index stands, a few seconds' work."""
log = structlog.get_logger(__name__)


class IndexKeeper:
    """Loads the index when the storage's index version has moved on."""

    def __init__(self, storage: Storage, knowledge: KnowledgeBase) -> None:
        self._storage = storage
        self._knowledge = knowledge
        self._version = -1
        self._one = asyncio.Lock()
        self._encoding: asyncio.Task[None] | None = None
        self.loaded = asyncio.Event()

    async def refresh(self, progress: Progress | None = None) -> bool:
        """Loads the published entries if they changed; returns whether it did.

        With much to encode (a first start, a long file) the desk answers by words at once and by
        meaning as soon as everything is encoded: what is withdrawn or put right must not be
        answered until then.
        """
        DEGRADED.set(self._encoder() == "degraded")
        async with self._one:
            version = await self._storage.index_version()
            if version == self._version:
                return False
            entries = await self._published()
            if self._is_encoding() or await self._knowledge.missing(entries) > FEW:
                await self._knowledge.load_words(entries)
                if not self._is_encoding():
                    self._encoding = asyncio.create_task(self._encode(progress))
            else:
                await self._load(entries, progress)
            self._version = version
            self.loaded.set()
            return True

    async def _published(self) -> Sequence[Entry]:
        entries = await self._storage.published_entries()
        await adopt_own_words(self._storage)
        return entries

    async def _encode(self, progress: Progress | None) -> None:
        """Encodes what is published, also what is meanwhile, and then searches by meaning."""
        try:
            known = -1
            while known != (version := await self._storage.index_version()):
                await self._knowledge.encode(await self._storage.published_entries(), progress)
                known = version
            async with self._one:
                version = await self._storage.index_version()
                await self._load(await self._published(), progress)
                self._version = version
        except Exception:
            self._version = -1  # the next refresh begins again
            log.exception("encoding_failed")

    async def _load(self, entries: Sequence[Entry], progress: Progress | None) -> None:
        await self._knowledge.load(entries, progress)
        ENTRIES.set(len(entries))
        log.info("index_loaded", entries=len(entries), degraded=self._knowledge.degraded)

    def _is_encoding(self) -> bool:
        return self._encoding is not None and not self._encoding.done()

    async def encoded(self) -> None:
        """Returns when nothing is being encoded any more."""
        if self._encoding is not None:
            await self._encoding

    async def close(self) -> None:
        """Stops encoding; what is encoded is stored and will not be encoded again."""
        if self._encoding is not None:
            self._encoding.cancel()
            await asyncio.gather(self._encoding, return_exceptions=True)

    async def search(self, text: str) -> Finding:
        """For the console: a search as of today."""
        return await self._knowledge.search(text, today=_today())

    async def readiness(self) -> Mapping[str, str]:
        """A word for each part: ok, none, degraded, loading or down."""
        return {
            "database": await self._database(),
            "index": "ok" if self._version >= 0 else "loading",
            "encoder": self._encoder(),
        }

    def _encoder(self) -> str:
        if self._knowledge.by_words_only:
            return "none"  # as the configuration says
        return "degraded" if self._knowledge.degraded else "ok"

    async def _database(self) -> str:
        """On a full disk reading goes on: after a write that failed another one is tried."""
        try:
            if self._storage.unwritable:
                await self._storage.try_to_write()
                self._storage.unwritable = False
            else:
                await self._storage.index_version()
        except StorageUnavailable as error:
            log.warning("database_down", reason=str(error))
            return "down"
        except Exception:
            log.exception("database_down")
            return "down"
        return "ok"


def _today() -> date:
    return utc_now().astimezone(CHINA).date()
