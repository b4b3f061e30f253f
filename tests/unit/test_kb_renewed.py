"""An index made from the one before it is the one made anew."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge_base import features
from knowledge_base.entry import Entry
from knowledge_base.index import KnowledgeIndex
from knowledge_base.texts import Texts

WORDINGS = [
    "居住证怎么办理",
    "社保卡丢了怎么补",
    "65岁老人办证要带什么材料",
    "公积金能提取几次",
    "新生儿上户口去哪办",
    "驾照到期换证要多少钱",
]
ANSWERS = ["到派出所办，免费。", "带身份证到大厅，20元。", "网上也能办，3个工作日。"]
entries = st.lists(
    st.builds(
        Entry,
        id=st.sampled_from("abcdefgh"),
        question=st.sampled_from(["", *WORDINGS]),
        variants=st.lists(st.sampled_from(WORDINGS), max_size=3).map(tuple),
        answer=st.sampled_from(ANSWERS),
    ),
    max_size=6,
    unique_by=lambda entry: entry.id,
)


def index_of(found: list[Entry], before: KnowledgeIndex | None = None) -> KnowledgeIndex:
    return KnowledgeIndex(found, Texts.of(found, before), None, before)


@settings(deadline=None, max_examples=50)
@given(entries, entries, entries)
def test_an_index_made_from_another_finds_what_one_made_anew_finds(
    first: list[Entry], second: list[Entry], third: list[Entry]
) -> None:
    kept = index_of(third, index_of(second, index_of(first)))
    anew = index_of(third)
    assert kept.texts.wordings.texts == anew.texts.wordings.texts
    for question in (*WORDINGS, "办证", "带20元去大厅", "公积金怎么提取"):
        ours, theirs = kept.candidates(question, None), anew.candidates(question, None)
        assert kept.exact(question) == anew.exact(question)
        assert np.array_equal(ours.by_question, theirs.by_question)
        assert np.array_equal(ours.by_passage, theirs.by_passage)
        assert np.array_equal(ours.entries, theirs.entries)
        assert np.array_equal(features.matrix(kept, ours)[0], features.matrix(anew, theirs)[0])


def test_only_what_is_new_is_taken_apart() -> None:
    found = [Entry(id=str(n), question=text, answer="") for n, text in enumerate(WORDINGS)]
    before = index_of(found)
    after = index_of([*found[1:], replace(found[0], question="护照在哪里办")], before)
    assert after.words.taken_over == len(WORDINGS) - 1
