"""Logs: one JSON object a line on stderr, with a request id and without personal data."""

import logging
import sys
import warnings
from contextvars import ContextVar
from itertools import count
from secrets import token_hex
from typing import Any

import structlog
from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.typedefs import Handler
from structlog.typing import EventDict, Processor

PROCESS = token_hex(4)
"""Begins the id of every request of this process; random for each would cost a system call."""
NUMBERS = count()
REQUEST: ContextVar[str] = ContextVar("request", default="")


def set_up_logs(*, as_json: bool = True) -> None:
    """Configures structlog for the whole process; plain lines when a person watches."""
    # The router learns from real letters, some of which contradict each other; it is judged by
    # how well it routes, and an administrator can do nothing about this line.
    warnings.filterwarnings("ignore", message="Liblinear failed to converge")
    renderer = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    shared: list[Processor] = [
        _with_request,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    libraries = logging.StreamHandler(sys.stderr)
    libraries.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    libraries.addFilter(_without_their_bytes)
    logging.basicConfig(level=logging.WARNING, handlers=[libraries], force=True)
    # Its traceback at each try to reach a database that is away; ours is told of once.
    logging.getLogger("asyncpg.pool").setLevel(logging.ERROR)


def _without_their_bytes(record: logging.LogRecord) -> bool:
    """Anybody can send what is no HTTP: the fault is named, neither told whole nor quoted."""
    fault = record.exc_info[1] if record.exc_info else None
    if isinstance(fault, HttpProcessingError | web.RequestPayloadError):
        record.msg, record.args = f"no HTTP request: {type(fault).__name__}", ()
        record.exc_info, record.levelno, record.levelname = None, logging.WARNING, "WARNING"
    return True


def _with_request(_: Any, __: str, event: EventDict) -> EventDict:
    """A structlog processor: a line knows the request it belongs to."""
    request = REQUEST.get()
    return {**event, "request": request} if request else event


@web.middleware
async def with_request_id(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Every log line of one request carries the same id; the response names it."""
    request_id = f"{PROCESS}{next(NUMBERS):08x}"
    REQUEST.set(request_id)  # until the next request of this connection sets its own
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
