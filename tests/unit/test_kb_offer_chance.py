"""The chance that a list helps: one of its first three lines is the answer."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from knowledge_base.asked import Asked
from knowledge_base.calibration import DEFAULT_MODEL, load_model, save_model
from knowledge_base.decision import decide, rank
from knowledge_base.fitting import fit_block, fit_offer
from knowledge_base.outcome import Nothing, Suggestions
from knowledge_base.places import Region
from knowledge_base.search import KnowledgeBase
from knowledge_base.trial import Top
from tests.unit.test_kb_fitting import plain_and_hard, sample
from tests.worlds.kb_desk import ENTRIES


async def test_a_list_is_offered_by_the_chance_of_its_first_three_lines() -> None:
    model = load_model()
    base = KnowledgeBase(None, None, model, "云和县", 1.0)
    await base.load(ENTRIES)
    asked = Asked.of("我的驾照找不到了", region=Region("云和县"), today=date(2026, 11, 22))
    first, *others = rank(base.index, model, asked, None)

    def found(in_three: float) -> Nothing | Suggestions:
        ranking = (replace(first, probability=0.01, in_three=in_three), *others)
        finding = decide(base.index, model, asked, ranking, has_vector=False)
        assert isinstance(finding, Nothing | Suggestions)
        return finding

    assert isinstance(found(model.words.suggest_at + 0.01), Suggestions)
    assert isinstance(found(model.words.suggest_at - 0.01), Nothing)
    await base.close()


async def test_the_first_three_are_never_less_likely_than_the_first_alone() -> None:
    model = load_model()
    base = KnowledgeBase(None, None, model, "云和县", 1.0)
    await base.load(ENTRIES)
    asked = Asked.of("我的驾照找不到了", region=Region("云和县"), today=date(2026, 11, 22))
    found = rank(base.index, model, asked, None)
    assert all(each.in_three >= each.probability for each in found)
    assert any(each.in_three > each.probability for each in found)
    await base.close()


def test_near_misses_that_are_not_measured_have_the_whole_say_in_it() -> None:
    plain, hard = plain_and_hard()
    light = [replace(each, weight=0.01) for each in hard]
    names = fit_block(plain, with_meaning=True, bound=0.05)[0].decide.features
    tops = [
        Top(np.append(each.features[0], [0.0, 0.0, 0.0]), bool(each.right[0]), each.is_answerable)
        for each in plain + hard
    ]
    one, other = fit_offer(plain + hard, tops, names), fit_offer(plain + light, tops, names)
    assert one.weights == pytest.approx(other.weights)


def test_what_can_be_told_apart_still_offers_every_list_that_is_likelier_of_help_than_not() -> None:
    samples = [sample(n, is_answerable=n % 2 == 0) for n in range(160)]
    block, _ = fit_block(samples, with_meaning=True, bound=0.05)
    assert block.offer is not None
    assert block.suggest_at <= 0.5


def test_a_model_of_an_earlier_release_offers_by_the_chance_of_the_first(tmp_path: Path) -> None:
    stored = json.loads(DEFAULT_MODEL.read_text(encoding="utf-8"))
    for block in ("full", "words", "others"):
        del stored[block]["offer"]
    earlier = tmp_path / "model.json"
    earlier.write_text(json.dumps(stored), encoding="utf-8")
    assert load_model(earlier).words.offer is None
    save_model(replace(load_model(earlier), transforms={}), tmp_path / "again.json")
    assert load_model(tmp_path / "again.json").words.offer is None
