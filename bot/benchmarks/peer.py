"""The bare peer: aiohttp and wechatpy, a fixed encrypted reply, nothing stored.

Written as wechatpy's own example for encrypted messages writes it, on the same event loop as the
desk. `python -m bot.benchmarks.peer PORT TOKEN AES_KEY APPID`
"""

import sys

import uvloop
from aiohttp import web
from wechatpy import create_reply, parse_message
from wechatpy.crypto import WeChatCrypto
from wechatpy.utils import check_signature

REPLY = "您的留言已收到，工作人员会尽快回复。"


class Peer:
    """What a first script for an official account does."""

    def __init__(self, token: str, aes_key: str, appid: str) -> None:
        self._token = token
        self._crypto = WeChatCrypto(token, aes_key, appid)

    async def receive(self, request: web.Request) -> web.Response:
        """Decrypts, parses, and answers with a fixed text."""
        query = request.query
        timestamp, nonce = query["timestamp"], query["nonce"]
        check_signature(self._token, query["signature"], timestamp, nonce)
        body = await request.text()
        plain = self._crypto.decrypt_message(body, query["msg_signature"], timestamp, nonce)
        reply = create_reply(REPLY, parse_message(plain))
        sealed = self._crypto.encrypt_message(reply.render(), nonce, timestamp)
        return web.Response(text=sealed, content_type="application/xml")


async def healthy(_: web.Request) -> web.Response:
    """So that the benchmark knows when to begin."""
    return web.json_response({"index": "none"})


def main(port: int, token: str, aes_key: str, appid: str) -> None:
    """Serves until it is stopped."""
    app = web.Application()
    peer = Peer(token, aes_key, appid)
    app.add_routes([web.post("/wechat/main", peer.receive), web.get("/readyz", healthy)])
    web.run_app(
        app,
        host="127.0.0.1",
        port=port,
        access_log=None,
        print=None,
        loop=uvloop.new_event_loop(),
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:5])
