"""A browser without a screen: it signs in, reads pages and posts their forms."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from tests.values.console import PASSWORD
from tests.worlds.console import World

Browser = TestClient[web.Request, web.Application]


@asynccontextmanager
async def browser(desk: World) -> AsyncIterator[Browser]:
    """A browser of its own, with nobody signed in."""
    async with TestClient(TestServer(desk.app())) as client:
        yield client


def field_of(page: str, name: str) -> str:
    """The value of the first field of that name in a page."""
    tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    assert tag is not None, f"no field {name} in the page"
    value = re.search(r'value="([^"]*)"', tag[0])
    return value[1] if value else ""


async def sign_in(client: Browser, name: str, password: str = PASSWORD, **more: str) -> int:
    """Signs in through the form of a fresh browser; the status of the answer (303: it worked)."""
    client.session.cookie_jar.clear()
    page = await (await client.get("/console/sign-in")).text()
    form = {"username": name, "password": password, "csrf": field_of(page, "csrf")} | more
    origin = {"Origin": str(client.make_url("/")).rstrip("/")}  # as every browser sends it
    async with client.post(
        "/console/sign-in", data=form, allow_redirects=False, headers=origin
    ) as answer:
        return answer.status


async def post(client: Browser, page: str, action: str, **form: str) -> tuple[int, str]:
    """Posts a form of a page with its token and version; the final status and page."""
    text = await (await client.get(page)).text()
    hidden = {"csrf": field_of(text, "csrf")}
    for name in ("version", "draft_hash", "mark", "seen"):
        if f'name="{name}"' in text:
            hidden[name] = field_of(text, name)
    async with client.post(action, data=hidden | form) as answer:
        return answer.status, await answer.text()


async def read(client: Browser, path: str, status: int = 200) -> str:
    """The text of a page."""
    async with client.get(path) as answer:
        assert answer.status == status, path
        return await answer.text()


def case_path(number: str, step: str = "") -> str:
    """A case's page, or where one of its steps is posted to."""
    return f"/console/cases/{number}" + (f"/{step}" if step else "")


async def take(client: Browser, number: str, step: str, **form: str) -> tuple[int, str]:
    """Takes a step on a case's page; the final status and page."""
    return await post(client, case_path(number), case_path(number, step), **form)
