"""Kinds of one thing that exclude one another: who asks for 地铁 is not told of 公交车."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge_base.text import normalise

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


@dataclass(frozen=True, kw_only=True)
class KindsLine:
    """A line of the desk's own; not `in_use`: one of the release's that is left out."""

    line: str
    in_use: bool
    changed_by: str
    changed_at: datetime

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds in their order, each with its words."""
        return tuple(part.strip() for part in self.line.split("|"))


class KindsStore(Protocol):
    """Keeps the desk's own lines; each change counts as a publication."""

    async def own_kinds(self) -> list[KindsLine]: ...

    async def save_kinds(
        self, line: str, *, in_use: bool, actor: str, now: datetime, was: str = ""
    ) -> None: ...

    async def drop_kinds(self, line: str, *, actor: str, now: datetime) -> None: ...


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


def line_of(kinds: Iterable[str]) -> str:
    """The line of a table for kinds as somebody writes them, each with its words, normalised;
    "" where there are fewer than two.
    """
    parts = [" ".join(dict.fromkeys(_words(kind))) for kind in kinds]
    named = [part for part in parts if part]
    return " | ".join(named) if len(named) > 1 else ""


def _words(kind: str) -> list[str]:
    return [word for word in map(normalise, re.split(r"[\s,，、;；|｜]+", kind)) if word]


@cache
def release_lines() -> tuple[str, ...]:
    """The table of this release, a line for each thing."""
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line.strip() and not line.startswith("#"))


def merged(own: Iterable[KindsLine]) -> tuple[Thing, ...]:
    """The release's table without what the desk does not use, and the desk's own lines."""
    lines = dict.fromkeys(release_lines(), True) | {each.line: each.in_use for each in own}
    return read_kinds("\n".join(line for line, in_use in lines.items() if in_use))


_in_use: list[tuple[Thing, ...]] = []
_on_trial: ContextVar[tuple[Thing, ...] | None] = ContextVar("kinds_on_trial", default=None)


def default_kinds() -> tuple[Thing, ...]:
    """The table in use: this release's, or what `adopt` or `tried_with` put over it."""
    if (tried := _on_trial.get()) is not None:
        return tried
    if not _in_use:
        _in_use.append(merged(()))
    return _in_use[0]


def adopt(own: Iterable[KindsLine]) -> None:
    """Reads with the desk's own lines from now on, in this process."""
    _in_use[:] = [merged(own)]


@contextmanager
def tried_with(own: Iterable[KindsLine]) -> Iterator[None]:
    """Reads with these lines here, and in tasks and threads begun here; nowhere else."""
    token = _on_trial.set(merged(own))
    try:
        yield
    finally:
        _on_trial.reset(token)


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
