"""The part of an index that needs an encoder: the entries' vectors, placed for comparison."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge_base.embedding import DenseIndex, Space
from knowledge_base.ports import Vectors
from knowledge_base.texts import Texts

Numbers = NDArray[np.int64]
MANY = 20_000
"""Texts from which on an index takes over the vectors of the one before."""
_DRIFT = 0.01
"""Share of the texts that may be others than those whose mean the space was made around."""


@dataclass(frozen=True)
class EntryVectors:
    """Encoded texts: passages as documents, the rest as queries."""

    wordings: Vectors
    passages: Vectors
    background: Vectors


@dataclass(frozen=True)
class Meaning:
    """Where the entries lie in a space; `drift` counts the texts that came after it was made."""

    space: Space
    wordings: DenseIndex | None
    passages: DenseIndex
    drift: int = 0

    @classmethod
    def of(cls, vectors: EntryVectors, *, transform: Vectors | None = None) -> "Meaning":
        own = vectors.wordings if len(vectors.wordings) else vectors.passages
        space = Space.around(own, vectors.background, transform=transform)
        usual = space.place(vectors.background)
        rows = vectors.wordings
        return cls(
            space=space,
            wordings=DenseIndex(space.place(rows), usual) if len(rows) else None,
            passages=DenseIndex(space.place(vectors.passages), usual),
        )


@dataclass(frozen=True)
class Moves:
    """Which of some texts an index before has, in which row, and which are new."""

    texts: Sequence[str]
    origins: Numbers

    @classmethod
    def of(cls, texts: Sequence[str], before: Sequence[str]) -> "Moves":
        known = {text: row for row, text in enumerate(before)}
        return cls(texts, np.array([known.get(text, -1) for text in texts], np.int64))

    @property
    def new(self) -> list[str]:
        """The texts that are to be encoded."""
        return [self.texts[row] for row in np.flatnonzero(self.origins < 0).tolist()]


@dataclass(frozen=True)
class Renewal:
    """An index's vectors taken over into the next one, when little has changed.

    The space stays the old one's, so that nothing has to be placed again: one text in a hundred
    thousand moves the mean by less than a vector's last digits.
    """

    before: Meaning
    wordings: Moves
    passages: Moves

    @classmethod
    def of(
        cls, texts: Texts, known: Texts, before: Meaning | None, transform: Vectors | None
    ) -> "Renewal | None":
        """None where few texts, many changes or another map make a new space better."""
        fits = before is not None and before.wordings and before.space.transform is transform
        if before is None or not fits or len(texts.wordings.texts) < MANY:
            return None
        found = cls(
            before=before,
            wordings=Moves.of(texts.wordings.texts, known.wordings.texts),
            passages=Moves.of(texts.passages, known.passages),
        )
        most = _DRIFT * len(texts.wordings.texts)
        return found if found.drift <= most else None

    @property
    def drift(self) -> int:
        """The texts that were not there when the space was made."""
        return self.before.drift + len(self.wordings.new)

    def meaning(self, wordings: Vectors, passages: Vectors) -> Meaning:
        """With the vectors of the new wordings and passages."""
        before = self.before
        assert before.wordings is not None  # as `of` has seen
        return Meaning(
            space=before.space,
            wordings=before.wordings.renewed(self.wordings.origins, self._placed(wordings)),
            passages=before.passages.renewed(self.passages.origins, self._placed(passages)),
            drift=self.drift,
        )

    def _placed(self, vectors: Vectors) -> Vectors:
        return self.before.space.place(vectors) if len(vectors) else vectors
