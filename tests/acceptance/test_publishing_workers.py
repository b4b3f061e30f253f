"""What is published on one worker holds on all of them within five seconds."""

import asyncio
import itertools
import json
import time
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest

from storage import open_storage
from tests.servers.service_process import ServiceProcess
from tests.servers.wire import plain_query, text_xml

ASKED, ANSWER = "公共自行车怎么办卡", "带身份证到服务点办理公共自行车卡"
OTHER_KIND, OTHER_PLACE = "公共车怎么办卡", "公共自行车怎么办卡东坑"
CITIZENS = 24
WITHIN = 5.0
NUMBERS = itertools.count(1)


async def answered(url: str, asked: str) -> int:
    """How many of 24 citizens, each on a connection of their own, read the answer."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(force_close=True)) as session:

        async def ask(number: int) -> bool:
            now = datetime.now(UTC)
            xml = text_xml(
                asked, message_id=str(number), citizen=f"o-{number}", at=int(now.timestamp())
            )
            query = plain_query(at=now, nonce=f"n{number}")
            async with session.post(url, params=query, data=xml.encode()) as answer:
                assert answer.status == 200
                return ANSWER in await answer.text()

        return sum(await asyncio.gather(*(ask(next(NUMBERS)) for _ in range(CITIZENS))))


async def come_to(wanted: int, url: str, *questions: str, since: float) -> None:
    """Waits until so many of the 24 read the answer to each question, five seconds at most."""
    while [await answered(url, each) for each in questions] != [wanted] * len(questions):
        assert time.monotonic() < since + WITHIN
        await asyncio.sleep(0.2)


async def changed_words(database_url: str) -> float:
    """Says that a bus is no bicycle and where 东坑 lies; returns when."""
    storage, now = await open_storage(database_url), datetime.now(UTC)
    try:
        await storage.save_kinds("公共车 | 自行车", in_use=True, actor="甲", now=now)
        await storage.save_place("东坑", "景宁畲族自治县", actor="甲", now=now)
        return time.monotonic()
    finally:
        await storage.close()


@pytest.mark.postgres
def test_what_is_published_beside_the_service_holds_on_every_worker_within_five_seconds(
    tmp_path: Path, postgres_url: str
) -> None:
    service = ServiceProcess(
        tmp_path, database_url=postgres_url, mode="plain", arguments=("--workers", "2")
    )
    assert service.run("migrate").returncode == 0
    file = tmp_path / "entries.jsonl"
    row = {"id": "bike", "question": ASKED, "answer": f"{ANSWER}。", "variants": ["公共自行车办卡"]}
    file.write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    service.start(within=60)
    try:
        assert asyncio.run(answered(service.url, ASKED)) == 0
        people = ("--published-by", "甲", "--reviewed-by", "乙")
        done = service.run("kb", "import", str(file), *people)
        assert done.returncode == 0, done.stderr
        told = (ASKED, OTHER_KIND, OTHER_PLACE)
        asyncio.run(come_to(CITIZENS, service.url, *told, since=time.monotonic()))
        since = asyncio.run(changed_words(postgres_url))
        asyncio.run(come_to(0, service.url, OTHER_KIND, OTHER_PLACE, since=since))
        assert asyncio.run(answered(service.url, ASKED)) == CITIZENS
    finally:
        service.stop()
