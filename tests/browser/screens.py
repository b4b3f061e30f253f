"""A real browser on a small desk: one visitor per profile, each checked for what a page owes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp.test_utils import TestServer
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page

from tests.browser.chromium import tidy
from tests.browser.thumbs import SMALL
from tests.values.console import PASSWORD
from tests.worlds.console import World, world

DESKTOP, PHONE = 1280, 360  # pixels


@dataclass
class Visitor:
    """One person at one screen; remembers every request that left our address."""

    page: Page
    home: str
    outside: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", lambda request: self._note(request.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, url: str) -> None:
        if not url.startswith((self.home, "data:")):
            self.outside.append(url)

    async def sign_in(self, name: str) -> None:
        """Signs in beside the page: drawing the form and filling it in takes ten times as long."""
        answer = await self.page.context.request.post(
            f"{self.home}/console/sign-in",
            form={"username": name, "password": PASSWORD},
            max_redirects=0,
        )
        assert answer.status == 303, name

    async def sign_in_by_form(self, name: str) -> None:
        """As people do it; ends on the home page."""
        await self.go("/console/sign-in")
        await self.page.fill("#username", name)
        await self.page.fill("#password", PASSWORD)
        await self.page.press("#password", "Enter")
        await self.page.wait_for_url(f"{self.home}/console/")

    async def go(self, path: str) -> None:
        await self.page.goto(self.home + path)

    async def press(self, step: str) -> None:
        """Presses the button of a step and waits for the page after it."""
        async with self.page.expect_navigation():
            await self.page.click(f"[data-step='{step}']")

    async def reads(self, words: str) -> bool:
        return words in await self.page.inner_text("main")

    async def looks_right_everywhere(self) -> None:
        """On a desktop and on a phone; the screen is as it was afterwards."""
        before = self.page.viewport_size
        assert before is not None
        for width in (DESKTOP, PHONE):
            await self.page.set_viewport_size({"width": width, "height": before["height"]})
            await self.looks_right()
        await self.page.set_viewport_size(before)

    async def looks_right(self) -> None:
        """No axe violation, nothing too wide or too small for a thumb, no request elsewhere."""
        result = await Axe().run(self.page)
        assert result.violations_count == 0, f"{self.page.url}\n{result.generate_report()}"
        assert len(result.response["passes"]) > 10
        width = await self.page.evaluate("document.documentElement.scrollWidth")
        assert self.page.viewport_size is not None
        assert width <= self.page.viewport_size["width"], self.page.url
        if self.page.viewport_size["width"] <= PHONE:
            assert await self.page.evaluate(SMALL) == [], self.page.url
        assert self.outside == []
        assert self.complaints == []


@dataclass
class Screens:
    """A desk, its address, and a browser of one width."""

    desk: World
    home: str
    chromium: Browser
    width: int

    async def visitor(self, *, scripts: bool = True) -> Visitor:
        """Somebody with a fresh profile."""
        context = await self.chromium.new_context(
            viewport={"width": self.width, "height": 844}, java_script_enabled=scripts
        )
        return Visitor(await context.new_page(), self.home)


@asynccontextmanager
async def screens(chromium: Browser, folder: Path, width: int) -> AsyncIterator[Screens]:
    """A fresh desk on a free port, for a browser of that width."""
    async with world(folder) as desk, TestServer(desk.app()) as server:
        yield Screens(desk, str(server.make_url("")).rstrip("/"), chromium, width)
        await tidy(chromium)  # before the server waits for its pages
