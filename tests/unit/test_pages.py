"""Cutting long texts where WeChat would."""

from hypothesis import given
from hypothesis import strategies as st

from handlers.pages import LIMIT, size, split

SENTENCES = "带上身份证到窗口办理。" * 120


def test_a_short_text_is_one_page() -> None:
    assert split("带上身份证。") == ("带上身份证。", "")


def test_a_long_text_is_cut_after_a_sentence() -> None:
    page, rest = split(SENTENCES)
    assert page.endswith("。")
    assert rest.startswith("带上")
    assert size(page) <= LIMIT


def test_a_cut_page_says_how_to_get_the_rest_and_still_fits() -> None:
    page, _ = split(SENTENCES, mark="（回复「更多」）")
    assert page.endswith("（回复「更多」）")
    assert size(page) <= LIMIT


def test_a_link_is_never_cut_in_half() -> None:
    link = '<a href="weixin://bizmsgmenu?msgmenucontent=1&msgmenuid=1">1. 身份证丢了怎么补</a>'
    page, rest = split("字" * 660 + link)
    assert "<a" not in page
    assert rest == link


@given(st.text(min_size=1, max_size=4000), st.integers(min_value=60, max_value=LIMIT))
def test_pages_fit_lose_nothing_but_white_space_and_come_to_an_end(text: str, limit: int) -> None:
    pages, rest = [], text
    while rest:
        page, shorter = split(rest, limit=limit)
        assert size(page) <= limit
        assert len(shorter) < len(rest)
        pages.append(page)
        rest = shorter
    assert "".join("".join(pages).split()) == "".join(text.split())
