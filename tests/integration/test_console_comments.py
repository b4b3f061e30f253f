"""The pages about comments: who sees what, and two people behind every step."""

import re
from dataclasses import replace
from datetime import timedelta

from handlers.channels import Trouble
from handlers.comments.comment import Comment
from handlers.comments.ports import Poll
from knowledge_base.entry import Status
from tests.values.comments import filer, listed
from tests.values.console import PEOPLE, SCHOOLS
from tests.values.storage import entry
from tests.worlds.console import World
from tests.worlds.console_client import Browser, field_of, read, sign_in
from tests.worlds.console_comments import (
    ADVERT,
    COMPLAINT,
    OTHER,
    QUESTION,
    commented,
)

LISTS, ARTICLES = "/console/comments", "/console/comments/articles"
HOUR = timedelta(hours=1)


async def press(client: Browser, page: str, action: str, **form: str) -> tuple[int, str]:
    """Posts a form with the page's token."""
    hidden = {"csrf": field_of(await read(client, page), "csrf")}
    async with client.post(action, data=hidden | form) as answer:
        return answer.status, await answer.text()


async def test_a_dispatcher_sees_every_kind_and_held_ones_apart(
    desk: World, client: Browser
) -> None:
    await commented(desk)
    await sign_in(client, "dispatcher")
    everything = await read(client, LISTS)
    assert "为家乡点赞" in everything
    assert "免费领取" not in everything
    assert "免费领取" in await read(client, f"{LISTS}?tab=held")
    found = await read(client, f"{LISTS}?q=幼儿园")
    assert "幼儿园" in found
    assert "为家乡点赞" not in found
    assert "没有找到" in await read(client, f"{LISTS}?q=不存在的词")


async def test_personal_data_in_a_comment_is_hidden(desk: World, client: Browser) -> None:
    found = await commented(desk)
    await sign_in(client, "dispatcher")
    for path in (LISTS, f"{LISTS}/{found[QUESTION].id}", f"{ARTICLES}/1"):
        assert "13812345678" not in await read(client, path)


async def test_a_department_sees_the_comments_of_its_cases_only(
    desk: World, client: Browser
) -> None:
    found = await commented(desk)
    await sign_in(client, "officer")
    assert "幼儿园" in await read(client, f"{LISTS}/{found[QUESTION].id}")
    assert "为家乡点赞" not in await read(client, LISTS)
    assert "为家乡点赞" not in await read(client, f"{ARTICLES}/1")
    await sign_in(client, "officer2")
    async with client.get(f"{LISTS}/{found[QUESTION].id}") as answer:
        assert answer.status == 404
    assert "没有归本部门办理" in await read(client, f"{ARTICLES}/1")
    async with client.get(f"{ARTICLES}/99") as answer:
        assert answer.status == 404


async def test_a_question_shows_its_suggested_reply_and_its_case(
    desk: World, client: Browser
) -> None:
    found = await commented(desk)
    await sign_in(client, "officer")
    page = await read(client, f"{LISTS}/{found[QUESTION].id}")
    assert "户口簿和预防接种证。" in page
    assert "采用这条建议" not in page  # the case is not accepted yet
    case = await read(client, f"/console/cases/{found[QUESTION].case}")
    assert "这是一条公开留言" in case
    assert "户口簿和预防接种证。" in case
    assert "受理以后就可以采用" in case


async def accepted(desk: World) -> Comment:
    """The question, its case accepted by the officer."""
    comment = (await commented(desk))[QUESTION]
    case = await desk.storage.case(comment.case)
    await desk.desk.accept(
        case.number, version=case.version, actor=PEOPLE["officer"], now=desk.clock.now
    )
    return comment


async def test_a_suggestion_taken_keeps_its_entry_and_version_and_sends_nothing(
    desk: World, client: Browser
) -> None:
    comment = await accepted(desk)
    await sign_in(client, "officer")
    page = await read(client, f"{LISTS}/{comment.id}")
    taken = re.search(r'href="([^"]*insert=suggested[^"#]*)#draft-text"', page)
    assert taken is not None
    case = await read(client, taken[1])
    assert field_of(case, "source") == "条目 kindergarten 第 1 版"
    assert re.search(r'id="draft-text"[^>]*>\n户口簿和预防接种证。</textarea>', case)
    assert (await desk.storage.case(comment.case)).draft == ""
    assert await desk.storage.orders_of(comment.id) == []


async def test_a_suggestion_whose_entry_changed_gives_what_is_published_now(
    desk: World, client: Browser
) -> None:
    comment = await accepted(desk)
    newer = entry(version=2, answer="户口簿、预防接种证和体检表。")
    await desk.storage.save_versions([newer], actor="curator", reason="")
    await sign_in(client, "officer")
    case = await read(client, f"/console/cases/{comment.case}?insert=suggested-kindergarten")
    assert "这一条后来改过，下面是现在的第 2 版" in case
    assert field_of(case, "source") == "条目 kindergarten 第 2 版"
    assert "户口簿、预防接种证和体检表。</textarea>" in case
    gone = replace(newer, status=Status.WITHDRAWN)
    await desk.storage.save_versions([gone], actor="curator", reason="")
    for path in (f"/console/cases/{comment.case}", f"{LISTS}/{comment.id}"):
        text = await read(client, path)
        assert "这一条后来停用了" in text
        assert "采用这条建议" not in text


