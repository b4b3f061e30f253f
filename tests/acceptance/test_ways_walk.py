"""The three kinds of account, each with the real service, the simulator and a real browser.

What the officer sends, what the citizen sees, and when.
"""

import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from cases.people import Role
from tests.servers.service_process import ServiceProcess, free_port
from tests.worlds.town import LABOUR, Town, furnish, person

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(400),  # a dozen pages, and two browsers' worth of people
]
ASKED = "工地老板拖欠我们工资三个月了一直不给，求助"
REPLY = "您好！劳动监察大队已联系该工地，承诺本周五前发清工资。"
PEOPLE = (
    person("officer", Role.OFFICER),
    person("reviewer", Role.REVIEWER),
    person("dispatcher", Role.DISPATCHER),
    person("curator", Role.CURATOR),
    person("curator2", Role.CURATOR),
    person("administrator", Role.ADMINISTRATOR),
)
ACCOUNT = """
[accounts.{name}]
appid = "wx{name}000000000000"
secret = "secret-of-{name}"
token = "token-{name}"
mode = "plain"
kind = "{kind}"
verified = {verified}
api_base = "http://127.0.0.1:{port}/simulator/platform"
"""
NOTICE = """
[accounts.service.notice]
way = "template"
template = "T-1"
[accounts.service.notice.fields]
character_string1 = "number"
thing2 = "what"
thing3 = "hint"
"""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def service(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[ServiceProcess]:
    """One desk for all three kinds; every test has an account or a citizen to itself."""
    port = free_port()
    made = ServiceProcess(tmp_path_factory.mktemp("ways"), port=port, arguments=("--simulator",))
    text = made.config.read_text(encoding="utf-8")
    head, tail = text.split("[accounts.main]")[0], text[text.index("[encoder]") :]
    accounts = (
        ("plain", "subscription", "false"),
        ("verified", "subscription", "true"),
        ("service", "service", "true"),
    )
    tables = [
        ACCOUNT.format(name=name, kind=kind, verified=verified, port=port)
        for name, kind, verified in accounts
    ]
    made.config.write_text(head + "".join(tables) + NOTICE + "\n" + tail, encoding="utf-8")
    await furnish(made, PEOPLE)
    try:
        made.start(within=90)
        yield made
    finally:
        made.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def town(service: ServiceProcess, chromium: Browser) -> Town:
    return Town(service=service, browser=chromium)


async def citizen_of(town: Town, account: str) -> Page:
    """A citizen's phone, with the chat of one account open."""
    page = await town.at("/simulator/")
    await page.select_option("#account", account)
    return page


async def says(page: Page, text: str) -> str:
    """Types a message and waits for the passive reply."""
    replies = page.locator(".bubble.account:not(.pushed)")
    before = await replies.count()
    await page.fill("#message", text)
    await page.click("#send")
    await expect(replies).to_have_count(before + 1)
    return await replies.last.inner_text()


async def opened(town: Town, citizen: Page) -> str:
    """The number of the case that the citizen's matter opened, given to the bureau."""
    found = re.search(r"HY\d{8}-\d{4}", await says(citizen, ASKED))
    assert found is not None
    page = await town.staff("dispatcher")
    await page.goto(f"{town.service.base}/console/cases/{found[0]}")
    if LABOUR not in await page.inner_text(".head"):
        await page.select_option("#department", LABOUR)
        await page.click("[data-step='route']")
        await expect(page.locator(".head")).to_contain_text(LABOUR)
    return found[0]


async def replied(town: Town, number: str) -> Page:
    """The officer drafts, the reviewer approves; the reviewer's page afterwards."""
    officer = await town.staff("officer")
    await officer.goto(f"{town.service.base}/console/cases/{number}")
    await officer.click("[data-step='accept']")
    await officer.fill("#draft-text", REPLY)
    await officer.click("[data-step='draft']")
    await expect(officer.locator("main")).to_contain_text("等另一位同事审核")
    reviewer = await town.staff("reviewer")
    await reviewer.goto(f"{town.service.base}/console/cases/{number}")
    await reviewer.click("[data-step='review']")
    await expect(reviewer.locator("main")).to_contain_text("已通过")
    return reviewer


def two_days_pass(town: Town, account: str) -> None:
    """The push windows of an account's citizens end, as they do 48 hours after their message."""
    with closing(sqlite3.connect(town.service.folder / "desk.db", timeout=10)) as desk, desk:
        desk.execute(
            "UPDATE citizens SET push_until = '2020-01-01T00:00:00.000000+00:00' WHERE account = ?",
            (account,),
        )


async def deliveries_of(town: Town, number: str, name: str = "officer") -> str:
    """What the console says of a case's texts on their way."""
    page = await town.staff(name)
    await page.goto(f"{town.service.base}/console/deliveries?all=1")
    row = page.locator(".row", has_text=number)
    return await row.inner_text() if await row.count() else ""


async def test_an_unverified_account_delivers_when_the_citizen_comes_back(town: Town) -> None:
    citizen = await citizen_of(town, "plain")
    number = await opened(town, citizen)
    await expect(citizen.locator(".bubble.account").last).to_contain_text(
        "过几天在这里回复「查询」看答复"
    )
    reviewer = await replied(town, number)
    await expect(reviewer.locator("main")).to_contain_text("等市民下次来信时送达")
    assert "这个公众号不能主动推送" in await deliveries_of(town, number)
    await expect(citizen.locator("#allowance")).to_contain_text("未认证的账号不能主动推送")
    assert "本周五前发清工资" in await says(citizen, "查询")
    assert await citizen.locator(".bubble.pushed").count() == 0
    assert await deliveries_of(town, number) == ""
    await reviewer.reload()
    await expect(reviewer.locator("main")).to_contain_text("已送达")


async def test_a_verified_subscription_account_pushes_while_the_window_is_open(
    town: Town,
) -> None:
    citizen = await citizen_of(town, "verified")
    number = await opened(town, citizen)
    await replied(town, number)
    pushed = citizen.locator(".bubble.pushed")
    await expect(pushed).to_have_count(1, timeout=30_000)  # the time to take it back is over
    await expect(pushed).to_contain_text("本周五前发清工资")
    second = await opened(town, await _another(citizen, 1))
    two_days_pass(town, "verified")
    await replied(town, second)
    assert "推送时限已过" in await deliveries_of(town, second)
    await expect(pushed).to_have_count(0)
    assert "本周五前发清工资" in await says(citizen, "你好")
    assert await deliveries_of(town, second) == ""
    assert town.service.verify()["violations"] == []


async def _another(citizen: Page, number: int) -> Page:
    """Another citizen at the same account."""
    await citizen.locator("[data-citizen]").nth(number).click()
    await expect(citizen.locator(".bubble")).to_have_count(0)
    return citizen


async def test_a_service_account_tells_of_a_reply_after_the_window(town: Town) -> None:
    citizen = await citizen_of(town, "service")
    await citizen.click("#more")
    await citizen.click("#panel [data-kind='camera']")
    await expect(citizen.locator(".bubble.account").last).to_contain_text("请再用文字")
    number = await opened(town, citizen)
    officer = await town.staff("officer")
    await officer.goto(f"{town.service.base}/console/cases/{number}")
    await _until_kept(officer)
    await officer.click("[data-step='reveal']")
    await expect(officer.locator(".pieces img")).to_have_count(1)
    two_days_pass(town, "service")
    await replied(town, number)
    notice = citizen.locator("#log").get_by_text("您反映的事情有新的回复")
    await expect(notice).to_be_visible(timeout=15_000)
    assert "本周五前发清工资" not in await citizen.inner_text("#log")
    assert "已发通知" in await deliveries_of(town, number)
    assert "本周五前发清工资" in await says(citizen, "查询")
    assert await deliveries_of(town, number) == ""


async def _until_kept(page: Page) -> None:
    """Waits for the picture, which the desk fetches from the platform in its own time."""
    for _ in range(20):
        if await page.locator("[data-step='reveal']").count():
            return
        await page.wait_for_timeout(500)
        await page.reload()


async def test_a_menu_that_two_people_published_is_what_the_citizen_taps(town: Town) -> None:
    menu = f"{town.service.base}/console/menus/verified"
    curator = await town.staff("curator")
    await curator.goto(menu)
    await curator.click("[data-step='save']")
    await curator.click("[data-step='submit']")
    await expect(curator.locator("main")).to_contain_text("要由另一位同事发布")
    other = await town.staff("curator2")
    await other.goto(menu)
    await other.click("[data-step='publish']")
    await expect(other.locator("main")).to_contain_text("已发布")
    await other.click("text=向微信核对")
    await expect(other.locator("main")).to_contain_text("和这里一致")
    citizen = await _another(await citizen_of(town, "verified"), 2)
    await citizen.click('#menu button[data-menu="1"]')
    await expect(citizen.locator(".bubble.account").last).to_contain_text("没有登记在办的事情")
