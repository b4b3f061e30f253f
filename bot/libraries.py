"""Takes in, on a schedule, what policy libraries run by others publish; every row as a draft."""

import asyncio
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple

import aiohttp
import structlog

from bot.backoff import wait
from bot.config_libraries import LibrarySettings
from bot.library_files import fetched_files, shown, told
from console.knowledge.exchange import LIBRARY as JOB
from console.knowledge.exchange import SHOWN, bundle_of, counted, figures_of, left_out
from knowledge_base.curation import Curator
from knowledge_base.curation_steps import LIBRARY, CurationError
from knowledge_base.exchange import ImportPlan, UnreadableFile, read_rows
from knowledge_base.jobs import JobResult, JobState
from knowledge_base.library import Delivery, Sent, still_given
from knowledge_base.library_look import LibraryLook
from storage import Storage

CLAIM: Final = timedelta(minutes=30)
RETRY_AFTER: Final = timedelta(minutes=3)  # twice that after the first failure
SAME: Final = "文件还是上次收不进来的那一份，原因见最近的导入"
KEPT: Final = "以前收进来的都没有动，过一会儿会再试"
EMPTY: Final = "文件里没有一条内容。以前收进来的都没有动，请问问管这个政策库的单位"
BROKEN: Final = "系统出了点问题，这个文件没有收进来。过一会儿会再试；若一直不行，请告诉管理员"
log = structlog.get_logger(__name__)


class _Ended(NamedTuple):
    """Why a file could not be taken in ("" when it was), and whether it may be the next time."""

    reason: str
    again: bool


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
            look = await self._storage.claim_library(name, now=now, due=due, until=now + CLAIM)
            if look is not None:
                ended = await self._look_at(library, look)
                await self._storage.end_library_look(self._timed(ended, library))
                changed = (ended.digest, ended.tried) != (look.digest, look.tried)
                taken += changed and ended.read_at == look.looked_at
        return taken

    def _timed(self, look: LibraryLook, library: LibrarySettings) -> LibraryLook:
        """One that failed is looked at again soon, later each time, as late as any other."""
        every = timedelta(hours=library.every_hours)
        after = min(wait(RETRY_AFTER, look.failures), every) if look.failures else every
        return replace(look, next_look_at=self._clock() + after)

    async def _look_at(self, library: LibrarySettings, look: LibraryLook) -> LibraryLook:
        source = hashlib.sha256(library.source.encode()).hexdigest()
        if source != look.source:  # what another address called its file says nothing here
            look = replace(look, source=source, etag="", modified="")
        with TemporaryDirectory(prefix="huiying-") as folder:
            try:
                fetched = await fetched_files(
                    self._session,
                    library.source,
                    Path(folder),
                    etag=look.etag,
                    modified=look.modified,
                )
                digest = await asyncio.to_thread(_digest, fetched.files) if fetched else ""
            except (UnreadableFile, OSError, aiohttp.ClientError, TimeoutError) as error:
                return await self._failed(look, library.source, told(error))
            if fetched is None:
                digest = look.tried or look.digest
            else:
                look = replace(look, etag=fetched.etag, modified=fetched.modified)
            if digest == look.tried:  # told already, file by file
                return _failing(look, SAME)
            if digest == look.digest:
                return _read(look, digest)
            assert fetched is not None
            return await self._taken_in(look, fetched.files, digest)

    async def _taken_in(self, look: LibraryLook, files: Sequence[Path], digest: str) -> LibraryLook:
        sent = {each.key: each for each in await self._storage.library_rows(look.name)}
        delivery = Delivery(library=look.name, sent=sent)
        ways = [await self._take_in(delivery, file, is_whole=len(files) == 1) for file in files]
        failed = [each for each in ways if each.reason]
        if not failed:
            await self._miss(delivery, is_told=len(files) == 1)
            return _read(look, digest)
        if len(failed) < len(ways):
            look = replace(look, read_at=look.looked_at)
        if any(each.again for each in failed):
            return _failing(replace(look, etag="", modified=""), failed[0].reason)
        return _failing(replace(look, tried=digest), failed[0].reason)

    async def _take_in(self, delivery: Delivery, file: Path, *, is_whole: bool) -> _Ended:
        """One file as a job of its own, so that its page tells what came of it."""
        author = f"{LIBRARY}{delivery.library}"
        title = f"{delivery.library} {file.name}"[:200]
        job = await self._storage.start_job(JOB, title, actor=author, now=self._clock())
        state, result, again = JobState.DONE, JobResult(figures={}), False
        try:
            plan, figures = await self._kept(delivery, file, author, job)
            if is_whole:
                figures |= await self._gone(delivery)
            bundle = await asyncio.to_thread(bundle_of, file, plan)
            result = JobResult(figures=figures, file_name=file.name, file=bundle)
        except UnreadableFile as error:
            state, result = JobState.FAILED, JobResult(figures={"reason": error.tell})
        except CurationError as error:  # somebody was at the same entries
            state, again = JobState.FAILED, True
            result = JobResult(figures={"reason": error.tell})
        except Exception:  # one library never stops the others
            log.exception("library_failed", library=delivery.library)
            state, again = JobState.FAILED, True
            result = JobResult(figures={"reason": BROKEN})
        await self._storage.end_job(job, state, result, now=self._clock())
        log.info("library_taken_in", library=delivery.library, state=state.value)
        return _Ended(str(result.figures.get("reason", "")), again)

    async def _kept(
        self, delivery: Delivery, file: Path, author: str, job: int
    ) -> tuple[ImportPlan, dict[str, Any]]:
        async def tell(done: int, total: int) -> None:
            await self._storage.tell_job(job, done=done, total=total, now=self._clock())

        read = await counted(tell, lambda note: read_rows(file, note))
        if not (rows := read.rows):
            raise UnreadableFile("no rows", tell=EMPTY)
        known = await self._curator.imports.known()
        plan, sent = await counted(tell, lambda _: delivery.plan(rows, known, file.name))
        await self._curator.imports.keep(plan, author=author)
        await self._storage.keep_library_rows(delivery.library, sent)
        figures = figures_of(plan) | left_out(read)
        return plan, figures | {"replacing": False, "ending": file.suffix.lower()}

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

    async def _failed(self, look: LibraryLook, source: str, reason: str) -> LibraryLook:
        """A job tells of it once, however often the same is met again."""
        if not look.failures or look.reason != reason:
            actor, title = f"{LIBRARY}{look.name}", f"{look.name} {shown(source)}"
            job = await self._storage.start_job(JOB, title, actor=actor, now=self._clock())
            result = JobResult(figures={"reason": f"{reason}。{KEPT}"})
            await self._storage.end_job(job, JobState.FAILED, result, now=self._clock())
        log.warning("library_unreachable", library=look.name, failures=look.failures + 1)
        return _failing(look, reason)


def _failing(look: LibraryLook, reason: str) -> LibraryLook:
    return replace(look, failures=look.failures + 1, reason=reason)


def _read(look: LibraryLook, digest: str) -> LibraryLook:
    return replace(look, digest=digest, tried="", failures=0, reason="", read_at=look.looked_at)


def _digest(files: Sequence[Path]) -> str:
    total = hashlib.sha256()
    for file in files:
        total.update(file.suffix.encode() + hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()
