"""A process killed at any moment loses nothing that it acknowledged and doubles nothing."""

import asyncio
import random
import subprocess
import sys
import time

import asyncpg
import pytest

from storage import Storage
from tests.values.storage import MINUTE, NOW, accept, message

ROUNDS = 4
BACKENDS = """SELECT coalesce(array_agg(pid), '{}') FROM pg_stat_activity
              WHERE datname = current_database()"""


def killed_while_working(url: str, turn: int) -> list[int]:
    """The numbers that the process acknowledged before it was killed without warning."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.servers.crashing_writer", url, str(turn)],
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    first = process.stdout.readline()
    time.sleep(random.uniform(0.05, 0.5))
    process.kill()
    lines = (first + process.stdout.read()).decode().splitlines()
    process.stdout.close()
    process.wait()
    return [int(line.split()[1]) for line in lines]


async def killed_and_gone(url: str, turn: int) -> list[int]:
    """As `killed_while_working`, and PostgreSQL has ended what the dead process had asked for:
    its statement in flight may still be committed after the process itself is gone."""
    if not url.startswith("postgres"):
        return killed_while_working(url, turn)
    watch = await asyncpg.connect(url)
    try:
        ours = await watch.fetchval(BACKENDS)
        numbers = killed_while_working(url, turn)
        while set(await watch.fetchval(BACKENDS)) - set(ours):  # noqa: ASYNC110 (no event tells)
            await asyncio.sleep(0.01)
    finally:
        await watch.close()
    return numbers


@pytest.mark.slow
async def test_nothing_acknowledged_is_lost(storage: Storage, database_url: str):
    for turn in range(ROUNDS):
        numbers = await killed_and_gone(database_url, turn)
        assert numbers, "the process was killed before it did anything"
        for number in numbers:
            again = await accept(storage, message(number, citizen=f"o-{turn}-{number}"))
            assert again.reply is not None
            assert again.reply.text == f"回复{turn}-{number}"
    counts, wrong = await storage.verify(now=NOW + MINUTE)
    assert wrong == []
    assert counts["cases"] == counts["events"] == counts["messages"] - counts["in_progress"]


@pytest.mark.slow
async def test_what_was_only_accepted_is_taken_over(storage: Storage, database_url: str):
    await killed_and_gone(database_url, 9)
    unsettled = (await storage.verify(now=NOW)).counts["in_progress"]
    taken = await storage.claim_unsettled(
        now=NOW + 2 * MINUTE, claim_until=NOW + 3 * MINUTE, limit=100
    )
    assert len(taken) == unsettled
    assert all(each.accepted.claimed for each in taken)
