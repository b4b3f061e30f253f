"""What cross-validation saw: each question's first candidate and its chance, and what follows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge_base.calibration import Level
from knowledge_base.evaluation import Share
from knowledge_base.features import ASKS_OTHERWISE, COSINE, COVERED, NAMES, may_answer, sure
from knowledge_base.samples import Sample

Reals = NDArray[np.float64]


@dataclass(frozen=True)
class Top:
    """The first candidate of a ranking: its row of `DECISION_NAMES`, and whether it is right."""

    row: Reals
    is_right: bool
    right_in_three: bool

    @property
    def may_answer(self) -> bool:
        """Whether no rule keeps it from being the direct answer, however likely it is."""
        asks_otherwise, covered = (
            self.row[NAMES.index(name)] for name in (ASKS_OTHERWISE, COVERED)
        )
        return may_answer(float(asks_otherwise), float(covered))

    def sure(self, chance: float) -> float:
        """A chance of it as it counts for a direct answer."""
        told, cosine = (float(self.row[NAMES.index(name)]) for name in (COVERED, COSINE))
        return sure(chance, told, cosine)


@dataclass(frozen=True)
class Trial:
    """Cross-validation in several rounds: `tops` and `chances` have one sequence per round.

    Figures count questions as they were asked, over all rounds; intervals are for the counts of
    one round, since the rounds repeat the same questions.
    """

    samples: Sequence[Sample]
    tops: Sequence[Sequence[Top]]
    chances: Sequence[Reals]

    @classmethod
    def of_measured(
        cls,
        samples: Sequence[Sample],
        tops: Sequence[Sequence[Top]],
        chances: Sequence[Reals],
    ) -> "Trial":
        """Of all that was cross-validated what figures and thresholds rest on."""
        places = [place for place, sample in enumerate(samples) if sample.is_measured]
        return cls(
            [samples[place] for place in places],
            [[each[place] for place in places] for each in tops],
            [each[places] for each in chances],
        )

    @property
    def rounds(self) -> int:
        return len(self.tops)

    def levels(self, bounds: Sequence[float], lowest: float) -> tuple[Level, ...]:
        """For each bound the lowest threshold, never below `lowest`, that keeps it."""
        return tuple(self._level(bound, lowest) for bound in bounds)

    def suggest_at(self, offered: float) -> float:
        """Where the share `offered` of the questions with a right entry in three is offered it."""
        helpful = [
            chance
            for sample, top, chance in self._each()
            if sample.is_answerable and not sample.ranks_only and top.right_in_three
        ]
        return float(np.quantile(helpful, 1 - offered))

    def figures(self, answer_at: float) -> dict[str, Any]:
        """Ranking, direct answers at a threshold, and how far the chances can be believed."""
        real = [each for each in self._each() if not each[0].left_out and not each[0].ranks_only]
        answerable = [top for sample, top, _ in real if sample.is_answerable]
        answered = self._answered(answer_at)
        return {
            "questions": len(real) // self.rounds,
            "answerable": len(answerable) // self.rounds,
            "top1": self._rate(sum(top.is_right for top in answerable), len(answerable)),
            "top3": self._rate(sum(top.right_in_three for top in answerable), len(answerable)),
            "right_direct": self._rate(answered.count(True), len(answerable)),
            "wrong_answers": self._rate(answered.count(False), len(answered)),
            "wrong_answers_at_most": self._at_most(answered),
            "expected_calibration_error": self._calibration_error(),
        }

    def _each(self) -> Iterator[tuple[Sample, Top, float]]:
        for tops, chances in zip(self.tops, self.chances, strict=True):
            for sample, top, chance in zip(self.samples, tops, chances, strict=True):
                yield sample, top, float(chance)

    def _direct(self) -> list[tuple[float, bool]]:
        """(sureness, is it right) of all that no rule keeps from a direct answer, surest first."""
        found = [
            (top.sure(chance), top.is_right)
            for sample, top, chance in self._each()
            if sample.decides and not sample.left_out and top.may_answer
        ]
        return sorted(found, key=lambda pair: -pair[0])

    def _level(self, bound: float, lowest: float) -> Level:
        """Half a wrong answer is added to those counted (Laplace's distrust of small counts)."""
        direct = self._direct()
        wrong = np.cumsum([not right for _, right in direct])
        counted = np.arange(1, len(direct) + 1)
        fine = np.flatnonzero((wrong + self.rounds / 2) / (counted + self.rounds) <= bound)
        answer_at = max(direct[int(fine[-1])][0], lowest) if len(fine) else 1.0
        answered = self._answered(answer_at)
        real = [s for s in self.samples if not s.left_out and not s.ranks_only]
        answerable = sum(sample.is_answerable for sample in real) * self.rounds
        return Level(
            bound=bound,
            answer_at=answer_at,
            right_direct=answered.count(True) / max(1, answerable),
            direct=len(answered) / self.rounds / max(1, len(real)),
            wrong_at_most=self._at_most(answered),
        )

    def _answered(self, answer_at: float) -> list[bool]:
        """Whether each direct answer at this threshold is right."""
        return [right for sureness, right in self._direct() if sureness >= answer_at]

    def _at_most(self, answered: Sequence[bool]) -> float:
        """The upper end of Clopper and Pearson's interval for wrong direct answers."""
        wrong = round(list(answered).count(False) / self.rounds)
        return Share(hits=wrong, of=round(len(answered) / self.rounds)).interval[1]

    def _rate(self, hits: int, of: int) -> dict[str, Any]:
        share = Share(hits=round(hits / self.rounds), of=round(of / self.rounds))
        return share.as_json() | {"value": hits / of if of else 0.0}

    def _calibration_error(self) -> float:
        """The mean distance between chance and outcome over ten bins, weighted by their size."""
        real = [each for each in self._each() if each[0].decides and not each[0].left_out]
        chances = np.array([chance for _, _, chance in real])
        right = np.array([top.is_right for _, top, _ in real], float)
        bins = np.minimum((chances * 10).astype(int), 9)
        return float(
            sum(
                (bins == b).mean() * abs(chances[bins == b].mean() - right[bins == b].mean())
                for b in set(bins)
            )
        )
