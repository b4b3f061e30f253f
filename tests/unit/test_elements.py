"""XML from outside is read as a flat list of texts, or not at all."""

import pytest

from bot.elements import UnreadableXml, elements_of

LAUGHS = '<!DOCTYPE xml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'


def test_elements_are_read_as_texts_without_white_space_around_them() -> None:
    text = "<xml><Content><![CDATA[ 你好 ]]></Content><Event></Event><MsgId>7</MsgId></xml>"
    assert elements_of(text) == {"Content": "你好", "Event": None, "MsgId": "7"}


@pytest.mark.parametrize("before", ["", "\ufeff", "\n ", '<?xml version="1.0" encoding="GBK"?>\n'])
def test_what_may_stand_before_the_root_changes_nothing(before: str) -> None:
    assert elements_of(f"{before}<xml><Content>医保</Content></xml>") == {"Content": "医保"}


def test_a_citizen_may_write_about_doctypes_and_entities() -> None:
    written = "<!DOCTYPE html> &amp; <!ENTITY a>"
    assert elements_of(f"<xml><Content><![CDATA[{written}]]></Content></xml>")["Content"] == written


@pytest.mark.parametrize(
    "text",
    [
        f"{LAUGHS}<xml><Content>&b;</Content></xml>",
        f"<!-- {LAUGHS} -->{LAUGHS}<xml><Content>&b;</Content></xml>",
        f"<?xml version='1.0'?>{LAUGHS}<xml><Content>&b;</Content></xml>",
        f"<xml>{LAUGHS}<Content>&b;</Content></xml>",
        "<xml><Content>&b;</Content></xml>",
        "<xml><Content>",
        "<xml></xml><xml></xml>",
        "<html></html>",
        "",
    ],
)
def test_a_dtd_an_entity_or_another_root_is_refused(text: str) -> None:
    with pytest.raises(UnreadableXml):
        elements_of(text)


@pytest.mark.parametrize(
    "inside",
    ["<A>1</A><A>2</A>", "<A><B>1</B></A>", "<A x='1'>1</A>"],
)
def test_what_is_no_single_text_is_not_read_as_one(inside: str) -> None:
    assert isinstance(elements_of(f"<xml>{inside}</xml>")["A"], list)
