"""Somebody who works by keyboard alone, and notices when a stop of it cannot be seen."""

import asyncio
import time
from dataclasses import dataclass

from tests.browser.screens import Screens, Visitor
from tests.values.console import PASSWORD

MOST = 120
"""Stops on the way to something; further than that is a trap or a page nobody gets through."""
PATIENCE = 3.0  # seconds that a page's scripts may take to move the focus
STOP = """(wanted) => {
  const here = document.activeElement;
  if (!here || here === document.body) return {where: "nowhere"};
  const look = getComputedStyle(here), over = getComputedStyle(here, "::after");
  const drawn = (s) => s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2;
  const inside = here.type === "date" && !here.matches(":focus");  // the browser rings its button
  const box = here.getBoundingClientRect();
  const within = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const [css, words = ""] = wanted.split(" ~~ ");
  return {
    there: here.matches(css) && here.textContent.includes(words),
    ringed: inside || drawn(look) || drawn(over),
    seen: box.width > 0 && within,
    where: here.outerHTML.slice(0, 160),
  };
}"""


@dataclass
class Hands:
    """One person at one screen, without a mouse."""

    visitor: Visitor

    async def to(self, wanted: str, *, back: bool = False) -> None:
        """Tab, until what is wanted has the focus; every stop on the way has to be seen.

        `wanted`: a selector, and after " ~~ " words that stand in it.
        """
        page = self.visitor.page
        for _ in range(MOST):
            await page.keyboard.press("Shift+Tab" if back else "Tab")
            stop = await page.evaluate(STOP, wanted)
            if stop["where"] != "nowhere":
                assert (stop["ringed"], stop["seen"]) == (True, True), stop
            if stop.get("there"):
                return
        raise AssertionError(f"{wanted} is not reached on {page.url}")

    async def past_the_menu(self) -> None:
        """The skip link, which comes first."""
        await self.to("a.skip")
        await self.visitor.page.keyboard.press("Enter")
        assert await self.here("main")

    async def here(self, wanted: str) -> bool:
        """Whether the focus is there, or gets there while the page is still starting."""
        end = time.monotonic() + PATIENCE
        while not (await self.visitor.page.evaluate(STOP, wanted)).get("there"):
            if time.monotonic() > end:
                return False
            await asyncio.sleep(0.05)
        return True

    async def type(self, wanted: str, text: str) -> None:
        """On to a field, and writes into it."""
        await self.to(wanted)
        await self.visitor.page.keyboard.insert_text(text)

    async def choose(self, wanted: str, option: str) -> None:
        """On to a list, and down to an option."""
        await self.to(wanted)
        await self.choose_here(option)

    async def choose_here(self, option: str) -> None:
        """Down to an option of the list that has the focus."""
        for _ in range(40):
            if await self.visitor.page.evaluate("document.activeElement.value") == option:
                return
            await self.visitor.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{option} is not in the list")

    async def press(self, wanted: str, key: str = "Enter") -> None:
        """On to a button or a link, presses it, and waits for the page after it."""
        await self.to(wanted)
        await self.enter(key)

    async def enter(self, key: str = "Enter") -> None:
        """Presses what has the focus and waits for the page after it."""
        async with self.visitor.page.expect_navigation():
            await self.visitor.page.keyboard.press(key)

    async def told(self, words: str) -> None:
        """The page says so, and the focus is on what it says, not before the menu."""
        assert await self.visitor.reads(words), await self.visitor.page.inner_text("main")
        assert await self.here("[role=status], [role=alert]"), self.visitor.page.url


async def hands(screen: Screens, name: str, *, scripts: bool = True) -> Hands:
    """Somebody of the desk, signed in by keyboard."""
    visitor = await screen.visitor(scripts=scripts)
    await visitor.go("/console/sign-in")
    at = Hands(visitor)
    assert await at.here("#username")
    await visitor.page.keyboard.insert_text(name)
    await at.type("#password", PASSWORD)
    await at.enter()
    return at
