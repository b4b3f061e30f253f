"""More time for a case: asked for with a word on how far it is, granted, refused, at its end."""

from datetime import timedelta

import pytest

from cases.case import Case
from tests.browser.screens import Screens
from tests.values.console import MORNING, PEOPLE, POLICE, SCHOOLS
from tests.worlds.console import World
from tests.worlds.console_client import Browser, case_path, read, sign_in, take

OFFICER = PEOPLE["officer"]
PROGRESS = "已到现场量过，检测结果下周三出来。"


async def accepted(desk: World) -> Case:
    case = await desk.opened("孩子上小学要带什么材料", department=SCHOOLS)
    return await desk.desk.accept(case.number, version=1, actor=OFFICER, now=MORNING)


async def told(desk: World, case: Case) -> str:
    """All that was said to the citizen, or waits to be."""
    lines = await desk.storage.conversation(case.number, viewer=OFFICER)
    return "\n".join(line.text for line in lines)


async def test_what_a_department_asks_for_is_granted_with_one_click(screen: Screens) -> None:
    desk = screen.desk
    case = await accepted(desk)
    await desk.desk.ask_extension(
        case.number, 3, "等鉴定结果", version=case.version, actor=OFFICER, now=MORNING
    )
    visitor = await screen.visitor()
    await visitor.sign_in("supervisor")
    await visitor.go(f"/console/cases/{case.number}")
    await visitor.looks_right_everywhere()
    await visitor.press("extend")
    assert await visitor.reads("已延期，马上推送给市民")
    event = (await desk.storage.events(case.number))[-1]
    assert (event.details["days"], event.details["reason"]) == ("3", "等鉴定结果")


async def test_a_supervisor_extends_with_a_reason_and_the_citizen_is_told(
    desk: World, client: Browser
) -> None:
    case = await desk.opened("修路", department=POLICE)
    await sign_in(client, "supervisor")
    status, page = await take(client, case.number, "extend", days="3", reason="要现场勘查")
    assert status == 200
    assert "要现场勘查" in page
    assert "经批准延期办理" in page
    assert (await desk.storage.case(case.number)).due_date > case.due_date


@pytest.mark.parametrize("days", ["", "0", "-1", "999", "三", "99"])
async def test_an_impossible_extension_is_refused_with_the_words_kept(
    desk: World, client: Browser, days: str
) -> None:
    case = await desk.opened("修路", department=POLICE)
    await sign_in(client, "supervisor")
    status, page = await take(client, case.number, "extend", days=days, reason="要现场勘查")
    assert status in {409, 422}
    assert "要现场勘查" in page
    assert (await desk.storage.case(case.number)).due_date == case.due_date


async def test_who_grants_it_hears_whether_the_citizen_can_be_told_now(
    desk: World, client: Browser
) -> None:
    near, far = await accepted(desk), await accepted(desk)
    await sign_in(client, "supervisor")
    _, page = await take(client, near.number, "extend", days="3", reason="要检测")
    assert "已延期，马上推送给市民" in page
    desk.clock.now += timedelta(hours=49)
    await sign_in(client, "supervisor")
    _, page = await take(client, far.number, "extend", days="3", reason="要检测")
    assert "已延期。现在推送不到市民那里，下次来信时送达" in page


async def test_the_citizen_reads_how_far_it_is_as_the_supervisor_read_it(
    desk: World, client: Browser
) -> None:
    case = await accepted(desk)
    await sign_in(client, "officer")
    status, page = await take(
        client, case.number, "ask-extension", days="3", reason="等检测", progress=PROGRESS
    )
    assert (status, "申请已提交" in page) == (200, True)
    await sign_in(client, "supervisor")
    page = await read(client, case_path(case.number))
    assert f'<blockquote class="quoted">{PROGRESS}</blockquote>' in page
    await take(client, case.number, "extend", days="3", reason="同意")
    assert PROGRESS in await told(desk, case)


async def test_a_supervisor_may_leave_the_progress_out(desk: World, client: Browser) -> None:
    case = await accepted(desk)
    await sign_in(client, "officer")
    await take(client, case.number, "ask-extension", days="3", reason="等检测", progress=PROGRESS)
    await sign_in(client, "supervisor")
    await take(client, case.number, "extend", days="3", reason="同意", silent="yes")
    said = await told(desk, case)
    assert "延期办理" in said
    assert PROGRESS not in said


async def test_progress_of_an_earlier_request_is_not_told_with_a_later_extension(
    desk: World, client: Browser
) -> None:
    case = await accepted(desk)
    await sign_in(client, "officer")
    await take(client, case.number, "ask-extension", days="3", reason="等检测", progress=PROGRESS)
    await sign_in(client, "supervisor")
    await take(client, case.number, "decline-extension", reason="再催一催")
    await take(client, case.number, "extend", days="2", reason="还是给两天")
    assert PROGRESS not in await told(desk, case)


@pytest.mark.parametrize(
    ("progress", "fault"),
    [
        ("请联系王工 13812345678", "请去掉这几处：“13812345678”（手机号码）"),
        ("字" * 301, "300 字以内"),
    ],
)
async def test_what_no_citizen_is_told_is_refused_with_the_words_kept(
    desk: World, client: Browser, progress: str, fault: str
) -> None:
    case = await accepted(desk)
    await sign_in(client, "officer")
    status, page = await take(
        client, case.number, "ask-extension", days="3", reason="等检测", progress=progress
    )
    assert status == 422
    assert fault in page
    assert f">\n{progress}</textarea>" in page
    assert (await desk.storage.case(case.number)).asks == ""


async def test_the_page_says_how_much_more_time_there_is_and_when_there_is_none(
    desk: World, client: Browser
) -> None:
    case = await accepted(desk)
    await sign_in(client, "supervisor")
    page = await read(client, case_path(case.number))
    assert "最多再延 10 个工作日，到12月9日 周三" in page
    status, page = await take(client, case.number, "extend", days="11", reason="要现场勘查")
    assert (status, "最多再延 10 个工作日（到12月9日），请把天数改小" in page) == (409, True)
    _, page = await take(client, case.number, "extend", days="10", reason="要现场勘查")
    assert "批准延期，截止改为12月9日" in page
    assert "已经延到最长的期限（12月9日 周三），不能再延" in page
    assert 'data-step="extend"' not in page
    await sign_in(client, "officer")
    page = await read(client, case_path(case.number))
    assert "不能再申请延期" in page
    assert 'data-step="ask-extension"' not in page
