"""What of the entries is searched, normalised."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge_base.entry import Entry
from knowledge_base.text import PASSAGE_LENGTH, normalise

Numbers = NDArray[np.int64]

_PASSAGE_ANSWER = 250
"""Characters of an answer behind its question in the encoded passage (more dilutes it)."""


@dataclass(frozen=True)
class Wordings:
    """All wordings of all entries, normalised; `entry_of` gives each row's entry number."""

    texts: tuple[str, ...]
    entry_of: Numbers
    starts: Numbers

    @classmethod
    def of(cls, texts_by_entry: Sequence[Sequence[str]]) -> "Wordings":
        """Rows in the order of the entries; an entry may have none."""
        counts = [len(texts) for texts in texts_by_entry]
        return cls(
            texts=tuple(text for texts in texts_by_entry for text in texts),
            entry_of=np.repeat(np.arange(len(counts)), counts).astype(np.int64),
            starts=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        )

    def rows_of(self, entry: int) -> range:
        """The rows of one entry."""
        return range(int(self.starts[entry]), int(self.starts[entry + 1]))


@dataclass(frozen=True)
class Texts:
    """What of the entries is searched, ready to be encoded."""

    wordings: Wordings
    negatives: Wordings
    answers: tuple[str, ...]
    passages: tuple[str, ...]

    @classmethod
    def of(cls, entries: Sequence[Entry], before: "Known | None" = None) -> "Texts":
        """What is the same as in `before` is not normalised again."""
        known = before.texts._of_entries(before.entries) if before is not None else {}
        found = [known.get(entry) or OneEntry.of(entry) for entry in entries]
        return cls(
            wordings=Wordings.of([one.wordings for one in found]),
            negatives=Wordings.of([one.negatives for one in found]),
            answers=tuple(one.answer for one in found),
            passages=tuple(one.passage for one in found),
        )

    def _of_entries(self, entries: Sequence[Entry]) -> "dict[Entry, OneEntry]":
        return {
            entry: OneEntry(
                wordings=[self.wordings.texts[row] for row in self.wordings.rows_of(number)],
                negatives=[self.negatives.texts[row] for row in self.negatives.rows_of(number)],
                answer=self.answers[number],
                passage=self.passages[number],
            )
            for number, entry in enumerate(entries)
        }


@dataclass(frozen=True, kw_only=True)
class OneEntry:
    """The same of one entry."""

    wordings: Sequence[str]
    negatives: Sequence[str]
    answer: str
    passage: str

    @classmethod
    def of(cls, entry: Entry) -> "OneEntry":
        question = normalise(entry.question)
        answer = normalise(entry.answer[: 2 * PASSAGE_LENGTH])[:PASSAGE_LENGTH]
        is_bare = answer == question
        return cls(
            wordings=_normalised(entry.wordings),
            negatives=_normalised(entry.negatives),
            answer=answer,
            passage=question if is_bare else f"{question} {answer[:_PASSAGE_ANSWER]}".strip(),
        )


class Known(Protocol):
    """Entries whose texts are known: an index made before."""

    @property
    def entries(self) -> Sequence[Entry]: ...

    @property
    def texts(self) -> Texts: ...


def _normalised(texts: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, map(normalise, texts))))
