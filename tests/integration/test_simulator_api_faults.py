"""The simulated API when it refuses: broken calls, planned faults, quotas."""

import pytest
from aiohttp import ClientSession, ClientTimeout

from tests.integration.test_simulator_api import write
from tests.servers.platform_caller import SEND, Caller
from tests.servers.stub_service import AUNT


@pytest.mark.parametrize(
    ("raw", "errcode"), [(b"", 44002), (b"{", 47001), (b"[]", 47001), (b"\xff", 47001)]
)
async def test_a_broken_body_has_its_number(caller: Caller, raw: bytes, errcode: int) -> None:
    assert (await caller.post(SEND, data=raw))["errcode"] == errcode


async def test_a_number_that_is_none_is_refused(caller: Caller) -> None:
    for wrong in ("seven", True, None):
        body = {"msg_data_id": wrong, "user_comment_id": 1}
        assert (await caller.post("/cgi-bin/comment/delete", body))["errcode"] == 47001
    assert (await caller.post(SEND, {"touser": 7}))["errcode"] == 47001


async def test_the_wrong_method_is_refused(caller: Caller) -> None:
    assert (await caller.get(SEND))["errcode"] == 43002


async def test_planned_faults_come_and_go_and_calls_are_counted(caller: Caller) -> None:
    await write(caller)
    caller.platform.faults.plan(SEND, errcode=45009)
    assert [await caller.say(), await caller.say()] == [45009, 0]
    assert caller.platform.faults.calls[SEND] == 2


async def test_a_call_can_fail_after_it_worked(caller: Caller) -> None:
    await write(caller)
    caller.platform.faults.plan(SEND, after=True)
    assert await caller.say("只到一次") == -1
    assert caller.platform.follower("main", AUNT.openid).lines[-1].text == "只到一次"


async def test_the_platform_can_break_down_or_hang(caller: Caller) -> None:
    url = caller.client.make_url(SEND)
    async with ClientSession(timeout=ClientTimeout(total=0.1)) as session:
        caller.platform.faults.plan(SEND, status=502)
        async with session.post(url) as response:
            assert response.status == 502
        caller.platform.faults.plan(SEND, hang=0.3)
        with pytest.raises(TimeoutError):
            await session.post(url)


async def test_a_calls_quota_is_told_and_ends_it(caller: Caller) -> None:
    path = "/cgi-bin/menu/get"
    caller.platform.quotas.limits[path] = 1
    asked = {"cgi_path": path}
    told = (await caller.post("/cgi-bin/openapi/quota/get", asked))["quota"]
    assert told == {"daily_limit": 1, "used": 0, "remain": 1}
    await caller.get(path)
    assert (await caller.get(path))["errcode"] == 45009
    told = (await caller.post("/cgi-bin/openapi/quota/get", asked))["quota"]
    assert (told["used"], told["remain"]) == (1, 0)
    wrong = await caller.post("/cgi-bin/openapi/quota/get", {"cgi_path": "menu"})
    assert wrong["errcode"] == 76021
