"""Words typed with a character that only sounds right (居主证, 低宝), put right from the entries.

Phones offer the characters of a syllable, and the wrong one is easily tapped. What no dictionary
has is compared with the words of the entries: one character of the same sound, whatever its tone,
must make it one of them.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

from knowledge_base.lexical import FILLERS, is_in_dictionary, segments

_TABLE = Path(__file__).with_name("homophones.txt")
_LONGEST = 4
"""Characters of a word that is looked for."""
Common = Callable[[str], int]
"""How common a word is among the entries; 0 for none of theirs."""


def respelt(text: str, common: Common) -> str:
    """A normalised text with at most one character changed in each word no dictionary has."""
    start = 0
    for segment in segments(text):
        end = start + len(segment)
        if _is_suspect(segment) and (found := _best(text, start, end, common)):
            place, char = found
            text = f"{text[:place]}{char}{text[place + 1 :]}"
        start = end
    return text


def _is_suspect(segment: str) -> bool:
    """Words of a dictionary are what somebody wanted to say; so are 的 and 办."""
    if not _is_chinese(segment[0]):
        return False
    return segment not in FILLERS if len(segment) == 1 else not is_in_dictionary(segment)


def _best(text: str, start: int, end: int, common: Common) -> tuple[int, str] | None:
    """The place and the character that make the longest, then the most common word."""
    best: tuple[int, int, int, str] | None = None
    for place in range(start, end):
        for first, last in _windows(text, place, start, end):
            if common(text[first:last]):
                continue
            before, after = text[first:place], text[place + 1 : last]
            for char in homophones(text[place]):
                if number := common(f"{before}{char}{after}"):
                    found = (last - first, number, -place, char)
                    best = found if best is None else max(best, found)
    return None if best is None else (-best[2], best[3])


def _windows(text: str, place: int, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where a word may lie around a place; two characters only within the suspect itself."""
    for first in range(max(0, place - _LONGEST + 1), place + 1):
        for last in range(max(place, first + 1) + 1, min(len(text), first + _LONGEST) + 1):
            if last - first > 2 or (start <= first and last <= end):
                yield first, last


def _is_chinese(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


def homophones(char: str) -> str:
    """Other characters of the same sound, tones aside; "" for what is no common character."""
    return _homophones().get(char, "")


def syllables(char: str) -> tuple[str, ...]:
    """The sounds of a character without tones, at most two; none for what is no common one."""
    return _syllables().get(char, ())


@lru_cache(maxsize=1)
def _by_sound() -> dict[str, str]:
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    return {line.split()[0]: line.split()[1] for line in lines if not line.startswith("#")}


@lru_cache(maxsize=1)
def _syllables() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for syllable, chars in _by_sound().items():
        for char in chars:
            found[char] = (*found.get(char, ()), syllable)
    return found


@lru_cache(maxsize=1)
def _homophones() -> dict[str, str]:
    found: dict[str, str] = {}
    for chars in _by_sound().values():
        for char in chars:
            others = found.get(char, "") + chars
            found[char] = "".join(dict.fromkeys(others.replace(char, "")))
    return found
