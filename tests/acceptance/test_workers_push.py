"""Two worker processes over one PostgreSQL: every text once, and one access token for both."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer

from bot.clock import utc_now
from cases.case import State
from cases.work_calendar import today
from simulator import Account, Citizen, Platform, create_api
from storage import Storage, open_storage
from tests.servers.service_process import ServiceProcess
from tests.servers.wire import APPID, KEY, TOKEN
from tests.values.storage import SCHOOLS, letter, opening, step

CITIZENS = [Citizen(openid=f"oHY_citizen-{n:018d}", nickname=f"{n} 号") for n in range(12)]
EACH = 2  # texts for each citizen in a wave
TOKENS, SEND = "/cgi-bin/stable_token", "/cgi-bin/message/custom/send"


def platform_for(webhook: str) -> Platform:
    account = Account(
        name="main",
        appid=APPID,
        secret="a-secret",
        token=TOKEN,
        aes_key=KEY,
        webhook=webhook,
        kind="service",
    )
    return Platform([account], citizens=CITIZENS)


async def queue(storage: Storage, wave: int) -> list[str]:
    """Approved texts for every citizen, all at once."""
    texts = []
    for n, citizen in enumerate(CITIZENS):
        number = f"HY2026112{wave}-{n:04d}"
        change = opening(number, citizen.openid, department=SCHOOLS, state=State.ROUTED)
        case = await storage.write_change(change)
        for part in range(EACH):
            texts.append(f"{number} 第 {part} 封")
            change = letter(step(case, State.ACCEPTED), texts[-1], f"reply{part}")
            case = await storage.write_change(change)
    return texts


def pushed(platform: Platform) -> Counter[str]:
    """Every text that the platform took."""
    followers = (platform.follower("main", each.openid) for each in CITIZENS)
    return Counter(
        push.text for follower in followers for push in follower.pushes if not push.errcode
    )


async def until(met: Callable[[], bool], within: float = 30.0) -> None:
    give_up_at = time.monotonic() + within
    while not met():
        assert time.monotonic() < give_up_at, "it did not happen in time"
        await asyncio.sleep(0.1)


@pytest.mark.postgres
@pytest.mark.slow
async def test_two_workers_fetch_one_token_and_renew_it_once(
    tmp_path: Path, postgres_url: str
) -> None:
    platform = platform_for("http://127.0.0.1:9/")
    server = TestServer(create_api(platform))
    await server.start_server()
    service = ServiceProcess(
        tmp_path,
        database_url=postgres_url,
        api_base=str(server.make_url("")).rstrip("/"),
        arguments=("--workers", "2"),
    )
    platform.accounts["main"] = platform_for(service.url).accounts["main"]
    for citizen in CITIZENS:
        platform.enrol(citizen)
    storage = await open_storage(postgres_url)
    await storage.save_departments([])
    try:
        await asyncio.to_thread(service.start, within=120)
        await _waves(platform, storage)
    finally:
        await asyncio.to_thread(service.stop)
        await storage.close()
        await server.close()
        await platform.close()


async def _waves(platform: Platform, storage: Storage) -> None:
    for citizen in CITIZENS:
        await platform.send_text("main", citizen.openid, "你好")
    expected = Counter(await queue(storage, 1))
    await until(lambda: pushed(platform) == expected)
    assert platform.faults.calls[TOKENS] == 1
    platform.tokens.revoke()
    expected += Counter(await queue(storage, 2))
    await until(lambda: pushed(platform) == expected)
    assert platform.faults.calls[TOKENS] == 2
    calls = {each.path: each.made for each in await storage.calls_of_day(today(utc_now()))}
    assert calls[TOKENS] == platform.faults.calls[TOKENS]
    assert calls[SEND] == platform.faults.calls[SEND]
