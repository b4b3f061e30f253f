"""`huiying kb import` of 2,300 published entries: the first time and again."""

from collections.abc import Iterator

from bot.benchmarks.figure import Figure, median
from bot.benchmarks.workshop import Workshop


def measure(shop: Workshop) -> Iterator[Figure]:
    """The first import encodes everything, so it is measured once; the second `rounds` times."""
    first = shop.import_first()
    yield Figure(name="first import", value=first, unit="s", at_most=90, note="one round")
    again = median([shop.import_again() for _ in range(shop.rounds)])
    yield Figure(name="second import, nothing changed", value=again, unit="s", at_most=5)
