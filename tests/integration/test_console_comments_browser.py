"""The pages about comments in a real browser: accessible, wide and narrow, and usable."""

from pathlib import Path

import pytest

from handlers.comments.ports import Poll
from tests.console_comments import ADVERT, PRAISE, QUESTION, commented, comments_of
from tests.console_screens import CHROMIUM, screens

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
]


@pytest.mark.parametrize("width", [1280, 360])
async def test_comments_and_articles_are_accessible(tmp_path: Path, width: int) -> None:
    async with screens(tmp_path, width) as screen:
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
                await visitor.looks_right()


async def test_two_people_elect_a_comment_and_one_thinks_again(tmp_path: Path) -> None:
    async with screens(tmp_path, 1280) as screen:
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
        assert await second.reads("已撤销，没有发到微信")
        assert not (await comments_of(screen.desk))[PRAISE].elected
