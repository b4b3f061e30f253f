"""Takes in, on a schedule, what policy libraries run by others publish; every row as a draft."""

import asyncio
import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from urllib.parse import urlsplit

import aiohttp
import structlog

from bot.config_libraries import LibrarySettings
from console.knowledge.exchange import LIBRARY, bundle_of, figures_of
from knowledge_base.curation import Curator
from knowledge_base.curation_steps import CurationError
from knowledge_base.exchange import FORMATS, UnreadableFile, plan_import, read_rows
from knowledge_base.exchange.files import LARGEST_FILE
from knowledge_base.jobs import JobResult, JobState
from storage import Storage

TIMEOUT: Final = aiohttp.ClientTimeout(total=120, connect=10)
BY_TYPE: Final = {
    "text/csv": ".csv",
    "application/x-ndjson": ".jsonl",
    "application/jsonl": ".jsonl",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}
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
                files = await self._files(source, Path(folder))
                digest = await asyncio.to_thread(_digest, files)
            except (UnreadableFile, OSError, aiohttp.ClientError, TimeoutError) as error:
                await self._failed(name, source, _told(error))
                return False
            if digest == held:
                return False
            done = [await self._take_in(name, file) for file in files]
            if all(done):
                await self._storage.keep_library_digest(name, digest)
            return any(done)

    async def _files(self, source: str, folder: Path) -> list[Path]:
        if urlsplit(source).scheme in {"http", "https"}:
            return [await self._fetched(source, folder)]
        return await asyncio.to_thread(_in_folder, Path(source))

    async def _fetched(self, url: str, folder: Path) -> Path:
        async with self._session.get(url, timeout=TIMEOUT, raise_for_status=True) as answer:
            ending = Path(urlsplit(url).path).suffix.lower()
            if ending not in FORMATS:
                ending = BY_TYPE.get(answer.content_type, ending)
            path, size = folder / f"library{ending}", 0
            with path.open("wb") as file:
                async for chunk in answer.content.iter_chunked(1 << 16):
                    size += len(chunk)
                    if size > LARGEST_FILE:
                        raise UnreadableFile("more than 50 MB", tell="文件超过 50 MB，没有读取")
                    file.write(chunk)
        return path

    async def _take_in(self, name: str, file: Path) -> bool:
        """One file as a job of its own, so that its page tells what came of it."""
        author = f"政策库 {name}"
        job = await self._storage.start_job(
            LIBRARY, f"{name} {file.name}", actor=author, now=self._clock()
        )
        state, result = JobState.DONE, JobResult(figures={})
        try:
            rows = (await asyncio.to_thread(read_rows, file)).rows
            known = await self._curator.known_versions()
            plan = await asyncio.to_thread(plan_import, rows, known)
            await self._curator.keep_import(plan, author=author)
            bundle = await asyncio.to_thread(bundle_of, file, plan)
            figures = figures_of(plan) | {"replacing": False, "ending": file.suffix.lower()}
            result = JobResult(figures=figures, file_name=file.name, file=bundle)
        except (UnreadableFile, CurationError) as error:
            state, result = JobState.FAILED, JobResult(figures={"reason": error.tell})
        await self._storage.end_job(job, state, result, now=self._clock())
        log.info("library_taken_in", library=name, state=state.value)
        return state is JobState.DONE

    async def _failed(self, name: str, source: str, told: str) -> None:
        now = self._clock()
        actor = f"政策库 {name}"
        job = await self._storage.start_job(LIBRARY, f"{name} {source}", actor=actor, now=now)
        result = JobResult(figures={"reason": told})
        await self._storage.end_job(job, JobState.FAILED, result, now=now)
        log.warning("library_unreachable", library=name)


def _in_folder(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise UnreadableFile(f"{folder} is no folder", tell=f"找不到文件夹 {folder}")
    files = (each for each in folder.iterdir() if each.suffix.lower() in FORMATS)
    return sorted(each for each in files if not each.name.startswith((".", "~")))


def _digest(files: Sequence[Path]) -> str:
    total = hashlib.sha256()
    for file in files:
        total.update(file.suffix.encode() + hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def _told(error: Exception) -> str:
    match error:
        case UnreadableFile():
            return error.tell
        case aiohttp.ClientResponseError():
            return f"政策库的网站回答 {error.status}，没有读到文件"
        case TimeoutError():
            return "政策库的网站两分钟没有回答"
    return "连不上政策库，或读不到文件"
