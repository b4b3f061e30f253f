"""Many vectors: a first look by signs, a second by cosines."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.embedding import DenseIndex
from knowledge_base.ports import Vectors
from knowledge_base.signs import Signs


def unit_rows(count: int, dimension: int, seed: int = 1) -> Vectors:
    rows = np.random.default_rng(seed).standard_normal((count, dimension)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


def test_rows_near_a_question_are_found_as_if_all_were_compared() -> None:
    rows = unit_rows(20_000, 96)
    signs = DenseIndex(rows, rows[:10], exact_up_to=1_000)
    exact = DenseIndex(rows, rows[:10])
    for asked in rows[:20] + 0.05 * unit_rows(20, 96, seed=2):
        near = signs.nearest(asked, 3)
        assert near.rows[0] == exact.nearest(asked, 3).rows[0]
        assert abs(near.cosines[0] - exact.nearest(asked, 1).cosines[0]) < 0.001


@given(st.integers(1, 200), st.integers(1, 450), st.integers(1, 250))
def test_no_row_left_out_shares_more_signs(count: int, dimension: int, wanted: int) -> None:
    rows, asked = unit_rows(count, dimension), unit_rows(1, dimension, seed=3)[0]
    found = Signs(rows).likest(asked, wanted)
    shared = ((rows > 0) == (asked > 0)).sum(axis=1)
    others = np.delete(shared, found)
    assert len(found) >= min(wanted, count)
    assert not len(others) or others.max() < shared[found].min()


def test_of_very_many_rows_none_left_out_shares_more_signs() -> None:
    rows, asked = unit_rows(3_000, 70), unit_rows(1, 70, seed=3)[0]
    shared = ((rows > 0) == (asked > 0)).sum(axis=1)
    for wanted in (1, 5, 40):
        found = Signs(rows).likest(asked, wanted)
        assert np.delete(shared, found).max() < shared[found].min()
        assert wanted <= len(found) < 300


def test_rows_beyond_one_step_are_looked_at_too() -> None:
    rows = unit_rows(70_000, 8)
    assert 69_999 in Signs(rows).likest(rows[69_999], 1)


@pytest.mark.parametrize("dimension", [70, 130, 260])
def test_half_of_the_signs_of_very_many_rows_lead_to_those_that_share_most(dimension: int) -> None:
    random = np.random.default_rng(dimension)
    rows = random.random((270_000, dimension), np.float32) - 0.5
    signs = Signs(rows)
    for row in (0, 7, 269_999):
        asked = rows[row] + 0.1 * (random.random(dimension, np.float32) - 0.5)
        shared = ((rows > 0) == (asked > 0)).sum(axis=1)
        found = signs.likest(asked, 1_000)
        assert shared[found].max() == shared.max() == shared[row]
        assert np.isin(row, found)
        assert 1_000 <= len(found) < 30_000


@pytest.mark.parametrize("exact_up_to", [10, 10_000])
def test_rows_taken_over_are_found_as_if_the_index_were_made_anew(exact_up_to: int) -> None:
    rows, new = unit_rows(2_000, 64), unit_rows(2, 64, seed=5)
    before = DenseIndex(rows, rows[:10], exact_up_to=exact_up_to)
    origins = np.array([*range(1_000), -1, *range(1_001, 2_000), -1])
    renewed = before.renewed(origins, new)
    after = np.concatenate([rows[:1_000], new[:1], rows[1_001:], new[1:]])
    anew = DenseIndex(after, rows[:10], exact_up_to=exact_up_to)
    for asked in (*new, rows[7], rows[1_500]):
        assert renewed.nearest(asked, 3).rows.tolist() == anew.nearest(asked, 3).rows.tolist()
        assert renewed.nearest(asked, 1).cosines[0] > 0.99
