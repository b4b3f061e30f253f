"""A service that calls the simulated platform over HTTP."""

import json
from datetime import UTC, datetime
from typing import Any

from aiohttp.test_utils import TestClient

from simulator import Platform
from tests.servers.stub_service import APPID, AUNT, SECRET, Clock

START = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
SEND = "/cgi-bin/message/custom/send"


class Caller:
    """A service that calls the platform with a token."""

    def __init__(self, platform: Platform, clock: Clock, client: TestClient[Any, Any]) -> None:
        self.platform, self.clock, self.client = platform, clock, client
        self.token = ""

    async def authorize(self, **changes: object) -> Any:
        wanted = {"grant_type": "client_credential", "appid": APPID, "secret": SECRET} | changes
        async with self.client.post("/cgi-bin/stable_token", json=wanted) as response:
            answer = await response.json()
        self.token = answer.get("access_token", "")
        return answer

    async def post(self, path: str, body: Any = None, **more: Any) -> Any:
        query = {"access_token": self.token} | more.pop("params", {})
        more = more or {"data": json.dumps(body or {"a": 0}, ensure_ascii=False).encode()}
        async with self.client.post(path, params=query, **more) as response:
            return await response.json()

    async def get(self, path: str, **query: str) -> Any:
        async with self.client.get(path, params={"access_token": self.token} | query) as response:
            return await response.json()

    async def say(self, words: str = "已办好", openid: str = AUNT.openid) -> int:
        text = {"touser": openid, "msgtype": "text", "text": {"content": words}}
        return int((await self.post(SEND, text))["errcode"])
