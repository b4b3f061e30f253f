"""A tiny service behind a webhook, speaking the protocol through wechatpy.

The simulator has its own implementation of the protocol, so whatever passes between the two is
agreed upon by two independent ones.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from aiohttp import web
from wechatpy import create_reply, parse_message
from wechatpy.crypto import WeChatCrypto
from wechatpy.exceptions import InvalidSignatureException
from wechatpy.utils import check_signature

from simulator import Account, Citizen

APPID, SECRET, TOKEN = "wx0123456789abcdef", "s" * 32, "county-token"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
AUNT = Citizen(openid="oHY_aunt-000000000000000001", nickname="王阿姨")
MASTER = Citizen(openid="oHY_master-0000000000000002", nickname="李师傅")

Think = Callable[[Any], Awaitable[object] | object]


def account(webhook: str = "http://127.0.0.1:9/wechat/main", **changes: Any) -> Account:
    """The test account, with whatever a test wants different."""
    values: dict[str, Any] = {
        "name": "main",
        "title": "云溪县政务服务",
        "appid": APPID,
        "secret": SECRET,
        "token": TOKEN,
        "aes_key": AES_KEY,
        "webhook": webhook,
    }
    return Account(**values | changes)


class StubService:
    """Answers each message with `think(message)`: text, raw bytes, None, or an HTTP status."""

    def __init__(self, think: Think, mode: str = "safe") -> None:
        self.think = think
        self.mode = mode
        self.messages: list[Any] = []
        self.queries: list[dict[str, str]] = []
        self.bodies: list[str] = []

    def app(self) -> web.Application:
        """Its web application."""
        app = web.Application()
        app.router.add_get("/wechat/main", self.verify)
        app.router.add_post("/wechat/main", self.receive)
        return app

    async def verify(self, request: web.Request) -> web.Response:
        """Echo what a rightly signed GET brings."""
        query = request.query
        try:
            check_signature(TOKEN, query["signature"], query["timestamp"], query["nonce"])
        except InvalidSignatureException:
            return web.Response(status=403)
        return web.Response(text=query["echostr"])

    async def receive(self, request: web.Request) -> web.Response:
        """Check, decrypt, think, encrypt."""
        query, body = dict(request.query), await request.text()
        self.queries.append(query)
        self.bodies.append(body)
        crypto = WeChatCrypto(TOKEN, AES_KEY, APPID)
        try:
            check_signature(TOKEN, query["signature"], query["timestamp"], query["nonce"])
            if self.mode != "plain":
                marks = (query["msg_signature"], query["timestamp"], query["nonce"])
                body = crypto.decrypt_message(body, *marks)
        except InvalidSignatureException:
            return web.Response(status=403)
        message = parse_message(body)
        self.messages.append(message)
        thought = self.think(message)
        if asyncio.iscoroutine(thought) or isinstance(thought, asyncio.Future):
            thought = await thought
        return self._respond(message, thought, crypto, query)

    def _respond(
        self, message: Any, thought: object, crypto: WeChatCrypto, query: dict[str, str]
    ) -> web.Response:
        if isinstance(thought, int):
            return web.Response(status=thought)
        if thought is None or isinstance(thought, bytes):
            return web.Response(body=thought or b"success")
        plain = create_reply(thought, message=message).render()
        if self.mode == "safe":
            plain = crypto.encrypt_message(plain, query["nonce"], query["timestamp"])
        return web.Response(text=plain, content_type="text/xml")


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self, start: datetime) -> None:
        self.now = start

    def __call__(self) -> datetime:
        return self.now
