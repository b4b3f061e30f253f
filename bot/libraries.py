"""Takes in, on a schedule, what policy libraries run by others publish; every row as a draft."""

import asyncio
import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import aiohttp
import structlog

from bot.config_libraries import LibrarySettings
from bot.library_files import fetched_files, shown, told
from console.knowledge.exchange import LIBRARY as JOB
from console.knowledge.exchange import SHOWN, bundle_of, counted, figures_of
from knowledge_base.curation import Curator
from knowledge_base.curation_steps import LIBRARY, CurationError
from knowledge_base.exchange import ImportPlan, UnreadableFile, read_rows
from knowledge_base.jobs import JobResult, JobState
from knowledge_base.library import Delivery, Sent, still_given
from storage import Storage

EMPTY: Final = "文件里没有一条内容。以前收进来的都没有动，请问问管这个政策库的单位"
BROKEN: Final = "系统出了点问题，这个文件没有收进来。下次到时间再试；若一直不行，请告诉管理员"
log = structlog.get_logger(__name__)


class Libraries:
    """Looks at each library when it is due; one that holds what it held is left alone."""

    def __init__(
        self,
        settings: Mapping[str, LibrarySettings],
        storage: Storage,
        curator: Curator,
        session: aiohttp.ClientSession,
        clock: Callable[[], datetime],
    ) -> None:
        self._settings = settings
        self._storage = storage
        self._curator = curator
        self._session = session
        self._clock = clock

    async def round(self) -> int:
        """Looks at those that are due; returns how many were taken in."""
        taken = 0
        for name, library in self._settings.items():
            now = self._clock()
            due = now - timedelta(hours=library.every_hours)
            held = await self._storage.claim_library(name, now=now, due=due)
            if held is not None:
                taken += await self._look_at(name, library.source, held)
        return taken

    async def _look_at(self, name: str, source: str, held: str) -> bool:
        with TemporaryDirectory(prefix="huiying-") as folder:
            try:
                files = await fetched_files(self._session, source, Path(folder))
                digest = await asyncio.to_thread(_digest, files)
            except (UnreadableFile, OSError, aiohttp.ClientError, TimeoutError) as error:
                await self._failed(name, source, told(error))
                return False
            if digest == held:
                return False
            sent = {each.key: each for each in await self._storage.library_rows(name)}
            delivery = Delivery(library=name, sent=sent)
            done = [await self._take_in(delivery, file, is_whole=len(files) == 1) for file in files]
            if all(done):
                await self._miss(delivery, is_told=len(files) == 1)
                await self._storage.keep_library_digest(name, digest)
            return any(done)

    async def _take_in(self, delivery: Delivery, file: Path, *, is_whole: bool) -> bool:
        """One file as a job of its own, so that its page tells what came of it."""
        author = f"{LIBRARY}{delivery.library}"
        title = f"{delivery.library} {file.name}"[:200]
        job = await self._storage.start_job(JOB, title, actor=author, now=self._clock())
        state, result = JobState.DONE, JobResult(figures={})
        try:
            plan, figures = await self._kept(delivery, file, author, job)
            if is_whole:
                figures |= await self._gone(delivery)
            bundle = await asyncio.to_thread(bundle_of, file, plan)
            result = JobResult(figures=figures, file_name=file.name, file=bundle)
        except (UnreadableFile, CurationError) as error:
            state, result = JobState.FAILED, JobResult(figures={"reason": error.tell})
        except Exception:  # one library never stops the others
            log.exception("library_failed", library=delivery.library)
            state, result = JobState.FAILED, JobResult(figures={"reason": BROKEN})
        await self._storage.end_job(job, state, result, now=self._clock())
        log.info("library_taken_in", library=delivery.library, state=state.value)
        return state is JobState.DONE

    async def _kept(
        self, delivery: Delivery, file: Path, author: str, job: int
    ) -> tuple[ImportPlan, dict[str, Any]]:
        async def tell(done: int, total: int) -> None:
            await self._storage.tell_job(job, done=done, total=total, now=self._clock())

        rows = (await counted(tell, lambda note: read_rows(file, note))).rows
        if not rows:
            raise UnreadableFile("no rows", tell=EMPTY)
        known = await self._curator.imports.known()
        plan, sent = await counted(tell, lambda _: delivery.plan(rows, known, file.name))
        await self._curator.imports.keep(plan, author=author)
        await self._storage.keep_library_rows(delivery.library, sent)
        return plan, figures_of(plan) | {"replacing": False, "ending": file.suffix.lower()}

    async def _miss(self, delivery: Delivery, *, is_told: bool) -> None:
        """Remembers what its files have no more; of several files a job of its own tells it."""
        gone, now = delivery.gone(), self._clock()
        keys = [each.key for each in gone]
        await self._storage.miss_library_rows(delivery.library, keys, now=now)
        figures = {} if is_told or not gone else await self._gone(delivery, gone)
        if not figures.get("gone"):
            return
        author = f"{LIBRARY}{delivery.library}"
        job = await self._storage.start_job(JOB, delivery.library, actor=author, now=now)
        counts = dict.fromkeys(("added", "changed", "unchanged", "rejected"), 0)
        result = JobResult(figures=counts | figures | {"replacing": False, "ending": ""})
        await self._storage.end_job(job, JobState.DONE, result, now=now)

    async def _gone(self, delivery: Delivery, gone: Sequence[Sent] | None = None) -> dict[str, Any]:
        """What is still here of that which the library has no more: people decide about it."""
        found = delivery.gone() if gone is None else gone
        here = still_given(found, await self._curator.imports.known()) if found else []
        titles = [[each.id, each.question or each.answer[:40]] for each in here[:SHOWN]]
        return {"gone": len(here), "gone_entries": titles}

    async def _failed(self, name: str, source: str, reason: str) -> None:
        now = self._clock()
        actor = f"{LIBRARY}{name}"
        job = await self._storage.start_job(JOB, f"{name} {shown(source)}", actor=actor, now=now)
        result = JobResult(figures={"reason": reason})
        await self._storage.end_job(job, JobState.FAILED, result, now=now)
        log.warning("library_unreachable", library=name)


def _digest(files: Sequence[Path]) -> str:
    total = hashlib.sha256()
    for file in files:
        total.update(file.suffix.encode() + hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()
