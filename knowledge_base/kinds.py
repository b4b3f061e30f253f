"""Kinds of one thing that exclude one another: who asks for 地铁 is not told of 公交车."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_TABLE = Path(__file__).with_name("kinds.txt")


@dataclass(frozen=True)
class Thing:
    """The kinds of one thing: the number of the kind that each word means."""

    kinds: dict[str, int]
    words: re.Pattern[str]

    def named(self, text: str) -> frozenset[int]:
        """The kinds that a normalised text names, the longest word counting."""
        return frozenset(self.kinds[word] for word in self.words.findall(text))


@dataclass(frozen=True, kw_only=True)
class Mistaken:
    """A word of the question and the word the entry has of another kind instead."""

    asked: str
    told: str


def read_kinds(text: str) -> tuple[Thing, ...]:
    """The lines of a table; raises `ValueError` for a line of fewer than two kinds."""
    found: list[Thing] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        parts = [part.split() for part in line.split("|")]
        kinds = {word: kind for kind, words in enumerate(parts) for word in words}
        if len(parts) < 2 or not all(parts) or len(kinds) < sum(map(len, parts)):
            raise ValueError(f"line {number}: expected 'words | words', each word once")
        longest_first = sorted(map(re.escape, kinds), key=len, reverse=True)
        found.append(Thing(kinds, re.compile("|".join(longest_first))))
    return tuple(found)


@cache
def default_kinds() -> tuple[Thing, ...]:
    """The table of this release, read once."""
    return read_kinds(_TABLE.read_text(encoding="utf-8"))


def is_of_another_kind(
    question: str, wordings: Sequence[str], whole: Callable[[int], str]
) -> NDArray[np.bool_]:
    """Which entries are about another kind of a thing than the one that the question names.

    `wordings` has the nearest wording of each entry, `whole` gives all the text of the entry in
    one place, both normalised and in the writer's own words; an entry that speaks anywhere of the
    kind asked for is not meant. Shape (len(wordings),).
    """
    found = np.zeros(len(wordings), np.bool_)
    for thing in default_kinds():
        asked = thing.named(question)
        if asked:
            for place, wording in enumerate(wordings):
                told = thing.named(wording)
                if told and not told & asked and not asked & thing.named(whole(place)):
                    found[place] = True
    return found


def mistaken(question: str, wording: str) -> Mistaken | None:
    """The first word of the question beside the wording's word of another kind, if there is one."""
    for thing in default_kinds():
        asked, told = thing.named(question), thing.named(wording)
        if asked and told and not asked & told:
            words = thing.words
            return Mistaken(asked=words.findall(question)[0], told=words.findall(wording)[0])
    return None
