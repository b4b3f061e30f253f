"""Work that takes longer than a page: started by a form, told of by a page, ended with the app."""

import asyncio
import time
from collections.abc import Awaitable, Callable

import structlog
from aiohttp import web

from cases.ports import StoreAway
from console.deps import DEPS, SESSION, Deps, deps
from console.knowledge.curating import Curating, Tell
from knowledge_base.exchange import UnreadableFile
from knowledge_base.jobs import JobResult, JobState

log = structlog.get_logger(__name__)
Work = Callable[[Tell], Awaitable[JobResult]]
PATIENCE = 3.0
"""Seconds that a page waits for the index."""
NO_ROOM = (
    "数据库暂时存不进东西（连不上，或者磁盘满了），什么都没有改动。请过一会儿再试一次；"
    "一直这样，请告诉管理员。"
)
EVERY = 1.0
"""Seconds between two notes of progress."""


class JobRefused(Exception):
    """The job cannot be done; its text is the reason, in Chinese, for staff."""


async def start(request: web.Request, kind: str, name: str, work: Work) -> int:
    """Starts a job of the person who asks; returns its id."""
    box = deps(request)
    actor = request[SESSION].person.name
    job_id = await box.curating.jobs.start_job(kind, name[:200], actor=actor, now=box.clock())
    task = asyncio.create_task(_run(box, job_id, work))
    box.curating.tasks.add(task)
    task.add_done_callback(box.curating.tasks.discard)
    return job_id


async def refresh_now(box: Deps) -> None:
    """Puts what was just published into this worker's index, so that the next message finds it.

    A large index goes on loading behind the page.
    """
    task = asyncio.create_task(_refresh(box))
    box.curating.tasks.add(task)
    task.add_done_callback(box.curating.tasks.discard)
    await asyncio.wait([task], timeout=PATIENCE)


async def _refresh(box: Deps) -> None:
    try:
        await box.curating.refresh()
    except Exception:
        log.exception("refresh_failed")


async def _run(box: Deps, job_id: int, work: Work) -> None:
    store, last = box.curating.jobs, 0.0

    async def tell(done: int, total: int) -> None:
        nonlocal last
        if done < total and time.monotonic() - last < EVERY:
            return
        last = time.monotonic()
        await store.tell_job(job_id, done=done, total=total, now=box.clock())

    state = JobState.DONE
    try:
        result = await work(tell)
    except (UnreadableFile, JobRefused) as refused:
        told = refused.tell if isinstance(refused, UnreadableFile) else str(refused)
        state, result = JobState.FAILED, JobResult(figures={"reason": told})
    except StoreAway as away:
        log.warning("job_failed", job=job_id, reason=str(away))
        state, result = JobState.FAILED, JobResult(figures={"reason": NO_ROOM})
    except Exception:
        log.exception("job_failed", job=job_id)
        told = "系统出了点问题，什么都没有改动。请再试一次；若一直不行，请告诉管理员。"
        state, result = JobState.FAILED, JobResult(figures={"reason": told})
    try:
        await store.end_job(job_id, state, result, now=box.clock())
    except StoreAway as away:  # its page calls it broken off after a while
        log.warning("job_not_ended", job=job_id, reason=str(away))


async def end_all(app: web.Application) -> None:
    """When the service stops: a job under way ends with it, and its page says so."""
    await stop(app[DEPS].curating)


async def stop(curating: Curating) -> None:
    tasks = list(curating.tasks)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
