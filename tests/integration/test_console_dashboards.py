"""Each role lands on its own work, and every number leads to a list that counts the same."""

import html
import re
from datetime import timedelta

import pytest

from cases.case import Kind
from tests.console_client import Browser, read, sign_in
from tests.console_screens import Screens
from tests.console_values import MORNING, POLICE, SCHOOLS
from tests.console_world import World
from tests.integration.test_console_matrix import told

FIGURE = re.compile(r'<a class="figure[^"]*" href="([^"]+)"><span>([^<]*)</span><b>([^<]*)</b>')
CELL = re.compile(r'<td data-label="([^"]*)"[^>]*><a href="([^"]+)">(\d+)</a></td>')
COUNTED = re.compile(r"共 (\d+) [条件]|：(\d+) 件</h1>")


def figures(page: str) -> dict[str, tuple[str, str]]:
    """The big numbers by title: (address, value)."""
    return {title: (html.unescape(path), value) for path, title, value in FIGURE.findall(page)}


def cells(page: str) -> list[tuple[str, str, int]]:
    """The numbers in tables that lead somewhere: (column, address, value)."""
    return [(title, html.unescape(path), int(n)) for title, path, n in CELL.findall(page)]


async def listed(client: Browser, path: str) -> int:
    """How many the list behind an address says there are."""
    found = COUNTED.search(await read(client, path))
    return int(found[1] or found[2]) if found else 0


async def test_the_supervisors_numbers_are_those_of_their_lists(
    desk: World, client: Browser
) -> None:
    for department in (SCHOOLS, POLICE):
        await told(desk, department)
        late = MORNING - timedelta(days=20)
        await desk.opened("逾期", department=department, kind=Kind.COMPLAINT, received_at=late)
    await sign_in(client, "supervisor")
    page = await read(client, "/console/")
    numbers = figures(page)
    assert numbers["已逾期"][1] == "4"
    for title in ("未办结", "今天到期", "已逾期", "待批延期", "评价低"):
        path, value = numbers[title]
        assert await listed(client, path) == int(value), title
    linked = cells(page)
    assert {title for title, _, _ in linked} >= {"收到", "已答复", "转办", "逾期未办"}
    for title, path, value in linked:
        assert await listed(client, path) == value, (title, path)
    assert numbers["按期答复率"][1] == "50%"


async def test_the_auditors_numbers_are_those_of_the_log(desk: World, client: Browser) -> None:
    for _ in range(3):
        await sign_in(client, "officer", "falsch")
    case = await desk.opened("电话13812345678", department=SCHOOLS)
    await sign_in(client, "officer")
    await desk.storage.log("officer", "reveal", {"case": case.number}, MORNING)
    await desk.storage.log("officer", "export", {}, MORNING - timedelta(days=9))
    await sign_in(client, "auditor")
    page = await read(client, "/console/")
    numbers = figures(page)
    assert [numbers[each][1] for each in ("登录失败", "查看个人信息", "导出")] == ["3", "1", "1"]
    assert numbers["日志核验"][1] == "还没有"
    for title in ("登录失败", "查看个人信息", "导出", "人员和密码", "全部记录"):
        path, value = numbers[title]
        assert await listed(client, path) == int(value), title
    linked = cells(page)
    assert len(linked) > 8
    for title, path, value in linked:
        assert await listed(client, path) == value, (title, path)


async def test_the_auditor_sees_when_the_log_was_verified_and_what_was_found(
    desk: World, client: Browser
) -> None:
    await sign_in(client, "auditor")
    found = {"records": "12", "wrong": "0"}
    await desk.storage.log("auditor", "log_verified", found, MORNING)
    page = await read(client, "/console/")
    assert figures(page)["日志核验"][1] == "完整"
    assert "今天 09:30，12 条" in page
    broken = {"records": "12", "wrong": "2"}
    await desk.storage.log("auditor", "log_verified", broken, MORNING + timedelta(minutes=1))
    assert figures(await read(client, "/console/"))["日志核验"][1] == "有问题"


@pytest.mark.parametrize("width", [1280, 360])
async def test_every_dashboard_is_accessible_on_any_screen(screen: Screens) -> None:
    await told(screen.desk, SCHOOLS)
    for name in ("supervisor", "auditor", "curator", "administrator"):
        visitor = await screen.visitor()
        await visitor.sign_in(name)
        for summary in await visitor.page.query_selector_all("main summary"):
            await summary.click()
        await visitor.looks_right()
