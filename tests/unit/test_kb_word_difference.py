"""What a reviewer sees of a change: every word of both texts, and only what really changed."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.entry import Entry, Source
from knowledge_base.word_difference import Change, difference, entry_difference

TEXTS = st.text(st.sampled_from("户口簿身份证办理30日内，。abc \n15"), max_size=40) | st.text(
    max_size=20
)
ENTRY = Entry(id="e1", question="怎么办", answer="三十日内办。", variants=("咋办",))


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_their_difference(old: str, new: str) -> None:
    parts = difference(old, new)
    assert "".join(p.text for p in parts if p.change is not Change.NEW) == old
    assert "".join(p.text for p in parts if p.change is not Change.GONE) == new


def test_a_changed_figure_is_one_change_and_not_its_digits() -> None:
    parts = difference("30日内到派出所办理。", "130日内到派出所办理。")
    changed = [(p.change, p.text) for p in parts if p.change is not Change.SAME]
    assert changed == [(Change.GONE, "30"), (Change.NEW, "130")]


def test_only_the_fields_that_changed_are_shown() -> None:
    new = replace(
        ENTRY,
        answer="十五日内办。",
        source=Source(number="国务院令第1号"),
        valid_until=date(2027, 1, 1),
    )
    assert [field.title for field in entry_difference(ENTRY, new)] == ["答案", "文号", "失效日期"]
    assert entry_difference(ENTRY, ENTRY) == ()


def test_a_text_of_unusual_length_is_shown_as_replaced() -> None:
    parts = difference("甲，" * 10_000, "乙，" * 10_000)
    assert [part.change for part in parts] == [Change.GONE, Change.NEW]


def told(old: str, new: str) -> str:
    signs = {Change.SAME: "{}", Change.GONE: "[-{}]", Change.NEW: "[+{}]"}
    return "".join(signs[part.change].format(part.text) for part in difference(old, new))


def test_what_is_written_anew_is_shown_as_whole_sentences() -> None:
    old = "带身份证、住址证明到派出所申请，十五个工作日内办好。首次办理不收费。"
    new = "住满半年的，您到住的地方派出所填表，最长十五个工作日拿证，第一次不要钱。"
    assert told(old, new) == f"[-{old}][+{new}]"


def test_a_sentence_written_anew_leaves_its_neighbours_word_by_word() -> None:
    old, new = "工作日办理。凭身份证领取。三天办好。", "工作日办理。代领的还要委托书。五天办好。"
    assert told(old, new) == "工作日办理。[-凭身份证领取][+代领的还要委托书]。[-三天][+五天]办好。"
    assert told(f"{old}电话12345", f"{old}电话12333") == f"{old}电话[-12345][+12333]"


def test_a_word_that_stays_between_longer_changes_is_read_with_them() -> None:
    old, new = "凭身份证到窗口办理，工作日开门。", "凭户口簿到大厅领取，工作日开门。"
    assert told(old, new) == "凭[-身份证到窗口办理][+户口簿到大厅领取]，工作日开门。"
