"""The gateway `/wechat/{account}`: WeChat's requests in, passive replies out."""

from collections.abc import Callable, Mapping
from datetime import datetime

import structlog
from aiohttp import web

from bot.codec import BadSignature, Codec
from bot.fields import BadMessage
from bot.metrics import REFUSED, REPLY_SECONDS
from handlers.inbox import Intake, NotStored
from storage.errors import StorageUnavailable

LARGEST_BODY = 64 * 1024
log = structlog.get_logger(__name__)


class Gateway:
    """Serves the webhooks of all accounts."""

    def __init__(
        self, codecs: Mapping[str, Codec], intake: Intake, clock: Callable[[], datetime]
    ) -> None:
        self._codecs = codecs
        self._intake = intake
        self._clock = clock

    def routes(self) -> list[web.RouteDef]:
        """The gateway's two routes."""
        path = "/wechat/{account}"
        return [web.get(path, self.verify, allow_head=False), web.post(path, self.receive)]

    async def verify(self, request: web.Request) -> web.Response:
        """WeChat checks that the address is ours: the echo goes back as it came."""
        codec = self._codec(request)
        try:
            codec.verify(request.query, now=self._clock())
        except BadSignature as error:
            return _refused("signature", str(error), 403)
        return web.Response(text=request.query.get("echostr", ""))

    async def receive(self, request: web.Request) -> web.Response:
        """One delivery of a message or event."""
        codec = self._codec(request)
        try:
            body = await _read(request)
        except (web.RequestPayloadError, ConnectionResetError) as error:
            return _refused("body", f"the body did not arrive whole: {error}", 400)
        if body is None:
            return _refused("size", "the body is over 64 KiB", 413)
        try:
            delivery = codec.decode(request.query, body, now=self._clock())
        except BadSignature as error:
            return _refused("signature", str(error), 403)
        except BadMessage as error:
            return _refused("body", str(error), 400)
        try:
            with REPLY_SECONDS.time():
                reply = await self._intake.once(delivery.message)
        except (NotStored, StorageUnavailable) as error:
            return _refused("storage", str(error), 503)
        kind = "application/json" if delivery.as_json else "application/xml"
        answer = codec.encode(reply, delivery)
        content_type = "text/plain" if answer == b"success" else kind
        return web.Response(body=answer, content_type=content_type, charset="utf-8")

    def _codec(self, request: web.Request) -> Codec:
        codec = self._codecs.get(request.match_info["account"])
        if codec is None:
            raise web.HTTPNotFound(text="")
        return codec


async def _read(request: web.Request) -> bytes | None:
    """The body, or None as soon as it is too large."""
    length = request.content_length
    if length is not None and length > LARGEST_BODY:
        return None
    if length is not None and "Content-Encoding" not in request.headers:
        return await request.read()
    body = bytearray()
    async for chunk in request.content.iter_chunked(LARGEST_BODY):
        body += chunk
        if len(body) > LARGEST_BODY:
            return None
    return bytes(body)


def _refused(why: str, reason: str, status: int) -> web.Response:
    """Said in the log and counted, never to the sender."""
    REFUSED.labels(reason=why).inc()
    log.warning("refused", why=why, reason=reason, status=status)
    return web.Response(status=status)
