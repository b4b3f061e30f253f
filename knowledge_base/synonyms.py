"""Citizens' words and the rules' words for one thing, made one (`synonyms.txt`)."""

import re
from functools import lru_cache
from pathlib import Path

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
        self._meaning = meaning
        longest_first = sorted(meaning, key=lambda word: (-len(word), word))
        self._any = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def official(self, text: str) -> str:
        """A normalised text in official words."""
        return self._any.sub(lambda found: self._meaning[found.group()], text)


@lru_cache(maxsize=1)
def default_synonyms() -> Synonyms:
    """The table of this release."""
    return Synonyms(read_table(_TABLE.read_text(encoding="utf-8")))


@lru_cache(maxsize=16384)
def official(text: str) -> str:
    """A normalised text in the official words of this release's table."""
    return default_synonyms().official(text)


def readings(question: str) -> tuple[str, ...]:
    """The question as it was asked, and in official words where that differs."""
    translated = official(question)
    return (question,) if translated == question else (question, translated)
