"""Tokens shared by workers, calls counted, and refusals kept for a person to see."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot import wechat_tokens
from bot.config_account import AccountSettings
from bot.wechat_api import NeedsAPerson, QuotaUsedUp, RetryLater, WeChatApi
from cases.work_calendar import today
from console.ways.channel_words import what_to_fix
from handlers.channels import NO_CONNECTION
from simulator import Platform, create_api
from storage import Storage, open_storage
from tests.servers.stub_service import APPID, AUNT, SECRET, TOKEN, account

SEND, TOKENS = "/cgi-bin/message/custom/send", "/cgi-bin/stable_token"


@dataclass
class Workers:
    """Two workers with a storage, a session and a lock of their own, over one database."""

    platform: Platform
    apis: list[WeChatApi]
    storages: list[Storage]

    async def everybody_sends(self, times: int) -> None:
        """Each worker pushes to the same citizen, all at once (the platform allows it)."""
        sends = [api.send_text(AUNT.openid, "你好") for api in self.apis for _ in range(times)]
        await asyncio.gather(*sends)


@pytest.fixture
async def workers(database_url: str) -> AsyncIterator[Workers]:
    async with AsyncExitStack() as stack:
        platform = await stack.enter_async_context(Platform([account()], citizens=[AUNT]))
        server = TestServer(create_api(platform))
        await server.start_server()
        stack.push_async_callback(server.close)
        settings = AccountSettings(
            appid=APPID,
            secret=SECRET,
            token=TOKEN,
            mode="plain",
            api_base=str(server.make_url("/")),
        )
        apis, storages = [], []
        for _ in range(2):
            storage = await open_storage(database_url)
            stack.push_async_callback(storage.close)
            await storage.migrate()
            session = await stack.enter_async_context(aiohttp.ClientSession())
            apis.append(WeChatApi("main", settings, session, storage, asyncio.Lock()))
            storages.append(storage)
        for _ in range(6):
            await platform.send_text("main", AUNT.openid, "在吗")
        yield Workers(platform, apis, storages)


async def test_two_workers_that_begin_together_fetch_one_token(workers: Workers) -> None:
    await workers.everybody_sends(2)
    assert workers.platform.faults.calls[TOKENS] == 1


async def test_two_workers_whose_token_was_revoked_renew_it_once(workers: Workers) -> None:
    await workers.everybody_sends(1)
    workers.platform.tokens.revoke()
    await workers.everybody_sends(1)
    assert workers.platform.faults.calls[TOKENS] == 2
    pushes = workers.platform.follower("main", AUNT.openid).pushes
    assert [push.errcode for push in pushes] == [0] * 4


async def test_a_token_that_another_program_renewed_is_not_forced_again(workers: Workers) -> None:
    await workers.apis[0].send_text(AUNT.openid, "一")
    workers.platform.tokens.stable(APPID, workers.platform.clock(), force=True)
    await workers.apis[1].send_text(AUNT.openid, "二")
    assert workers.platform.faults.calls[TOKENS] == 2


async def test_a_token_the_platform_still_believes_in_is_forced(workers: Workers) -> None:
    await workers.apis[0].send_text(AUNT.openid, "一")
    workers.platform.faults.plan(SEND, errcode=40001)
    await workers.apis[1].send_text(AUNT.openid, "二")
    assert workers.platform.faults.calls[TOKENS] == 3


async def test_a_worker_that_died_while_asking_holds_nobody_up(
    workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime.now(UTC)
    dead = {"refused": "", "fresh_until": now + timedelta(minutes=5)}
    until = now + timedelta(milliseconds=400)
    assert await workers.storages[0].claim_token("main", now=now, claim_until=until, **dead)
    monkeypatch.setattr(wechat_tokens, "PATIENCE", 0.1)
    with pytest.raises(RetryLater, match="no worker"):
        await workers.apis[1].send_text(AUNT.openid, "一")
    monkeypatch.setattr(wechat_tokens, "PATIENCE", 5.0)
    await workers.apis[1].send_text(AUNT.openid, "一")
    assert workers.platform.faults.calls[TOKENS] == 1


async def test_an_address_outside_the_white_list_is_named_until_it_works_again(
    workers: Workers,
) -> None:
    api, storage = workers.apis[0], workers.storages[1]
    workers.platform.whitelists["main"] = frozenset({"203.0.113.7"})
    for _ in range(2):
        with pytest.raises(NeedsAPerson, match="40164"):
            await api.send_text(AUNT.openid, "一")
    (trouble,) = await storage.troubles()
    assert (trouble.errcode, trouble.times, trouble.path) == (40164, 2, TOKENS)
    assert "invalid ip 127.0.0.1" in trouble.said
    del workers.platform.whitelists["main"]
    await api.send_text(AUNT.openid, "一")
    assert await storage.troubles() == []


async def test_calls_stop_at_a_used_up_quota_and_go_on_when_it_is_cleared(workers: Workers) -> None:
    api, storage = workers.apis[0], workers.storages[1]
    workers.platform.quotas.limits[SEND] = 1
    await api.send_text(AUNT.openid, "一")
    for _ in range(3):
        with pytest.raises(QuotaUsedUp):
            await workers.apis[1].send_text(AUNT.openid, "二")
    assert workers.platform.faults.calls[SEND] == 2
    (trouble,) = await storage.troubles()
    assert trouble.blocked_until is not None
    assert trouble.blocked_until.astimezone().timestamp() % 86400 == 16 * 3600  # 0:00 in China
    await api.clear_quota()
    await workers.apis[1].send_text(AUNT.openid, "二")
    assert await storage.troubles() == []


async def test_every_call_is_counted_by_its_day_in_china(workers: Workers) -> None:
    await workers.everybody_sends(2)
    with pytest.raises(NeedsAPerson):
        await workers.apis[0].call("/cgi-bin/menu/create", {"button": []})
    counted = await workers.storages[0].calls_of_day(today(datetime.now(UTC)))
    found = {each.path: (each.made, each.refused) for each in counted}
    assert found == {SEND: (4, 0), TOKENS: (1, 0), "/cgi-bin/menu/create": (1, 1)}


async def test_the_quota_is_cleared_ten_times_a_month_at_most(workers: Workers) -> None:
    for _ in range(10):
        await workers.apis[0].clear_quota()
    with pytest.raises(NeedsAPerson, match="48006"):
        await workers.apis[0].clear_quota()


async def test_an_account_that_cannot_reach_wechat_is_in_trouble_until_it_can(
    workers: Workers,
) -> None:
    api, store = workers.apis[0], workers.storages[0]
    away = AccountSettings.model_validate(
        {**api.settings.model_dump(), "api_base": "http://127.0.0.1:9"}
    )
    for _ in range(2):
        with pytest.raises(RetryLater):
            await WeChatApi("main", away, api.session, store, asyncio.Lock()).send_text("o", "你好")
    (trouble,) = await store.troubles()
    assert (trouble.errcode, trouble.times) == (NO_CONNECTION, 2)
    assert "api.weixin.qq.com" in what_to_fix(trouble)
    await workers.everybody_sends(1)
    assert await store.troubles() == []


@pytest.mark.parametrize(
    "answer",
    [
        "{}",
        '{"access_token": null, "expires_in": 7200}',
        '{"access_token": "T", "expires_in": "x"}',
    ],
)
async def test_a_proxy_that_answers_without_a_token_is_asked_again_later(
    database_url: str, answer: str
) -> None:
    async def reply(_: web.Request) -> web.Response:
        return web.json_response(text=answer)

    async with AsyncExitStack() as stack:
        proxy = web.Application()
        proxy.router.add_post(TOKENS, reply)
        server = TestServer(proxy)
        await server.start_server()
        stack.push_async_callback(server.close)
        storage = await open_storage(database_url)
        stack.push_async_callback(storage.close)
        await storage.migrate()
        session = await stack.enter_async_context(aiohttp.ClientSession())
        base = str(server.make_url("/"))
        settings = AccountSettings(
            appid=APPID, secret=SECRET, token=TOKEN, mode="plain", api_base=base
        )
        api = WeChatApi("main", settings, session, storage, asyncio.Lock())
        with pytest.raises(RetryLater):
            await api.send_text(AUNT.openid, "你好")
