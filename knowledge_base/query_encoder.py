"""Turns questions into vectors while they wait: batched, cached, off the event loop, in time."""

import asyncio
import contextlib
import logging
import time
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar

import numpy as np

from knowledge_base.ports import Encoder, Vectors

_log = logging.getLogger(__name__)

_GATHER = 0.003  # seconds a batch waits for company
_BATCH = 32
_WAITING = 256  # questions waiting at most; more are searched by words alone
_PATIENT, _MOST = 2.5, 2.0
"""Budgets, and seconds at most, that one message may wait for its encodings in all while the
encoder keeps up: of the 4.0 s there are, half is left for routing, reranking and storage."""
_waited: ContextVar[float] = ContextVar("waited", default=0.0)
"""Seconds that the message which is being handled (its task) has waited for encodings so far."""
_PAUSES = (1.0, 5.0, 15.0, 60.0)  # seconds before a broken encoder is tried again


class QueryEncoder:
    """Encodes questions on one worker thread, several at a time.

    `encode` answers None when the encoder is broken or does not answer in time; the search then
    goes on by words. `degraded` says why, and is empty again after the next success. In time is
    `budget` seconds; a message may wait `patience` in all as long as the encoder keeps up, so that
    one slow moment does not change its reply. Once a question has waited in vain, `budget` alone
    holds until one is answered within it: a load that lasts costs nobody the longer wait.
    """

    def __init__(
        self,
        encoder: Encoder | None,
        *,
        budget: float,
        patience: float | None = None,
        cached: int = 4096,
    ) -> None:
        self._encoder = encoder
        self._budget = budget
        self._patience = min(_PATIENT * budget, _MOST) if patience is None else patience
        self._is_slow = False
        self._cached = cached
        self._cache: OrderedDict[str, Vectors] = OrderedDict()
        self._waiting: dict[str, asyncio.Future[Vectors | None]] = {}
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="query-encoder")
        self._task: asyncio.Task[None] | None = None
        self._failures = 0
        self._try_again_at = 0.0
        self.degraded = "" if encoder is not None else "no encoder is configured"

    async def encode(self, text: str) -> Vectors | None:
        """The vector of a normalised question, shape (dimension,), or None."""
        known = self._cache.get(text)
        if known is not None:
            self._cache.move_to_end(text)
            return known
        if self._encoder is None or not self._is_ready():
            return None
        return await self._in_time(self._ask(text))

    def _is_ready(self) -> bool:
        return len(self._waiting) < _WAITING and time.monotonic() >= self._try_again_at

    def _ask(self, text: str) -> asyncio.Future[Vectors | None]:
        future = self._waiting.get(text)
        if future is None:
            future = self._waiting[text] = asyncio.get_running_loop().create_future()
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._work())
        return future

    async def _in_time(self, future: asyncio.Future[Vectors | None]) -> Vectors | None:
        limit, started = self._limit(), time.monotonic()
        try:
            vector = await asyncio.wait_for(asyncio.shield(future), limit)
        except TimeoutError:
            self._is_slow = True
            self._note(f"the encoder took longer than {limit:g} s")
            return None
        finally:
            waited = time.monotonic() - started
            _waited.set(_waited.get() + waited)
        if waited <= self._budget:
            self._is_slow = False
        return vector

    def _limit(self) -> float:
        left = 0.0 if self._is_slow else self._patience - _waited.get()
        return max(self._budget, left)

    async def _work(self) -> None:
        """Encodes batch after batch until nobody waits."""
        await asyncio.sleep(_GATHER)
        while self._waiting:
            texts = list(self._waiting)[:_BATCH]
            vectors = await self._batch(texts)
            for number, text in enumerate(texts):
                future = self._waiting.pop(text)
                vector = None if vectors is None else vectors[number]
                if vector is not None:
                    self._remember(text, vector)
                if not future.done():
                    future.set_result(vector)

    async def _batch(self, texts: Sequence[str]) -> Vectors | None:
        assert self._encoder is not None  # encode() returns early without one
        started = time.monotonic()
        loop = asyncio.get_running_loop()
        try:
            vectors = await loop.run_in_executor(self._worker, self._encoder.encode_query, texts)
            vectors = np.asarray(vectors, np.float32)
            if vectors.shape[:1] != (len(texts),) or not np.isfinite(vectors).all():
                raise ValueError(f"{vectors.shape} vectors for {len(texts)} texts")  # noqa: TRY301  # told like the model's own
        except Exception as error:  # whatever a model or its server raises, search goes on
            self._pause(f"{type(error).__name__}: {error}")
            return None
        self._failures = 0
        if time.monotonic() - started <= self._budget:
            self._recover()
        return vectors

    def _pause(self, reason: str) -> None:
        self._try_again_at = time.monotonic() + _PAUSES[min(self._failures, len(_PAUSES) - 1)]
        self._failures += 1
        self._note(reason)

    def _note(self, reason: str) -> None:
        if not self.degraded:
            _log.warning("searching by words alone: %s", reason)
        self.degraded = reason

    def _recover(self) -> None:
        if self.degraded:
            _log.info("searching by meaning again")
        self.degraded = ""

    def _remember(self, text: str, vector: Vectors) -> None:
        self._cache[text] = vector
        if len(self._cache) > self._cached:
            self._cache.popitem(last=False)

    async def close(self) -> None:
        """Stops waiting; a batch under way is left to end on its own."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        for future in self._waiting.values():
            future.cancel()
        self._waiting.clear()
        self._worker.shutdown(wait=False, cancel_futures=True)
