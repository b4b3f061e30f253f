"""Logs: one JSON object a line on stderr, with a request id and without personal data."""

import logging
import sys
import uuid

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler


def set_up_logs(*, as_json: bool = True) -> None:
    """Configures structlog for the whole process; plain lines when a person watches."""
    renderer = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, force=True)


@web.middleware
async def with_request_id(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Every log line of one request carries the same id; the response names it."""
    request_id = uuid.uuid4().hex[:16]
    with structlog.contextvars.bound_contextvars(request=request_id):
        response = await handler(request)
    if not response.prepared:
        response.headers["X-Request-Id"] = request_id
    return response


@web.middleware
async def without_traceback(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A fault of ours is logged whole and told to nobody outside."""
    try:
        return await handler(request)
    except web.HTTPException:
        raise
    except Exception:
        structlog.get_logger(__name__).exception("request_failed", path=request.path)
        return web.Response(status=500)
