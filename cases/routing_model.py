"""The learnt router: several views weighed against each other on examples they had not seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from cases.routing_cold import ColdStart
from cases.routing_members import (
    DutyVotes,
    FieldVotes,
    Fitted,
    Labels,
    LinearVotes,
    MeaningVotes,
    MeanVotes,
    NeighbourVotes,
    PlaneVotes,
    RatioVotes,
    Scores,
    Votes,
)
from cases.routing_rows import Beside, Vectors, Words
from cases.routing_signs import UsualSigns
from cases.routing_stack import Stack
from cases.routing_text import plain
from cases.routing_trust import Trust

FOLDS: Final = 4
Inputs = list[tuple[type[Votes], Any]]


@dataclass(frozen=True, kw_only=True)
class Guess:
    """Departments best first, and the calibrated probability that the first is right."""

    ranking: tuple[str, ...]
    confidence: float


class LearntRouter:
    """Learns from labelled messages; `threshold` is the confidence that needs no dispatcher.

    `vectors` (one row per text) add what is read by meaning, `cold` (which knows every label)
    what names, duties and keywords say; with vectors here, they are needed in `guess` too.
    Needs two labels at least. Deterministic.
    """

    def __init__(
        self,
        texts: Sequence[str],
        labels: Sequence[str],
        vectors: Vectors | None = None,
        cold: ColdStart | None = None,
    ) -> None:
        self.labels = tuple(sorted(set(labels)))
        number = {label: n for n, label in enumerate(self.labels)}
        own = np.array([number[label] for label in labels], dtype=np.intp)
        clean = [plain(text) for text in texts]
        self._words = Words(clean)
        self._beside = None if vectors is None else Beside(vectors)
        self._usual = UsualSigns()
        self._cold = cold
        self._columns = [cold.names.index(name) for name in self.labels] if cold else []
        inputs = self._inputs(texts, vectors)
        fold = _folds(clean, own)
        unseen, means = _out_of_fold(inputs, own, fold, len(self.labels))
        self._stack = Stack(unseen, own)
        trust = Trust(_unseen_shares(unseen, own, fold), own)
        self._trust, self.threshold, self.accuracy = trust, trust.threshold, trust.accuracy
        self._votes: list[Fitted] = [
            means.get(n) or _fitted(kind, rows, own, len(self.labels))
            for n, (kind, rows) in enumerate(inputs)
        ]

    def guess(self, texts: Sequence[str], vectors: Vectors | None = None) -> list[Guess]:
        """A guess per text."""
        inputs = self._inputs(texts, vectors)
        found = [v.scores(rows) for v, (_, rows) in zip(self._votes, inputs, strict=True)]
        shares = self._stack.log_shares(found)
        sure = self._trust.confidence(shares)
        return [
            Guess(ranking=tuple(self.labels[n] for n in row), confidence=float(p))
            for row, p in zip(self._trust.ranks(shares), sure, strict=True)
        ]

    def _inputs(self, texts: Sequence[str], vectors: Vectors | None) -> Inputs:
        clean = [plain(text) for text in texts]
        words = self._words.rows(clean)
        inputs: Inputs = [(PlaneVotes, words), (RatioVotes, words)]
        if self._beside is not None and vectors is not None:
            together = self._beside.rows(words, vectors)
            inputs = [(PlaneVotes, together), (RatioVotes, words)]
            inputs += [(MeaningVotes, vectors), (NeighbourVotes, vectors)]
        inputs.append((FieldVotes, self._usual.rows(clean)))
        if self._cold is not None:
            found = self._cold.views(texts, vectors)
            inputs += [(DutyVotes, scores[:, self._columns]) for scores in found]
        return inputs


def _fitted(kind: type[Votes], rows: Any, own: Labels, classes: int) -> Votes:
    votes = kind()
    votes.fit(rows, own, classes)
    return votes


def _folds(clean: Sequence[str], own: Labels) -> Labels:
    """A fold per row: equal texts share one, and each label is spread over all of them."""
    fold = np.zeros(len(own), dtype=np.intp)
    seen: dict[str, int] = {}
    given = np.zeros(own.max() + 1, dtype=np.intp)
    for row in np.random.default_rng(0).permutation(len(own)):
        if clean[row] not in seen:
            seen[clean[row]] = int(given[own[row]] % FOLDS)
            given[own[row]] += 1
        fold[row] = seen[clean[row]]
    return fold


def _out_of_fold(
    inputs: Inputs, own: Labels, fold: Labels, classes: int
) -> tuple[list[Scores], dict[int, MeanVotes]]:
    """What each view says of each row when fitted without the row's fold.

    And of the linear views, by their number among the inputs, the mean of those fits.
    """
    found, means = [np.zeros((len(own), classes)) for _ in inputs], dict[int, MeanVotes]()
    for number in range(FOLDS):
        test = fold == number
        if not test.any() or len(np.unique(own[~test])) < 2:
            continue
        for n, (kind, rows) in enumerate(inputs):
            votes = _fitted(kind, rows[~test], own[~test], classes)
            found[n][test] = votes.scores(rows[test])
            if isinstance(votes, LinearVotes):
                _take_in(means, n, votes)
    return found, means


def _take_in(means: dict[int, MeanVotes], n: int, votes: LinearVotes) -> None:
    if n in means:
        means[n].add(votes)
    else:
        means[n] = MeanVotes(votes)


def _unseen_shares(unseen: Sequence[Scores], own: Labels, fold: Labels) -> Scores:
    """Log-shares of each row by a stack that was fitted without the row's fold."""
    shares = np.zeros_like(unseen[0])
    for number in np.unique(fold):
        test = fold == number
        if (~test).any():
            stack = Stack([scores[~test] for scores in unseen], own[~test])
            shares[test] = stack.log_shares([scores[test] for scores in unseen])
    return shares
