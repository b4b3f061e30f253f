"""Accept and settle, the two commits of every message, on SQLite without anything around them."""

import asyncio
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.benchmarks.figure import Figure, median
from bot.benchmarks.workshop import Workshop
from handlers.message import Message, MessageKind
from handlers.settlement import Outcome, Settlement
from storage import Storage, open_storage

MESSAGES = {1: 1_000, 64: 10_000}
"""How many messages at so many at once."""
REPLY = "带上身份证和户口簿到政务服务中心二楼办理，当场办结。" * 6
CLAIM = timedelta(seconds=60)


def measure(shop: Workshop) -> Iterator[Figure]:
    """Messages accepted and settled a second."""
    for at_once, messages in MESSAGES.items():
        shop.tell(f"storage, {at_once} at once")
        rates = [_round(shop.folder, at_once, messages) for _ in range(shop.rounds)]
        yield Figure(name=f"accept + settle, {at_once} at once", value=median(rates), unit="/s")


def _round(folder: Path, at_once: int, messages: int) -> float:
    """On an empty database, on the same disk as the desk's."""
    with TemporaryDirectory(dir=folder) as fresh:
        return asyncio.run(_rate(Path(fresh) / "desk.db", at_once, messages))


async def _rate(file: Path, at_once: int, messages: int) -> float:
    storage = await open_storage(f"sqlite:///{file}")
    try:
        await storage.migrate()
        numbers = iter(range(messages))
        started = time.perf_counter()
        await asyncio.gather(*(_work(storage, numbers) for _ in range(at_once)))
        return messages / (time.perf_counter() - started)
    finally:
        await storage.close()


async def _work(storage: Storage, numbers: Iterator[int]) -> None:
    for number in numbers:
        now = datetime.now(UTC)
        message = Message(
            account="main",
            citizen=f"o-{number}",
            receiver="gh_desk",
            kind=MessageKind.TEXT,
            created_at=now,
            text="身份证丢了去哪里补办？",
            message_id=str(number),
        )
        accepted = await storage.accept(message, now=now, claim_until=now + CLAIM)
        settlement = Settlement(
            outcome=Outcome.ANSWERED, reply=REPLY, citizen=accepted.citizen, settled_at=now
        )
        await storage.settle(accepted.id, settlement)
