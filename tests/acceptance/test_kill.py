"""kill -9 at any moment loses nothing and doubles nothing (the first promise)."""

import asyncio
import random
import sqlite3
import time
from datetime import UTC, datetime
from pathlib import Path

import aiohttp

from bot.codec import Codec
from bot.config_account import AccountSettings
from tests.servers.service_process import ServiceProcess
from tests.servers.wire import sealed, settings, text_xml

KILLS = 6
MESSAGES = 400
SAID = (
    "你好",
    "幸福路三号门口的路灯坏了一个多月没人修",
    "老板拖欠我三个月工资不给",
    "工伤认定以后单位不赔钱怎么办",
    "查询",
    "人工",
)


class Platform:
    """Delivers each message until it is acknowledged, as WeChat would after an outage."""

    def __init__(self, url: str, account: AccountSettings) -> None:
        self._url = url
        self._codec = Codec("main", account, stale_after=600)
        self.replies: dict[int, set[bytes]] = {}
        self.refused: list[int] = []

    async def deliver(self, session: aiohttp.ClientSession, number: int) -> None:
        now = datetime.now(UTC)
        xml = text_xml(
            SAID[number % len(SAID)],
            message_id=str(number),
            citizen=f"o-{number % 40}",
            at=1_800_000_000 + number,
        )
        query, body = sealed(xml, at=now)
        try:
            async with session.post(
                self._url, params=query, data=body, timeout=aiohttp.ClientTimeout(total=5)
            ) as answer:
                content = await answer.read()
                if answer.status != 200:
                    self.refused.append(answer.status)
                    return
        except (aiohttp.ClientError, TimeoutError, OSError):
            return
        self.replies.setdefault(number, set()).add(content)


async def _load(platform: Platform, service: ServiceProcess, chance: random.Random) -> None:
    """Messages in small waves, over a server that dies in the middle of them."""
    kills_at = sorted(chance.sample(range(20, MESSAGES - 20), KILLS))
    async with aiohttp.ClientSession() as session:
        waiting: set[asyncio.Task[None]] = set()
        for number in range(MESSAGES):
            waiting.add(asyncio.create_task(platform.deliver(session, number)))
            if len(waiting) >= 16:
                _, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            if number in kills_at:
                await asyncio.sleep(chance.random() * 0.02)
                service.kill()
                await asyncio.gather(*waiting)
                waiting = set()
                await asyncio.to_thread(service.start)
        await asyncio.gather(*waiting)
        for _ in range(3):  # what was not acknowledged comes again; what was, too
            for number in range(MESSAGES):
                await platform.deliver(session, number)


def test_a_server_killed_under_load_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    service = ServiceProcess(tmp_path)
    service.start()
    platform = Platform(service.url, settings())
    try:
        asyncio.run(_load(platform, service, random.Random(time.time_ns())))
        found = service.verify()
    finally:
        service.stop()
    assert found == {"ok": True, "messages": MESSAGES, "violations": []}
    assert platform.refused == []
    _each_message_has_one_reply(platform)
    _each_message_opened_at_most_one_case(tmp_path / "desk.db")


def _each_message_has_one_reply(platform: Platform) -> None:
    assert set(platform.replies) == set(range(MESSAGES))
    different = {number for number, bodies in platform.replies.items() if len(bodies) > 1}
    assert different == set()


def _each_message_opened_at_most_one_case(database: Path) -> None:
    with sqlite3.connect(database) as connection:
        (cases,) = connection.execute("SELECT count(*) FROM cases").fetchone()
        (cased,) = connection.execute(
            "SELECT count(*) FROM messages WHERE outcome = 'cased'"
        ).fetchone()
    connection.close()
    assert cases == cased > 0
