"""When a library is looked at: what did not change is not sent again, what failed soon is."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.config_libraries import LibrarySettings
from bot.libraries import Libraries
from knowledge_base.curation import Curator
from knowledge_base.library_look import LibraryLook
from storage import Storage

NOW = datetime(2026, 11, 18, 1, 30, tzinfo=UTC)
CSV = "编号,问题,答案\np1,高龄补贴多少钱,每月一百元。\n".encode()
HOUR = timedelta(hours=1)


@dataclass
class Site:
    """A web site that knows conditional requests, as far as `etag` and `modified` are set."""

    body: bytes = CSV
    status: int = 200
    etag: str = ""
    modified: str = ""
    now: datetime = NOW
    sent: list[int] = field(default_factory=list)
    url: str = ""

    async def answer(self, request: web.Request) -> web.Response:
        asked = request.headers.get
        same = self.etag and asked("If-None-Match") == self.etag
        same = same or (self.modified and asked("If-Modified-Since") == self.modified)
        status = 304 if same and self.status == 200 else self.status
        self.sent.append(status)
        marks = {"ETag": self.etag, "Last-Modified": self.modified}
        headers = {name: value for name, value in marks.items() if value}
        body = b"" if status == 304 else self.body
        return web.Response(body=body, status=status, content_type="text/csv", headers=headers)


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    app, made = web.Application(), Site()
    app.router.add_get("/{path:.*}", made.answer)
    async with TestServer(app) as server:
        made.url = str(server.make_url("/policies"))
        yield made


@pytest.fixture
async def library(storage: Storage, site: Site) -> AsyncIterator[Libraries]:
    settings = {"省厅": LibrarySettings(source=site.url, every_hours=24)}
    async with aiohttp.ClientSession() as http:
        yield Libraries(settings, storage, Curator(storage), http, lambda: site.now)


async def look(storage: Storage) -> LibraryLook:
    (only,) = await storage.library_looks()
    return only


async def told(storage: Storage) -> list[str]:
    return [str(job.result.get("reason", "")) for job in await storage.jobs(("library",), limit=20)]


@pytest.mark.parametrize(
    ("etag", "modified"), [('"v1"', ""), ("", "Wed, 18 Nov 2026 01:00:00 GMT"), ('W/"v1"', "")]
)
async def test_a_file_that_did_not_change_is_not_sent_again(
    storage: Storage, site: Site, library: Libraries, etag: str, modified: str
) -> None:
    site.etag, site.modified = etag, modified
    assert await library.round() == 1
    site.now += 25 * HOUR
    assert await library.round() == 0
    assert site.sent == [200, 304]
    assert (await look(storage)).read_at == site.now
    site.now, site.etag, site.modified = site.now + 25 * HOUR, etag and '"v2"', ""
    site.body = CSV + "p2,新的,答。\n".encode()
    assert (await library.round(), site.sent[-1]) == (1, 200)


async def test_a_look_that_failed_is_made_again_soon_and_later_each_time(
    storage: Storage, site: Site, library: Libraries
) -> None:
    site.status, waits = 503, []
    for _ in range(8):
        await library.round()
        found = await look(storage)
        assert found.next_look_at is not None
        waits.append(found.next_look_at - site.now)
        site.now = found.next_look_at
    minutes = [wait / timedelta(minutes=1) for wait in waits]
    assert minutes[0] <= 8
    assert minutes[0] < minutes[1] < minutes[2]
    assert max(minutes) <= 72
    assert (len(site.sent), (await look(storage)).failures) == (8, 8)
    (reason,) = await told(storage)
    assert "回答 503" in reason
    assert "以前收进来的都没有动" in reason
    site.status = 200
    assert await library.round() == 1
    found = await look(storage)
    assert (found.failures, found.reason, found.next_look_at) == (0, "", site.now + 24 * HOUR)


async def test_a_file_nothing_could_be_made_of_is_told_once_and_looked_at_until_it_is_mended(
    storage: Storage, site: Site, library: Libraries
) -> None:
    site.body, site.etag = b"a,b\n1,2\n", '"bad"'
    for _ in range(3):
        assert await library.round() == 0
        site.now += 2 * HOUR
    assert site.sent == [200, 304, 304]
    assert len(await told(storage)) == 1
    assert (await look(storage)).failures == 3
    site.body, site.etag = CSV, '"good"'
    assert await library.round() == 1
    assert (await look(storage)).failures == 0


async def test_the_marks_of_one_address_are_not_sent_to_another(
    storage: Storage, site: Site, library: Libraries
) -> None:
    site.etag = '"v1"'
    await library.round()
    settings = {"省厅": LibrarySettings(source=f"{site.url}/moved", every_hours=24)}
    site.now += 25 * HOUR
    async with aiohttp.ClientSession() as http:
        moved = Libraries(settings, storage, Curator(storage), http, lambda: site.now)
        assert await moved.round() == 0
    assert site.sent == [200, 200]


async def test_a_worker_that_died_while_it_looked_is_followed(
    storage: Storage, site: Site, library: Libraries
) -> None:
    until = NOW + timedelta(minutes=30)
    assert await storage.claim_library("省厅", now=NOW, due=NOW - 24 * HOUR, until=until)
    assert (await library.round(), site.sent) == (0, [])
    site.now = until
    assert (await library.round(), site.sent) == (1, [200])


async def test_a_curator_has_it_looked_at_now(
    storage: Storage, site: Site, library: Libraries
) -> None:
    await library.round()
    assert not await storage.look_at_library_soon("省厅", actor="ann", now=site.now)
    site.now += HOUR
    assert await storage.look_at_library_soon("省厅", actor="ann", now=site.now)
    await library.round()
    assert site.sent == [200, 200]
