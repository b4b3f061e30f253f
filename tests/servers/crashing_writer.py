"""A process that is killed while it works: takes messages in and says which are settled.

Run as `python -m tests.servers.crashing_writer URL ROUND`; prints "ROUND NUMBER" for each
message whose settlement was acknowledged.
"""

import asyncio
import os
import sys
from itertools import count

from handlers.settlement import Outcome
from storage import Storage, open_storage
from tests.values.storage import accept, message, opening, settlement


async def talk(storage: Storage, turn: str, numbers: "count[int]") -> None:
    for number in numbers:
        name = f"{turn}-{number}"
        accepted = await accept(storage, message(number, citizen=f"o-{name}"))
        change = opening(f"HY-{name}", citizen=f"o-{name}")
        decided = settlement(accepted, outcome=Outcome.CASED, reply=f"回复{name}", change=change)
        await storage.settle(accepted.id, decided)
        os.write(1, f"{turn} {number}\n".encode())


async def work(url: str, turn: str) -> None:
    storage = await open_storage(url)
    numbers = count()
    await asyncio.gather(*(talk(storage, turn, numbers) for _ in range(16)))


if __name__ == "__main__":
    asyncio.run(work(sys.argv[1], sys.argv[2]))
