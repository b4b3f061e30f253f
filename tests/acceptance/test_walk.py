"""The main walk, with the real service, the simulator and a real browser.

A citizen asks, nobody knows, a case opens, an officer drafts, a reviewer approves, and the
citizen reads it.
"""

import re
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect
from yarl import URL

from cases.people import Role
from knowledge_base.entry import Entry, Source
from tests.worlds.town import LABOUR, Town, open_town, person

ENTRY = Entry(
    id="id-card",
    question="身份证丢了怎么补办",
    variants=("身份证遗失补领",),
    answer="本人到任意派出所办证窗口申请补领。",
    department="公安局",
    source=Source(title="《中华人民共和国居民身份证法》第十一条"),
    checked_on=date(2026, 11, 1),
    author="ann",
    reviewer="ben",
)
ASKED = "工地老板拖欠我们工资三个月了一直不给，求助"
REPLY = "您好！劳动监察大队已联系该工地，承诺本周五前发清工资。有变化请打 0500-00000101。"
PEOPLE = (
    person("officer", Role.OFFICER),
    person("reviewer", Role.REVIEWER),
    person("dispatcher", Role.DISPATCHER),
)


@pytest_asyncio.fixture(loop_scope="session")
async def town(chromium: Browser, tmp_path: Path) -> AsyncIterator[Town]:
    async with open_town(tmp_path, chromium, PEOPLE, (ENTRY,)) as made:
        yield made


async def _says(page: Page, text: str) -> str:
    """Types a message and waits for the account's next bubble."""
    before = await page.locator(".bubble.account").count()
    await page.fill("#message", text)
    await page.click("#send")
    await expect(page.locator(".bubble.account")).to_have_count(before + 1)
    return await page.locator(".bubble.account").last.inner_text()


async def test_a_citizens_question_is_answered_by_two_people_and_read(town: Town) -> None:
    citizen = await town.at("/simulator/", width=390)
    assert "任意派出所" in await _says(citizen, "身份证丢了怎么补办")
    opened = await _says(citizen, ASKED)
    number = re.search(r"HY\d{8}-\d{4}", opened)
    assert number is not None, opened
    await _route_if_needed(town, number[0])
    await _draft(town, number[0])
    await _approve(town, number[0])
    # It is pushed once the time to take it back is over.
    pushed = citizen.locator(".bubble.account").last
    await expect(pushed).to_contain_text("本周五前发清工资", timeout=30_000)
    assert "已答复" in await _says(citizen, f"查询 {number[0]}")
    link = citizen.locator(".bubble.account").last.locator("a.link")
    progress = await town.at(await _path_of(link), width=390)
    assert "本周五前发清工资" in await progress.inner_text("main")
    assert (await _says(citizen, "评价 5")) != ""
    assert town.service.verify()["violations"] == []


async def _path_of(link: Locator) -> str:
    """The path behind a link in the chat, which leads to our own server."""
    return URL(await link.get_attribute("href") or "").path


async def _route_if_needed(town: Town, number: str) -> None:
    """The router may leave it to the dispatcher; then the dispatcher gives it to the bureau."""
    page = await town.staff("dispatcher")
    await page.goto(f"{town.service.base}/console/cases/{number}")
    if LABOUR in await page.inner_text(".head"):
        return
    await page.select_option("#department", LABOUR)
    await page.click("[data-step='route']")
    await expect(page.locator(".head")).to_contain_text(LABOUR)


async def _draft(town: Town, number: str) -> None:
    page = await town.staff("officer", width=390)
    await page.goto(f"{town.service.base}/console/cases")
    await page.click(f"a[href*='{number}']")
    await page.click("[data-step='accept']")
    await page.fill("#draft-text", REPLY)
    await page.click("[data-step='draft']")
    await expect(page.locator("main")).to_contain_text("等另一位同事审核")


async def _approve(town: Town, number: str) -> None:
    page = await town.staff("reviewer")
    await page.goto(f"{town.service.base}/console/cases/{number}")
    await expect(page.locator("[data-preview]")).to_contain_text("本周五前发清工资")
    await page.click("[data-step='review']")
    await expect(page.locator("main")).to_contain_text("已通过")
