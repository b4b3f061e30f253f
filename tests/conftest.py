"""What several tests need: a database of each kind, and a browser."""

import os
from collections.abc import AsyncIterator, Iterator
from itertools import count
from pathlib import Path

import hypothesis
import pytest
import pytest_asyncio
from playwright.async_api import Browser

from storage import Storage, open_storage
from tests.browser.chromium import CHROMIUM, launched, tidy
from tests.scratch import write_to_memory
from tests.servers.databases import fresh_sqlite
from tests.servers.postgres import NoPostgres, Server, running_server

write_to_memory()
# As in bot/__main__.py: on two busy cores the threads of an encoder would spin for each other.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")
# How long one example takes says more about what else the machine does than about the code.
hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.load_profile("here")
_numbers = count(1)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that ask for the browser run on its event loop, and can be chosen by `-m browser`."""
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def _browser() -> AsyncIterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    async with launched() as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="session")
async def chromium(_browser: Browser) -> AsyncIterator[Browser]:
    """The session's browser; what a test opens in it is closed after the test."""
    yield _browser
    await tidy(_browser)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """One server for the whole session; skips where PostgreSQL cannot run."""
    try:
        with running_server() as server:
            yield server
    except NoPostgres as reason:
        pytest.skip(str(reason))


@pytest.fixture
def postgres_url(postgres_server: Server) -> Iterator[str]:
    """A fresh PostgreSQL database with our schema, dropped afterwards."""
    name = f"test_{next(_numbers)}"
    janitor = postgres_server.janitor(name)
    janitor.init()
    yield postgres_server.url(name)
    janitor.drop()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a fresh database, once for each kind."""
    if request.param == "sqlite":
        return fresh_sqlite(tmp_path / "huiying.db")
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
async def storage(database_url: str) -> AsyncIterator[Storage]:
    """An open storage with our schema, on each kind of database."""
    opened = await open_storage(database_url)
    yield opened
    await opened.close()


@pytest.fixture
async def workers(storage: Storage, database_url: str) -> AsyncIterator[list[Storage]]:
    """Two processes' worth of storage where the database allows it, else one."""
    if database_url.startswith("sqlite"):
        yield [storage, storage]
        return
    other = await open_storage(database_url)
    yield [storage, other]
    await other.close()
