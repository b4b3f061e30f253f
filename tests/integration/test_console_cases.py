"""Working on cases: lists, drafts, reviews, re-routing, and two people on one case."""

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape
from urllib.parse import urlencode

import pytest

from cases.case import Kind, State
from cases.department import Routing
from console.cases.case_talk import push_words
from handlers.citizen import Citizen
from tests.values.console import MORNING, PEOPLE, POLICE, SCHOOLS
from tests.worlds.console import World
from tests.worlds.console_client import Browser, case_path, field_of, read, sign_in, take

NASTY = '<script>alert("x")</script>"\'><img src=x onerror=alert(1)>{{ 7*7 }}'


async def test_a_list_begins_with_the_most_urgent_in_plain_words(
    desk: World, client: Browser
) -> None:
    for days, text in ((1, "昨天的事"), (6, "快到期的事"), (7, "今天到期的事"), (12, "逾期的事")):
        received = MORNING - timedelta(days=days)
        await desk.opened(text, department=SCHOOLS, received_at=received)
    await sign_in(client, "officer")
    page = await read(client, "/console/cases?tab=open")
    places = [page.index(text) for text in ("逾期的事", "今天到期的事", "快到期的事", "昨天的事")]
    assert places == sorted(places)
    assert all(words in page for words in ("已逾期 5 天", "今天到期", "明天到期", "余 4 个工作日"))


async def test_tabs_count_what_they_show(desk: World, client: Browser) -> None:
    for n in range(35):
        await desk.opened(f"第{n}件", department=SCHOOLS)
    await desk.drafted("等审核的", "稿子")
    await sign_in(client, "officer")
    first = await read(client, "/console/cases")
    assert '待我处理<span class="tally" data-live="mine">35</span>' in first
    assert first.count('class="row ') == 30
    later = re.search(r'href="([^"]+)" rel="next"', first)
    assert later is not None
    second = await read(client, f"/console/cases{unescape(later[1])}")
    assert second.count('class="row ') == 5
    earlier = re.search(r'href="([^"]+)" rel="prev"', second)
    assert earlier is not None
    assert (await read(client, f"/console/cases{unescape(earlier[1])}")).count('class="row ') == 30
    assert "等审核的" in await read(client, "/console/cases?tab=review")


@pytest.mark.parametrize(
    "query", ["after=x", "before=zz", "kind=zz&due=never", "tab=zzz", "q=%00%27%25_"]
)
async def test_odd_addresses_of_a_list_still_show_a_page(client: Browser, query: str) -> None:
    await sign_in(client, "officer")
    await read(client, f"/console/cases?{query}")


async def test_search_finds_words_numbers_and_nothing_kindly(desk: World, client: Browser) -> None:
    case = await desk.opened("校车几点发车", department=SCHOOLS)
    await sign_in(client, "officer")
    assert "校车几点发车" in await read(client, "/console/cases?tab=open&q=校车")
    assert "校车几点发车" in await read(client, f"/console/cases?tab=open&q={case.number}")
    assert "没有找到符合的来信" in await read(client, "/console/cases?tab=open&q=不存在的词")


async def test_an_officer_accepts_drafts_and_a_reviewer_sends_it_to_the_citizen(
    desk: World, client: Browser
) -> None:
    number = (await desk.opened("幼儿园资助怎么申请", department=SCHOOLS)).number
    await sign_in(client, "officer")
    status, page = await take(client, number, "accept")
    assert status == 200
    assert "写答复" in page
    status, page = await take(client, number, "draft", text="请向所在幼儿园提交申请表。")
    assert "等另一位同事审核" in page
    assert 'data-step="review"' not in page
    await sign_in(client, "reviewer")
    status, page = await take(client, number, "review")
    assert status == 200
    assert "已通过" in page
    assert "正在推送" in page
    case = await desk.storage.case(number)
    assert (case.state, case.reply) == (State.REPLIED, "请向所在幼儿园提交申请表。")
    assert (case.drafted_by, case.reviewed_by) == ("officer", "reviewer")


async def test_a_reply_waits_for_the_citizen_when_the_window_is_closed(
    desk: World, client: Browser
) -> None:
    case = await desk.drafted("学区怎么划", "请看教育局网站公示。")
    desk.clock.advance(timedelta(days=3))
    await sign_in(client, "reviewer")
    _, page = await take(client, case.number, "review")
    assert "等市民下次来信时送达" in page


def test_the_push_window_is_told_in_words() -> None:
    open_until = MORNING + timedelta(hours=31)
    citizen = Citizen(account="main", openid="o", push_until=open_until, push_left=4)
    assert push_words(citizen, MORNING) == "还可主动推送：至明天 16:30，剩 4 条"
    assert "条数已用完" in push_words(replace(citizen, push_left=0), MORNING)
    assert "推送时限已过" in push_words(citizen, open_until)
    assert "没有关注" in push_words(replace(citizen, subscribed=False), MORNING)


