"""Citizens' words and the rules' words for one thing, made one (`synonyms.txt`)."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from ahocorasick_rs import AhoCorasick, MatchKind

_TABLE = Path(__file__).with_name("synonyms.txt")


def read_table(text: str) -> dict[str, str]:
    """Each word with the official word it stands for; raises `ValueError` for a wrong line."""
    meaning: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        official, colon, others = stripped.partition(":")
        if not colon or not official.strip() or not others.strip():
            raise ValueError(f"line {number}: expected 'official: other words'")
        meaning |= {word: official.strip() for word in (official.strip(), *others.split())}
    return meaning


class Synonyms:
    """Replaces every known word by its official one, the longest word first."""

    def __init__(self, meaning: dict[str, str]) -> None:
        self.meaning = meaning
        self._official = list(meaning.values())
        self._words = AhoCorasick(list(meaning), matchkind=MatchKind.LeftmostLongest)

    def official(self, text: str) -> str:
        """A normalised text in official words; the very same one where it has no other."""
        parts: list[str] = []
        place = 0
        copy = (text + " ")[:-1]  # a text it has read keeps its bytes in UTF-8 beside it for good
        for number, start, end in self._words.find_matches_as_indexes(copy):
            parts += text[place:start], self._official[number]
            place = end
        return "".join([*parts, text[place:]]) if parts else text


@dataclass(frozen=True, kw_only=True)
class SynonymLine:
    """A line of the desk's own: other words for an official one, over the release's line for it.

    Without words the release's line is not used.
    """

    official: str
    words: tuple[str, ...]
    changed_by: str
    changed_at: datetime


class SynonymStore(Protocol):
    """Keeps the desk's own lines; each change counts as a publication."""

    async def synonyms(self) -> list[SynonymLine]: ...

    async def save_synonym(
        self, official: str, words: Sequence[str], *, actor: str, now: datetime
    ) -> None: ...

    async def drop_synonym(self, official: str, *, actor: str, now: datetime) -> None: ...


@lru_cache(maxsize=1)
def default_table() -> dict[str, str]:
    """The table of this release."""
    return read_table(_TABLE.read_text(encoding="utf-8"))


def default_lines() -> dict[str, tuple[str, ...]]:
    """The release's table by official word, the other words in their order."""
    lines: dict[str, list[str]] = {}
    for word, stands_for in default_table().items():
        if word != stands_for:
            lines.setdefault(stands_for, []).append(word)
    return {word: tuple(others) for word, others in lines.items()}


def merged(own: Iterable[SynonymLine]) -> dict[str, str]:
    """The release's table with the desk's own lines over it."""
    lines = default_lines() | {line.official: line.words for line in own}
    return {
        word: stands_for
        for stands_for, words in lines.items()
        if words
        for word in (stands_for, *words)
    }


_in_use: list[Synonyms] = []
"""The table of this process: what the index was built with and what questions are read with."""
_on_trial: ContextVar[Synonyms | None] = ContextVar("synonyms_on_trial", default=None)


def default_synonyms() -> Synonyms:
    """The table in use: this release's, or what `adopt` or `tried_with` put over it."""
    if (tried := _on_trial.get()) is not None:
        return tried
    if not _in_use:
        _in_use.append(Synonyms(default_table()))
    return _in_use[0]


def adopt(own: Iterable[SynonymLine]) -> None:
    """Reads with the desk's own lines from now on; an index must be built anew after it."""
    table = merged(own)
    if table != default_synonyms().meaning:
        _in_use[:] = [Synonyms(table)]
        _official.cache_clear()


@contextmanager
def tried_with(own: Iterable[SynonymLine]) -> Iterator[None]:
    """Reads with these lines here, and in tasks and threads begun here; nowhere else."""
    token = _on_trial.set(Synonyms(merged(own)))
    try:
        yield
    finally:
        _on_trial.reset(token)


def official(text: str) -> str:
    """A normalised text in the official words of the table in use."""
    tried = _on_trial.get()
    return _official(text) if tried is None else tried.official(text)


@lru_cache(maxsize=16384)
def _official(text: str) -> str:
    return default_synonyms().official(text)


def readings(question: str) -> tuple[str, ...]:
    """The question as it was asked, and in official words where that differs."""
    translated = official(question)
    return (question,) if translated == question else (question, translated)
