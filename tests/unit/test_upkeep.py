"""The loop that takes what is due."""

import asyncio

from bot.upkeep import Chore, Upkeep


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
