"""What cross-validation saw: which questions stand in which figure."""

from typing import Any

import numpy as np
import pytest

from knowledge_base.calibration import DECISION_NAMES
from knowledge_base.features import ASKS_OTHERWISE, COSINE, COVERED
from knowledge_base.samples import Sample
from knowledge_base.trial import Top, Trial


def top(*, is_right: bool, right_in_three: bool | None = None) -> Top:
    row = np.zeros(len(DECISION_NAMES))
    for name, value in ((COVERED, 0.6), (COSINE, 0.5), (ASKS_OTHERWISE, 0.0)):
        row[DECISION_NAMES.index(name)] = value
    return Top(row, is_right, is_right if right_in_three is None else right_in_three)


def sample(**other: Any) -> Sample:
    plain: dict[str, Any] = {
        "group": "1",
        "features": np.zeros((1, 1), np.float32),
        "right": np.array([True]),
        "matters": np.zeros(1, np.int64),
        "is_answerable": True,
    }
    return Sample(**(plain | other))


def trial(*seen: tuple[Sample, Top, float]) -> Trial:
    samples, tops, chances = zip(*seen, strict=True)
    return Trial(samples, [tops], [np.array(chances)])


RIGHT, WRONG = top(is_right=True), top(is_right=False)
ENTRY_TAKEN_AWAY = (sample(left_out=True), WRONG, 0.95)


@pytest.mark.parametrize(
    "beside",
    [
        (sample(is_answerable=False), RIGHT, 0.1),
        (sample(ranks_only=True), RIGHT, 0.1),
        (sample(is_measured=False), RIGHT, 0.1),
        (sample(), WRONG, 0.1),
    ],
)
def test_a_list_is_measured_by_questions_that_it_could_help(
    beside: tuple[Sample, Top, float],
) -> None:
    third = top(is_right=False, right_in_three=True)
    found = trial((sample(), RIGHT, 0.6), (sample(), third, 0.4), beside)
    assert found.suggest_at(1.0) == pytest.approx(0.4)
    assert found.suggest_at(0.5) == pytest.approx(0.5)


def test_the_distance_between_chance_and_outcome_is_weighted_by_how_many_say_so() -> None:
    found = trial((sample(), RIGHT, 0.85), (sample(), WRONG, 0.85), (sample(), WRONG, 0.25))
    error = found.figures(0.5)["expected_calibration_error"]
    assert error == pytest.approx((2 * 0.35 + 0.25) / 3)


@pytest.mark.parametrize("beside", [ENTRY_TAKEN_AWAY, (sample(decides=False), WRONG, 0.95)])
def test_what_could_not_be_answered_directly_moves_neither_threshold_nor_error(
    beside: tuple[Sample, Top, float],
) -> None:
    asked = [(sample(), RIGHT, 0.8)] * 100
    alone, with_it = trial(*asked), trial(*asked, *[beside] * 9)
    levels = [each.levels((0.02,), lowest=0.5)[0].answer_at for each in (alone, with_it)]
    assert levels[0] == levels[1]
    key = "expected_calibration_error"
    assert with_it.figures(0.5)[key] == pytest.approx(alone.figures(0.5)[key])


def test_a_question_whose_entry_was_taken_away_was_not_asked() -> None:
    found = trial((sample(), RIGHT, 0.8), ENTRY_TAKEN_AWAY)
    assert found.figures(0.5)["questions"] == 1


def test_a_share_of_nothing_is_nothing() -> None:
    found = trial((sample(is_answerable=False), WRONG, 0.2))
    assert found.figures(0.5)["top1"]["value"] == 0.0
