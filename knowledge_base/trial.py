"""What cross-validation saw: each question's first candidate and its chance, and what follows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge_base.calibration import Level
from knowledge_base.evaluation import Share, highest
from knowledge_base.features import COSINE, COVERED, NAMES, may_answer, sure
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
        return may_answer(dict(zip(NAMES, map(float, self.row), strict=False)))

    def sure(self, chance: float) -> float:
        """A chance of it as it counts for a direct answer."""
        told, cosine = (float(self.row[NAMES.index(name)]) for name in (COVERED, COSINE))
        return sure(chance, told, cosine)


UNMEASURED_SAY = 1 / 16
"""What a question that is learnt from but not measured counts where a threshold is chosen."""


@dataclass(frozen=True)
class Direct:
    """A candidate that no rule keeps from a direct answer: how sure, is it right, its say."""

    sureness: float
    is_right: bool
    is_measured: bool

    @property
    def say(self) -> float:
        return 1.0 if self.is_measured else UNMEASURED_SAY


@dataclass(frozen=True)
class Trial:
    """Cross-validation in several rounds: `tops` and `chances` have one sequence per round.

    Thresholds rest on all questions, those that are not measured with a small say: near misses
    by design, they are too many to be a mix as in life, and the others too few to show what goes
    wrong. Figures count measured questions as they were asked, over all rounds; intervals are for
    the counts of one round, since the rounds repeat the same questions.
    """

    samples: Sequence[Sample]
    tops: Sequence[Sequence[Top]]
    chances: Sequence[Reals]

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
            for sample, top, chance in self._measured()
            if sample.is_answerable and not sample.ranks_only and top.right_in_three
        ]
        return float(np.quantile(helpful, 1 - offered))

    def figures(self, answer_at: float) -> dict[str, Any]:
        """Ranking, direct answers at a threshold, and how far the chances can be believed."""
        asked = self._asked()
        answerable = [top for sample, top, _ in asked if sample.is_answerable]
        answered = [e for e in self._answered(answer_at) if e.is_measured]
        wrong = sum(not each.is_right for each in answered)
        return {
            "questions": len(asked) // self.rounds,
            "answerable": len(answerable) // self.rounds,
            "top1": self._rate(sum(top.is_right for top in answerable), len(answerable)),
            "top3": self._rate(sum(top.right_in_three for top in answerable), len(answerable)),
            "right_direct": self._rate(len(answered) - wrong, len(answerable)),
            "wrong_answers": self._rate(wrong, len(answered)),
            "wrong_answers_at_most": self._at_most(answered),
            "expected_calibration_error": self._calibration_error(),
        }

    def _each(self) -> Iterator[tuple[Sample, Top, float]]:
        for tops, chances in zip(self.tops, self.chances, strict=True):
            for sample, top, chance in zip(self.samples, tops, chances, strict=True):
                yield sample, top, float(chance)

    def _measured(self) -> Iterator[tuple[Sample, Top, float]]:
        return (each for each in self._each() if each[0].is_measured)

    def _asked(self) -> list[tuple[Sample, Top, float]]:
        """What was asked in earnest: none with its entries taken away."""
        return [e for e in self._measured() if not e[0].left_out and not e[0].ranks_only]

    @cached_property
    def _direct(self) -> list[Direct]:
        """Surest first."""
        found = [
            Direct(top.sure(chance), top.is_right, sample.is_measured)
            for sample, top, chance in self._each()
            if sample.decides and not sample.left_out and top.may_answer
        ]
        return sorted(found, key=lambda each: -each.sureness)

    def _level(self, bound: float, lowest: float) -> Level:
        """Half a wrong answer is added to those counted (Laplace's distrust of small counts)."""
        wrong = np.cumsum([each.say * (not each.is_right) for each in self._direct])
        counted = np.cumsum([each.say for each in self._direct])
        sureness = np.array([each.sureness for each in self._direct])
        last_of_its_kind = np.append(np.diff(sureness) < 0, True)[: len(sureness)]
        keeps = (wrong + self.rounds / 2) / (counted + self.rounds) <= bound
        fine = np.flatnonzero(keeps & last_of_its_kind)
        answer_at = max(float(sureness[fine[-1]]), lowest) if len(fine) else 1.0
        answered = self._answered(answer_at)
        right = sum(each.is_right for each in answered if each.is_measured)
        asked = self._asked()
        return Level(
            bound=bound,
            answer_at=answer_at,
            right_direct=right / max(1, sum(sample.is_answerable for sample, _, _ in asked)),
            direct=sum(each.is_measured for each in answered) / max(1, len(asked)),
            wrong_at_most=self._at_most(answered),
        )

    def _answered(self, answer_at: float) -> list[Direct]:
        return [each for each in self._direct if each.sureness >= answer_at]

    def _at_most(self, answered: Sequence[Direct]) -> float:
        """The upper end of Clopper and Pearson's interval for wrong direct answers."""
        wrong = sum(each.say for each in answered if not each.is_right) / self.rounds
        return highest(wrong, sum(each.say for each in answered) / self.rounds)

    def _rate(self, hits: int, of: int) -> dict[str, Any]:
        share = Share(hits=round(hits / self.rounds), of=round(of / self.rounds))
        return share.as_json() | {"value": hits / of if of else 0.0}

    def _calibration_error(self) -> float:
        """The mean distance between chance and outcome over ten bins, weighted by their size."""
        real = [each for each in self._measured() if each[0].decides and not each[0].left_out]
        chances = np.array([chance for _, _, chance in real])
        right = np.array([top.is_right for _, top, _ in real], float)
        bins = np.minimum((chances * 10).astype(int), 9)
        return float(
            sum(
                (bins == b).mean() * abs(chances[bins == b].mean() - right[bins == b].mean())
                for b in set(bins)
            )
        )
