"""The inbox in a real browser: what stays in view, and what the keyboard does."""

import pytest

from tests.browser.screens import Screens
from tests.values.console import SCHOOLS

LIST = "/console/cases"


async def test_further_conditions_stand_beneath_their_heading(screen: Screens) -> None:
    visitor = await screen.visitor()
    await visitor.sign_in("dispatcher")
    await visitor.go(f"{LIST}?tab=open&due=three")
    heading = await visitor.page.locator("details.filters > summary").bounding_box()
    fields = await visitor.page.locator("details.filters .fields").bounding_box()
    assert heading is not None
    assert fields is not None
    assert fields["y"] >= heading["y"] + heading["height"]
    assert fields["x"] <= heading["x"] + 1
    await visitor.looks_right()


async def test_a_page_is_ticked_at_once_and_what_to_do_with_it_stays_in_view(
    screen: Screens,
) -> None:
    for n in range(20):
        await screen.desk.opened(f"第{n}件", suggested=SCHOOLS)
    visitor = await screen.visitor()
    await visitor.sign_in("dispatcher")
    await visitor.go(f"{LIST}?tab=mine")
    await visitor.page.click("[data-pick-all]")
    assert await visitor.reads("已勾选 20 件")
    await visitor.looks_right()
    await visitor.page.locator(".row").last.scroll_into_view_if_needed()
    where = await visitor.page.locator("[data-step=as-suggested]").bounding_box()
    assert where is not None
    assert where["y"] >= 0 or screen.width < 768
    await visitor.press("as-suggested")
    assert await visitor.reads("已办好 20 件")


@pytest.mark.slow
async def test_the_inbox_is_worked_by_keyboard_and_counts_by_itself(screen: Screens) -> None:
    for n in range(3):
        await screen.desk.opened(f"第{n}件", department=SCHOOLS)
    visitor = await screen.visitor()
    await visitor.sign_in("reviewer")
    await visitor.go(f"{LIST}?tab=new")
    await visitor.page.focus("a.title >> nth=0")
    for key in ("Space", "ArrowDown", "Space"):
        await visitor.page.keyboard.press(key)
    assert await visitor.reads("已勾选 2 件")
    await visitor.looks_right_everywhere()
    await visitor.page.keyboard.press("Control+/")
    assert await visitor.page.evaluate("document.activeElement.name") == "q"
    await visitor.page.select_option("form[data-bulk] select", "officer")
    async with visitor.page.expect_navigation():
        await visitor.page.click("text=交给这位同事")
    assert await visitor.reads("已办好 2 件")
    await visitor.go(f"{LIST}?tab=new")
    await screen.desk.opened("刚来的", department=SCHOOLS)
    await visitor.page.wait_for_selector("[data-live=new]:text-is('2')", timeout=20_000)
