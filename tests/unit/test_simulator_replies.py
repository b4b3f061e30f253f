"""Which passive replies the platform shows, and how their text looks."""

import pytest
from wechatpy.replies import ArticlesReply, ImageReply, TextReply

from simulator import rich_text
from simulator.envelope import UnreadableReply
from simulator.replies import is_silence, read_reply
from tests.servers.stub_service import account

ACCOUNT = account()
OPENID = "o1"


def reply(**changes: str) -> str:
    fields = {
        "ToUserName": OPENID,
        "FromUserName": ACCOUNT.original_id,
        "CreateTime": "1795302000",
        "MsgType": "text",
        "Content": "您好",
    } | changes
    return "<xml>" + "".join(f"<{tag}>{value}</{tag}>" for tag, value in fields.items()) + "</xml>"


def test_a_text_written_by_wechatpy_is_read() -> None:
    plain = TextReply(source=ACCOUNT.original_id, target=OPENID, content="您好", time=1).render()
    assert read_reply(ACCOUNT, OPENID, plain).text == "您好"


def test_a_picture_and_an_article_keep_their_details() -> None:
    image = ImageReply(source=ACCOUNT.original_id, target=OPENID, media_id="M1", time=1)
    news = ArticlesReply(source=ACCOUNT.original_id, target=OPENID, time=1)
    news.add_article({"title": "通知", "description": "", "image": "", "url": "https://a.example"})
    assert read_reply(ACCOUNT, OPENID, image.render()).details == (("mediaid", "M1"),)
    assert read_reply(ACCOUNT, OPENID, news.render()).text == "通知"


@pytest.mark.parametrize(
    ("plain", "reason"),
    [
        (reply(ToUserName="somebody"), "ToUserName"),
        (reply(FromUserName="gh_other"), "FromUserName"),
        (reply(CreateTime="now"), "CreateTime"),
        (reply(MsgType="poem"), "MsgType"),
        (reply(Content=""), "empty"),
        (reply(Content="好" * 683), "2048"),
    ],
)
def test_a_reply_that_breaks_a_rule_is_refused(plain: str, reason: str) -> None:
    with pytest.raises(UnreadableReply, match=reason):
        read_reply(ACCOUNT, OPENID, plain)


def test_exactly_2048_bytes_are_allowed() -> None:
    content = "好" * 682 + "ab"
    assert read_reply(ACCOUNT, OPENID, reply(Content=content)).text == content


@pytest.mark.parametrize("body", ["", "success", "success\n"])
def test_nothing_and_success_are_silence(body: str) -> None:
    assert is_silence(body)


def test_a_menu_line_becomes_something_to_tap() -> None:
    line = '1. <a href="weixin://bizmsgmenu?msgmenucontent=怎么%20交&msgmenuid=7">医保</a>'
    text, tap = rich_text.split(line)
    assert (text.text, tap.kind, tap.text) == ("1. ", "tap", "医保")
    assert (tap.target, tap.menu_id) == ("怎么 交", "7")


def test_a_menu_line_without_content_sends_its_own_words() -> None:
    (tap,) = rich_text.split("<a href='weixin://bizmsgmenu?msgmenuid=7'>医保</a>")
    assert tap.target == "医保"


def test_written_and_bare_addresses_become_links() -> None:
    pieces = rich_text.split(
        '看<a href="https://a.example/?a=1&amp;b=2">这里</a>或 http://b.example。'
    )
    assert [(piece.kind, piece.target) for piece in pieces] == [
        ("text", ""),
        ("link", "https://a.example/?a=1&b=2"),
        ("text", ""),
        ("link", "http://b.example"),
        ("text", ""),
    ]


def test_a_bracket_after_an_address_is_not_part_of_it() -> None:
    pieces = rich_text.split("(https://a.example/b).")
    assert [piece.text for piece in pieces] == ["(", "https://a.example/b", ")."]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<a href="javascript:alert(1)">x</a>',
        '<img src=x onerror="alert(1)">',
        '<a href="data:text/html,x">x</a>',
    ],
)
def test_everything_else_stays_text(text: str) -> None:
    assert [(piece.kind, piece.text) for piece in rich_text.split(text)] == [("text", text)]
