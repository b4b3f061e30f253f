"""What changes by itself is heard, takes nobody's place, and what has the focus can be seen."""

from datetime import timedelta

import pytest

from tests.browser.screens import Screens
from tests.values.console import MORNING, SCHOOLS

CONTRAST = """(box) => {
  const light = (words) => {
    const [r, g, b, a = 1] = words.match(/[0-9.]+/g).map(Number);
    const [x, y, z] = [r, g, b].map((part) => (part * a + 255 * (1 - a)) / 255)
      .map((part) => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  return 1.05 / (light(getComputedStyle(box).outlineColor) + 0.05);
}"""
PLACES = ("[data-company]", "[data-saved]", "#draft-text-pasted")


async def test_what_a_case_page_says_by_itself_has_a_place_that_is_heard(screen: Screens) -> None:
    case = await screen.desk.opened("校车", department=SCHOOLS)
    visitor = await screen.visitor()
    await visitor.sign_in("officer")
    await visitor.go(f"/console/cases/{case.number}")
    await visitor.press("accept")
    for place in PLACES:
        region = visitor.page.locator(place)
        assert await region.get_attribute("role") == "status", place
        # Put into the page together with its words, it would be read by few screen readers.
        assert await region.evaluate("(e) => getComputedStyle(e).display") != "none", place
    gap = await visitor.page.evaluate(
        "document.querySelector('.path').getBoundingClientRect().top"
        " - document.querySelector('.banner').getBoundingClientRect().bottom"
    )
    assert gap == pytest.approx(24, abs=1)


async def test_a_new_case_is_told_in_words(
    screen: Screens, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.live.EVERY", 0.5)
    visitor = await screen.visitor()
    await visitor.sign_in("officer")
    await visitor.go("/console/cases?tab=open")
    told = visitor.page.locator("[role=status][data-live-told]")
    assert await told.inner_text() == ""
    await screen.desk.opened("校车", department=SCHOOLS)
    await visitor.page.wait_for_selector("[data-live-told]:has-text('1 件')", timeout=20_000)


async def test_a_page_that_waits_keeps_the_place_of_whoever_reads_it(screen: Screens) -> None:
    store = screen.desk.deps.curating.jobs
    job = await store.start_job("import", "部门.csv", actor="curator", now=MORNING)
    await store.tell_job(job, done=1, total=9, now=MORNING)
    visitor = await screen.visitor()
    await visitor.sign_in("curator")
    await visitor.go(f"/console/exchange/{job}")
    await visitor.page.focus("a.back")
    await store.tell_job(job, done=4, total=9, now=MORNING)
    await visitor.page.wait_for_selector("text=4 / 9")
    assert await visitor.page.evaluate("document.activeElement.className") == "back"
    assert visitor.complaints == []


async def test_the_focus_on_a_tick_stands_out(screen: Screens) -> None:
    await screen.desk.opened("不知道归谁")
    visitor = await screen.visitor()
    await visitor.sign_in("dispatcher")
    await visitor.go("/console/cases")
    await visitor.page.focus("[name=pick]")
    assert await visitor.page.eval_on_selector("[name=pick]", CONTRAST) >= 3
    await visitor.page.focus("input[type=search]")
    assert await visitor.page.eval_on_selector("input[type=search]", CONTRAST) >= 3


async def test_whoever_is_about_to_be_signed_out_is_asked_and_goes_on(screen: Screens) -> None:
    visitor = await screen.visitor()
    await visitor.sign_in("officer")
    await visitor.page.clock.install()
    await visitor.go("/console/")
    asked = visitor.page.locator("[role=alert][data-idle] button")
    for _ in range(2):
        assert await asked.count() == 0
        await visitor.page.clock.fast_forward("28:00")
        screen.desk.clock.advance(timedelta(minutes=28))
        await asked.wait_for()
        await visitor.looks_right()
        await asked.press("Enter")
        await asked.wait_for(state="detached")
    screen.desk.clock.advance(timedelta(minutes=31))
    await visitor.page.clock.fast_forward("31:00")
    await asked.press("Enter")
    await visitor.page.wait_for_selector("[data-idle] a >> text=在新窗口登录")
