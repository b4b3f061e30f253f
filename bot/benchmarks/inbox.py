"""The inbox over 50,000 cases: how long a page of it takes the server, on both databases.

PostgreSQL is measured when BENCH_POSTGRES names an empty database.
"""

import asyncio
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.app import running
from bot.benchmarks.county import TOWNS, entry_rows
from bot.benchmarks.figure import Figure, percentile
from bot.benchmarks.workshop import Workshop
from bot.chores import read_departments
from bot.config import EncoderSettings, Settings
from bot.web import web_app
from cases.case import Case, Event, Kind, State
from cases.department import Department
from cases.people import Account, Person, Role
from console.people.passwords import Passwords
from storage import Storage
from storage.operation import Operation, run, run_many
from storage.rows.cases import CHAIN_START, case_values, event_values
from storage.rows.wordings import index_words

CASES, AT_ONCE, ROUNDS, ENTRIES = 50_000, 1_000, 12, 2_000
OFFICERS, TOPICS = 6, ("工资", "入学", "户口", "医保", "")
PASSWORD = "a bench of its own, 2026"
STATES = (
    *(State.REPLIED,) * 10,
    *(State.CLOSED,) * 70,
    State.RECEIVED,
    *(State.ROUTED,) * 3,
    *(State.ACCEPTED,) * 8,
    *(State.DRAFTED,) * 3,
    State.WAITING,
)
ASKED = (
    "",
    "?tab=late",
    "?tab=done",
    "?tab=open&kind=complaint",
    "?tab=open&due=week",
    "?tab=done&officer=教育局-3",
    "?tab=open&topic=工资",
    "?tab=done&q=试用期",
    "?tab=open&q=青岩镇 双倍工资",
    "?tab=done&q=怎么",
    "?tab=done&after=",
)
"""Addresses of the list; the last goes on from a page far down."""


def measure(shop: Workshop) -> Iterator[Figure]:
    """The slowest twentieth of an officer's and a supervisor's pages."""
    with TemporaryDirectory(dir=shop.folder) as fresh:
        yield from _figures(shop, "SQLite", f"sqlite:///{Path(fresh) / 'desk.db'}")
    if url := os.environ.get("BENCH_POSTGRES", ""):
        yield from _figures(shop, "PostgreSQL", url)


def _figures(shop: Workshop, name: str, url: str) -> Iterator[Figure]:
    shop.tell(f"inbox of {CASES:,} cases, {name}")
    for role, times in asyncio.run(_times(url)).items():
        value = percentile(times, 0.95) * 1000
        title = f"inbox page of {CASES:,} cases, {role}, {name}, p95"
        yield Figure(name=title, value=value, unit="ms", at_most=80)


async def _times(url: str) -> dict[str, list[float]]:
    """Seconds of every page, by role; the service around it runs as always."""
    settings = Settings(database_url=url, encoder=EncoderSettings(kind="none"))
    async with AsyncExitStack() as stack:
        service = await stack.enter_async_context(running(settings))
        await _fill(service.storage)
        app = web_app(service)
        client = await stack.enter_async_context(TestClient(TestServer(app)))
        await read_departments(service)  # it learns from what was answered, now rather than later
        return {
            role: await _pages(client, name)
            for role, name in (("officer", "教育局-3"), ("supervisor", "supervisor"))
        }


async def _pages(client: TestClient[web.Request, web.Application], name: str) -> list[float]:
    client.session.cookie_jar.clear()
    form = {"username": name, "password": PASSWORD}
    await client.post("/console/sign-in", data=form)
    times = []
    for turn in range(ROUNDS):
        for asked in ASKED:
            path = f"/console/cases{asked}{_number(CASES // 3) if asked.endswith('=') else ''}"
            started = time.perf_counter()
            async with client.get(path) as answer:
                page = await answer.text()
            if turn:  # the first turn fills the caches
                times.append(time.perf_counter() - started)
            if answer.status != 200 or '<div class="head">' not in page:
                raise RuntimeError(f"{path}: {answer.status}")
    return times


async def _fill(storage: Storage) -> None:
    """Two years of a busy county, the same every time."""
    names = sorted({row["department"] for row in entry_rows(ENTRIES)})
    await storage.save_departments([Department(name=name, duties=name) for name in names])
    people = [Person(name="supervisor", role=Role.SUPERVISOR)]
    for name in names:
        people += [
            Person(name=f"{name}-{n}", role=Role.OFFICER, department=name) for n in range(OFFICERS)
        ]
    hashed = await Passwords().hash(PASSWORD)
    for person in people:
        await storage.save_account(Account(person=person, password_hash=hashed))
    made = list(_cases(datetime.now(UTC)))
    for start in range(0, CASES, AT_ONCE):
        await storage.driver.write(partial(_add, made[start : start + AT_ONCE]))


def _add(cases: Sequence[Case]) -> Operation[None]:
    """As written one by one, a thousand in a transaction."""
    for case in cases:
        event = _opened(case)
        yield from run("add_case", **case_values(case, event))
        yield from run("add_event", **event_values(event, None, prev_hash=CHAIN_START))
    yield from run_many(
        "add_search_words",
        [
            {"case_number": case.number, "words": index_words(f"{case.text} {case.reply}")}
            for case in cases
        ],
    )


def _opened(case: Case) -> Event:
    return Event(
        case=case.number,
        version=1,
        at=case.received_at,
        actor="citizen",
        step="open",
        before=None,
        after=case.state,
    )


def _cases(now: datetime) -> Iterator[Case]:
    chance, rows = Random(5), list(entry_rows(ENTRIES))
    for number in range(CASES):
        state, row = chance.choice(STATES), chance.choice(rows)
        unit = row["department"]
        officer = f"{unit}-{chance.randrange(OFFICERS)}"
        ended = state in {State.REPLIED, State.CLOSED}
        received = now - timedelta(days=chance.uniform(10, 700) if ended else chance.uniform(0, 9))
        due = received.replace(hour=16, minute=0, second=0, microsecond=0) + timedelta(days=7)
        yield Case(
            number=_number(number),
            account="main",
            citizen=f"o-{number % 9_000}",
            kind=Kind.COMPLAINT if number % 5 == 0 else Kind.QUESTION,
            state=state,
            text=f"{chance.choice(TOWNS)}：{row['question']}",
            received_at=received,
            due_at=due,
            due_date=due.date(),
            provisional=False,
            rule="reply",
            department="" if state is State.RECEIVED else unit,
            officer="" if state in {State.RECEIVED, State.ROUTED} else officer,
            reply=row["answer"] if ended else "",
            replied_at=received + timedelta(days=3) if ended else None,
            topic=chance.choice(TOPICS),
        )


def _number(number: int) -> str:
    return f"HY20260101-{number:06}"
