"""Everything that is searched of an entry as one text in official words, and what it names."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from knowledge_base.characters import Numbers
from knowledge_base.synonyms import Synonyms
from knowledge_base.taken_apart import TakenApart
from knowledge_base.texts import Texts
from knowledge_base.vocabulary import CONDITIONS, EVIDENCE

Has = Callable[[re.Pattern[str]], NDArray[np.bool_]]
"""Says of some texts in turn whether a pattern occurs there."""

KEPT = 4_096
"""Entries whose whole text is kept; one takes 2 KB."""
_WORDINGS = 20
"""Wordings of an entry that are taken together with its answer."""
_PATTERNS = {pattern: n for n, pattern in enumerate((*CONDITIONS, *(p for _, p in EVIDENCE)))}
_UNSOUGHT, _LACKS, _HAS = 0, 1, 2


class WholeTexts:
    """The answers are put into official words once; a pattern is looked for in a text once."""

    def __init__(
        self,
        texts: Texts,
        apart: TakenApart,
        synonyms: Synonyms,
        before: "WholeTexts | None" = None,
    ) -> None:
        known = dict(zip(before._plain, before._answers, strict=True)) if before else {}
        self._plain: Sequence[str] = texts.answers
        self._answers: list[str] = [
            known.get(text) or synonyms.official(text) for text in texts.answers
        ]
        starts = texts.wordings.starts
        self._of = lru_cache(KEPT)(partial(_whole, starts, apart, self._answers))
        self._found = np.full((len(_PATTERNS), len(texts.answers)), _UNSOUGHT, np.uint8)

    def of(self, entries: Numbers) -> list[str]:
        """The texts of some entries."""
        return [self._of(entry) for entry in entries.tolist()]

    def having(self, entries: Numbers, texts: Sequence[str]) -> Has:
        """Where the conditions and the evidence of `vocabulary` are; `texts` are these entries'."""
        return partial(self._have, entries, texts)

    def _have(
        self, entries: Numbers, texts: Sequence[str], pattern: re.Pattern[str]
    ) -> NDArray[np.bool_]:
        found = self._found[_PATTERNS[pattern]]  # a byte each: any thread may write what it found
        for place in np.flatnonzero(found[entries] == _UNSOUGHT).tolist():
            found[entries[place]] = _HAS if pattern.search(texts[place]) else _LACKS
        return np.asarray(found[entries] == _HAS, np.bool_)


def _whole(starts: Numbers, apart: TakenApart, answers: Sequence[str], entry: int) -> str:
    first, end = int(starts[entry]), int(starts[entry + 1])
    return " ".join([*apart.official(slice(first, min(end, first + _WORDINGS))), answers[entry]])
