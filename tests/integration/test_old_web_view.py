"""The public pages in an old WeChat, whose web view lacks what came between Chromium 66 and 87.

No such browser can be had for a test, so a present one is handed the styles as the old one reads
them: what it does not know is taken out, and the lines of flex items lose their gaps.
"""

import re
from pathlib import Path

import pytest
from playwright.async_api import Page, Route

from console import sign_case
from tests.browser.screens import Screens
from tests.values.console import SCHOOLS, SECRET

STATIC = Path(__file__).parents[2] / "console" / "static"
UNKNOWN_SELECTOR = re.compile(r"[^{}]*(?::not\([^()]*,|:is\(|:focus-visible)[^{}]*\{[^{}]*\}")
UNKNOWN_PROPERTY = re.compile(
    r"(?<=[;{\s])(?:inset|aspect-ratio|text-wrap|accent-color|padding-(?:inline|block))\s*:[^;}]*;?"
    r"|overflow-wrap\s*:\s*anywhere;?"
)
NO_GAPS = """() => { for (const e of document.querySelectorAll("*"))
  if (getComputedStyle(e).display.includes("flex")) e.style.gap = "0"; }"""
TOUCHING = """() => [...document.querySelectorAll("body *")].filter((e) => {
  const next = e.nextElementSibling;
  if (!next || !getComputedStyle(e.parentElement).display.includes("flex")) return false;
  const a = e.getBoundingClientRect(), b = next.getBoundingClientRect();
  const beside = a.width && b.width && a.top < b.bottom && b.top < a.bottom;
  return beside && b.left - a.right < 3;
}).map((e) => e.parentElement.className + " " + e.textContent.trim().slice(0, 20))"""


def as_read_by_old(style: str) -> str:
    """A style as a browser without those features understands it."""
    return UNKNOWN_PROPERTY.sub("", UNKNOWN_SELECTOR.sub("", style)).replace(
        "@supports not (inset: 0)", "@supports (top: 0)"
    )


async def _old_styles(route: Route) -> None:
    name = route.request.url.rpartition("/")[2].partition("?")[0]
    await route.fulfill(
        content_type="text/css", body=as_read_by_old((STATIC / name).read_text("utf-8"))
    )


async def _open(page: Page, address: str) -> None:
    await page.goto(address)
    await page.evaluate(NO_GAPS)


@pytest.mark.parametrize("width", [360])
async def test_an_old_web_view_shows_the_public_pages_in_order(screen: Screens) -> None:
    number = (await screen.desk.opened("校车" + "x" * 200, department=SCHOOLS)).number
    visitor = await screen.visitor()
    await visitor.page.route("**/static/*.css*", _old_styles)
    for path in ("", "departments", "answers", "services", f"case/{sign_case(number, SECRET)}"):
        await _open(visitor.page, f"{screen.home}/public/{path}")
        assert await visitor.page.evaluate(TOUCHING) == [], path
        assert await visitor.page.evaluate("document.documentElement.scrollWidth") <= 360, path
    await _open(visitor.page, f"{screen.home}/public/answers")
    box = await visitor.page.locator("[name=q]").bounding_box()
    assert box is not None
    assert (box["width"] >= 200, box["height"] >= 40) == (True, True)
