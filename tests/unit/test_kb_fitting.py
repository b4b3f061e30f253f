"""Fitting ranking, probability and thresholds to labelled questions."""

from dataclasses import replace

import numpy as np
import pytest

from bot.make_model.bases import QUESTIONS, read_rows
from knowledge_base.calibration import load_model
from knowledge_base.evaluation import Query
from knowledge_base.features import ASKS_OTHERWISE, COVERED, NAMES, OTHER_KIND
from knowledge_base.fitting import FitRefused, fit_block
from knowledge_base.places import Region
from knowledge_base.refit import LabelledBase, fit
from knowledge_base.samples import Sample, samples_of
from knowledge_base.search import KnowledgeBase
from tests.worlds.kb_desk import ENTRIES


def sample(number: int, *, is_answerable: bool, noise: float = 0.05) -> Sample:
    """Five candidates; the right one has a clearly higher cosine and likeness."""
    random = np.random.default_rng(number)
    features = random.normal(0, noise, (5, len(NAMES))).astype(np.float32)
    features[:, [NAMES.index(ASKS_OTHERWISE), NAMES.index(OTHER_KIND)]] = 0
    features[:, NAMES.index(COVERED)] = 1
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


def plain_and_hard() -> tuple[list[Sample], list[Sample]]:
    """160 samples that are measured, and 200 noisier ones that are only learnt from."""
    plain = [sample(n, is_answerable=n % 2 == 0, noise=0.4) for n in range(160)]
    hard = [sample(n, is_answerable=n % 3 > 0, noise=2.0) for n in range(200, 400)]
    return plain, [replace(each, is_measured=False) for each in hard]


def test_what_is_not_measured_is_learnt_from_but_counted_in_no_figure() -> None:
    plain, hard = plain_and_hard()
    alone, figures = fit_block(plain, with_meaning=True, bound=0.05)
    taught, counted = fit_block(plain + hard, with_meaning=True, bound=0.05)
    assert counted["questions"] == figures["questions"] == 160
    assert counted["answerable"] == figures["answerable"] == 80
    assert taught.rank.weights != alone.rank.weights
    assert taught.decide.weights != alone.decide.weights
    measured = [replace(each, is_measured=True) for each in hard]
    _, all_of_them = fit_block(plain + measured, with_meaning=True, bound=0.05)
    assert all_of_them["questions"] == 360


def test_near_misses_that_are_not_measured_make_a_threshold_cautious() -> None:
    plain, hard = plain_and_hard()
    measured = [replace(each, is_measured=True) for each in hard]

    def answer_at(samples: list[Sample]) -> float:
        block, _ = fit_block(samples, with_meaning=True, bound=0.02)
        return block.answer_at

    assert answer_at(plain) < answer_at(plain + hard) <= answer_at(plain + measured)


def test_questions_of_little_weight_move_the_decision_little() -> None:
    plain, hard = plain_and_hard()
    alone, _ = fit_block(plain, with_meaning=True, bound=0.05)

    def distance(weight: float) -> float:
        more = [replace(each, weight=weight) for each in hard]
        block, _ = fit_block(plain + more, with_meaning=True, bound=0.05)
        one, other = np.array(alone.decide.weights), np.array(block.decide.weights)
        return float(np.linalg.norm(one - other))

    assert distance(0.01) < distance(1.0)


def test_our_own_labelled_questions_are_whole() -> None:
    rows = read_rows(QUESTIONS)
    assert len(rows) > 1800
    assert len({row["text"] for row in rows}) == len({row["qid"] for row in rows}) == len(rows)
    assert all((row["kind"] == "none") == (not row["pos"]) for row in rows)
    assert all(len(row["text"]) > 2 and not set(row["pos"]) & set(row["partial"]) for row in rows)
    assert 0.3 < sum(row["kind"] == "none" for row in rows) / len(rows) < 0.45


def test_too_few_labels_are_refused() -> None:
    with pytest.raises(FitRefused, match="at least"):
        fit_block([sample(1, is_answerable=True)], with_meaning=False, bound=0.02)


def test_labels_without_sense_are_refused() -> None:
    samples = [sample(n, is_answerable=False) for n in range(400)]
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


def test_a_looser_bound_answers_more() -> None:
    samples = [sample(n, is_answerable=n % 2 == 0, noise=0.55) for n in range(400)]
    block, _ = fit_block(samples, with_meaning=True, bound=0.02)
    strict, loose = block.under(0.005), block.under(0.1)
    assert loose.answer_at < block.answer_at <= strict.answer_at
    loosest, tight = loose.level(0.1), block.level(0.02)
    assert loosest is not None
    assert tight is not None
    assert loosest.right_direct > tight.right_direct


def test_a_bound_below_all_that_was_counted_answers_only_exact_wordings() -> None:
    samples = [sample(n, is_answerable=n % 2 == 0) for n in range(160)]
    block, _ = fit_block(samples, with_meaning=True, bound=0.05)
    assert block.under(0.0001).answer_at == 1.0


def test_what_asks_for_something_else_is_never_counted_as_an_answer() -> None:
    samples = [sample(n, is_answerable=n % 2 == 0) for n in range(160)]
    for each in samples:
        each.features[:, NAMES.index(ASKS_OTHERWISE)] = 1.0
    _, figures = fit_block(samples, with_meaning=True, bound=0.05)
    assert figures["right_direct"]["value"] == 0.0


def test_what_shares_no_word_is_never_counted_as_an_answer() -> None:
    samples = [sample(n, is_answerable=n % 2 == 0) for n in range(160)]
    for each in samples:
        each.features[:, NAMES.index(COVERED)] = 0.0
    _, figures = fit_block(samples, with_meaning=True, bound=0.05)
    assert figures["right_direct"]["value"] == 0.0


async def test_the_same_labels_make_the_same_groups_in_every_process() -> None:
    base = KnowledgeBase(None, None, load_model(), "云和县", 1.0)
    await base.load(ENTRIES)
    pos = frozenset({"permit-copy", "permit", "aid", "elderly"})
    (found, _) = samples_of(
        base.index, [Query(qid="1", text="居住证怎么办", pos=pos)], None, region=Region("云和县")
    )
    await base.close()
    assert found.group == "permit"
