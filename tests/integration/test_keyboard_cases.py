"""By keyboard alone, with scripts and without: dispatcher, supervisor and auditor."""

from datetime import timedelta

import pytest

from cases.case import State
from tests.browser.keyboard import Hands, hands
from tests.browser.screens import Screens
from tests.values.console import MORNING, PEOPLE, POLICE, SCHOOLS, WATER

LATE = MORNING - timedelta(days=30)


async def tick_three(at: Hands, *, scripts: bool) -> None:
    """The first three letters of the list, and on to the department they go to."""
    page = at.visitor.page
    if scripts:  # space ticks, the arrow goes on, and what can be done with them opens
        await at.to(".row a.title")
        for _ in range(3):
            await page.keyboard.press("Space")
            await page.keyboard.press("ArrowDown")
        assert await page.inner_text("[data-picked][role=status]") == "已勾选 3 件"
        await at.to("main select[name=department]", back=True)
        return
    await at.to("details.bulk > summary")
    await page.keyboard.press("Enter")
    for _ in range(3):
        await at.to("[name=pick]")
        await page.keyboard.press("Space")
    await at.to("form[data-bulk] select", back=True)


@pytest.mark.parametrize("width", [1280])
@pytest.mark.parametrize("scripts", [True, False])
async def test_a_dispatcher_routes_many_and_the_one_that_comes_back(
    screen: Screens,
    scripts: bool,
) -> None:
    desk = screen.desk
    numbers = [(await desk.opened(f"不知道归谁{n}")).number for n in range(3)]
    back = await desk.opened("水库放水", department=SCHOOLS)
    await desk.desk.return_to_dispatcher(
        back.number, "归水利局", version=back.version, actor=PEOPLE["officer"], now=MORNING
    )
    at = await hands(screen, "dispatcher", scripts=scripts)
    await at.visitor.go("/console/cases")
    await at.past_the_menu()
    await tick_three(at, scripts=scripts)
    await at.choose_here(POLICE)
    await at.press("button ~~ 转办勾选的来信")
    await at.told("3 件")
    found = [await desk.storage.case(number) for number in (*numbers, back.number)]
    assert {case.department for case in found if case.state is State.ROUTED} == {POLICE}
    assert [case.state for case in found].count(State.ROUTED) == 3
    left = next(case for case in found if case.state is not State.ROUTED)
    await at.press(".row a.title")
    await at.past_the_menu()
    await at.choose("#department", WATER)
    await at.press("[data-step=route]")
    await at.told("已转办")
    assert (await desk.storage.case(left.number)).department == WATER


@pytest.mark.parametrize("width", [360])
@pytest.mark.parametrize("scripts", [True, False])
async def test_a_supervisor_grants_time_takes_an_alarm_back_and_ends_a_talk(
    screen: Screens,
    scripts: bool,
) -> None:
    desk = screen.desk
    for number in range(3):
        await desk.opened(f"学校的事{number}", department=SCHOOLS, received_at=LATE)
    case = await desk.opened("校车", department=SCHOOLS)
    await desk.desk.ask_extension(
        case.number, 3, "要等家访", version=case.version, actor=PEOPLE["officer"], now=MORNING
    )
    await desk.deps.watch.round(desk.clock.now)
    at = await hands(screen, "supervisor", scripts=scripts)
    await at.visitor.go(f"/console/cases/{case.number}")
    await at.past_the_menu()
    await at.press("[data-step=extend]")
    await at.told("已延期")
    await at.visitor.go("/console/supervision")
    await at.past_the_menu()
    await at.to("details.inline > summary")
    await at.visitor.page.keyboard.press("Enter")
    await at.type("details[open] [name=reason]", "当天已经电话答复")
    await at.press("details[open] button")
    await at.told("已撤销")
    await at.visitor.go("/console/interviews/1")
    await at.past_the_menu()
    await at.to("summary ~~ 撤销")
    await at.visitor.page.keyboard.press("Enter")
    await at.type("#text-cancel", "警示有误")
    await at.press("[data-step=cancel]")
    await at.told("撤销")


@pytest.mark.parametrize("width", [1280])
async def test_a_supervisor_chooses_a_period_and_exports_it(screen: Screens) -> None:
    await screen.desk.opened("校车", department=SCHOOLS)
    at = await hands(screen, "supervisor")
    page = at.visitor.page
    await at.visitor.go("/console/reports")
    await at.past_the_menu()
    await at.to("#first")
    await page.keyboard.type("11012026")
    await at.to("#last")
    await page.keyboard.type("11182026")
    assert await page.input_value("#last") == "2026-11-18"
    await at.press("main form button")
    assert "2026-11-01" in page.url
    await at.past_the_menu()
    await at.to("a[href*='reports/figures']")
    async with page.expect_download() as download:
        await page.keyboard.press("Enter")
    assert (await download.value).suggested_filename.endswith(".xlsx")


@pytest.mark.parametrize("width", [360])
@pytest.mark.parametrize("scripts", [True, False])
async def test_an_auditor_filters_the_log_and_verifies_it_with_a_mark(
    screen: Screens,
    scripts: bool,
) -> None:
    at = await hands(screen, "auditor", scripts=scripts)
    page = at.visitor.page
    await at.visitor.go("/console/log")
    await at.past_the_menu()
    await at.press("button ~~ 核验全部日志")
    await at.told("日志完整")
    mark = await page.inner_text(".banner code")
    await at.to("#mark", back=True)
    await page.keyboard.insert_text("抄错了")
    await at.enter()
    assert await at.here("[role=alert]")
    await at.press("[role=alert] a")
    assert await at.here("#mark[aria-invalid]")
    await page.keyboard.press("Control+a")
    await page.keyboard.insert_text(mark)
    await at.enter()
    await at.told("也对得上")
    await at.choose("#actor", "auditor")
    await at.type("#since", "")
    await page.keyboard.type("11182026")
    await at.press("main [role=search] button")
    assert await at.visitor.reads("最新的在最前面")
