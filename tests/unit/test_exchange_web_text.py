"""Answers copied out of web pages and Word: citizens read the words, not the tags."""

import pytest

from knowledge_base.exchange import Row, plan_import
from knowledge_base.exchange.web_text import seen_text


@pytest.mark.parametrize(
    ("copied", "seen"),
    [
        (
            '<p style="x">带<strong>身份证</strong>到窗口。</p><p>电话：&nbsp;12345</p>',
            "带身份证到窗口。\n电话： 12345",
        ),
        ("一、身份证<br/>二、户口簿", "一、身份证\n二、户口簿"),
        ("<ul><li>身份证</li><li>户口簿</li></ul>", "身份证\n户口簿"),
        ("<table><tr><td>户口</td><td>三天</td></tr></table>", "户口 三天"),
        (
            '<p class="MsoNormal">见<a href="https://a.cn/b">指南</a><o:p></o:p></p>',
            "见指南（https://a.cn/b）",
        ),
        ("<style>p{color:red}</style><p>到窗口</p>", "到窗口"),
    ],
)
def test_a_web_page_s_tags_are_taken_out(copied: str, seen: str) -> None:
    assert seen_text(copied) == seen
    assert seen_text(seen) == seen


@pytest.mark.parametrize(
    "text",
    ["年龄<60 且 >16 周岁", '<a href="https://a.cn">网上办</a>', "A&B 公司", "第一行\n\n第二行"],
)
def test_any_other_text_stays_as_it_is(text: str) -> None:
    assert seen_text(text) == text


def test_a_row_with_tags_becomes_an_entry_without_and_comes_again_unchanged() -> None:
    row = Row(number=2, fields={"id": "a", "question": "<b>怎么办</b>", "answer": "<p>到窗口</p>"})
    (entry,) = plan_import([row], []).added
    assert (entry.question, entry.answer) == ("怎么办", "到窗口")
    assert len(plan_import([row], [entry]).unchanged) == 1
