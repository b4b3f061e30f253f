"""What citizens say towards the desk: every pattern of the conversation as a named table.

The tables stand in words/*.toml beside it; knowledge_base/sayings.py says how they are read.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from knowledge_base.sayings import Saying, read_sayings, read_words

FILES: Final = ("asides", "spoken", "telling", "replied", "contacts", "dangers")


def saying(name: str) -> Saying:
    """The table of a name like "asides.greets"; KeyError: there is none."""
    return _sayings()[name]


def words(name: str) -> re.Pattern[str]:
    """The words of a table, for whoever needs the place where they stand."""
    return _sayings()[name].words


def names() -> tuple[str, ...]:
    """Every table's name, in the order of the files."""
    return tuple(_sayings())


@cache
def dialects() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Words of dialects with what the rest of the country says for them, in their order."""
    return tuple(
        (re.compile(said), meant)
        for said, meant in read_words("handlers.hearing", "dialects")["words"].items()
    )


@cache
def common_names() -> Mapping[str, tuple[str, ...]]:
    """What people call a place (办证大厅), by the words its own name has (政务服务中心)."""
    return {
        kind: tuple(called)
        for kind, called in read_words("handlers.hearing", "offices")["names"].items()
    }


@cache
def _sayings() -> Mapping[str, Saying]:
    return read_sayings("handlers.hearing", FILES)
