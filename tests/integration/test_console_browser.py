"""The desk in a real browser, on a desktop and on phones: axe is content, nobody else is asked."""

from datetime import timedelta

import pytest

from cases.case import Kind, State
from console import sign_case
from tests.browser.screens import Screens
from tests.values.console import MORNING, PEOPLE, POLICE, SCHOOLS, SECRET

REPLY = "您好！请带户口簿到片区小学报名。\n电话：0500-00000109。"
CUT_HINTS = """() => [...document.querySelectorAll("main input[placeholder]")].filter((box) => {
  if (!box.getClientRects().length) return false;
  const look = getComputedStyle(box), pen = document.createElement("canvas").getContext("2d");
  pen.font = look.font;
  const room = box.clientWidth - parseFloat(look.paddingLeft) - parseFloat(look.paddingRight);
  return pen.measureText(box.placeholder).width > room;
}).map((box) => box.placeholder)"""


@pytest.mark.parametrize("width", [1280, 390])
async def test_an_officer_drafts_and_a_reviewer_sends(screen: Screens) -> None:
    number = (await screen.desk.opened("孩子上小学要带什么", department=SCHOOLS)).number
    officer = await screen.visitor()
    await officer.sign_in_by_form("officer")
    await officer.looks_right()
    await officer.page.click("a.title")
    await officer.looks_right()
    await officer.press("accept")
    await officer.page.fill("#draft-text", REPLY)
    await officer.press("draft")
    assert await officer.reads("等另一位同事审核")
    await officer.looks_right()
    reviewer = await screen.visitor()
    await reviewer.sign_in("reviewer")
    await reviewer.go(f"/console/cases/{number}")
    assert await reviewer.page.inner_text("[data-preview] .message div") == REPLY
    await reviewer.looks_right()
    await reviewer.press("review")
    assert await reviewer.reads("已通过")
    await reviewer.looks_right()
    case = await screen.desk.storage.case(number)
    assert (case.state, case.reply) == (State.REPLIED, REPLY)


async def test_who_tells_where_else_to_go_sees_the_places(screen: Screens) -> None:
    case = await screen.desk.opened("邻县的低保怎么申请", department=SCHOOLS)
    officer = await screen.visitor()
    await officer.sign_in("officer")
    await officer.go(f"/console/cases/{case.number}")
    await officer.press("accept")
    places = officer.page.locator("[data-places] > ul")
    assert not await places.is_visible()
    await officer.page.check("input[name=purpose][value=out_of_scope]")
    assert await places.is_visible()
    await officer.looks_right()


WALKS = {
    "officer": ("/console/", "/console/cases", "/console/cases?q=zz", "{case}", "/console/none"),
    "reviewer": ("{case}", "/console/password", "/console/account", "/console/account/totp"),
    "dispatcher": ("/console/cases", "{unrouted}"),
    "supervisor": (
        "/console/",
        "/console/cases?tab=open",
        "{case}",
        "/console/privacy?case={number}",
        "/console/reports?period=2026",
        "/console/reports/cases",
        "/console/reports/messages",
        "/console/reports/periodical",
        "/console/answers",
    ),
    "curator": (
        "/console/entries",
        "/console/entries/new",
        "/console/entries/e1",
        "/console/entries/e1/versions/1",
        "/console/learning",
        "/console/learning?tab=single",
        "/console/exchange",
        "/console/synonyms",
        "/console/kinds",
        "/console/place-names",
        "/console/checks",
        "/console/drafts",
        "/console/review",
        "/console/checks?tab=conflicts",
        "/console/checks/merge?keep=e1&gone=e2",
        "/console/golden",
        "/console/evaluations",
        "/console/try?q=小学",
    ),
    "administrator": ("/console/people", "/console/people/officer"),
    "auditor": ("/console/", "/console/cases", "/console/log?group=sign-in"),
    "curator2": ("/console/try", "/console/try?q=小学", "/console/try?q=x"),
}
"""The pages of each role; `{case}`, `{number}` and `{unrouted}` stand for what the test opened."""


@pytest.mark.slow
async def test_every_page_of_every_role_is_accessible(screen: Screens) -> None:
    desk, late = screen.desk, MORNING - timedelta(days=20)
    await desk.opened("逾" * 300, department=SCHOOLS, kind=Kind.COMPLAINT, received_at=late)
    drafted = await desk.drafted("https://example.com/" + "x" * 300, "y" * 400)
    unrouted = await desk.opened("不知道归谁")
    known = {
        "number": drafted.number,
        "case": f"/console/cases/{drafted.number}",
        "unrouted": f"/console/cases/{unrouted.number}",
    }
    for name, paths in WALKS.items():
        visitor = await screen.visitor()
        await visitor.sign_in(name)
        for path in paths:
            await visitor.go(path.format(**known))
            await visitor.looks_right_everywhere()


@pytest.mark.parametrize("width", [1280, 360])
async def test_the_public_pages_work_without_scripts(screen: Screens) -> None:
    number = (await screen.desk.drafted("转学", REPLY)).number
    await screen.desk.opened("户口", department=POLICE, received_at=MORNING - timedelta(days=20))
    for scripts in (True, False):
        visitor = await screen.visitor(scripts=scripts)
        for path in (
            "",
            "departments",
            "answers",
            "answers?q=x",
            f"case/{sign_case(number, SECRET)}",
            "case/x",
            "?period=year",
        ):
            await visitor.go(f"/public/{path}")
            assert await visitor.page.locator("h1").count() == 1
            if scripts:
                await visitor.looks_right()
        await visitor.page.emulate_media(media="print")
        ink = "getComputedStyle(document.querySelector('h1')).color"
        assert await visitor.page.evaluate(ink) != "rgb(255, 255, 255)"  # browsers print no ground
        assert await visitor.page.context.cookies() == []


