"""Where a citizen is sent whose matter is not the county's: checked, and named in the text."""

from datetime import timedelta

import pytest

from cases.desk import Purpose
from tests.values.console import MORNING, PEOPLE
from tests.worlds.console import World
from tests.worlds.console_cases import accepted
from tests.worlds.console_client import Browser, case_path, read, sign_in


async def test_the_verified_place_to_go_is_offered_for_the_reply(
    desk: World, client: Browser
) -> None:
    case = await accepted(desk, "判决书下来了对方不执行，法院什么时候强制执行")
    await sign_in(client, "officer")
    page = await read(client, f"{case_path(case.number)}?insert=place-人民法院")
    assert "这件事要找人民法院，电话 12368" in page
    assert "去处表 人民法院（2026年11月21日核对）" in page


async def test_a_place_that_nobody_has_checked_for_a_year_is_not_told_to_the_citizen(
    desk: World, client: Browser
) -> None:
    desk.clock.advance(timedelta(days=400))
    case = await accepted(desk, "判决书下来了对方不执行，法院什么时候强制执行")
    await sign_in(client, "officer")
    page = await read(client, f"{case_path(case.number)}?insert=place-人民法院")
    assert "这件事要找人民法院。" in page
    assert "人民法院，电话 12368？" in page
    assert "已过一年，请先打电话核对" in page


@pytest.mark.parametrize(
    ("told", "warned"),
    [
        ("这件事不归县里办。", True),
        ("这件事要找人民法院。", False),
        ("请拨打 12345。", False),
        ("请拨打 0500-00000101。", False),
    ],
)
async def test_a_reviewer_sees_that_a_text_names_nobody_to_go_to(
    desk: World, client: Browser, told: str, warned: bool
) -> None:
    case = await accepted(desk, "判决书下来了对方不执行")
    await desk.desk.draft(
        case.number, told, version=case.version, actor=PEOPLE["officer"],
        now=MORNING, purpose=Purpose.OUT_OF_SCOPE,
    )  # fmt: skip
    await sign_in(client, "reviewer")
    page = await read(client, case_path(case.number))
    assert ("没有写市民该去找谁" in page) == warned
