"""What is published on one worker is answered by all of them within five seconds."""

import asyncio
import json
import time
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest

from tests.service_process import ServiceProcess
from tests.wire import plain_query, text_xml

ASKED, ANSWER = "公共自行车怎么办卡", "带身份证到服务点办理公共自行车卡"
CITIZENS = 24
WITHIN = 5.0


async def answered(url: str, first: int) -> int:
    """How many of 24 citizens, each on a connection of their own, read the answer."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(force_close=True)) as session:

        async def ask(number: int) -> bool:
            now = datetime.now(UTC)
            xml = text_xml(
                ASKED, message_id=str(number), citizen=f"o-{number}", at=int(now.timestamp())
            )
            query = plain_query(at=now, nonce=f"n{number}")
            async with session.post(url, params=query, data=xml.encode()) as answer:
                assert answer.status == 200
                return ANSWER in await answer.text()

        return sum(await asyncio.gather(*(ask(first + n) for n in range(CITIZENS))))


@pytest.mark.postgres
def test_an_answer_published_beside_the_service_reaches_every_worker_within_five_seconds(
    tmp_path: Path, postgres_url: str
) -> None:
    service = ServiceProcess(
        tmp_path, database_url=postgres_url, mode="plain", arguments=("--workers", "2")
    )
    assert service.run("migrate").returncode == 0
    file = tmp_path / "entries.jsonl"
    row = {"id": "bike", "question": ASKED, "answer": f"{ANSWER}。"}
    file.write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    service.start(within=60)
    try:
        assert asyncio.run(answered(service.url, 0)) == 0
        people = ("--published-by", "甲", "--reviewed-by", "乙")
        done = service.run("kb", "import", str(file), *people)
        assert done.returncode == 0, done.stderr
        time.sleep(WITHIN)
        assert asyncio.run(answered(service.url, 1000)) == CITIZENS
    finally:
        service.stop()
