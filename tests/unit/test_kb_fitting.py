"""Fitting ranking, probability and thresholds to labelled questions."""

import numpy as np
import pytest

from knowledge_base.calibration import load_model
from knowledge_base.evaluation import Query
from knowledge_base.features import NAMES
from knowledge_base.fitting import FitRefused, fit_block
from knowledge_base.refit import LabelledBase, fit
from knowledge_base.samples import Sample
from tests.kb_desk import ENTRIES


def sample(number: int, *, is_answerable: bool) -> Sample:
    """Five candidates; the right one has a clearly higher cosine and likeness."""
    random = np.random.default_rng(number)
    features = random.normal(0, 0.05, (5, len(NAMES))).astype(np.float32)
    right = np.zeros(5, bool)
    if is_answerable:
        place = number % 5
        right[place] = True
        features[place, NAMES.index("cosine")] += 1
        features[place, NAMES.index("whole")] += 1
    return Sample(
        group=str(number),
        features=features,
        right=right,
        matters=np.arange(5),
        is_answerable=is_answerable,
    )


def test_what_can_be_told_apart_is_answered() -> None:
    samples = [sample(n, is_answerable=n % 2 == 0) for n in range(160)]
    block, figures = fit_block(samples, with_meaning=True, bound=0.05)
    assert figures["top1"]["value"] == 1.0
    assert figures["right_direct"]["value"] > 0.9
    assert 0 < block.suggest_at <= block.answer_at


def test_too_few_labels_are_refused() -> None:
    with pytest.raises(FitRefused, match="at least"):
        fit_block([sample(1, is_answerable=True)], with_meaning=False, bound=0.02)


def test_labels_without_sense_are_refused() -> None:
    samples = [sample(n, is_answerable=False) for n in range(120)]
    shuffled = [
        Sample(
            group=s.group,
            features=s.features,
            right=np.arange(5) == n % 5,
            matters=s.matters,
            is_answerable=n % 2 == 0,
        )
        for n, s in enumerate(samples)
    ]
    with pytest.raises(FitRefused, match="rank first"):
        fit_block(shuffled, with_meaning=False, bound=0.02)


async def test_a_desk_with_three_labelled_questions_keeps_its_model() -> None:
    base = LabelledBase(
        entries=ENTRIES,
        queries=[Query(qid="1", text="驾照补办", pos=frozenset({"licence"}))],
    )
    with pytest.raises(FitRefused):
        await fit([base], encoder=None, current=load_model(), region="云和县")
