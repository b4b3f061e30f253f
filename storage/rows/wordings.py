"""Texts as the full-text index of either database keeps them, and questions to it.

Chinese has no spaces, and most of its words have two characters: every run of letters is kept as
its overlapping pairs ("户口簿" is "户口 口簿 簿"), so that any part of a word can be found as a
phrase of pairs. Runs of ASCII letters and digits are kept whole.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

LONGEST = 100  # characters of one run of ASCII; a longer one is an address that nobody types
MOST_ASKED = 12  # runs of a question; the rest adds nothing


def index_words(text: str) -> str:
    """The words of a text with blanks between them, in its order."""
    return " ".join(word for run in _runs(text) for word in _words(run))


def search_for(text: str) -> str:
    """A question in the syntax of SQLite's FTS5: all runs of the text, each as a phrase.

    "" asks for nothing in particular; a text without a letter or digit is found nowhere.
    """
    if not text.strip():
        return ""
    asked = [_phrase(run) for run in list(_runs(text))[:MOST_ASKED]]
    return " AND ".join(asked) or '"∅"'


def search_for_any(words: Sequence[str]) -> str:
    """A question for texts that hold at least one of the words; "" for none."""
    asked = [_phrase(run) for word in words for run in _runs(word)][:MOST_ASKED]
    return " OR ".join(f"({each})" for each in asked)


def _phrase(run: str) -> str:
    """ "户口" + "口簿"; the beginning of a word where the run is no pair."""
    if run.isascii() or len(run) == 1:
        return f'"{run[:LONGEST]}" *'
    return " + ".join(f'"{one}{other}"' for one, other in pairwise(run))


def _words(run: str) -> Iterator[str]:
    if run.isascii():
        yield run[:LONGEST]
        return
    yield from (one + other for one, other in pairwise(run))
    yield run[-1]


def _runs(text: str) -> Iterator[str]:
    """Letters and digits that stand together, ASCII apart from the rest."""
    plain = unicodedata.normalize("NFKC", text).lower()
    for kind, run in groupby(plain, key=_kind):
        if kind:
            yield "".join(run)


def _kind(char: str) -> str:
    if not char.isalnum():
        return ""
    return "ascii" if char.isascii() else "other"
