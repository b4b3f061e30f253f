"""Why the likeliest entry is offered and not sent, and what keeps others out of the list."""

from datetime import date

import pytest

from bot.demo.county import ENTRIES
from console.knowledge.trial import HELD, held_back
from knowledge_base.asked import Asked
from knowledge_base.calibration import Block, load_model
from knowledge_base.exchange import plan_import, read_rows
from knowledge_base.explanation import WHY_HELD, explain
from knowledge_base.features import ASKS_OTHERWISE, COSINE, COVERED, WORDING_COVERED
from knowledge_base.holding import why_held
from knowledge_base.outcome import Answer, Candidate, Held, Suggestions, Veto
from knowledge_base.places import Region
from knowledge_base.search import KnowledgeBase

TODAY = date(2026, 11, 22)
LICENCE = "qh-gaj-011"
HEALTH = "qh-wjj-012"
SEEN = {COVERED: 1.0, COSINE: 0.9, WORDING_COVERED: 1.0}


@pytest.fixture
async def county() -> KnowledgeBase:
    base = KnowledgeBase(None, None, load_model(), "浙江省/丽水市/云和县", 1.0)
    await base.load(plan_import(read_rows(ENTRIES).rows, ()).added)
    return base


def held(
    county: KnowledgeBase,
    text: str,
    *,
    entry: str = LICENCE,
    chance: float = 0.95,
    is_first: bool = True,
    **seen: float,
) -> Held | None:
    found = county.index.entries[county.index.numbers[entry]]
    best = Candidate(entry=found, probability=chance, matched="", features={**SEEN, **seen})
    asked = Asked.of(text, region=Region("浙江省/丽水市/云和县"), today=TODAY)
    return why_held(county.index, block(), asked, best, is_first=is_first)


def block() -> Block:
    return load_model().block(True)


async def test_the_first_rule_that_keeps_it_back_is_told(county: KnowledgeBase) -> None:
    fine = "驾照丢了怎么补办"
    assert held(county, fine) is None
    assert held(county, fine, is_first=False) is Held.VETOED_BEFORE
    assert held(county, fine, chance=block().answer_at - 0.01) is Held.UNLIKELY
    assert held(county, fine, chance=0.6, **{COVERED: 0.0}) is Held.FEW_WORDS
    assert held(county, "我要投诉驾校不退钱") is Held.NO_QUESTION
    assert held(county, "在杭州驾照丢了怎么补办") is Held.ELSEWHERE
    assert held(county, "驾照") is Held.ONLY_A_NAME
    assert held(county, "体检在哪里做", entry=HEALTH) is Held.DOUBTED
    assert held(county, "驾驶证怎么办理") is Held.PRESUMES
    assert held(county, fine, **{ASKS_OTHERWISE: 1.0}) is Held.OTHER_SIDE


def test_every_reason_has_words_for_curators_and_for_the_command() -> None:
    assert set(HELD) == set(WHY_HELD) == set(Held)


async def test_the_negative_that_keeps_an_entry_out_is_told(county: KnowledgeBase) -> None:
    finding = await county.search("狗咬人了", today=TODAY)
    assert finding.vetoes["qh-zfj-011"] == Veto(negative="人被狗咬了去哪里打针")
    assert all(each in {one.entry.id for one in finding.ranking} for each in finding.vetoes)


async def test_an_answer_is_held_back_by_nothing_and_a_list_says_by_what(
    county: KnowledgeBase,
) -> None:
    answer = await county.search("驾照丢了怎么补", today=TODAY)
    assert isinstance(answer, Answer)
    assert held_back("驾照丢了怎么补", answer) == ""
    offered = await county.search("孩子打疫苗", today=TODAY)
    assert isinstance(offered, Suggestions)
    assert offered.held is Held.UNLIKELY
    assert held_back("孩子打疫苗", offered) == HELD[Held.UNLIKELY]
    words = load_model().block(False)
    assert explain(offered, words).reason.endswith(f"p below {words.answer_at:.2f}")


async def test_a_name_alone_needs_no_reason(county: KnowledgeBase) -> None:
    offered = await county.search("社保卡", today=TODAY)
    assert isinstance(offered, Suggestions)
    assert (offered.topic, held_back("社保卡", offered)) == ("社保卡", "")
