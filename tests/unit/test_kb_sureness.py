"""How sure a direct answer must be: surer where the wording tells little of the question."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.calibration import DECISION_NAMES
from knowledge_base.entry import Entry
from knowledge_base.evaluation import highest
from knowledge_base.features import ASKS_OTHERWISE, COSINE, COVERED, sure
from knowledge_base.outcome import Candidate
from knowledge_base.samples import Sample
from knowledge_base.trial import Top, Trial

shares = st.floats(0, 1)


@given(shares, shares)
def test_it_is_never_above_the_chance(chance: float, covered: float) -> None:
    assert 0 <= sure(chance, covered, 0.5) <= chance + 1e-9


@given(shares, st.floats(0.5, 1))
def test_where_half_of_the_question_is_told_the_chance_counts(chance: float, told: float) -> None:
    assert sure(chance, told, 0.5) == pytest.approx(chance, abs=1e-9)


@given(shares, shares, shares)
def test_more_words_make_surer(chance: float, one: float, other: float) -> None:
    assert sure(chance, min(one, other), 0.5) <= sure(chance, max(one, other), 0.5) + 1e-12


@given(shares, shares)
def test_a_question_that_was_not_encoded_counts_by_its_chance(
    chance: float, covered: float
) -> None:
    assert sure(chance, covered, 0.0) == chance


def top(*, covered: float, is_right: bool) -> Top:
    row = np.zeros(len(DECISION_NAMES))
    row[DECISION_NAMES.index(COVERED)] = covered
    row[DECISION_NAMES.index(COSINE)] = 0.5
    row[DECISION_NAMES.index(ASKS_OTHERWISE)] = 0
    return Top(row, is_right, is_right)


def test_a_threshold_is_not_driven_up_by_what_is_alike_in_meaning_alone() -> None:
    answerable = [True] * 100 + [False] * 5
    samples = [
        Sample(
            group=str(number),
            features=np.zeros((1, 1), np.float32),
            right=np.array([is_right]),
            matters=np.zeros(1, np.int64),
            is_answerable=is_right,
        )
        for number, is_right in enumerate(answerable)
    ]
    told = [top(covered=0.6, is_right=True)] * 100 + [top(covered=0.1, is_right=False)] * 5
    trial = Trial(samples, [told], [np.array([0.7] * 100 + [0.85] * 5)])
    (level,) = trial.levels((0.02,), lowest=0.5)
    assert level.answer_at <= 0.7
    assert level.right_direct == 1.0
    assert trial.figures(level.answer_at)["wrong_answers"]["value"] == 0


def test_what_is_not_measured_counts_a_sixteenth_where_a_threshold_is_chosen() -> None:
    def samples(*, is_measured: bool) -> list[Sample]:
        return [
            Sample(
                group=str(number),
                features=np.zeros((1, 1), np.float32),
                right=np.array([True]),
                matters=np.zeros(1, np.int64),
                is_answerable=True,
                is_measured=is_measured,
            )
            for number in range(100)
        ]

    right = [top(covered=0.6, is_right=True)] * 100
    half_wrong = [top(covered=0.6, is_right=number % 2 == 0) for number in range(100)]
    trial = Trial(
        samples(is_measured=True) + samples(is_measured=False),
        [right + half_wrong],
        [np.array([0.7] * 100 + [0.6] * 100)],
    )
    cautious, bold = trial.levels((0.02, 0.05), lowest=0.5)
    assert (cautious.answer_at, bold.answer_at) == pytest.approx((0.7, 0.6))
    assert bold.right_direct == 1.0
    assert bold.wrong_at_most == pytest.approx(highest(50 / 16, 100 + 100 / 16))
    assert trial.figures(bold.answer_at)["wrong_answers"]["of"] == 100


def test_the_end_of_an_interval_is_the_exact_one_and_grows_with_what_is_wrong() -> None:
    assert highest(0, 100) == pytest.approx(1 - 0.025 ** (1 / 100))
    assert highest(0, 100) < highest(0.5, 100) < highest(1, 100)
    assert highest(3, 3) == highest(0, 0) == 1.0


def candidate(probability: float, covered: float) -> Candidate:
    entry = Entry(id="e1", question="小学报名要带什么", answer="带户口簿。")
    seen = {COVERED: covered, COSINE: 0.5}
    return Candidate(entry=entry, probability=probability, matched="", features=seen)
