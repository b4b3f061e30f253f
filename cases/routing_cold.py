"""Routing without a single example: from the departments' duties and keywords alone."""

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cases.department import Department
from cases.ports import MatterEncoder
from cases.routing_letters import field_letters
from cases.routing_signs import Scores, Signs
from cases.routing_text import for_encoder, plain
from cases.routing_usual import described, fields_of, is_described

Vectors = NDArray[np.float32]
SENTENCE: Final = re.compile(r"[。；;\n]+")
KEYWORD_WEIGHT, WORDS_WEIGHT, MEANING_WEIGHT = 1.5, 15.0, 90.0
KEYWORD_WEIGHT_ALONE, WORDS_WEIGHT_ALONE = 3.1, 31.0
"""Fitted on 1,169 questions of the sample county, so that the softmax of the scores is how often
they are right: 78 % (68 % without an encoder) of first guesses are."""
LETTERS_WEIGHT, LETTERS_WEIGHT_ALONE = 2.0, 4.0
"""Of the fields' log-odds, where there are offices of which only the name is known (fitted on
E1, E2 and E4 named in docs/routing.md): by these nothing goes without a dispatcher."""
LEAST: Final = 1e-4
"""What a field's share of a letter is taken to be at least."""
SURE, SURE_ALONE = 0.97, 0.99
"""From this probability on, 97 % of those guesses were right: 39 % (23 %) of the questions."""
NEVER_SURE: Final = 1.01


class ColdStart:
    """Scores departments for a message by keyword hits, shared characters and meaning.

    A department of which only the name is known is taken to do what its like usually do.
    """

    def __init__(
        self, departments: Sequence[Department], encoder: MatterEncoder | None = None
    ) -> None:
        self.names = tuple(department.name for department in departments)
        self._own = {each.name for each in departments if is_described(each)}
        self._encoder = encoder
        full = [described(department) for department in departments]
        self._table = _Table(full, departments, encoder)
        self._as_given: _Table | None = None
        self._letters: _Letters | None = None
        if full != list(departments):
            self._as_given = _Table(departments, departments, encoder)
            self._letters = _Letters(departments)

    def scores(self, texts: Sequence[str], vectors: Vectors | None = None) -> Scores:
        """Log-odds of shape (texts, departments); `vectors` are the texts' if known already."""
        return self._with_letters(texts, self._said(texts, vectors))

    def guess(
        self, texts: Sequence[str], vectors: Vectors | None = None
    ) -> tuple[Scores, NDArray[np.float64]]:
        """`scores`, and how likely the first of each row is right.

        For a department that says itself what it does, that is by what it says alone.
        """
        said = self._said(texts, vectors)
        scores = self._with_letters(texts, said)
        first = scores.argmax(axis=1)
        own = np.array([self.names[n] in self._own for n in first], dtype=bool)
        odds = np.where(own[:, None], said, scores)
        odds = np.exp(odds - odds.max(axis=1, keepdims=True))
        return scores, odds[np.arange(len(odds)), first] / odds.sum(axis=1)

    def views(self, texts: Sequence[str], vectors: Vectors | None = None) -> list[Scores]:
        """`scores`, and beside them what the county's table says of itself, where that is less."""
        known = self._known(texts, vectors)
        given = [self._as_given.scores(texts, known)] if self._as_given else []
        return [self.scores(texts, known), *given]

    def threshold(self, name: str) -> float:
        """The probability at which this department needs no dispatcher: never by usual duties."""
        if name not in self._own:
            return NEVER_SURE
        return SURE_ALONE if self._encoder is None else SURE

    def _said(self, texts: Sequence[str], vectors: Vectors | None) -> Scores:
        return self._table.scores(texts, self._known(texts, vectors))

    def _with_letters(self, texts: Sequence[str], said: Scores) -> Scores:
        if self._letters is None:
            return said
        weight = LETTERS_WEIGHT_ALONE if self._encoder is None else LETTERS_WEIGHT
        return said + weight * self._letters.odds(texts)

    def _known(self, texts: Sequence[str], vectors: Vectors | None) -> Vectors | None:
        if self._encoder is None or vectors is not None:
            return vectors
        return self._encoder.encode_query(list(map(for_encoder, texts)))


class _Table:
    """Reads `departments`; of their keywords, those that were `given` are encoded as well."""

    def __init__(
        self,
        departments: Sequence[Department],
        given: Sequence[Department],
        encoder: MatterEncoder | None,
    ) -> None:
        self._signs, self._size = Signs(departments), len(departments)
        self._encodes = encoder is not None
        if encoder is not None:
            both = enumerate(zip(departments, given, strict=True))
            parts = [(n, part) for n, (each, own) in both for part in _parts(each, own.keywords)]
            self._owner = np.array([n for n, _ in parts])
            self._vectors = encoder.encode_query([part for _, part in parts])

    def scores(self, texts: Sequence[str], vectors: Vectors | None) -> Scores:
        clean = [plain(text) for text in texts]
        hits, shared = self._signs.hits(clean), self._signs.shared(clean)
        if not self._encodes or vectors is None:
            return KEYWORD_WEIGHT_ALONE * hits + WORDS_WEIGHT_ALONE * shared
        return (
            KEYWORD_WEIGHT * hits + WORDS_WEIGHT * shared + MEANING_WEIGHT * self._meaning(vectors)
        )

    def _meaning(self, vectors: Vectors) -> Scores:
        near = vectors @ self._vectors.T
        best = np.stack([near[:, self._owner == n].max(axis=1) for n in range(self._size)], axis=1)
        centred: Scores = best - best.mean(axis=1, keepdims=True)
        return centred


class _Letters:
    """What letters of every field of government say of departments with a field's name."""

    def __init__(self, departments: Sequence[Department]) -> None:
        self._fields = [fields_of(each.name) for each in departments]

    def odds(self, texts: Sequence[str]) -> Scores:
        """Log-odds, from what one field of many has by chance.

        0 for other names, and for texts of which no character is known."""
        clean, letters = [plain(text) for text in texts], field_letters()
        known = np.array([letters.knows(text) for text in clean])
        shares = letters.shares(clean)
        found = np.zeros((len(texts), len(self._fields)))
        for column, fields in zip(found.T, self._fields, strict=True):
            if fields:
                share = shares[:, fields].sum(axis=1) + LEAST
                column[:] = known * np.log(share * shares.shape[1])
        return found


def _parts(department: Department, keywords: Sequence[str]) -> list[str]:
    sentences = [part.strip() for part in SENTENCE.split(department.duties) if part.strip()]
    return [department.name, *sentences, *keywords]
