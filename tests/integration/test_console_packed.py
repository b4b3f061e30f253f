"""What the public pages cost a phone: compressed, sent once, and with no file they do not use."""

import re

import pytest

from console import sign_case
from console.packed import takes_gzip
from tests.values.console import SECRET
from tests.worlds.console import World
from tests.worlds.console_client import Browser, sign_in

PAGES = ("/public/", "/public/departments", "/public/answers", "/public/services")
GZIP = {"Accept-Encoding": "gzip, deflate"}


async def test_public_pages_and_files_are_compressed_for_whoever_takes_it(client: Browser) -> None:
    for path in (*PAGES, "/public/static/desk.css", "/console/static/writing.js"):
        async with client.get(path, headers=GZIP) as answer:
            text, packed = await answer.text(), int(answer.headers["Content-Length"])
            assert answer.headers["Content-Encoding"] == "gzip", path
            assert packed < len(text.encode()) * 0.6, path
            assert answer.headers["Vary"] == "Accept-Encoding"
        async with client.get(path, headers={"Accept-Encoding": "identity"}) as answer:
            assert "Content-Encoding" not in answer.headers
            assert await answer.text() == text


@pytest.mark.parametrize("path", [*PAGES, "/public/static/desk.css"])
async def test_what_is_still_the_same_is_not_sent_again(client: Browser, path: str) -> None:
    async with client.get(path, headers=GZIP) as answer:
        mark, kept = answer.headers["ETag"], answer.headers["Cache-Control"]
    async with client.get(path, headers=GZIP | {"If-None-Match": mark}) as again:
        assert (again.status, await again.read()) == (304, b"")
        assert (again.headers["ETag"], again.headers["Cache-Control"]) == (mark, kept)
        assert again.headers["X-Content-Type-Options"] == "nosniff"
    async with client.get(path, headers=GZIP | {"If-None-Match": 'W/"another"'}) as changed:
        assert changed.status == 200


async def test_a_citizens_own_page_is_compressed_but_kept_by_nobody(
    desk: World, client: Browser
) -> None:
    number = (await desk.opened("校车")).number
    async with client.get(f"/public/case/{sign_case(number, SECRET)}", headers=GZIP) as answer:
        assert answer.headers["Cache-Control"] == "no-store"
        assert "ETag" not in answer.headers
        assert answer.headers["Content-Encoding"] == "gzip"


async def test_a_page_with_a_form_token_is_not_compressed(client: Browser) -> None:
    await sign_in(client, "officer")
    for path in ("/console/", "/console/sign-in"):
        async with client.get(path, headers=GZIP) as answer:
            assert 'name="csrf"' in await answer.text()
            assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize("path", [*PAGES, "/public/none", "/console/sign-in"])
async def test_a_page_without_a_desk_loads_no_style_of_the_knowledge_base(
    client: Browser, path: str
) -> None:
    async with client.get(path) as answer:
        styles = set(re.findall(r"static/(\w+\.css)", await answer.text()))
    assert "desk.css" in styles
    assert styles <= {"desk.css", "report.css"}


@pytest.mark.parametrize(
    ("accepted", "takes"),
    [
        ("gzip", True),
        ("br;q=1.0, gzip;q=0.8, *;q=0.1", True),
        ("deflate, GZIP", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000, br", False),
        ("identity", False),
        ("", False),
        ("x-gzipped", False),
    ],
)
def test_the_accepted_encodings_are_read_as_the_standard_says(accepted: str, takes: bool) -> None:
    assert takes_gzip(accepted) is takes
