"""A second look at undecided questions, over the real search by words."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from knowledge_base.calibration import load_model
from knowledge_base.outcome import Answer, Nothing, Suggestions
from knowledge_base.ports import EncoderUnavailable
from knowledge_base.reranking import Reranking
from knowledge_base.search import KnowledgeBase
from tests.worlds.kb_desk import ENTRIES

TODAY = date(2026, 11, 20)
UNDECIDED = "老人家每个月能领多少补贴"


@dataclass
class Scripted:
    """Prefers texts with a word; a cross-encoder as a desk would host it is no part of CI."""

    word: str
    fails: bool = False
    takes: float = 0.0
    asked: list[str] = field(default_factory=list)

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        self.asked.append(question)
        time.sleep(self.takes)
        if self.fails:
            raise EncoderUnavailable("out of memory")
        return [0.9 if self.word in text else 0.1 for text in texts]


async def searched(reranker: Scripted | None, text: str) -> Answer | Suggestions | Nothing:
    reranking = Reranking(reranker, budget=0.3) if reranker else None
    base = KnowledgeBase(None, None, load_model(), "云和县", 1.0, reranking)
    await base.load(ENTRIES)
    try:
        return await base.search(text, today=TODAY)
    finally:
        await base.close()


async def test_what_is_undecided_is_offered_in_the_rerankers_order() -> None:
    plain = await searched(None, UNDECIDED)
    assert not isinstance(plain, Answer)
    last = plain.ranking[-1].entry
    found = await searched(Scripted(last.answer[:8]), UNDECIDED)
    assert isinstance(found, Suggestions)
    assert found.choices[0].entry.id == last.id


async def test_an_answer_is_not_looked_at_again() -> None:
    reranker = Scripted("驾驶证")
    assert isinstance(await searched(reranker, "高龄津贴怎么申请"), Answer)
    assert reranker.asked == []


async def test_a_reranker_that_fails_changes_nothing() -> None:
    assert await searched(Scripted("", fails=True), UNDECIDED) == await searched(None, UNDECIDED)


async def test_a_reranker_that_is_slow_is_not_waited_for() -> None:
    started = time.monotonic()
    found = await searched(Scripted("驾驶证", takes=2.0), UNDECIDED)
    assert time.monotonic() - started < 1.9
    assert found == await searched(None, UNDECIDED)


async def test_a_reranker_never_gives_a_direct_answer() -> None:
    assert not isinstance(await searched(Scripted("津贴"), UNDECIDED), Answer)