async def test_a_comment_that_joined_a_private_case_is_answered_apart(
    desk: World, client: Browser
) -> None:
    words = "学校门口天天堵死，反映多次没人管"
    case = await desk.opened(words, department=SCHOOLS, citizen="o-2")
    comment = (await commented(desk))[COMPLAINT]
    assert (comment.case, comment.joined) == (case.number, True)
    await sign_in(client, "officer")
    page = await read(client, f"/console/cases/{case.number}")
    assert "来信人也在公开留言里说过" in page
    assert "您的答复只发给本人，不会公开" in page
    assert "来信人的公开留言" in page
    beside = await read(client, f"{LISTS}/{comment.id}")
    assert "并入这位市民正在办的来信" in beside
    status, text = await press(
        client, f"{LISTS}/{comment.id}", f"{LISTS}/{comment.id}/propose",
        step="reply", text="已私信答复您。",
    )  # fmt: skip
    assert (status, "已提交" in text) == (200, True)


async def test_an_article_shows_its_comments_and_their_state(desk: World, client: Browser) -> None:
    await commented(desk)
    await sign_in(client, "supervisor")
    assert "5 条留言" in await read(client, ARTICLES)
    page = await read(client, f"{ARTICLES}/1")
    assert ("未精选" in page, "疑似广告" in page, "咨询" in page) == (True, True, True)


async def test_a_harmful_comment_stays_out_of_sight(desk: World, client: Browser) -> None:
    found = await commented(desk)
    page = f"{LISTS}/{found[ADVERT].id}"
    await sign_in(client, "dispatcher")
    await press(client, page, f"{page}/judge", verdict="harmful")
    assert "免费领取" not in await read(client, LISTS)
    assert "免费领取" in await read(client, f"{LISTS}?tab=harmful")


async def test_what_waits_and_what_wechat_refuses_is_told(desk: World, client: Browser) -> None:
    await commented(desk)
    desk.clock.advance(3 * HOUR)
    await desk.storage.save_comment_poll(Poll(account="main", code=88000))
    await sign_in(client, "dispatcher")
    page = await read(client, LISTS)
    assert "1 篇文章到时间还没有看新留言，最久的等了 3 小时" in page
    assert "这个公众号没有留言功能" in page
    await sign_in(client, "officer")
    assert "篇文章到时间" not in await read(client, LISTS)


async def test_long_lists_have_pages(desk: World, client: Browser) -> None:
    await commented(desk)
    article = await desk.storage.article(1)
    assert article is not None
    rows = [listed(number, f"第 {number} 楼") for number in range(100, 140)]
    new = await desk.storage.keep_comments(article, rows, now=desk.clock.now)
    decide = await filer(desk.storage)
    filings = [await decide.file(each, now=desk.clock.now) for each in new]
    await desk.storage.file_comments(filings)
    await sign_in(client, "dispatcher")
    for path in (f"{LISTS}?tab=other", f"{ARTICLES}/1?"):
        assert "下一页" in await read(client, path)
        second = await read(client, f"{path}&page=2")
        assert ("上一页" in second, "下一页" in second) == (True, False)


async def test_an_unknown_order_or_comment_is_not_found(desk: World, client: Browser) -> None:
    found = await commented(desk)
    await sign_in(client, "dispatcher")
    page = f"{LISTS}/{found[OTHER].id}"
    status, _ = await press(client, page, f"{LISTS}/orders/99/undo")
    assert status == 404
    async with client.get(f"{LISTS}/99999") as answer:
        assert answer.status == 404


async def test_a_refused_server_is_named_where_comments_are_missing(
    desk: World, client: Browser
) -> None:
    now = desk.clock.now
    said = "invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist"
    trouble = Trouble(
        account="main", path="/cgi-bin/stable_token", errcode=40164, said=said, since=now,
        last_at=now,
    )  # fmt: skip
    await desk.storage.call_refused("main", trouble.path, trouble, day=now.date())
    await desk.storage.save_comment_poll(Poll(account="main", code=40164, closed_until=now + HOUR))
    await sign_in(client, "supervisor")
    assert "把 203.0.113.7 加进 IP 白名单" in await read(client, LISTS)


async def test_a_checked_connection_lets_comments_be_fetched_at_once(
    desk: World, client: Browser
) -> None:
    later = desk.clock.now + HOUR
    await desk.storage.save_comment_poll(Poll(account="main", code=40164, closed_until=later))
    await sign_in(client, "administrator")
    status, text = await press(client, "/console/accounts", "/console/accounts/main/check")
    assert (status, "连得上微信" in text) == (200, True)
    assert (await desk.storage.comment_poll("main")).closed_until is None
