"""The two applications of this room: the console and the public pages."""

import asyncio
from typing import Final

from aiohttp import web

from console import background, live
from console.deps import DEPS, Deps
from console.errors import explain, protect
from console.guard import register
from console.pages import prepare
from console.public import public
from console.public.routes import PUBLIC_ROUTES
from console.routes import ROUTES

PREFIX: Final = "/console"
PUBLIC_PREFIX: Final = "/public"


def create_console(deps: Deps) -> web.Application:
    """The console, to be mounted at /console/."""
    app = web.Application(middlewares=[protect, explain])
    app[DEPS] = deps
    prepare(app, PREFIX)
    register(app, ROUTES)
    app[live.STOPPING] = asyncio.Event()
    app.on_shutdown.append(live.stop)
    app.on_cleanup.append(background.end_all)
    return app


def create_public(deps: Deps) -> web.Application:
    """The public pages, to be mounted at /public/."""
    app = web.Application(middlewares=[protect, public.explain])
    app[DEPS], app[public.KEPT], app[public.LOOKED] = deps, {}, {}
    prepare(app, PUBLIC_PREFIX)
    register(app, PUBLIC_ROUTES)
    return app
