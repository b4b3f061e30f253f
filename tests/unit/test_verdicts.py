"""What a citizen's next words say about an answer."""

from datetime import UTC, datetime, timedelta

import pytest

from handlers.hearing.verdicts import Said, labels_of
from handlers.settlement import Outcome
from knowledge_base.labels import Kind

START = datetime(2026, 11, 18, 1, 30, tzinfo=UTC)
LATER = START + timedelta(days=1)
ASKED = "居住证丢了去哪里补"


def said(minute: int, text: str, outcome: Outcome, entry: str = "", **more: bool) -> Said:
    at = START + timedelta(minutes=minute)
    return Said(at=at, text=text, outcome=outcome, entry=entry, version=1, **more)


def answered(minute: int = 0, text: str = ASKED, entry: str = "permit") -> Said:
    return said(minute, text, Outcome.ANSWERED, entry, by_model=True)


def kinds(*messages: Said, now: datetime = LATER) -> list[tuple[Kind, str, str]]:
    found = labels_of(messages, now=now)
    return [(label.kind, label.text, label.entry) for _, label in found]


def test_an_answer_that_nobody_objects_to_is_right() -> None:
    assert kinds(answered()) == [(Kind.ANSWERED, ASKED, "permit")]


@pytest.mark.parametrize("words", ["没有解决", "人工", "答非所问"])
def test_an_answer_that_did_not_help_is_not_right(words: str) -> None:
    after = said(29, words, Outcome.CASED)
    assert kinds(answered(), after) == [(Kind.UNSOLVED, ASKED, "permit")]


def test_what_is_said_half_an_hour_later_is_about_something_else() -> None:
    after = said(31, "没有解决", Outcome.CASED)
    assert kinds(answered(), after) == [(Kind.ANSWERED, ASKED, "permit")]


def test_the_line_chosen_from_a_list_answers_the_question_before_it() -> None:
    asked = said(0, ASKED, Outcome.SUGGESTED)
    wrong_number = said(1, "7", Outcome.COMMANDED)
    chosen = said(2, "2", Outcome.ANSWERED, "copy")
    assert kinds(asked, wrong_number, chosen) == [(Kind.CHOSEN, ASKED, "copy")]
    unhelpful = said(3, "没用", Outcome.CASED)
    assert kinds(asked, chosen, unhelpful) == [(Kind.UNSOLVED, ASKED, "copy")]


@pytest.mark.parametrize(
    "messages",
    [
        [answered(), said(2, "人工 我家门口的路灯不亮", Outcome.CASED)],
        [answered(), said(2, "我说的不是这件事情", Outcome.ADDED)],
        [answered(), said(2, "医保怎么交费呢", Outcome.REDIRECTED), said(3, "没用", Outcome.CASED)],
        [answered(text="那要什么材料")],
        [answered(text="补充 居住证丢了去哪里补")],
        [answered(text="补证")],
        [said(0, "1", Outcome.ANSWERED, "permit")],
        [said(0, "1", Outcome.COMMANDED), said(1, "1", Outcome.ANSWERED, "permit")],
        [said(0, ASKED, Outcome.CASED), said(1, "1", Outcome.ANSWERED, "permit")],
        [said(0, ASKED, Outcome.ANSWERED)],
    ],
)  # fmt: skip
def test_what_leaves_a_doubt_is_no_label(messages: list[Said]) -> None:
    assert kinds(*messages) == []


def test_who_says_that_it_helped_may_go_on_to_a_person() -> None:
    helped = said(1, "解决了", Outcome.CHATTED)
    other = said(2, "我要投诉工地的噪音", Outcome.CASED)
    assert kinds(answered(), helped, other) == [(Kind.ANSWERED, ASKED, "permit")]


def test_other_questions_and_small_talk_do_not_make_an_answer_wrong() -> None:
    thanks = said(1, "谢谢", Outcome.CHATTED)
    other = answered(2, "高龄津贴每个月多少钱", "elderly")
    assert [entry for _, _, entry in kinds(answered(), thanks, other)] == ["permit", "elderly"]


def test_an_answer_of_the_last_half_hour_is_not_judged_yet() -> None:
    assert kinds(answered(), now=START + timedelta(minutes=29)) == []
    assert len(kinds(answered(), now=START + timedelta(minutes=30))) == 1
