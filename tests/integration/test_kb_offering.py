"""What is offered where nothing is sure: never an absurd line, always what the message names."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date

import pytest

from bot.demo.county import ENTRIES
from knowledge_base.calibration import load_model
from knowledge_base.entry import Entry
from knowledge_base.exchange import plan_import, read_rows
from knowledge_base.outcome import Answer, Candidate, Finding, Nothing, Suggestions
from knowledge_base.search import KnowledgeBase
from knowledge_base.several import questions_in
from knowledge_base.topic import on_topic, topic_of
from knowledge_base.vetoes import is_doubted, veto

TODAY = date(2026, 11, 20)


@pytest.fixture
async def county() -> AsyncIterator[KnowledgeBase]:
    base = KnowledgeBase(None, None, load_model(), "清禾县", 3.0)
    await base.load(tuple(plan_import(read_rows(ENTRIES).rows, ()).added))
    yield base
    await base.close()


def _offered(finding: Finding) -> list[str]:
    assert isinstance(finding, Suggestions)
    return [choice.entry.question for choice in finding.choices]


@pytest.mark.parametrize("word", ["社保", "医保", "身份证", "户口", "结婚", "房产证"])
async def test_one_word_is_offered_the_matters_that_have_it(
    county: KnowledgeBase, word: str
) -> None:
    finding = await county.search(word, today=TODAY)
    assert isinstance(finding, Suggestions)
    assert finding.topic == word
    assert all(on_topic(word, choice.entry) for choice in finding.choices)


async def test_one_word_that_no_entry_has_is_offered_nothing(county: KnowledgeBase) -> None:
    assert isinstance(await county.search("公积金", today=TODAY), Nothing)


async def test_a_negative_that_only_asks_alike_does_not_take_an_entry_away(
    county: KnowledgeBase,
) -> None:
    assert "家庭困难，低保怎么申请？什么条件能办？" in _offered(
        await county.search("低保要怎么去申请呀", today=TODAY)
    )


async def test_a_negative_that_asks_the_same_of_another_matter_takes_nothing_away(
    county: KnowledgeBase,
) -> None:
    (entry,) = (each for each in county.index.entries if "怎么办离婚登记" in each.question)
    candidate = Candidate(entry=entry, probability=0.9, matched="")
    assert "领结婚证要带什么" in entry.negatives
    assert not veto(county.index, ("离婚要带啥", "离婚要带啥"), candidate)
    assert veto(county.index, ("领结婚证要带啥", "领结婚证要带啥"), candidate)


async def test_a_negative_said_in_other_words_still_takes_its_entry_away(
    county: KnowledgeBase,
) -> None:
    entry: Entry = county.index.entries[county.index.numbers["qh-gaj-011"]]
    candidate = Candidate(entry=entry, probability=0.9, matched=entry.question)
    asked = ("驾照到期了怎么换", "驾照到期了怎么换")
    assert veto(county.index, asked, candidate)
    assert not veto(county.index, ("驾照丢了怎么补", "驾照丢了怎么补"), candidate)


async def test_a_negative_without_its_own_word_in_the_question_takes_nothing_away(
    county: KnowledgeBase,
) -> None:
    entry = county.index.entries[county.index.numbers["qh-wjj-012"]]
    candidate = Candidate(entry=entry, probability=0.6, matched=entry.question)
    assert "入职体检去哪里做" in entry.negatives
    assert not veto(county.index, ("体检在哪里做", "体检在哪里做"), candidate)
    assert is_doubted(county.index, "体检在哪里做", candidate)
    assert not isinstance(await county.search("体检在哪里做", today=TODAY), Answer)
    assert veto(county.index, ("入职的体检在哪里做", "入职的体检在哪里做"), candidate)


async def test_an_unlikely_line_without_the_questions_words_is_not_offered(
    county: KnowledgeBase,
) -> None:
    for text in ("今年退修金啥时候涨", "哪里能学开飞机呀", "打呼噜怎么治"):
        finding = await county.search(text, today=TODAY)
        for choice in finding.choices if isinstance(finding, Suggestions) else ():
            told = choice.features["covered_by_entry"]
            assert choice.probability >= 0.15 or told >= 0.15, (text, choice.entry.question)


@pytest.mark.parametrize(
    ("text", "topic"),
    [("社保", "社保"), ("医保报销", "医保报销"), ("社保怎么交", ""), ("我要办个很长的身份证", "")],
)
def test_a_topic_is_short_and_asks_nothing(text: str, topic: str) -> None:
    assert topic_of(text) == topic


def test_an_entry_is_on_a_topic_in_everyday_or_official_words() -> None:
    entry = replace(_entry(), question="社会保险怎么转")
    assert on_topic("社保", entry)
    assert not on_topic("医保", entry)


def _entry() -> Entry:
    return plan_import(read_rows(ENTRIES).rows, ()).added[0]


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("低保怎么申请？还有残疾证去哪办？", ("低保怎么申请", "残疾证去哪办")),
        (
            "我想问两个问题，第一个是养老保险怎么交，第二个是孩子转学怎么办",
            ("养老保险怎么交", "孩子转学怎么办"),
        ),
        ("低保怎么申请？要多久？", ("低保怎么申请",)),
        ("路灯坏了。", ()),
    ],
)
def test_a_message_is_taken_apart_into_its_questions(text: str, questions: tuple[str, ...]) -> None:
    assert questions_in(text) == questions
