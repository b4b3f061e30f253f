"""/healthz, /readyz and /metrics."""

import ipaddress
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

PASSED_ON = frozenset({"Forwarded", "X-Forwarded-For", "X-Real-Ip"})
Readiness = Callable[[], Awaitable[Mapping[str, str]]]


class Health:
    """Tells machines how the service is; `readiness` gives a word for each part, "ok" if well."""

    def __init__(self, readiness: Readiness, *, metrics_for_all: bool) -> None:
        self._readiness = readiness
        self._metrics_for_all = metrics_for_all

    def routes(self) -> list[web.RouteDef]:
        """The three routes."""
        return [
            web.get("/healthz", self.alive),
            web.get("/readyz", self.ready),
            web.get("/metrics", self.metrics),
        ]

    async def alive(self, request: web.Request) -> web.Response:
        """The process answers."""
        return web.json_response({"status": "ok"})

    async def ready(self, request: web.Request) -> web.Response:
        """503 while a part is not up; an encoder that is down degrades search but is no 503."""
        parts = await self._readiness()
        down = [name for name, word in parts.items() if word not in {"ok", "none", "degraded"}]
        return web.json_response(dict(parts), status=503 if down else 200)

    async def metrics(self, request: web.Request) -> web.Response:
        """Prometheus text, for local addresses only unless the configuration allows others."""
        if not (self._metrics_for_all or _is_local(request)):
            raise web.HTTPForbidden(text="")
        return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})


def _is_local(request: web.Request) -> bool:
    if not PASSED_ON.isdisjoint(name.title() for name in request.headers):
        return False  # a proxy on this machine asks for somebody else
    try:
        return ipaddress.ip_address(request.remote or "").is_loopback
    except ValueError:
        return False
