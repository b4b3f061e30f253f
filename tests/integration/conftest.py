"""The console's desk for its tests: `desk` and `client` for its pages, `screen` in a browser."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser as Chromium

from tests.console_client import Browser, browser
from tests.console_screens import Screens, screens
from tests.console_world import World, world


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[World]:
    """A fresh desk with its people, departments and two entries."""
    async with world(tmp_path) as made:
        yield made


@pytest.fixture
async def client(desk: World) -> AsyncIterator[Browser]:
    """A browser without a screen, with nobody signed in."""
    async with browser(desk) as made:
        yield made


@pytest.fixture
def width() -> int:
    """How wide the screen is, in pixels."""
    return 1280


@pytest_asyncio.fixture(loop_scope="session")
async def screen(chromium: Chromium, tmp_path: Path, width: int) -> AsyncIterator[Screens]:
    """A fresh desk in a real browser."""
    async with screens(chromium, tmp_path, width) as made:
        yield made
