"""How views are weighed, when a rare department is favoured, and when nobody has to look."""

import numpy as np
import pytest
from sklearn.metrics import f1_score

from cases.department import Department
from cases.routing_cold import ColdStart
from cases.routing_members import (
    NEVER,
    DutyVotes,
    FieldVotes,
    MeanVotes,
    PlaneVotes,
    RatioVotes,
    Scores,
)
from cases.routing_model import LearntRouter
from cases.routing_rows import Beside, Words
from cases.routing_stack import Stack
from cases.routing_trust import NEVER_ALONE, RIGHT, Trust, balance_of

CLASSES = 3


def views(rows: int, seed: int = 1) -> tuple[Scores, Scores, np.ndarray]:
    """A view that knows, one that guesses, and the right classes."""
    chance = np.random.default_rng(seed)
    own = chance.integers(0, CLASSES, rows)
    knows = chance.normal(0, 1, (rows, CLASSES)) + 3 * np.eye(CLASSES)[own]
    return knows, chance.normal(0, 5, (rows, CLASSES)), own


def test_a_view_that_knows_counts_and_one_that_guesses_does_not() -> None:
    knows, guesses, own = views(600)
    stack = Stack([knows, guesses], own)
    fresh, noise, right = views(600, seed=2)
    both = stack.log_shares([fresh, noise]).argmax(axis=1)
    assert (both == right).mean() > 0.93 > ((fresh + noise).argmax(axis=1) == right).mean()


def test_shares_of_a_row_are_probabilities() -> None:
    knows, guesses, own = views(100)
    shares = np.exp(Stack([knows, guesses], own).log_shares([knows, guesses]))
    assert shares.sum(axis=1) == pytest.approx(np.ones(100))
    assert np.log(shares[np.arange(100), own]).mean() > -0.5


def test_a_score_of_never_does_not_stretch_the_others() -> None:
    knows, guesses, own = views(300)
    knows[:60, 0] = NEVER
    kept = Stack([knows, guesses], own).log_shares([knows, guesses])[60:]
    assert (kept.argmax(axis=1) == own[60:]).mean() > 0.9


def test_a_rare_class_is_favoured_where_that_finds_it() -> None:
    chance = np.random.default_rng(3)
    own = np.array([0] * 900 + [1] * 100)
    odds = chance.normal(0, 1, 1_000) + np.where(own == 1, -1.0, -3.4)
    shares = np.column_stack((-np.logaddexp(0, odds), -np.logaddexp(0, -odds)))
    found = Trust(shares, own).ranks(shares)[:, 0]
    plain = shares.argmax(axis=1)
    assert (found[own == 1] == 1).mean() > (plain[own == 1] == 1).mean() + 0.05


def test_few_letters_do_not_say_that_a_rare_class_is_to_be_favoured() -> None:
    chance = np.random.default_rng(3)
    own = np.array([0] * 90 + [1] * 10)
    odds = chance.normal(0, 1, 100) + np.where(own == 1, -1.0, -3.4)
    shares = np.column_stack((-np.logaddexp(0, odds), -np.logaddexp(0, -odds)))
    times, less = balance_of(np.exp(shares))
    assert ((np.exp(shares) * times - less).argmax(axis=1) != shares.argmax(axis=1)).any()
    assert (Trust(shares, own).ranks(shares)[:, 0] == shares.argmax(axis=1)).all()


def test_a_balance_reaches_the_macro_f1_that_no_other_offset_exceeds() -> None:
    chance = np.random.default_rng(4)
    shares = chance.dirichlet((6.0, 1.0, 0.3), 4_000)
    own = np.array([chance.choice(CLASSES, p=row) for row in shares])
    times, less = balance_of(shares)

    def reached(scores: Scores) -> float:
        return float(f1_score(own, scores.argmax(axis=1), average="macro"))

    others = [
        reached(np.log(shares) + np.array([0.0, one, two]))
        for one in np.arange(0, 2, 0.2)
        for two in np.arange(0, 2, 0.2)
    ]
    assert reached(shares * times - less) > reached(shares) + 0.02
    assert reached(shares * times - less) > max(others) - 0.01


def test_confidence_is_how_often_a_guess_is_right() -> None:
    knows, guesses, own = views(8_000)
    stack = Stack([knows, guesses], own)
    trust = Trust(stack.log_shares([knows, guesses]), own)
    fresh, noise, right = views(8_000, seed=2)
    shares = stack.log_shares([fresh, noise])
    sure, hit = trust.confidence(shares), trust.ranks(shares)[:, 0] == right
    for part in np.array_split(np.argsort(sure), 4):
        assert hit[part].mean() == pytest.approx(sure[part].mean(), abs=0.03)
    alone = sure >= trust.threshold
    assert alone.mean() > 0.5
    assert hit[alone].mean() >= RIGHT


