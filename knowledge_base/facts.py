"""What a text asks for, does and names: a bit for each, to be compared for many texts at once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge_base.characters import Numbers
from knowledge_base.vocabulary import ASKED, CONDITIONS, DEEDS

_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_DEEDS_FROM = len(ASKED)
_CONDITIONS_FROM = _DEEDS_FROM + len(DEEDS)
_FIGURES_FROM = _CONDITIONS_FROM + len(CONDITIONS)
_PATTERNS = (*ASKED, *DEEDS, *CONDITIONS, _DIGITS)


def matching(patterns: Sequence[re.Pattern[str]], text: str) -> int:
    """The patterns that occur in a text, a bit for each, the first the lowest."""
    return sum([1 << place for place, pattern in enumerate(patterns) if pattern.search(text)])


def facts_of(text: str) -> int:
    """What a text asks for, does and names, and whether it has figures: a bit for each."""
    return matching(_PATTERNS, text)


def numbers_in(text: str) -> frozenset[str]:
    """The numbers written in digits."""
    return frozenset(_DIGITS.findall(text))


@dataclass(frozen=True)
class Facts:
    """The parts of `facts_of`: one number for a text, or one for each of many texts."""

    asked: Numbers
    deeds: Numbers
    conditions: Numbers
    has_figures: NDArray[np.bool_]

    @classmethod
    def of(cls, facts: Numbers) -> "Facts":
        return cls(
            asked=facts & (1 << _DEEDS_FROM) - 1,
            deeds=facts >> _DEEDS_FROM & (1 << len(DEEDS)) - 1,
            conditions=facts >> _CONDITIONS_FROM & (1 << len(CONDITIONS)) - 1,
            has_figures=facts >> _FIGURES_FROM != 0,
        )
