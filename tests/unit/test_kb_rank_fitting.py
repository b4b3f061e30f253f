"""Fitting the ranking: single features, and products of two."""

import json
from pathlib import Path

import numpy as np
import pytest

from knowledge_base.calibration import ModelIsUnusable, load_model, save_model
from knowledge_base.features import NAMES
from knowledge_base.linear import FAR, Linear
from knowledge_base.rank_fitting import fit_rank, fit_rank_with_products
from knowledge_base.samples import Sample

TWO = ("cosine", "whole")


def both_or_neither(number: int) -> Sample:
    """Four candidates; right is the one whose two features lie on the same side."""
    random = np.random.default_rng(number)
    side = np.array([[1, 1], [1, -1], [-1, 1], [1, -1]]) * random.choice([-1, 1])
    order = random.permutation(4)
    features = np.zeros((4, len(NAMES)), np.float32)
    features[:, [NAMES.index(name) for name in TWO]] = side[order]
    features += random.normal(0, 0.1, features.shape).astype(np.float32)
    return Sample(
        group=str(number),
        features=features,
        right=order == 0,
        matters=np.arange(4),
        is_answerable=True,
    )


def ranked_first(model: Linear, samples: list[Sample]) -> float:
    hits = [bool(s.right[np.argmax(model.scores(s.features, NAMES))]) for s in samples]
    return float(np.mean(hits))


def test_products_find_what_no_single_feature_tells() -> None:
    learnt = [both_or_neither(number) for number in range(2000)]
    asked = [both_or_neither(number) for number in range(5000, 5200)]
    assert ranked_first(fit_rank(learnt, TWO), asked) < 0.6
    assert ranked_first(fit_rank_with_products(learnt, TWO), asked) > 0.95


def test_a_feature_far_from_its_mean_says_no_more_in_a_product() -> None:
    one = Linear(
        features=TWO, means=(0, 0), scales=(1, 1), weights=(0, 0), products=((0, 1), (1, 0))
    )
    rows = np.array([[FAR, 2.0], [50.0, 2.0], [1.0, 2.0]])
    assert one.scores(rows, TWO).tolist() == [4 * FAR, 4 * FAR, 4.0]


def test_products_are_kept_in_the_file(tmp_path: Path) -> None:
    model = load_model()
    save_model(model, tmp_path / "model.json")
    bare = load_model(tmp_path / "model.json").full.rank_bare
    assert bare is not None
    assert bare == model.full.rank_bare
    assert len(bare.products) == len(bare.features)


def test_a_file_with_a_row_of_products_too_few_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.json"
    save_model(load_model(), path)
    stored = json.loads(path.read_text(encoding="utf-8"))
    stored["full"]["rank_bare"]["products"].pop()
    path.write_text(json.dumps(stored), encoding="utf-8")
    with pytest.raises(ModelIsUnusable, match="products"):
        load_model(path)
