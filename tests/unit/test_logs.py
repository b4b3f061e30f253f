"""What the service writes on stderr: one JSON object a line, whoever says it."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from aiohttp import web
from aiohttp.http_exceptions import LineTooLong

from bot.logs import set_up_logs

PHONE = "13812345678"


@pytest.fixture(autouse=True)
def own_logs() -> Iterator[None]:
    """The test's own set-up; pytest's handlers come back afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    root.handlers = []
    yield
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


def told(said: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in said.splitlines()]


def test_what_a_library_says_is_a_json_line_as_well(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs()
    logging.getLogger("knowledge_base.query_encoder").warning("by words alone: %s", "slow")
    structlog.get_logger("x").info("serving", port=1)
    library, own = told(capsys.readouterr().err)
    assert (library["event"], library["level"]) == ("by words alone: slow", "warning")
    assert library["logger"] == "knowledge_base.query_encoder"
    assert (own["event"], own["port"]) == ("serving", 1)


@pytest.mark.parametrize(
    "fault", [LineTooLong(PHONE.encode(), 8190), web.RequestPayloadError(f"no gzip: {PHONE}")]
)
def test_what_is_no_http_is_named_and_not_quoted(
    fault: Exception, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logs()
    logging.getLogger("aiohttp.server").error("Error handling request", exc_info=fault)
    said = capsys.readouterr().err
    assert PHONE not in said
    (line,) = told(said)
    assert line["event"] == f"no HTTP request: {type(fault).__name__}"
    assert "exception" not in line


def test_another_fault_of_a_library_is_told_whole(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs()
    fault = RuntimeError("broken")
    logging.getLogger("aiohttp.server").error("Unhandled exception", exc_info=fault)
    (line,) = told(capsys.readouterr().err)
    assert "RuntimeError: broken" in line["exception"]
