"""A new account that does not work yet: the console says what to mend until it does.

The real service, a platform that refuses, and an administrator's browser.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page, expect

from simulator import Account, Platform, create_api
from tests.browser.chromium import tidy
from tests.servers.service_process import ServiceProcess
from tests.servers.wire import APPID, TOKEN
from tests.worlds.town import PASSWORD

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(200),
]
MENU = "/cgi-bin/menu/get"


@dataclass
class Newcomer:
    """An administrator at the page of the accounts, and the platform behind it."""

    platform: Platform
    service: ServiceProcess
    page: Page

    async def checks(self) -> Page:
        """Presses 检查连接."""
        await self.page.goto(f"{self.service.base}/console/accounts")
        async with self.page.expect_navigation():
            await self.page.click("[data-step='check-main']")
        return self.page


@pytest_asyncio.fixture(loop_scope="session")
async def newcomer(chromium: Browser, tmp_path: Path) -> AsyncIterator[Newcomer]:
    account = Account(
        name="main", appid=APPID, secret="another", token=TOKEN, webhook="http://127.0.0.1:9/"
    )
    platform = Platform([account])
    async with platform, TestServer(create_api(platform)) as server:
        service = ServiceProcess(tmp_path, api_base=str(server.make_url("/")))
        added = await asyncio.to_thread(
            service.run, "user", "add", "administrator", "--role", "administrator",
            "--password-stdin", stdin=PASSWORD + "\n",
        )  # fmt: skip
        assert added.returncode == 0, added.stderr
        try:
            await asyncio.to_thread(service.start)
            page = await chromium.new_page()
            await page.goto(f"{service.base}/console/sign-in")
            await page.fill("#username", "administrator")
            await page.fill("#password", PASSWORD)
            await page.press("#password", "Enter")
            await page.wait_for_url(f"{service.base}/console/")
            yield Newcomer(platform, service, page)
            await tidy(chromium)
        finally:
            service.stop()


async def test_each_refusal_of_a_new_account_says_what_to_mend(newcomer: Newcomer) -> None:
    platform, main = newcomer.platform, newcomer.platform.accounts["main"]
    told = newcomer.page.locator("main")

    await newcomer.checks()
    await expect(told).to_contain_text("密钥（AppSecret）不对")

    platform.accounts["main"] = replace(main, secret="a-secret")
    platform.whitelists["main"] = frozenset({"203.0.113.7"})
    await newcomer.checks()
    await expect(told).to_contain_text("把 127.0.0.1 加进 IP 白名单")

    platform.whitelists.clear()
    platform.quotas.limits[MENU] = 0
    await newcomer.checks()
    await expect(told).to_contain_text("今天的调用次数用完了，零点自动恢复")
    await expect(newcomer.page.locator("[data-step='clear-main']")).to_be_visible()

    platform.quotas.limits.clear()
    async with newcomer.page.expect_navigation():
        await newcomer.page.click("[data-step='clear-main']")
    await newcomer.checks()
    await expect(told).to_contain_text("连得上微信，密钥和白名单都对")
    await expect(told).not_to_contain_text("IP 白名单")
