"""What follows from a text alone, worked out once: many citizens write the same words."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

T = TypeVar("T")
MOST = 4_096
"""Texts kept for each function; with the longest they take about 2 MB."""
LONGEST = 200
"""Characters; longer messages are nobody else's."""


def remembered(function: Callable[[str], T], most: int = MOST) -> Callable[[str], T]:
    """The same function of a text, for any thread; what it returns must never be changed."""
    known = lru_cache(maxsize=most)(function)

    @wraps(function)
    def of(text: str) -> T:
        return known(text) if len(text) <= LONGEST else function(text)

    return of
