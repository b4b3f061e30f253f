"""Policy libraries run by others: looked at on a schedule, every row a draft, never twice."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from pydantic import ValidationError

from bot.config_libraries import LibrarySettings
from bot.libraries import Libraries
from knowledge_base.curation import Curator
from knowledge_base.entry import Status
from knowledge_base.jobs import Job
from storage import Storage

NOW = datetime(2026, 11, 18, 1, 30, tzinfo=UTC)
CSV = "编号,问题,答案\np1,高龄补贴多少钱,每月一百元。\np2,,\n".encode("gb18030")


@dataclass
class Site:
    """Somebody else's web site with one file."""

    body: bytes = CSV
    status: int = 200
    asked: int = 0
    type: str = "text/csv"
    now: datetime = NOW
    urls: list[str] = field(default_factory=list)

    async def answer(self, _: web.Request) -> web.Response:
        self.asked += 1
        return web.Response(body=self.body, status=self.status, content_type=self.type)


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    app, made = web.Application(), Site()
    app.router.add_get("/{path:.*}", made.answer)
    async with TestServer(app) as server:
        made.urls.append(str(server.make_url("/policies")))
        yield made


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


def libraries(
    storage: Storage, http: aiohttp.ClientSession, source: str, site: Site | None = None
) -> Libraries:
    settings = {"省厅": LibrarySettings(source=source, every_hours=24)}
    clock = (lambda: site.now) if site else (lambda: NOW)
    return Libraries(settings, storage, Curator(storage), http, clock)


async def jobs(storage: Storage) -> list[Job]:
    return await storage.jobs(("library",), limit=20)


async def test_every_row_of_a_library_arrives_as_a_draft(
    storage: Storage, http: aiohttp.ClientSession, site: Site
) -> None:
    assert await libraries(storage, http, site.urls[0]).round() == 1
    (entry,) = await storage.newest_entries()
    assert (entry.id, entry.status, entry.author) == ("p1", Status.DRAFT, "政策库 省厅")
    assert await storage.published_entries() == []
    (job,) = await jobs(storage)
    assert (job.result["added"], job.result["rejected"]) == (1, 1)


async def test_it_is_looked_at_when_due_and_taken_in_when_it_changed(
    storage: Storage, http: aiohttp.ClientSession, site: Site
) -> None:
    library = libraries(storage, http, site.urls[0], site)
    rounds = [await library.round() for _ in range(3)]
    assert (rounds, site.asked) == ([1, 0, 0], 1)
    site.now += timedelta(hours=25)
    assert (await library.round(), site.asked) == (0, 2)
    site.now += timedelta(hours=25)
    site.body = CSV.replace("一百".encode("gb18030"), "二百".encode("gb18030"))
    assert await library.round() == 1
    assert [e.version for e in await storage.entry_versions("p1")] == [2, 1]
    assert len(await jobs(storage)) == 2


async def test_of_several_workers_one_looks(
    storage: Storage, http: aiohttp.ClientSession, site: Site
) -> None:
    workers = [libraries(storage, http, site.urls[0]) for _ in range(4)]
    taken = await asyncio.gather(*(worker.round() for worker in workers))
    assert (sorted(taken), site.asked) == ([0, 0, 0, 1], 1)


async def test_a_site_that_fails_changes_nothing_and_says_so(
    storage: Storage, http: aiohttp.ClientSession, site: Site
) -> None:
    site.status = 503
    assert await libraries(storage, http, site.urls[0]).round() == 0
    (job,) = await jobs(storage)
    assert job.state == "failed"
    assert job.result["reason"].startswith(
        "政策库的网站回答 503，没有读到文件。以前收进来的都没有动"
    )
    assert await storage.newest_entries() == []


async def test_what_is_no_table_is_told_in_the_list(
    storage: Storage, http: aiohttp.ClientSession, site: Site
) -> None:
    site.body, site.type = b"<html>", "text/html"
    await libraries(storage, http, site.urls[0]).round()
    (job,) = await jobs(storage)
    assert "只能导入" in job.result["reason"]


async def test_a_folder_is_read_file_by_file(
    storage: Storage, http: aiohttp.ClientSession, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_bytes(CSV)
    (tmp_path / "b.jsonl").write_text('{"id":"p9","question":"问","answer":"答"}\n')
    (tmp_path / "broken.xlsx").write_bytes(b"PK no")
    (tmp_path / "~$a.xlsx").write_bytes(b"Excel's own")
    assert await libraries(storage, http, str(tmp_path)).round() == 1
    assert [e.id for e in await storage.newest_entries()] == ["p1", "p9"]
    assert [job.state for job in await jobs(storage)] == ["failed", "done", "done"]


async def test_a_folder_that_is_not_there_is_told(
    storage: Storage, http: aiohttp.ClientSession, tmp_path: Path
) -> None:
    assert await libraries(storage, http, str(tmp_path / "none")).round() == 0
    assert "找不到文件夹" in (await jobs(storage))[0].result["reason"]


def test_only_folders_and_web_addresses_are_libraries() -> None:
    with pytest.raises(ValidationError, match="http"):
        LibrarySettings(source="ftp://example.org/a.csv")
