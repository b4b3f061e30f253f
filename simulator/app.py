"""Joining the page and the platform's API into one application."""

from collections.abc import AsyncIterator

from aiohttp import web

from simulator.api import PLATFORM, create_api
from simulator.page import add_page
from simulator.platform import Platform


def create_app(platform: Platform) -> web.Application:
    """The simulator as a sub-application, for example at `/simulator/`.

    The chat page is its root, the platform's API lies below `/platform`. The platform is closed
    when the application is.
    """
    app = web.Application()
    app[PLATFORM] = platform
    add_page(app)
    app.add_subapp("/platform", create_api(platform))
    app.cleanup_ctx.append(_closing)
    return app


async def _closing(app: web.Application) -> AsyncIterator[None]:
    yield
    await app[PLATFORM].close()
