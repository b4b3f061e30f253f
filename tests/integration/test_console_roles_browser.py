"""The main walks of the dispatcher, the administrator and the auditor in a real browser."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pyotp
from aiohttp.test_utils import TestServer

from cases.case import State
from cases.people import Role
from tests.browser.screens import Screens, Visitor
from tests.values.console import POLICE, SCHOOLS

OWN = "门前的大桥下游过鸭子"


async def test_a_dispatcher_routes_a_case_and_the_one_that_comes_back(screen: Screens) -> None:
    case = await screen.desk.opened("校车在哪里坐")
    visitor = await screen.visitor()
    await visitor.sign_in("dispatcher")
    await visitor.go("/console/")
    await visitor.page.click("text=校车在哪里坐")
    await visitor.page.select_option("#department", POLICE)
    await visitor.press("route")
    assert await visitor.reads("已转办")
    await visitor.looks_right_everywhere()
    officer = await screen.visitor()
    await officer.sign_in("officer2")
    await officer.go(f"/console/cases/{case.number}")
    await officer.page.click("summary:has-text('不归本部门')")
    await officer.page.fill("#reason-return", "校车归教育局管")
    await officer.press("return")
    await visitor.go("/console/cases")
    await visitor.page.click("text=校车在哪里坐")
    assert await visitor.reads("校车归教育局管")
    await visitor.page.select_option("#department", SCHOOLS)
    await visitor.press("route")
    moved = await screen.desk.storage.case(case.number)
    assert (moved.state, moved.department) == (State.ROUTED, SCHOOLS)


@asynccontextmanager
async def requiring_codes(screen: Screens, role: Role) -> AsyncIterator[Screens]:
    """The same desk, where a role cannot work without an authenticator."""
    deps = replace(screen.desk.deps, totp_required=frozenset({role}))
    desk = replace(screen.desk, deps=deps)
    async with TestServer(desk.app()) as server:
        home = str(server.make_url("")).rstrip("/")
        yield Screens(desk, home, screen.chromium, screen.width)


async def submit(visitor: Visitor, button: str) -> None:
    async with visitor.page.expect_navigation():
        await visitor.page.click(f"main button:has-text('{button}')")


async def test_somebody_new_is_added_and_led_from_the_first_password_to_the_authenticator(
    screen: Screens,
) -> None:
    async with requiring_codes(screen, Role.OFFICER) as strict:
        boss = await strict.visitor()
        await boss.sign_in("administrator")
        await boss.go("/console/people")
        await boss.page.fill("main [name=name]", "zhao")
        await boss.page.select_option("#role", "officer")
        await boss.page.select_option("#department", SCHOOLS)
        await submit(boss, "添加")
        given = await boss.page.inner_text("main .secret")
        await boss.looks_right_everywhere()
        fresh = await strict.visitor()
        await fresh.go("/console/sign-in")
        await fresh.page.fill("#username", "zhao")
        await fresh.page.fill("#password", given.strip())
        await fresh.page.press("#password", "Enter")
        await fresh.page.wait_for_url("**/console/password")
        await fresh.looks_right_everywhere()
        for field, text in (("current", given.strip()), ("new", OWN), ("again", OWN)):
            await fresh.page.fill(f"#{field}", text)
        await submit(fresh, "保存新密码")
        assert fresh.page.url.endswith("/console/account/totp")
        await fresh.looks_right_everywhere()
        secret = await fresh.page.input_value("[name=secret]")
        await fresh.page.fill("#code", pyotp.TOTP(secret).at(strict.desk.clock()))
        await submit(fresh, "开启")
        assert await fresh.reads("可以开始办理了")
        await fresh.looks_right_everywhere()


async def test_an_auditor_reads_who_did_what_and_verifies_the_log(screen: Screens) -> None:
    officer = await screen.visitor()
    await officer.sign_in("officer")
    visitor = await screen.visitor()
    await visitor.sign_in("auditor")
    await visitor.go("/console/log")
    await visitor.page.select_option("#actor", "officer")
    await submit(visitor, "筛选")
    assert await visitor.reads("共 1 条")
    await submit(visitor, "核验全部日志")
    assert await visitor.reads("日志完整")
    await visitor.looks_right_everywhere()
