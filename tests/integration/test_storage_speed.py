"""How many messages a second the two operations of every message allow (shown with `-s`)."""

import asyncio
import time

import pytest

from handlers.settlement import Outcome
from storage import Storage
from tests.values.storage import accept, given, message, settlement

AMOUNTS = {1: 100, 16: 800, 64: 1600}


async def messages_per_second(storage: Storage, connections: int) -> float:
    numbers = iter(range(AMOUNTS[connections]))

    async def talk() -> None:
        for number in numbers:
            sent = message(number, citizen=f"o-{connections}-{number % 200}")
            accepted = await accept(storage, sent)
            decided = settlement(accepted, outcome=Outcome.ANSWERED, given=given())
            await storage.settle(accepted.id, decided)

    start = time.perf_counter()
    await asyncio.gather(*(talk() for _ in range(connections)))
    return AMOUNTS[connections] / (time.perf_counter() - start)


@pytest.mark.slow
async def test_accept_and_settle(storage: Storage, database_url: str):
    found = {each: await messages_per_second(storage, each) for each in AMOUNTS}
    kind = database_url.partition(":")[0]
    for connections, rate in found.items():
        print(f"{kind}: {connections} at once: {rate:,.0f} messages/s, {2 * rate:,.0f} commits/s")
    assert found[64] > 30
