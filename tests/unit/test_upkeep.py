"""The loop that takes what is due."""

import asyncio
import re
from datetime import UTC, datetime
from pathlib import Path

from structlog.testing import capture_logs

from bot.machine import machine_of
from bot.upkeep import Chore, Last, Upkeep
from console.dashboards.machine import Ran
from console.dashboards.machine_words import CHORES
from storage.errors import StorageUnavailable

NOW = datetime(2026, 11, 18, 1, 30, tzinfo=UTC)


async def test_a_chore_that_fails_is_tried_again_and_hinders_no_other() -> None:
    done: list[str] = []
    twice = asyncio.Event()

    async def fail() -> None:
        done.append("fails")
        raise ValueError("broken")

    async def work() -> None:
        done.append("works")
        if done.count("works") > 1 and done.count("fails") > 1:
            twice.set()

    upkeep = Upkeep([Chore("fails", 0.01, fail), Chore("works", 0.01, work)])
    upkeep.start()
    await asyncio.wait_for(twice.wait(), 10)
    await upkeep.stop()


async def test_a_chore_that_can_wait_leaves_the_start_to_others() -> None:
    done: list[str] = []
    later = asyncio.Event()

    async def now() -> None:
        done.append("now")

    async def wait() -> None:
        done.append("later")
        later.set()

    upkeep = Upkeep([Chore("later", 60.0, wait, first_after=0.2), Chore("now", 0.01, now)])
    upkeep.start()
    await asyncio.sleep(0.05)
    assert set(done) == {"now"}
    await asyncio.wait_for(later.wait(), 10)
    await upkeep.stop()


async def test_nothing_is_done_after_a_stop() -> None:
    done: list[str] = []

    async def work() -> None:
        done.append("work")

    upkeep = Upkeep([Chore("work", 0.01, work)])
    upkeep.start()
    await asyncio.sleep(0.05)
    await upkeep.stop()
    count = len(done)
    await asyncio.sleep(0.05)
    assert count
    assert len(done) == count


async def test_it_is_known_when_a_chore_was_done_and_what_it_failed_with() -> None:
    works = [False]
    again = asyncio.Event()

    async def work() -> None:
        if not works[0]:
            works[0] = True
            raise ValueError("a citizen's words")
        again.set()

    upkeep = Upkeep([Chore("work", 0.05, work)], clock=lambda: NOW)
    assert (upkeep.names, upkeep.last) == (("work",), {})
    upkeep.start()
    await asyncio.sleep(0.02)
    assert upkeep.last["work"] == Last(failed_at=NOW, fault="ValueError")
    await asyncio.wait_for(again.wait(), 10)
    await asyncio.sleep(0.01)
    await upkeep.stop()
    assert upkeep.last["work"] == Last(done_at=NOW, failed_at=NOW)


def test_every_chore_has_a_name_for_the_administrator() -> None:
    text = (Path(__file__).parents[2] / "bot" / "chores.py").read_text()
    assert set(re.findall(r'Chore\(\s*"([^"]+)"', text)) == CHORES.keys()


async def test_the_disk_is_told_of_only_where_the_database_lies_on_it(tmp_path: Path) -> None:
    upkeep = Upkeep([Chore("push deliveries", 1.0, asyncio.Event().wait)])
    here = await machine_of(f"sqlite:///{tmp_path / 'desk.db'}", upkeep)
    assert here.disk_free is not None
    assert here.disk_size is not None
    assert 0 < here.disk_free <= here.disk_size
    assert here.chores == (Ran(name="push deliveries"),)
    away = await machine_of("postgresql://elsewhere/desk", upkeep)
    assert (away.disk_free, away.disk_size) == (None, None)


async def test_a_database_out_of_reach_is_told_of_once_and_so_is_its_return() -> None:
    left = [3]
    again = asyncio.Event()

    async def work() -> None:
        if left[0]:
            left[0] -= 1
            raise StorageUnavailable("database or disk is full")
        again.set()

    upkeep = Upkeep([Chore("work", 0.01, work)], clock=lambda: NOW)
    with capture_logs() as told:
        upkeep.start()
        await asyncio.wait_for(again.wait(), 10)
        await asyncio.sleep(0.01)
        await upkeep.stop()
    assert [each["event"] for each in told] == ["chore_waits", "chore_works_again"]
    assert told[0]["reason"] == "database or disk is full"
