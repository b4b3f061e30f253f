"""Wordings and entries taken apart for comparison: made when first needed, the latest kept."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING

from knowledge_base.difference import Plain
from knowledge_base.lexical import WordIndex
from knowledge_base.synonyms import official
from knowledge_base.wording import WholeEntry, Wording

if TYPE_CHECKING:
    from knowledge_base.index import Texts

KEPT = 4_096
"""Of each kind; a wording takes 6 KB in official words and 9 KB as it is written."""


class TakenApart:
    """The texts of an index for its features; row -1 is the beginning of an entry's answer.

    It does not know its index: that would keep a replaced index in memory.
    """

    def __init__(self, texts: Texts, words: WordIndex, characters: WordIndex) -> None:
        self.plain_of = partial(Plain.of, word_rarity=words.share, char_rarity=characters.share)
        self.wording = lru_cache(KEPT)(partial(_wording, texts, words))
        self.plain = lru_cache(KEPT)(partial(_plain, texts, self.plain_of))
        self.whole = lru_cache(KEPT)(partial(_whole, texts))


def _text(texts: Texts, entry: int, row: int) -> str:
    return texts.wordings.texts[row] if row >= 0 else texts.passages[entry][:60]


def _wording(texts: Texts, words: WordIndex, entry: int, row: int) -> Wording:
    return Wording.of(official(_text(texts, entry, row)), words.share)


def _plain(texts: Texts, plain_of: partial[Plain], entry: int, row: int) -> Plain:
    return plain_of(_text(texts, entry, row))


def _whole(texts: Texts, entry: int) -> WholeEntry:
    rows = texts.wordings.rows_of(entry)
    wordings = [texts.wordings.texts[row] for row in rows[:20]]
    return WholeEntry.of(official(" ".join([*wordings, texts.answers[entry]])))
