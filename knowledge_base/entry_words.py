"""The entries' words: what is searched by words, and what a question is then compared with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from knowledge_base.characters import Numbers, frequencies
from knowledge_base.facts import Facts
from knowledge_base.lexical import FILLERS, is_in_dictionary, words
from knowledge_base.synonyms import default_synonyms
from knowledge_base.taken_apart import Reals, TakenApart, Words
from knowledge_base.whole_texts import Has, WholeTexts
from knowledge_base.word_index import Postings, Vocabulary, WordIndex, rarities_of

if TYPE_CHECKING:
    from knowledge_base.texts import Texts

_HEAD = 60
"""Characters of its passage that stand for the wording of an entry that has none."""


@dataclass(frozen=True)
class NearWordings:
    """Of some entries one wording each and the whole entry, one row each.

    `plain` as they are written, `official` in official words, `whole` all of an entry's searched
    text in official words, `has` where a pattern of the vocabulary occurs in that.
    """

    plain: Sequence[str]
    official: Sequence[str]
    whole: Sequence[str]
    has: Has
    plain_words: Words
    telling_words: Words
    facts: Facts


class EntryWords:
    """Made once; what `before` knows of the same texts is taken over from it."""

    def __init__(self, texts: Texts, before: EntryWords | None = None) -> None:
        self._synonyms = default_synonyms()
        if before is not None and before._synonyms is not self._synonyms:
            before = None
        self._vocabulary: Vocabulary = before._vocabulary if before else Vocabulary()
        wordings = texts.wordings
        without = np.diff(wordings.starts) == 0
        heads = [texts.passages[entry][:_HEAD] for entry in np.flatnonzero(without).tolist()]
        self._head_rows = len(wordings.texts) - 1 + np.cumsum(without)
        self._apart: TakenApart = TakenApart(
            (*wordings.texts, *heads),
            self._vocabulary,
            self._synonyms,
            before._apart if before else None,
        )
        self._passages = texts.passages
        self.questions: WordIndex = self._question_index(texts, before)
        self.passages: WordIndex = self._passage_index(texts, before)
        self._apart.weigh(self.questions.shares(self._apart.words))
        self._characters = rarities_of(frequencies(wordings.texts), len(wordings.texts))
        self._whole: WholeTexts = WholeTexts(
            texts, self._apart, self._synonyms, before._whole if before else None
        )

    def _question_index(self, texts: Texts, before: EntryWords | None) -> WordIndex:
        """BM25 over the wordings in official words."""
        origins = self._apart.origins[: len(texts.wordings.texts)]
        if before is not None:  # what was a passage's beginning is no wording
            origins = np.where(origins < before.questions.size, origins, -1)
        origins = _once(origins)
        fresh = np.flatnonzero(origins < 0)
        postings = Postings.of(self._apart.official(fresh), self._apart.telling_numbers(fresh))
        known = before.questions if before else None
        return WordIndex.renewed(self._vocabulary, origins, postings, known)

    def _passage_index(self, texts: Texts, before: EntryWords | None) -> WordIndex:
        """BM25 over the passages in official words."""
        known = before._passage_rows() if before else {}
        origins = _once(np.array([known.get(text, -1) for text in texts.passages], np.int64))
        fresh = [self._synonyms.official(texts.passages[n]) for n in np.flatnonzero(origins < 0)]
        telling = [[word for word in words(text) if word not in FILLERS] for text in fresh]
        postings = Postings.of(fresh, [self._vocabulary.add(found) for found in telling])
        index = before.passages if before else None
        return WordIndex.renewed(self._vocabulary, origins, postings, index)

    def _passage_rows(self) -> dict[str, int]:
        return {text: row for row, text in enumerate(self._passages)}

    @property
    def taken_over(self) -> int:
        """How many wordings the index before had taken apart."""
        return int((self._apart.origins >= 0).sum())

    def near(self, entries: Numbers, rows: Numbers) -> NearWordings:
        """Entries with one of their wordings each; the passage's beginning for row -1."""
        rows = np.where(rows < 0, self._head_rows[entries], rows)
        whole = self._whole.of(entries)
        return NearWordings(
            plain=self._apart.plain(rows),
            official=self._apart.official(rows),
            whole=whole,
            has=self._whole.having(entries, whole),
            plain_words=self._apart.plain_words(rows),
            telling_words=self._apart.telling_words(rows),
            facts=Facts.of(self._apart.facts(rows)),
        )

    def common(self, word: str) -> int:
        """How common a word is: in how many wordings it stands, and 0 for what is none.

        One wording alone may have it by mistake, unless a dictionary has it too.
        """
        if self._vocabulary.number(word) < 0:
            return 0
        number = self.questions.count(word)
        if is_in_dictionary(word):
            return max(number, 1)
        return number if number > 1 else 0

    def of_words(self, found: Sequence[str]) -> Sequence[float]:
        """How rare words are, 0 to 1; 1 for words that no wording has."""
        return self.questions.shares(found)

    def of_characters(self, codes: Numbers) -> Reals:
        """How rare characters are, 0 to 1; 1 for characters that no wording has."""
        known = codes < len(self._characters)
        return np.where(known, self._characters[np.where(known, codes, 0)], 1.0)


def _once(origins: Numbers) -> Numbers:
    """The same, with -1 for all but the first of several with one origin."""
    _, firsts = np.unique(origins, return_index=True)
    found = np.full(len(origins), -1, np.int64)
    found[firsts] = origins[firsts]
    return found
