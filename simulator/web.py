"""What the pages' handlers share: how JSON is answered, and how a posted body is read."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from simulator.errors import PlatformError

UPLOAD_LIMIT = 12 << 20
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'self'; object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


def answered(body: dict[str, Any]) -> web.Response:
    """JSON that can be read as it stands."""
    return web.json_response(
        body, dumps=lambda value: json.dumps(value, ensure_ascii=False), headers=HEADERS
    )


async def posted(request: web.Request) -> dict[str, Any]:
    """The JSON object of a body (other types could be posted by a foreign page)."""
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType
    try:
        body = await request.json()
    except ValueError as error:
        raise web.HTTPBadRequest from error
    if not isinstance(body, dict):
        raise web.HTTPBadRequest
    return body


@asynccontextmanager
async def posted_form(request: web.Request) -> AsyncIterator[Mapping[str, Any]]:
    """A form with a file, which is closed afterwards; raises 45002 when it is too big.

    The size that a server allows is its root application's: of ours, mounted below, it takes none.
    """
    try:
        form = await request.clone(client_max_size=UPLOAD_LIMIT).post()
    except web.HTTPRequestEntityTooLarge as error:
        raise PlatformError(45002) from error
    try:
        yield form
    finally:
        for field in form.values():
            if isinstance(field, web.FileField):
                field.file.close()
