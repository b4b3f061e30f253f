"""One spelling for all ways of typing the same words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.text import QUERY_LENGTH, UNREADABLE, normalise, question_of

_CHINESE = st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=40)
_TYPED = st.lists(
    st.sampled_from(
        ["请问", "领导您好", "谢谢", "！！", "😀", "怎么办", "居住證", " ", "\n", "，", "[微笑]"]
    )
    | _CHINESE
).map("".join)


@given(st.text(max_size=200) | _TYPED)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(st.text(max_size=200) | _TYPED)
def test_a_question_never_becomes_empty(text: str) -> None:
    assert bool(normalise(text)) == bool(text.strip())


@given(st.text(max_size=400) | _TYPED)
def test_the_question_in_a_message_is_short_and_never_empty(text: str) -> None:
    question = question_of(text)
    assert len(question) <= QUERY_LENGTH
    assert bool(question) == bool(text.strip())


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("請問社會保險怎麼辦理？謝謝！！！", "社会保险怎么办理"),
        ("领导您好，麻烦问一下低保怎么申请😭😭", "低保怎么申请"),
        ("ＩＣ卡　丢了", "ic卡丢了"),
        ("我想咨询一下居住证续签[微笑]", "居住证续签"),
    ],
)
def test_politeness_and_typography_are_dropped(typed: str, plain: str) -> None:
    assert normalise(typed) == plain


@pytest.mark.parametrize("text", ["你好", "谢谢", "😀", "？？？"])
def test_what_is_only_politeness_or_signs_stays_readable(text: str) -> None:
    assert normalise(text)


def test_a_lone_surrogate_and_control_characters_do_no_harm() -> None:
    assert normalise("\ud83d身份证\x00\x07") == "身份证"
    assert normalise("\x00\ud800") == UNREADABLE


def test_a_long_message_is_searched_by_its_question() -> None:
    message = (
        "您好！我是城关村的村民，家里四口人，去年盖了新房，花了不少积蓄，邻居都说有补助。"
        "农村危房改造补助怎么申请？需要哪些材料？祝领导工作顺利，身体健康，万事如意！"
    )
    question = question_of(message)
    assert "危房改造补助怎么申请" in question
    assert "邻居" not in question


def test_a_long_message_without_a_question_is_kept_from_its_beginning() -> None:
    message = "村口的路灯一到晚上就不亮了，老人孩子走路都看不清。" * 20
    assert question_of(message).startswith("村口的路灯")
