"""Jobs that the console's pages begin, and files they are given."""

import asyncio
import io

from aiohttp import FormData

from tests.worlds.console_client import Browser, field_of


async def finished(client: Browser, address: str) -> str:
    """The page of a job once it is done."""
    for _ in range(100):
        page = await (await client.get(address)).text()
        if "data-refresh" not in page:
            return page
        await asyncio.sleep(0.05)
    raise AssertionError("the job did not end")


async def upload(client: Browser, page: str, name: str, data: bytes) -> tuple[int, str, str]:
    """Sends a file with the form of a page; the status, the page and where it is."""
    form = FormData({"csrf": field_of(await (await client.get(page)).text(), "csrf")})
    form.add_field("file", io.BytesIO(data), filename=name)
    async with client.post(page, data=form) as answer:
        return answer.status, await answer.text(), answer.url.path
