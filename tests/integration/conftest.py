"""The console's desk for its tests: `desk` and `client` for its pages, `screen` in a browser.

And `chat` for citizens, and `caller`, a service that calls the simulated platform.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestClient, TestServer
from playwright.async_api import Browser as Chromium

from simulator import Platform, create_api
from storage import Storage
from tests.browser.screens import Screens, screens
from tests.servers.platform_caller import START, Caller
from tests.servers.stub_service import AUNT, MASTER, Clock, StubService, account
from tests.worlds.chat import Chat, open_chat, open_county_chat
from tests.worlds.console import World, world
from tests.worlds.console_client import Browser, browser
from tests.worlds.watch import Office


@pytest.fixture
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The working folder holds nothing."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[Chat]:
    """A desk that citizens talk with, and no wire between."""
    async with open_chat(tmp_path) as made:
        yield made


@pytest.fixture
async def county_chat(tmp_path: Path) -> AsyncIterator[Chat]:
    """The same with the sample county's departments and entries."""
    async with open_county_chat(tmp_path) as made:
        yield made


@pytest.fixture
async def office(storage: Storage) -> Office:
    """A desk with a watch, its departments and people, on each kind of database."""
    return await Office(storage).staffed()


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


@pytest.fixture
async def stub() -> AsyncIterator[TestServer]:
    """A service that receives what the platform sends, and says nothing."""
    server = TestServer(StubService(lambda message: None).app())
    async with server:
        yield server


@pytest.fixture
async def caller(stub: TestServer, request: pytest.FixtureRequest) -> AsyncIterator[Caller]:
    """A caller with a token; parametrize indirectly to change the account."""
    clock = Clock(START)
    known = account(str(stub.make_url("/wechat/main")), **getattr(request, "param", {}))
    platform = Platform([known], [AUNT, MASTER], clock=clock)
    async with platform, TestClient(TestServer(create_api(platform))) as client:
        caller = Caller(platform, clock, client)
        await caller.authorize()
        yield caller