async def test_the_desk_works_without_scripts_and_with_the_keyboard_alone(screen: Screens) -> None:
    number = (await screen.desk.opened("校车", department=SCHOOLS)).number
    visitor = await screen.visitor(scripts=False)
    await visitor.sign_in_by_form("officer")
    await visitor.page.keyboard.press("Tab")
    assert await visitor.page.inner_text("a.skip:focus") == "跳到正文"
    await visitor.go(f"/console/cases/{number}")
    await visitor.page.focus("[data-step='accept']")
    async with visitor.page.expect_navigation():
        await visitor.page.keyboard.press("Enter")
    await visitor.page.fill("#draft-text", REPLY)
    await visitor.press("draft")
    assert (await screen.desk.storage.case(number)).draft == REPLY


async def test_what_was_being_written_is_found_again(screen: Screens) -> None:
    desk = screen.desk
    number = (await desk.opened("校车", department=SCHOOLS)).number
    await desk.desk.accept(number, version=1, actor=PEOPLE["officer"], now=MORNING)
    visitor = await screen.visitor()
    await visitor.sign_in("officer")
    await visitor.go(f"/console/cases/{number}")
    await visitor.page.fill("#draft-text", "写到一半")
    await visitor.page.wait_for_timeout(600)
    await visitor.page.reload()
    await visitor.page.click("text=找回上次没保存的文字")
    assert await visitor.page.input_value("#draft-text") == "写到一半"
    await visitor.press("draft")
    assert await visitor.reads("等另一位同事审核")
    async with visitor.page.expect_navigation():
        await visitor.page.click("text=退出")
    assert await visitor.page.evaluate("Object.keys(localStorage).length") == 0


async def test_a_double_click_and_the_back_button_take_one_step(screen: Screens) -> None:
    case = await screen.desk.drafted("转学", REPLY)
    visitor = await screen.visitor()
    await visitor.sign_in("reviewer")
    await visitor.go(f"/console/cases/{case.number}")
    async with visitor.page.expect_navigation():
        await visitor.page.dblclick("[data-step='review']")
    await visitor.page.go_back()
    events = await screen.desk.storage.events(case.number)
    assert [event.step for event in events].count("reply") == 1
    await visitor.looks_right()


async def test_an_expired_session_leads_back_to_the_case(screen: Screens) -> None:
    number = (await screen.desk.opened("校车", department=SCHOOLS)).number
    visitor = await screen.visitor()
    await visitor.sign_in("officer")
    await visitor.go(f"/console/cases/{number}")
    screen.desk.clock.advance(timedelta(hours=1))
    await visitor.press("accept")
    assert await visitor.reads("登录已过期")
    await visitor.looks_right()
    await visitor.page.click("text=去登录")
    await visitor.page.fill("#username", "officer")
    await visitor.page.fill("#password", "清清白白-2026")
    await visitor.page.press("#password", "Enter")
    await visitor.page.wait_for_url(f"**/console/cases/{number}")


async def test_twice_the_size_still_fits(screen: Screens) -> None:
    case = await screen.desk.drafted("转学要什么手续", REPLY)
    visitor = await screen.visitor()
    await visitor.sign_in("reviewer")
    await visitor.page.set_viewport_size({"width": max(320, screen.width // 2), "height": 600})
    for path in ("/console/", f"/console/cases/{case.number}", "/console/departments"):
        await visitor.go(path)
        await visitor.looks_right()


@pytest.mark.parametrize("width", [360])
async def test_on_a_phone_the_open_tab_is_seen_whole(screen: Screens) -> None:
    visitor = await screen.visitor()
    await visitor.sign_in("supervisor")
    await visitor.go("/console/cases?tab=answered")
    box = await visitor.page.locator(".tabs > [aria-current]").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= screen.width


@pytest.mark.parametrize("width", [360])
async def test_on_a_phone_one_press_shows_the_whole_menu_without_scripts(screen: Screens) -> None:
    visitor = await screen.visitor(scripts=False)
    await visitor.sign_in("supervisor")
    await visitor.go("/console/calendar")
    places = visitor.page.locator(".nav a, .who a, .who button")
    assert await places.filter(visible=True).count() == 0
    await visitor.page.focus(".menu > summary")
    await visitor.page.keyboard.press("Enter")
    for place in await places.all():
        box = await place.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= screen.width
        assert box["y"] + box["height"] <= 844


@pytest.mark.parametrize("width", [360])
async def test_on_a_phone_the_tab_reached_by_keyboard_is_seen_whole(screen: Screens) -> None:
    visitor = await screen.visitor()
    await visitor.sign_in("supervisor")
    await visitor.go("/console/cases")
    await visitor.page.focus(".filters > summary")
    reached = visitor.page.locator(".tabs a:focus")
    for _ in range(await visitor.page.locator(".tabs a").count()):
        await visitor.page.keyboard.press("Tab")
        box = await reached.bounding_box()
        assert box is not None
        assert box["x"] >= 0, await reached.inner_text()
        assert box["x"] + box["width"] <= screen.width, await reached.inner_text()


@pytest.mark.parametrize("width", [360])
async def test_on_a_phone_a_search_box_shows_its_whole_hint(screen: Screens) -> None:
    visitors = {
        "officer": ("/console/cases", "/console/entries", "/console/comments"),
        "supervisor": ("/console/privacy",),
        "curator": ("/console/given",),
    }
    for name, paths in visitors.items():
        visitor = await screen.visitor()
        await visitor.sign_in(name)
        for path in paths:
            await visitor.go(path)
            assert await visitor.page.evaluate(CUT_HINTS) == [], path
