"""An address for every line of the console's route table, so that tests can knock at all of them.

A new route is tested without being named anywhere: only a parameter that no route had before
needs a value here, and until it has one the tests of access fail and say so.
"""

import io
import re
import zipfile
from collections.abc import Iterator

from pypdf import PdfReader

from console.guard import Route
from console.routes import ROUTES
from tests.worlds.console_client import Browser

GUARDED = [route for route in ROUTES if route.roles is not None]
PARAMETER = re.compile(r"{(\w+)(?::(?:[^{}]|{[^{}]*})*)?}")
VALUES = {
    "id": "e1",
    "version": "1",
    "name": "officer2",
    "session": "0" * 16,
    "answer": "1",
    "golden": "1",
    "correction": "1",
    "job": "1",
    "unit": "教育局",
    "alarm": "1",
    "talk": "1",
    "template": "1",
    "attachment": "1",
    "account": "main",
    "dismissed": "1",
    "service": "1",
    "office": "1",
    "comment": "1",
    "order": "1",
    "article": "1",
}
"""What stands for each parameter of a path; `number` is the case a test is about."""


def address(route: Route, number: str) -> str:
    """The route's address, about this case where it is about one."""

    def value(match: re.Match[str]) -> str:
        known = VALUES | {"number": number}
        assert match[1] in known, (
            f"{route.method} {route.path}: give {{{match[1]}}} a value in "
            "tests/worlds/console_routes.py, one that stands for something of the department "
            "that `number` belongs to"
        )
        return known[match[1]]

    return "/console" + PARAMETER.sub(value, route.path)


def pages_of(number: str) -> Iterator[tuple[Route, str]]:
    """Every guarded page of the table with its address."""
    return ((route, address(route, number)) for route in GUARDED if route.method == "GET")


async def content_of(client: Browser, path: str) -> tuple[int, str]:
    """The status and all that an answer says: pages as they are, office files and PDFs unpacked,
    the beginning of a stream."""
    async with client.get(path, allow_redirects=False) as answer:
        if answer.content_type == "text/event-stream":
            return answer.status, (await answer.content.readany()).decode()
        body = await answer.read()
    return answer.status, "\n".join(_unpacked(body))


def _unpacked(body: bytes) -> Iterator[str]:
    if body.startswith(b"%PDF"):
        yield from (page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
        return
    if not zipfile.is_zipfile(io.BytesIO(body)):
        yield body.decode("utf-8", "replace")
        return
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        for item in archive.infolist():
            if not item.filename.startswith("docProps/"):  # they hold the time of writing
                yield archive.read(item).decode("utf-8", "replace")
