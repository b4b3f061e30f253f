"""The one real browser of all tests: a profile of its own for every visit, closed afterwards."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, async_playwright

# The same Chromium without windows and menus of its own: a visit costs a third.
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


@asynccontextmanager
async def launched() -> AsyncIterator[Browser]:
    """Starting it takes as long as a dozen pages."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


async def tidy(browser: Browser) -> None:
    """Closes every profile, and with it what its pages still wait for."""
    for context in browser.contexts:
        await context.close()
