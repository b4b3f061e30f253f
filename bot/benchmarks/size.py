"""How search grows: 10,000, 100,000 and 1,000,000 questions, without the encoder.

Ten wordings an entry, all invented; no text is encoded: vectors are random directions, one for
each of some matters, and every row and question lies near one of them. Speed and memory are as
with real vectors; what is found is not.
"""

import gc
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import numpy as np

from bot.benchmarks.county import entry_rows, questions
from bot.benchmarks.figure import Figure, percentile
from bot.benchmarks.machine import resident_megabytes
from bot.benchmarks.workshop import Workshop
from bot.memory import give_memory_back
from bot.threads import one_thread_for_arithmetic
from knowledge_base.asked import Asked
from knowledge_base.calibration import load_model
from knowledge_base.decision import find
from knowledge_base.entry import Entry
from knowledge_base.index import KnowledgeIndex
from knowledge_base.meaning import EntryVectors, Meaning
from knowledge_base.places import Region
from knowledge_base.ports import Vectors
from knowledge_base.texts import Texts

ASKED, WARM_UP = 200, 50
PASSES = 5
DIMENSION, MATTERS = 384, 300
LIMITS: Mapping[int, float | None] = {10_000: 8, 100_000: None, 1_000_000: 20}
BUILT = 100_000
"""Wordings at which building and memory have a target."""
ENDS = "怎么弄 找谁 要什么材料 几天办好 去哪办 要钱吗 能网上办吗 谁能代办 要什么条件"
TAILS = ("", *ENDS.split())


def measure(shop: Workshop) -> Iterator[Figure]:
    """For each size: the dense part, the whole index, its memory, and the search."""
    one_thread_for_arithmetic()
    give_memory_back()  # both as `huiying serve` does at its start
    for count, limit in LIMITS.items():
        shop.tell(f"size: {count:,} questions")
        gc.collect()
        before = resident_megabytes()
        index = yield from _index(count)
        gc.collect()
        megabytes = (resident_megabytes() - before) * BUILT / count
        most = 400 if count == BUILT else None
        name = f"{count:,} questions, memory per {BUILT:,}"
        yield Figure(name=name, value=megabytes, unit="MB", at_most=most)
        yield from _searched(f"{count:,} questions, search without encoder", index, limit)
        del index


def _searched(name: str, index: KnowledgeIndex, limit: float | None) -> Iterator[Figure]:
    """By the clock each search at its fastest of some passes, what else runs left aside.

    The first pass is told too: then everything that is remembered of an entry is new.
    """
    with ThreadPoolExecutor(1) as thread:  # as the service, which searches beside its event loop
        passes = [thread.submit(_searches, index).result() for _ in range(PASSES)]
    clock, processor = np.array(passes).transpose(2, 0, 1)
    for share in (0.5, 0.99):
        fastest, first, work, first_work = (
            percentile(each.tolist(), share)
            for each in (clock.min(axis=0), clock[0], processor.min(axis=0), processor[0])
        )
        note = (
            f"fastest of {PASSES} passes, {work:.1f} ms of processor time; "
            f"asked the first time {first:.1f} and {first_work:.1f} ms"
        )
        title, most = f"{name}, p{share * 100:.0f}", limit if share > 0.9 else None
        yield Figure(name=title, value=fastest, unit="ms", at_most=most, note=note)


def _index(count: int) -> Generator[Figure, None, KnowledgeIndex]:
    """Yields what building cost; returns the index."""
    entries = [entry_of(row) for row in entry_rows(count // len(TAILS))]
    started = time.process_time()
    texts = Texts.of(entries)
    read = time.process_time() - started
    vectors = EntryVectors(
        wordings=directions(len(texts.wordings.texts)),
        passages=directions(len(entries)),
        background=directions(500),
    )
    started = time.process_time()
    meaning = Meaning.of(vectors)
    dense = time.process_time() - started
    del vectors
    started = time.process_time()
    index = KnowledgeIndex(entries, texts, meaning)
    words = time.process_time() - started
    name, note = f"{count:,} questions", "processor time"
    most = 3 if count == BUILT else None
    yield Figure(name=f"{name}, vectors indexed", value=dense, unit="s", at_most=most, note=note)
    yield Figure(name=f"{name}, words indexed", value=read + words, unit="s", note=note)
    return index


def entry_of(row: dict[str, Any]) -> Entry:
    """The entry a row stands for, with ten wordings."""
    wordings = [f"{row['question']}{tail}" for tail in TAILS]
    return Entry(
        id=row["id"], question=wordings[0], variants=tuple(wordings[1:]), answer=row["answer"]
    )


def directions(count: int) -> Vectors:
    """Rows of length 1, shape (count, DIMENSION), each as near to a matter's as to others."""
    matters = np.random.default_rng(0).standard_normal((MATTERS, DIMENSION), np.float32)
    rows = np.random.default_rng(count + 1).standard_normal((count, DIMENSION), np.float32)
    rows += matters[np.arange(count) % MATTERS]
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows


def _searches(index: KnowledgeIndex) -> Sequence[tuple[float, float]]:
    """Milliseconds of each search, by the clock and of the processor; the first warm up."""
    model, today, region = load_model(), datetime.now(UTC).date(), Region("清禾县")
    times = []
    asked = islice(questions(), ASKED + WARM_UP)
    for text, vector in zip(asked, directions(ASKED + WARM_UP), strict=True):
        started, worked = time.perf_counter(), time.process_time()
        find(index, model, Asked.of(text, region=region, today=today), vector)
        took, worked = time.perf_counter() - started, time.process_time() - worked
        times.append((took * 1000, worked * 1000))
    return times[WARM_UP:]
