"""An officer's working day: from one case to the next, and texts too long for one message."""

import pytest

from cases.wording import text_hash
from tests.browser.screens import Screens
from tests.values.console import PEOPLE, SCHOOLS
from tests.worlds.console import World
from tests.worlds.console_client import Browser, case_path, read, sign_in, take

NEXT = 'data-step="following"'


async def test_what_is_done_leads_to_what_waits_next(desk: World, client: Browser) -> None:
    first = await desk.opened("第一件", department=SCHOOLS)
    second = await desk.opened("第二件", department=SCHOOLS)
    await sign_in(client, "officer")
    _, page = await take(client, first.number, "accept")
    assert NEXT not in page  # it is mine to answer now
    _, page = await take(client, first.number, "draft", text="请到学校报名。", purpose="reply")
    assert f'<a href="{case_path(second.number)}" {NEXT}>还有 1 件等您处理，去下一件</a>' in page
    assert NEXT not in await read(client, case_path(first.number))
    await take(client, second.number, "accept")
    _, page = await take(client, second.number, "draft", text="带户口簿。", purpose="reply")
    assert NEXT not in page  # nothing is left
    await sign_in(client, "reviewer")
    drafted = text_hash("请到学校报名。")
    _, page = await take(client, first.number, "review", draft_hash=drafted)
    assert f'<a href="{case_path(second.number)}" {NEXT}>' in page


async def test_one_reply_to_many_letters_is_offered_once(desk: World, client: Browser) -> None:
    for n, reply in enumerate(("每年十月发放。", "每年十月发放。", "九月底发放。")):
        case = await desk.drafted(f"雨露计划补助什么时候发到卡上{n}", reply)
        await desk.desk.review(
            case.number, version=case.version, draft_hash=text_hash(reply),
            actor=PEOPLE["reviewer"], now=desk.clock.now,
        )  # fmt: skip
    case = await desk.opened("雨露计划补助什么时候发到卡上", department=SCHOOLS)
    await sign_in(client, "officer")
    _, page = await take(client, case.number, "accept")
    assert page.count(">每年十月发放。</p>") == 1
    assert page.count(">九月底发放。</p>") == 1


@pytest.mark.slow
async def test_a_text_too_long_for_one_message_says_so_while_it_is_written(
    screen: Screens,
) -> None:
    case = await screen.desk.opened("第一件", department=SCHOOLS)
    officer = await screen.visitor()
    await officer.sign_in("officer")
    await officer.go(case_path(case.number))
    await officer.press("accept")
    assert officer.page.url.endswith(case.number)  # a reload does not say again what was done
    await officer.page.fill("#draft-text", "好" * 682)
    assert not await officer.reads("超出微信一条消息")
    await officer.page.fill("#draft-text", "好" * 683)
    assert await officer.reads("683 字，超出微信一条消息（约 682 字）")
    await officer.looks_right()
