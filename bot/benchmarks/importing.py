"""`huiying kb import` of 2,300 published entries: the first time and again.

The command encodes the questions; the longer answers are encoded by the service while it runs.
"""

import resource
from collections.abc import Iterator

from bot.benchmarks.figure import Figure, median
from bot.benchmarks.workshop import Workshop


def measure(shop: Workshop) -> Iterator[Figure]:
    """The first import encodes, so it is measured once; the second `rounds` times."""
    before = _processor_seconds()
    first = shop.import_first()
    note = f"one round, {_processor_seconds() - before:.0f} s of processor time"
    yield Figure(name="first import", value=first, unit="s", at_most=90, note=note)
    rest, note = shop.encode_answers(), "one round; meanwhile the desk answers by words"
    yield Figure(name="answers encoded by the service", value=rest, unit="s", note=note)
    again = median([shop.import_again() for _ in range(shop.rounds)])
    yield Figure(name="second import, nothing changed", value=again, unit="s", at_most=5)


def _processor_seconds() -> float:
    """Used by all commands so far: on a busy machine it says more than the clock."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
