"""A Chromium of 2021, where `OLD_CHROMIUM` names one; nothing is ever fetched for it."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, ConsoleMessage, Page, Request, async_playwright

from tests.browser.chromium import FLAGS
from tests.values.console import PASSWORD

NAMED = os.environ.get("OLD_CHROMIUM", "")
THERE = Path(NAMED).is_file()
NEWEST = 96
"""Of November 2021."""
WHY_NOT = "OLD_CHROMIUM names no Chromium of 2021 (.ci/run unpacks one where npm is)"
OWN_FAULT = "Refused to apply inline style"
"""Old Chromium styles the arrow of every `<input list>` itself, and obeys our CSP in that."""
NEEDED = {"stylesheet", "script", "image", "font"}  # what is asked in passing ends with the page
LOOK = """() => ({
  width: document.documentElement.scrollWidth,
  sheets: [...document.styleSheets].map((sheet) => sheet.cssRules.length),
  font: getComputedStyle(document.body).fontFamily,
  lists: document.querySelectorAll("input[list]").length,
})"""


@asynccontextmanager
async def launched() -> AsyncIterator[Browser | None]:
    """The browser, or None where there is none."""
    if not THERE:
        yield None
        return
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=NAMED, args=FLAGS)
        assert int(browser.version.split(".")[0]) <= NEWEST, f"{browser.version} is too new"
        yield browser
        await browser.close()


@dataclass
class OldVisitor:
    """One person at one old screen. Playwright's own clicks need a newer page: keys do not."""

    page: Page
    home: str
    width: int

    def __post_init__(self) -> None:
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("requestfailed", self._missed)
        self.page.on("console", self._note)

    def _missed(self, request: Request) -> None:
        if request.resource_type in NEEDED:
            self.complaints.append(request.url)

    def _note(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            self.complaints.append(message.text)

    async def sign_in(self, name: str) -> None:
        await self.page.goto(f"{self.home}/console/sign-in")
        await self.type("#username", name)
        await self.type("#password", PASSWORD)
        async with self.page.expect_navigation(url=f"{self.home}/console/"):
            await self.page.keyboard.press("Enter")

    async def type(self, field: str, text: str) -> None:
        await self.page.focus(field)
        await self.page.keyboard.insert_text(text)

    async def press(self, button: str) -> None:
        """Presses it by keyboard and waits for the page after it."""
        await self.page.focus(button)
        async with self.page.expect_navigation():
            await self.page.keyboard.press("Enter")

    async def look(self, path: str) -> int:
        """Opens a page and asks of it what it owes there; returns its status."""
        self.complaints.clear()
        answer = await self.page.goto(self.home + path)
        assert answer is not None
        await self.looks_right()
        return answer.status

    async def looks_right(self) -> None:
        """Styled, no wider than the screen, no error."""
        seen, url = await self.page.evaluate(LOOK), self.page.url
        assert seen["width"] <= self.width, f"{url} is {seen['width']} wide"
        assert min(seen["sheets"]) > 5, f"{url} lost a style sheet: {seen['sheets']}"
        assert "Noto Sans CJK SC" in seen["font"]
        own_faults = [each for each in self.complaints if OWN_FAULT in each and seen["lists"]]
        assert [each for each in self.complaints if each not in own_faults] == [], url
