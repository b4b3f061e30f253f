"""The pages about comments in a real browser: accessible, wide and narrow, and usable."""

from handlers.comments.ports import Poll
from tests.browser.screens import Screens
from tests.values.console import SCHOOLS
from tests.worlds.console_comments import (
    ADVERT,
    COMPLAINT,
    PRAISE,
    QUESTION,
    commented,
    comments_of,
)


async def test_comments_and_articles_are_accessible(screen: Screens) -> None:
    found = await commented(screen.desk)
    await screen.desk.storage.save_comment_poll(Poll(account="main", code=88000))
    walks = {
        "dispatcher": (
            "/console/comments",
            "/console/comments?tab=held",
            "/console/comments?tab=review",
            "/console/comments/articles",
            "/console/comments/articles/1",
            f"/console/comments/{found[ADVERT].id}",
            f"/console/comments/{found[PRAISE].id}",
        ),
        "officer": (
            "/console/comments",
            f"/console/comments/{found[QUESTION].id}",
            f"/console/cases/{found[QUESTION].case}",
        ),
    }
    for name, paths in walks.items():
        visitor = await screen.visitor()
        await visitor.sign_in(name)
        for path in paths:
            await visitor.go(path)
            await visitor.looks_right_everywhere()


async def test_two_people_elect_a_comment_and_one_thinks_again(screen: Screens) -> None:
    praise = (await commented(screen.desk))[PRAISE]
    first, second = await screen.visitor(scripts=False), await screen.visitor()
    await first.sign_in("dispatcher")
    await first.go(f"/console/comments/{praise.id}")
    await first.page.click("summary:has-text('设为精选')")
    await first.press("propose-elect")
    assert await first.reads("已提交")
    await second.sign_in("supervisor")
    await second.go("/console/comments?tab=review")
    await second.page.click("text=为家乡点赞")
    await second.press("approve")
    await second.looks_right()
    await second.press("undo")
    assert await second.reads("已撤回，没有发到微信")
    assert not (await comments_of(screen.desk))[PRAISE].elected


async def test_an_officer_takes_a_suggestion_and_another_publishes_it(screen: Screens) -> None:
    comment = (await commented(screen.desk))[QUESTION]
    officer, reviewer = await screen.visitor(), await screen.visitor()
    await officer.sign_in("officer")
    await officer.go(f"/console/cases/{comment.case}")
    await officer.press("accept")
    await officer.page.fill("#draft-text", "您好！")
    await officer.page.click("#comment >> text=采用这条建议")
    assert await officer.page.input_value("#draft-text") == "您好！\n\n户口簿和预防接种证。"
    await officer.looks_right()
    await officer.press("draft")
    assert await screen.desk.storage.orders_of(comment.id) == []
    await reviewer.sign_in("reviewer")
    await reviewer.go(f"/console/cases/{comment.case}")
    assert await reviewer.reads("引用：条目 kindergarten 第 1 版")
    await reviewer.press("review")
    (order,) = await screen.desk.storage.orders_of(comment.id)
    assert (order.text, order.proposed_by) == ("您好！\n\n户口簿和预防接种证。", "officer")


async def test_comments_that_joined_a_case_are_accessible(screen: Screens) -> None:
    words = "学校门口天天堵死，反映多次没人管"
    case = await screen.desk.opened(words, department=SCHOOLS, citizen="o-2")
    found = await commented(screen.desk)
    officer = await screen.visitor()
    await officer.sign_in("officer")
    for path in (
        f"/console/cases/{case.number}",
        f"/console/comments/{found[COMPLAINT].id}",
        f"/console/comments/{found[QUESTION].id}",
    ):
        await officer.go(path)
        await officer.looks_right_everywhere()
