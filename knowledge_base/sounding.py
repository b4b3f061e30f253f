"""Words of which several characters only sound right (居主正, 身分正), heard as the entries' words.

Whoever speaks to a phone gets characters of the right sound. What no entry is found for is read
once more by its sound alone; accents that mix zh and z or an and ang are heard alike. It is a
guess: what is found so is offered and never answered directly.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product

from knowledge_base.lexical import FILLERS, is_in_dictionary, segments
from knowledge_base.respelling import syllables
from knowledge_base.synonyms import default_synonyms

_LENGTHS = range(6, 2, -1)
"""Characters of a word that is heard; two sound like too many things."""
_MOST_SEGMENTS = 3
_ACCENTS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ang", "an"), ("eng", "en"), ("ing", "in"))
Sound = tuple[str, ...]


class Sounds:
    """The words of some texts, by their sounds."""

    def __init__(self, texts: Iterable[str]) -> None:
        words = Counter(word for text in texts for word in _runs(text))
        words.update(word for word in default_synonyms().meaning if len(word) in _LENGTHS)
        self._known = frozenset(words)
        self._heard: dict[Sound, str] = {}
        for word, _ in sorted(words.items(), key=lambda each: (-each[1], each[0])):
            for sound in _sounds(word):
                self._heard.setdefault(sound, word)

    def heard(self, text: str) -> str:
        """A normalised text with its words as they sound; the same where nothing is heard."""
        place, parts = 0, ""
        while place < len(text):
            length, word = self._word_at(text, place)
            parts += word
            place += length
        return parts

    def _word_at(self, text: str, place: int) -> tuple[int, str]:
        for length in _LENGTHS:
            window = text[place : place + length]
            if len(window) < length:
                continue
            if window in self._known or is_in_dictionary(window):
                return length, window
            if found := next(filter(None, map(self._heard.get, _sounds(window))), None):
                return length, found
        return 1, text[place]


def _runs(text: str) -> Iterator[str]:
    """The words of a text that are heard as one: up to three neighbours that carry a matter."""
    pieces = segments(text)
    for first in range(len(pieces)):
        for last in range(first + 1, min(len(pieces), first + _MOST_SEGMENTS) + 1):
            if pieces[last - 1] in FILLERS:
                break
            if len(run := "".join(pieces[first:last])) in _LENGTHS:
                yield run


@lru_cache(maxsize=65536)
def _sounds(word: str) -> tuple[Sound, ...]:
    """The ways a word can sound, accents aside; none with a character of no known sound."""
    return tuple(product(*(_plain(char) for char in word)))


@lru_cache(maxsize=8192)
def _plain(char: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(_without_accent, syllables(char))))


def _without_accent(syllable: str) -> str:
    for said, meant in _ACCENTS:
        if said[-1] == "h":
            syllable = meant + syllable[2:] if syllable.startswith(said) else syllable
        elif syllable.endswith(said):
            syllable = syllable.removesuffix(said) + meant
    return syllable
