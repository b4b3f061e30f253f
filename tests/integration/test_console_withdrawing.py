"""撤回 on the case page: offered while nobody outside has the reply, refused afterwards."""

from datetime import timedelta

import pytest

from cases.case import Case, State
from cases.desk import Desk
from cases.rules import load_rules
from cases.wording import text_hash
from console import sign_case
from tests.browser.screens import Screens
from tests.values.console import MORNING, PEOPLE, SECRET
from tests.worlds.console import World
from tests.worlds.console_client import Browser, case_path, field_of, read, sign_in, take

BUTTON = 'data-step="withdraw"'
REPLY = "请带户口簿到片区小学报名。"


async def approved(desk: World, *, undo: int = 0) -> Case:
    """An approved reply that waits for its push or for the citizen's next message."""
    case = await desk.drafted("孩子上小学要带什么", REPLY)
    office = Desk(desk.storage, desk.deps.calendar, load_rules(undo=timedelta(seconds=undo)))
    return await office.review(
        case.number,
        version=case.version,
        draft_hash=text_hash(REPLY),
        actor=PEOPLE["reviewer"],
        now=desk.clock.now,
    )


async def test_the_reviewer_takes_a_reply_back_and_it_waits_for_review_again(
    desk: World, client: Browser
) -> None:
    case = await approved(desk, undo=60)
    await sign_in(client, "reviewer")
    page = await read(client, case_path(case.number))
    assert BUTTON in page
    assert "09:31:00 以后才发出" in page
    status, page = await take(client, case.number, "withdraw")
    assert status == 200
    assert "已撤回，没有发给市民" in page
    assert BUTTON not in page
    back = await desk.storage.case(case.number)
    assert (back.state, back.draft, back.due_at) == (State.DRAFTED, REPLY, case.due_at)
    later = MORNING + timedelta(hours=1)
    assert not await desk.storage.take_deliveries(now=later, limit=9, accounts=("main",))


async def test_while_it_waits_for_the_citizen_it_can_be_taken_back(
    desk: World, client: Browser
) -> None:
    case = await approved(desk)
    desk.clock.advance(timedelta(days=3))
    await sign_in(client, "supervisor")
    assert "还没有送到市民手里，送达以前可以撤回" in await read(client, case_path(case.number))
    await take(client, case.number, "withdraw")
    assert (await desk.storage.case(case.number)).state is State.DRAFTED


@pytest.mark.parametrize("name", ["officer", "dispatcher", "reviewer2"])
async def test_nobody_else_is_offered_it_or_may(desk: World, client: Browser, name: str) -> None:
    case = await approved(desk)
    await sign_in(client, name)
    page = await read(client, "/console/account")
    if name != "reviewer2":
        assert BUTTON not in await read(client, case_path(case.number))
    form = {"csrf": field_of(page, "csrf"), "version": str(case.version)}
    async with client.post(case_path(case.number, "withdraw"), data=form) as answer:
        assert answer.status in {403, 404, 409}
    assert (await desk.storage.case(case.number)).state is State.REPLIED


async def test_a_page_that_is_too_old_says_that_it_has_left(desk: World, client: Browser) -> None:
    case = await approved(desk)
    await sign_in(client, "reviewer")
    seen = await read(client, case_path(case.number))
    form = {name: field_of(seen, name) for name in ("csrf", "version")}
    taken = await desk.storage.take_deliveries(now=desk.clock.now, limit=9, accounts=("main",))
    await desk.storage.delivery_sent(taken[0].delivery.key, now=desk.clock.now)
    async with client.post(case_path(case.number, "withdraw"), data=form) as answer:
        page = await answer.text()
        assert answer.status == 409
    assert "撤不回来了" in page
    assert BUTTON not in page
    assert (await desk.storage.case(case.number)).reply == REPLY


async def test_what_the_citizens_page_has_shown_stays(desk: World, client: Browser) -> None:
    case = await approved(desk)
    assert REPLY in await read(client, f"/public/case/{sign_case(case.number, SECRET)}")
    await sign_in(client, "reviewer")
    assert BUTTON not in await read(client, case_path(case.number))


async def test_the_citizens_page_shows_nothing_of_what_was_taken_back(
    desk: World, client: Browser
) -> None:
    case = await approved(desk)
    await desk.desk.withdraw(
        case.number, version=case.version, actor=PEOPLE["reviewer"], now=desk.clock.now
    )
    assert REPLY not in await read(client, f"/public/case/{sign_case(case.number, SECRET)}")


async def test_a_reviewer_takes_it_back_on_a_screen(screen: Screens) -> None:
    case = await approved(screen.desk, undo=60)
    visitor = await screen.visitor()
    await visitor.sign_in("reviewer")
    await visitor.go(f"/console/cases/{case.number}")
    await visitor.looks_right_everywhere()
    await visitor.press("withdraw")
    assert await visitor.reads("稿子还在")
    await visitor.looks_right_everywhere()
