"""What a library's rows become here: its ids are its own, and what was edited here stays."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest

from bot.config_libraries import LibrarySettings
from bot.libraries import Libraries
from bot.library_files import shown
from knowledge_base.curation import Curator
from knowledge_base.entry import Status
from knowledge_base.jobs import Job
from storage import Storage

HEADER = "编号,问题,答案\n"
SCHOOL = "1,学区怎么划分,按户籍所在地划分。\n"
PERMIT = "2,居住证几天能拿,十五个工作日。\n"
SEED = "1,化肥补贴怎么领,到乡镇农技站登记。\n"
Look = Callable[..., Awaitable[list[Job]]]


@pytest.fixture
async def look(storage: Storage, tmp_path: Path) -> Look:
    """Writes a library's files, looks at it a day after the last time, and tells its jobs."""
    days = 0

    async def round_of(library: str, **files: str) -> list[Job]:
        nonlocal days
        days += 2
        now = datetime(2026, 11, 18, 1, 30, tzinfo=UTC) + timedelta(days=days)
        folder = tmp_path / library
        folder.mkdir(exist_ok=True)
        for name, text in files.items():
            (folder / f"{name}.csv").write_text(HEADER + text, "utf-8")
        settings = {library: LibrarySettings(source=str(folder))}
        before = len(await storage.jobs(("library",), limit=100))
        async with aiohttp.ClientSession() as http:
            await Libraries(settings, storage, Curator(storage), http, lambda: now).round()
        jobs = await storage.jobs(("library",), limit=100)
        return jobs[: len(jobs) - before]

    return round_of


async def test_two_libraries_that_count_from_one_do_not_write_over_one_another(
    storage: Storage, look: Look
) -> None:
    await look("province", a=SCHOOL)
    await look("city", a=SEED)
    await look("city", a=SEED.replace("登记", "填表"))
    found = {e.id: (e.version, e.answer) for e in await storage.newest_entries()}
    assert found == {
        "1": (1, "按户籍所在地划分。"),
        "city-1": (2, "到乡镇农技站填表。"),
    }


async def test_a_row_that_says_what_it_said_brings_nothing_back(
    storage: Storage, look: Look
) -> None:
    await look("province", a=SCHOOL + PERMIT)
    curator = Curator(storage)
    (draft, _) = await storage.newest_entries()
    own = replace(draft, answer="按户口所在的小区划分，查学区可打教育局电话。")
    edited = await curator.revise(own, version=1, author="李梅")
    (job,) = await look("province", a=SCHOOL + PERMIT.replace("十五", "十"))
    assert (job.result["changed"], job.result["unchanged"]) == (1, 1)
    assert (await storage.entry_versions("1"))[0] == edited
    await look("province", a=SCHOOL.replace("户籍", "房产") + PERMIT)
    assert (await storage.entry_versions("1"))[0].answer == "按房产所在地划分。"


async def test_what_a_library_has_no_more_is_told_once_and_stays_until_people_decide(
    storage: Storage, look: Look
) -> None:
    await look("province", a=SCHOOL + PERMIT)
    (job,) = await look("province", a=PERMIT)
    assert job.result["gone_entries"] == [["1", "学区怎么划分"]]
    assert [e.status for e in await storage.entry_versions("1")] == [Status.DRAFT]
    (again,) = await look("province", a=PERMIT.replace("十五", "十"))
    assert again.result["gone"] == 0


async def test_of_several_files_what_is_gone_from_all_is_told(storage: Storage, look: Look) -> None:
    await look("province", a=SCHOOL, b=PERMIT)
    jobs = await look("province", a="3,新的问题怎么办,新的答复。\n", b=PERMIT)
    assert [each.result.get("gone", 0) for each in jobs] == [1, 0, 0]


async def test_an_entry_in_two_files_is_taken_from_the_first(storage: Storage, look: Look) -> None:
    second, first = await look("province", a=SCHOOL, b=SEED)
    assert "a.csv 里的条目重复" in second.result["reasons"][0]
    assert first.result["added"] == 1


async def test_an_emptied_file_is_told_and_takes_nothing_away(storage: Storage, look: Look) -> None:
    await look("province", a=SCHOOL)
    (job,) = await look("province", a="")
    assert (job.state, "没有一条内容" in job.result["reason"]) == ("failed", True)
    assert [e.status for e in await storage.newest_entries()] == [Status.DRAFT]


def test_a_key_in_an_address_is_shown_to_nobody() -> None:
    source = "https://user:secret@library.example:8443/e.csv?token=secret"
    assert shown(source) == "https://library.example:8443/e.csv"
