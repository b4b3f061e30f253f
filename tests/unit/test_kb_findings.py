"""Questions asked before are found again, and never longer than they are true."""

from datetime import date
from typing import Any

import numpy as np

from knowledge_base.calibration import load_model
from knowledge_base.entry import Entry
from knowledge_base.findings import Findings
from knowledge_base.outcome import Answer, Nothing
from knowledge_base.search import KnowledgeBase
from knowledge_base.text import normalise, question_of

TODAY, TOMORROW = date(2026, 11, 21), date(2026, 11, 22)
PARKING = Entry(id="parking", question="停车场收费标准是多少", answer="每小时三元。")
NOTHING = Nothing()


class Counting:
    """An encoder that counts what it is asked, and can be out of order."""

    name = "counting"

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.broken = False

    def encode_query(self, texts: Any) -> Any:
        if self.broken:
            raise RuntimeError("out of order")
        self.asked += texts
        return np.eye(len(texts), 8, dtype=np.float32)

    encode_document = encode_query


async def _desk(encoder: Counting | None = None) -> KnowledgeBase:
    kb = KnowledgeBase(encoder, None, load_model(None), "", 5.0)
    await kb.load([PARKING])
    return kb


def test_a_finding_is_for_its_message_and_its_day() -> None:
    findings = Findings()
    findings.keep("停车", TODAY, NOTHING)
    assert findings.get("停车", TODAY) is NOTHING
    assert findings.get("停车", TOMORROW) is None


def test_the_finding_not_asked_for_longest_goes_first() -> None:
    findings = Findings(most=2)
    findings.keep("一", TODAY, NOTHING)
    findings.keep("二", TODAY, NOTHING)
    findings.get("一", TODAY)
    findings.keep("三", TODAY, NOTHING)
    assert findings.get("二", TODAY) is None
    assert findings.get("一", TODAY) is findings.get("三", TODAY) is NOTHING


def test_a_long_letter_is_not_remembered() -> None:
    findings = Findings()
    findings.keep("停" * 201, TODAY, NOTHING)
    assert findings.get("停" * 201, TODAY) is None


async def test_the_same_question_is_searched_once() -> None:
    kb = await _desk()
    first = await kb.search("停车怎么收费的呀", today=TODAY)
    assert await kb.search("停车怎么收费的呀", today=TODAY) is first
    await kb.close()


async def test_a_withdrawn_entry_is_not_found_again() -> None:
    kb = await _desk()
    assert isinstance(await kb.search(PARKING.question, today=TODAY), Answer)
    await kb.load([])
    assert isinstance(await kb.search(PARKING.question, today=TODAY), Nothing)
    await kb.close()


async def test_what_a_broken_encoder_left_out_is_searched_again() -> None:
    encoder = Counting()
    kb = await _desk(encoder)
    encoder.broken = True
    first = await kb.search("停车怎么收费的呀", today=TODAY)
    assert await kb.search("停车怎么收费的呀", today=TODAY) is not first
    await kb.close()


async def test_entries_are_encoded_without_being_published() -> None:
    encoder = Counting()
    kb = KnowledgeBase(encoder, None, load_model(None), "", 5.0)
    await kb.encode([PARKING])
    assert PARKING.question in encoder.asked
    assert len(kb.index) == 0
    await kb.close()


def test_a_wording_of_two_sentences_is_its_own_question() -> None:
    """A space between the sentences once kept such a wording from being found as it stands."""
    wording = "职工带薪年休假一年有几天？没休给补钱吗？"
    assert question_of(wording) == normalise(wording)


def test_wordings_as_they_stand_do_not_push_out_what_took_a_search() -> None:
    findings = Findings(most=2, most_exact=2)
    findings.keep("转弯多少钱", TODAY, NOTHING)
    for number in range(5):
        findings.keep(f"停车场{number}", TODAY, NOTHING, exact=True)
    assert findings.get("转弯多少钱", TODAY) is NOTHING
    assert findings.get("停车场0", TODAY) is None