def test_guesses_without_knowledge_never_go_alone() -> None:
    _, guesses, own = views(500)
    trust = Trust(Stack([guesses], own).log_shares([guesses]), own)
    assert trust.threshold == NEVER_ALONE


@pytest.mark.parametrize(("rows", "enough"), [(60, False), (120, True)])
def test_a_few_guesses_without_a_mistake_do_not_prove_97_percent(rows: int, enough: bool) -> None:
    own = np.arange(rows) % CLASSES
    trust = Trust(np.log(np.eye(CLASSES)[own] * 0.97 + 0.01), own)
    assert trust.accuracy == 1.0
    assert (trust.threshold < NEVER_ALONE) is enough


def test_confidence_that_is_right_too_seldom_is_not_trusted_by_luck() -> None:
    """Of 4,000 guesses, the surest fifth is right in 97 % less a little."""
    trusted = []
    for seed in range(60):
        chance = np.random.default_rng(seed)
        sure = chance.uniform(0.5, 0.999, 4_000)
        own = (chance.uniform(size=4_000) < np.minimum(sure, 0.965)).astype(np.intp)
        trusted.append(Trust(np.log(np.column_stack((1 - sure, sure))), own).threshold < 1)
    assert np.mean(trusted) <= 0.05


def test_a_mean_of_planes_is_as_bold_as_its_parts_and_knows_what_each_knew() -> None:
    clean = ["小区漏水", "电梯漏水", "孩子上学", "孩子转学", "户口迁移", "户口本"]
    words, own = Words(clean).rows(clean), np.array([0, 0, 1, 1, 2, 2])
    whole, part = PlaneVotes(), PlaneVotes()
    whole.fit(words, own, 4)
    part.fit(words[:4], own[:4], 4)
    each = np.stack((whole.scores(words), part.scores(words)))
    mean = MeanVotes(whole)
    mean.add(part)
    assert mean.scores(words)[:, :2] == pytest.approx(each[:, :, :2].mean(axis=0), abs=1e-6)
    assert mean.scores(words)[:, 2] == pytest.approx(each[0, :, 2], abs=1e-6)
    assert (mean.scores(words)[:, 3] == NEVER).all()


def test_words_and_characters_stand_beside_vectors_of_less_weight() -> None:
    clean = ["小区漏水", "孩子上学", "户口迁移"]
    words = Words(clean).rows(clean)
    vectors = np.random.default_rng(0).normal(size=(3, 384)).astype(np.float32)
    together = Beside(vectors).rows(words, vectors)
    assert words.power(2).sum(axis=1) == pytest.approx(np.full((3, 1), 2.0))
    size = np.sqrt(together[:, words.shape[1] :].power(2).sum(axis=1))
    assert size == pytest.approx(np.full((3, 1), 0.59), abs=0.1)


@pytest.mark.parametrize("kind", [PlaneVotes, RatioVotes])
def test_a_class_without_examples_is_never_voted_for(
    kind: type[PlaneVotes] | type[RatioVotes],
) -> None:
    clean = ["小区漏水", "电梯漏水", "孩子上学", "孩子转学"]
    words = Words(clean).rows(clean)
    votes = kind()
    votes.fit(words, np.array([0, 0, 2, 2]), 3)
    found = votes.scores(words)
    assert found.argmax(axis=1).tolist() == [0, 0, 2, 2]
    assert (found[:, 1] == NEVER).all()


def test_fields_vote_for_what_their_signs_were_seen_with() -> None:
    rows = np.array([[2.0, 0.0], [1.5, 0.0], [0.0, 2.0], [0.0, 1.0]])
    votes = FieldVotes()
    votes.fit(rows, np.array([0, 0, 2, 2]), 3)
    found = votes.scores(np.array([[1.0, 0.0], [0.0, 3.0]]))
    assert found.argmax(axis=1).tolist() == [0, 2]
    assert (found[:, 1] == NEVER).all()


def test_duties_vote_as_they_did_before_the_first_example() -> None:
    scores = np.array([[1.0, 2.0]])
    votes = DutyVotes()
    votes.fit(scores, np.array([0]), 2)
    assert votes.scores(scores).tolist() == [[1.0, 2.0]]


def test_departments_with_names_of_one_character_are_routed_to() -> None:
    cold = ColdStart([Department(name="甲"), Department(name="乙")])
    texts = [f"{word}{n}" for n in range(6) for word in ("漏水", "户口")]
    router = LearntRouter(texts, ["甲", "乙"] * 6, None, cold)
    assert [g.ranking[0] for g in router.guess(["又漏水", "迁户口"])] == ["甲", "乙"]
