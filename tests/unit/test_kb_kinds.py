"""Kinds of one thing that exclude one another: offered at most, never answered directly."""

import json
from datetime import UTC, date, datetime
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo.county import ENTRIES
from console.knowledge.trial import other_kind
from knowledge_base.calibration import load_model
from knowledge_base.entry import Entry
from knowledge_base.features import OTHER_KIND
from knowledge_base.kinds import (
    KindsLine,
    default_kinds,
    is_of_another_kind,
    line_of,
    mistaken,
    read_kinds,
    release_lines,
    tried_with,
)
from knowledge_base.outcome import Answer, Suggestions
from knowledge_base.search import KnowledgeBase
from knowledge_base.text import normalise

WORDS = sorted({word for thing in default_kinds() for word in thing.kinds})
BUS = Entry(
    id="bus",
    question="带折叠自行车可以乘公交车吗",
    answer="折叠后长度不超过一米的，可以带上公交车，上车后请放在不挡路的地方。",
)


@pytest.mark.parametrize(
    ("question", "wording", "whole", "expected"),
    [
        ("坐地铁能带自行车吗", "带自行车可以乘公交车吗", "可以带上公交车", True),
        ("坐地铁能带自行车吗", "带自行车可以乘公交车吗", "公交车和地铁都可以带", False),
        ("能带自行车吗", "带自行车可以乘公交车吗", "可以带上公交车", False),
        ("坐巴士能带自行车吗", "带自行车可以乘公交车吗", "可以带上公交车", False),
        ("电动自行车怎么上牌", "自行车丢了怎么办", "到派出所报案", True),
        ("坐地铁还是公交车", "公交车几点收班", "晚上九点", False),
        ("坐地铁能带自行车吗", "能带自行车吗", "车站都可以", False),
    ],
)
def test_another_kind_is_told_by_the_words(
    question: str, wording: str, whole: str, *, expected: bool
) -> None:
    assert is_of_another_kind(question, [wording], lambda _: whole).tolist() == [expected]


def test_a_line_is_written_from_kinds_with_each_word_once() -> None:
    assert line_of(["地铁，轻轨 地铁", "", "公交车"]) == "地铁 轻轨 | 公交车"
    assert line_of(["地铁 轻轨", " "]) == ""


def test_lines_on_trial_hold_only_while_they_are_tried() -> None:
    assert mistaken("水电站在哪", "风电场在哪") is None
    now = datetime(2026, 11, 23, tzinfo=UTC)
    line = KindsLine(line="水电站 | 风电场", in_use=True, changed_by="curator", changed_at=now)
    with tried_with([line]):
        assert mistaken("水电站在哪", "风电场在哪") is not None
    assert mistaken("水电站在哪", "风电场在哪") is None


def test_the_releases_lines_are_neither_empty_nor_remarks() -> None:
    assert [line for line in release_lines() if "|" not in line or line.startswith("#")] == []


@given(st.sampled_from(WORDS), st.sampled_from(["怎么办", "要带什么", "在哪里办"]))
def test_no_word_of_the_table_excludes_itself(word: str, asked: str) -> None:
    text = f"{word}{asked}"
    assert not is_of_another_kind(text, [text], lambda _: text).any()
    assert mistaken(text, text) is None


def test_the_words_of_the_table_are_as_texts_are_searched() -> None:
    assert [word for word in WORDS if normalise(word) != word] == []


@pytest.mark.parametrize("line", ["地铁 公交", "地铁 |", "地铁 | 公交 地铁"])
def test_a_line_that_sets_nothing_apart_is_named(line: str) -> None:
    with pytest.raises(ValueError, match="line 2"):
        read_kinds(f"# ways to travel\n{line}\n")


async def test_what_is_about_another_kind_is_offered_and_not_answered() -> None:
    base = KnowledgeBase(None, None, load_model(), "云和县", 1.0)
    await base.load([BUS])
    today = date(2026, 11, 22)
    same = await base.search("带折叠自行车可以坐公交车吗", today=today)
    other = await base.search("带折叠自行车可以坐地铁吗", today=today)
    assert isinstance(same, Answer)
    assert isinstance(other, Suggestions)
    assert other.choices[0].features[OTHER_KIND] == 1.0
    told = other_kind("带折叠自行车可以坐地铁吗", other)
    assert told is not None
    assert (told.asked, told.told) == ("地铁", "公交车")
    assert other_kind("带折叠自行车可以坐公交车吗", same) is None
    await base.close()


def _same(whole: str, _place: int) -> str:
    return whole


def test_the_wordings_of_one_entry_are_hardly_ever_taken_for_different_things() -> None:
    rows = [json.loads(line) for line in ENTRIES.read_text(encoding="utf-8").splitlines()]
    pairs = wrong = 0
    for row in rows:
        wordings = [normalise(text) for text in (row["question"], *row["variants"])]
        answer = normalise(row["answer"])
        for number, asked in enumerate(wordings):
            others = wordings[:number] + wordings[number + 1 :]
            whole = " ".join([*others, answer])
            found = is_of_another_kind(asked, others, partial(_same, whole))
            pairs, wrong = pairs + len(found), wrong + int(found.sum())
    assert pairs > 5000
    assert wrong / pairs < 0.003
