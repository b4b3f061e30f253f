"""The pages about the ways to citizens in a real browser, wide and narrow."""

from datetime import timedelta

from playwright.async_api import expect

from cases.work_calendar import today
from handlers.channels import Trouble
from simulator.media import sample_picture
from tests.browser.screens import Screens
from tests.integration.test_console_ways import given_up, pictured, replied
from tests.values.console import MORNING


async def test_deliveries_accounts_and_pictures_are_accessible(screen: Screens) -> None:
    await given_up(screen.desk)
    await replied(screen.desk)
    case, _ = await pictured(screen.desk, sample_picture(), "image/png")
    trouble = Trouble(
        account="main",
        path="/cgi-bin/stable_token",
        errcode=40164,
        said="invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist",
        since=MORNING,
        last_at=MORNING,
        blocked_until=MORNING + timedelta(hours=1),
    )
    await screen.desk.storage.begin_call("main", trouble.path, day=today(MORNING), now=MORNING)
    await screen.desk.storage.call_refused("main", trouble.path, trouble, day=today(MORNING))
    walks = {
        "officer": (
            "/console/deliveries",
            "/console/deliveries?all=1",
            f"/console/cases/{case.number}",
        ),
        "supervisor": ("/console/deliveries", "/console/accounts"),
        "administrator": ("/console/accounts",),
    }
    for name, paths in walks.items():
        visitor = await screen.visitor()
        await visitor.sign_in(name)
        for path in paths:
            await visitor.go(path)
            await visitor.looks_right_everywhere()


async def test_a_picture_is_seen_and_saved_and_never_opened_as_a_page(screen: Screens) -> None:
    case, number = await pictured(screen.desk, sample_picture(), "image/png")
    visitor = await screen.visitor()
    await visitor.sign_in("officer")
    await visitor.go(f"/console/cases/{case.number}")
    await visitor.press("reveal")
    picture = visitor.page.locator(".pieces img")
    await picture.scroll_into_view_if_needed()
    await expect(picture).to_have_js_property("naturalWidth", 240)
    assert await visitor.reads("［图片］")
    async with visitor.page.expect_download() as download:
        await visitor.page.click(".pieces p a")
    assert (await download.value).suggested_filename == f"{case.number}-{number}.png"
