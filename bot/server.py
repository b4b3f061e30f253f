"""A process that serves: sockets, signals, and several workers over one PostgreSQL."""

import asyncio
import multiprocessing
import signal
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import structlog
from aiohttp import web

from bot.app import Service, running
from bot.config import Settings
from bot.faults import FAULTS, why
from bot.logs import set_up_logs
from bot.memory import give_memory_back
from bot.threads import one_thread_for_arithmetic
from bot.web import simulated, web_app

if TYPE_CHECKING:  # a desk without the simulator does not load it
    from simulator import Platform

log = structlog.get_logger(__name__)
PAUSE = 1.0  # seconds before another worker takes the place of one that died
SHUTDOWN_WITHIN = 10.0  # seconds for requests under way when the service stops


async def serve(
    settings: Settings,
    *,
    with_simulator: bool = False,
    furnish: "Callable[[Platform], None] | None" = None,
    share_port: bool = False,
    announce: Callable[[Service, int], None] | None = None,
) -> None:
    """Serves until SIGTERM or SIGINT; `announce` hears when the first index is loaded, and on
    which port the desk listens.
    """
    one_thread_for_arithmetic()
    give_memory_back()
    stop = _told_to_stop()
    async with running(settings) as service:
        simulator = simulated(settings, title=title_of(settings)) if with_simulator else None
        if simulator is not None and furnish is not None:
            furnish(simulator)
        runner = web.AppRunner(web_app(service, simulator=simulator), access_log=None)
        await runner.setup()
        try:
            await web.TCPSite(
                runner,
                settings.host,
                settings.port,
                reuse_port=share_port or None,
                shutdown_timeout=SHUTDOWN_WITHIN,
            ).start()
            port = runner.addresses[0][1]  # the system's choice where the configuration says 0
            log.info("serving", address=f"http://{settings.host}:{port}")
            await service.index.loaded.wait()
            if announce:
                announce(service, port)
            await stop.wait()
        finally:
            await runner.cleanup()


def _told_to_stop() -> asyncio.Event:
    """Set by SIGTERM or SIGINT."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop


def title_of(settings: Settings) -> str:
    """What the simulator calls the account: the county's name."""
    county = settings.answering.region.rpartition("/")[2]
    return f"{county or '本县'}发布"


def serve_many(settings: Settings, workers: int) -> None:
    """Identical workers on one port; when one dies another takes its place."""
    context = multiprocessing.get_context("spawn")
    stopping = False

    def start() -> multiprocessing.process.BaseProcess:
        process = context.Process(target=_worker, args=(settings,))
        process.start()
        return process

    processes = [start() for _ in range(workers)]

    def stop(*_: object) -> None:
        nonlocal stopping
        stopping = True
        for process in processes:
            process.terminate()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while not stopping:
        for place, process in enumerate(processes):
            process.join(timeout=0.5)
            if process.exitcode is not None and not stopping:
                log.error("worker_died", exit_code=process.exitcode, next="another takes its place")
                time.sleep(PAUSE)
                processes[place] = process if stopping else start()
    for process in processes:
        process.join(timeout=SHUTDOWN_WITHIN + 5)


def _worker(settings: Settings) -> None:
    set_up_logs()
    try:
        run_loop(settings, share_port=True)
    except FAULTS as fault:
        log.error("worker_did_not_start", reason=why(fault, settings))  # noqa: TRY400  # no traceback
        sys.exit(2)


def run_loop(
    settings: Settings,
    *,
    with_simulator: bool = False,
    furnish: "Callable[[Platform], None] | None" = None,
    share_port: bool = False,
    announce: Callable[[Service, int], None] | None = None,
) -> None:
    """Runs `serve` on uvloop where there is one."""
    try:
        import uvloop
    except ImportError:  # Windows has none
        factory = None
    else:
        factory = uvloop.new_event_loop
    with asyncio.Runner(loop_factory=factory) as runner:
        runner.run(
            serve(
                settings,
                with_simulator=with_simulator,
                furnish=furnish,
                share_port=share_port,
                announce=announce,
            )
        )
