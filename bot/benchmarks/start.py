"""From `huiying serve` to ready, and the memory it then needs."""

import time
from collections.abc import Iterator
from itertools import islice

from bot.benchmarks.county import questions
from bot.benchmarks.envelopes import Postbox
from bot.benchmarks.figure import Figure, median
from bot.benchmarks.workshop import Workshop

QUESTIONS = 200


def measure(shop: Workshop) -> Iterator[Figure]:
    """Ready means: /readyz says 200, which it does when the index is loaded."""
    desk = shop.stocked_desk()
    starts, worked, memory, post = [], [], [], Postbox()
    for number in range(shop.rounds):
        shop.tell(f"start, round {number + 1}")
        started = time.perf_counter()
        with desk.server(pinned=False) as server:
            starts.append(time.perf_counter() - started)
            worked.append(server.processor_seconds())
            for request in post.requests(islice(questions(), QUESTIONS)):
                server.post(request)
            memory.append(server.resident_megabytes())
    name, note = "start to ready, vectors stored", f"{median(worked):.1f} s of processor time"
    yield Figure(name=name, value=median(starts), unit="s", at_most=5, note=note)
    name = f"resident memory after {QUESTIONS} questions"
    yield Figure(name=name, value=median(memory), unit="MB", at_most=450)
