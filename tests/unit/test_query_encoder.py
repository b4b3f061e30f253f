"""How long a question waits for its vector: longer while the encoder keeps up."""

import asyncio
import time
from collections.abc import Sequence

import numpy as np

from knowledge_base.ports import Vectors
from knowledge_base.query_encoder import QueryEncoder

BUDGET, PATIENCE = 0.05, 0.3


class Slow:
    """An encoder that takes the next of `seconds` for each batch, and then the last for ever."""

    name = "slow"
    dimension = 2

    def __init__(self, *seconds: float) -> None:
        self._seconds = list(seconds)

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        time.sleep(self._seconds.pop(0) if len(self._seconds) > 1 else self._seconds[0])
        return np.ones((len(texts), self.dimension), np.float32)

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        return self.encode_query(texts)


async def message(encoder: QueryEncoder, *texts: str) -> tuple[int, float]:
    """How many of a message's texts were encoded, and how long that took; in a task of its own."""

    async def handled() -> tuple[int, float]:
        started = time.monotonic()
        vectors = [await encoder.encode(text) for text in texts]
        return sum(each is not None for each in vectors), time.monotonic() - started

    return await asyncio.create_task(handled())


async def test_one_slow_moment_does_not_change_a_reply() -> None:
    encoder = QueryEncoder(Slow(0.0, 0.12, 0.0), budget=BUDGET, patience=PATIENCE)
    found = [(await message(encoder, text))[0] for text in ("甲", "乙", "丙")]
    await encoder.close()
    assert found == [1, 1, 1]
    assert encoder.degraded == ""


async def test_what_is_slow_for_good_costs_only_the_first_message_the_longer_wait() -> None:
    encoder = QueryEncoder(Slow(1.0), budget=BUDGET, patience=PATIENCE)
    first, later = await message(encoder, "甲", "乙"), await message(encoder, "丙", "丁")
    await encoder.close()
    assert (first[0], later[0]) == (0, 0)
    assert first[1] < PATIENCE + 2 * BUDGET + 0.1
    assert later[1] < 2 * BUDGET + 0.1


async def test_a_message_spends_its_patience_once() -> None:
    encoder = QueryEncoder(Slow(0.2), budget=BUDGET, patience=PATIENCE)
    count, seconds = await message(encoder, "甲", "乙", "丙")
    await encoder.close()
    assert count == 1
    assert seconds < PATIENCE + BUDGET + 0.1


async def test_an_encoder_that_keeps_its_time_again_is_waited_for_again() -> None:
    encoder = QueryEncoder(Slow(0.5, 0.0, 0.12), budget=BUDGET, patience=PATIENCE)
    assert (await message(encoder, "甲"))[0] == 0
    await asyncio.sleep(0.4)
    assert (await message(encoder, "乙"))[0] == 1
    assert (await message(encoder, "丙"))[0] == 1
    await encoder.close()