async def test_a_case_without_messages_still_shows_what_was_asked(
    desk: World, client: Browser
) -> None:
    change = desk.desk.prepare_opening(
        number="HY20261118-0099",
        account="main",
        citizen="o-unknown",
        kind=Kind.QUESTION,
        text="从别处转来的事",
        received_at=MORNING,
        suggestion=Routing(department=SCHOOLS, confidence=0.9),
    )
    await desk.storage.write_change(change)
    await sign_in(client, "officer")
    page = await read(client, case_path("HY20261118-0099"))
    assert page.count("从别处转来的事") >= 2
    assert "没有关注公众号" in page


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "不能为空"),
        ("　 \n", "不能为空"),
        ("字" * 10_001, "超过 10000 字"),
        ("a\x01b", "控制字符"),
    ],
)
async def test_a_draft_that_cannot_be_sent_is_refused_in_words(
    desk: World, client: Browser, text: str, words: str
) -> None:
    case = await desk.opened("午休", department=SCHOOLS)
    await desk.desk.accept(case.number, version=1, actor=PEOPLE["officer"], now=MORNING)
    await sign_in(client, "officer")
    status, page = await take(client, case.number, "draft", text=text)
    assert status == 422
    assert words in page


async def test_ten_thousand_characters_and_emoji_are_kept_as_written(
    desk: World, client: Browser
) -> None:
    case = await desk.opened("午休", department=SCHOOLS)
    await desk.desk.accept(case.number, version=1, actor=PEOPLE["officer"], now=MORNING)
    await sign_in(client, "officer")
    text = "您好😀\n" + "字" * 9_995
    status, _ = await take(client, case.number, "draft", text=text.replace("\n", "\r\n"))
    assert status == 200
    assert (await desk.storage.case(case.number)).draft == text


async def test_what_people_write_is_never_read_as_markup(desk: World, client: Browser) -> None:
    case = await desk.drafted(NASTY, NASTY)
    await desk.desk.send_back(
        case.number, NASTY, version=case.version, actor=PEOPLE["reviewer"], now=MORNING
    )
    await sign_in(client, "officer")
    pages = ["/console/", "/console/cases", case_path(case.number)]
    for path in (*pages, f"/console/cases?{urlencode({'q': NASTY})}"):
        page = await read(client, path)
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;alert" in page


async def test_a_lost_session_does_not_cost_a_person_their_words(
    desk: World, client: Browser
) -> None:
    case = await desk.opened("午休", department=SCHOOLS)
    await sign_in(client, "officer")
    page = await read(client, case_path(case.number))
    desk.clock.advance(timedelta(hours=1))
    form = {"csrf": field_of(page, "csrf"), "version": "1", "text": "写了一小时的答复"}
    async with client.post(case_path(case.number, "draft"), data=form) as answer:
        text = await answer.text()
        assert answer.status == 401
    assert "写了一小时的答复" in text
    assert f"next=/console/cases/{case.number}" in text


async def test_a_supervisor_sees_all_departments_overdue_first(
    desk: World, client: Browser
) -> None:
    await desk.opened("新的事", department=POLICE)
    late = MORNING - timedelta(days=20)
    await desk.opened("逾期的投诉", department=SCHOOLS, kind=Kind.COMPLAINT, received_at=late)
    await sign_in(client, "supervisor")
    page = await read(client, "/console/cases")
    assert "逾期的投诉" in page
    assert "新的事" not in page
    page = await read(client, f"/console/cases?tab=open&department={POLICE}")
    assert "新的事" in page
    assert "逾期的投诉" not in page
    home = await read(client, "/console/")
    assert home.index("逾期的投诉") < home.index("新的事")


async def test_a_reviewer_is_shown_what_to_look_at_and_cannot_send_what_must_go(
    desk: World, client: Browser
) -> None:
    case = await desk.drafted("学区怎么划", "见内部文件，打13812345678问。")
    await sign_in(client, "reviewer")
    page = await read(client, case_path(case.number))
    assert "<mark>内部文件</mark>" in page
    assert "泄露内部信息，必须改" in page
    assert 'data-step="review" disabled' in page
    status, page = await take(client, case.number, "review", confirmed=field_of(page, "confirmed"))
    assert status == 422
    assert "请先改好再通过" in page
    assert (await desk.storage.case(case.number)).state is State.DRAFTED


async def test_a_long_reply_is_cut_where_wechat_cuts_it(desk: World, client: Browser) -> None:
    case = await desk.drafted("学区怎么划", "请看公示。" * 200)
    await sign_in(client, "reviewer")
    page = await read(client, case_path(case.number))
    assert f"（没显示完，回复「查询 {case.number}」看全文）" in page
    assert "超出了微信一条消息的长度" in page
