"""Carrying a message to the service as the platform does: five seconds, three deliveries."""

import asyncio
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import aiohttp
from yarl import URL

from simulator.account import Account
from simulator.envelope import UnreadableReply, seal, signed_query, unseal
from simulator.exchange import Attempt, Delivery, Trouble
from simulator.replies import is_silence, read_reply

DELIVERIES = 3
PATIENCE = 5.0
HEADERS = {"Content-Type": "text/xml", "User-Agent": "Mozilla/4.0"}


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """An addressed message: its plaintext never changes between deliveries."""

    account: Account
    openid: str
    plain: str


class Courier:
    """Sends parcels with an aiohttp session of its own, or one that is lent.

    Source: WeChat, 接收普通消息: no response within five seconds closes the connection and the
    message is sent again, three requests in all. `patience` (seconds) exists for fast tests.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], datetime],
        session: aiohttp.ClientSession | None = None,
        patience: float = PATIENCE,
    ) -> None:
        self._clock = clock
        self._lent = session
        self._own: aiohttp.ClientSession | None = None
        self.patience = patience

    async def close(self) -> None:
        """Close the session unless it was lent."""
        if self._own is not None:
            await self._own.close()
            self._own = None

    async def deliver(self, parcel: Parcel, delivery: Delivery) -> tuple[Attempt, ...]:
        """All attempts at one message, in the order they were started."""
        await asyncio.sleep(delivery.delay)
        if delivery.concurrently:
            numbers = range(1, delivery.times + 1)
            return tuple(await asyncio.gather(*(self._try(parcel, delivery, n) for n in numbers)))
        attempts: list[Attempt] = []
        while _another(attempts, delivery):
            attempts.append(await self._try(parcel, delivery, len(attempts) + 1))
        return tuple(attempts)

    async def verify(self, account: Account, echo: str) -> tuple[int, str]:
        """The GET of WeChat's 接入概述: status and body; right is 200 and `echo` verbatim."""
        query = signed_query(account, at=self._clock(), nonce=_nonce()) | {"echostr": echo}
        async with (
            asyncio.timeout(self.patience),
            self._session.get(URL(account.webhook).update_query(query)) as response,
        ):
            return response.status, await response.text()

    async def _try(self, parcel: Parcel, delivery: Delivery, number: int) -> Attempt:
        envelope = seal(
            parcel.account,
            parcel.plain,
            openid=parcel.openid,
            at=self._clock() - delivery.late_by,
            nonce=_nonce(),
            bad_signature=delivery.bad_signature,
        )
        url = URL(parcel.account.webhook).update_query(envelope.query)
        start = Attempt(number=number, url=str(url), sent=envelope.body, sent_plain=parcel.plain)
        began = time.perf_counter()
        attempt = await self._post(parcel, url, start)
        return replace(attempt, seconds=time.perf_counter() - began)

    async def _post(self, parcel: Parcel, url: URL, attempt: Attempt) -> Attempt:
        try:
            async with (
                asyncio.timeout(self.patience),
                self._session.post(url, data=attempt.sent.encode(), headers=HEADERS) as response,
            ):
                body = (await response.read()).decode("utf-8", "replace")
        except TimeoutError:
            return replace(attempt, trouble=Trouble.TIMED_OUT)
        except aiohttp.ClientError as error:
            return replace(attempt, trouble=Trouble.UNREACHABLE, detail=str(error))
        return _judge(parcel, replace(attempt, status=response.status, received=body))

    @property
    def _session(self) -> aiohttp.ClientSession:
        if self._lent is not None:
            return self._lent
        if self._own is None:
            self._own = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        return self._own


def _another(attempts: list[Attempt], delivery: Delivery) -> bool:
    """Whether to send (again): as often as asked, else until an answer or three deliveries."""
    if len(attempts) < delivery.times:
        return True
    trouble = attempts[-1].trouble
    return bool(trouble and trouble.worth_another_try and len(attempts) < DELIVERIES)


def _judge(parcel: Parcel, attempt: Attempt) -> Attempt:
    """What the platform makes of a response; anything but silence or a valid reply is trouble."""
    status = attempt.status or 0
    if status >= 500:
        return replace(attempt, trouble=Trouble.SERVER_ERROR)
    if status != 200:
        return replace(attempt, trouble=Trouble.REFUSED)
    if is_silence(attempt.received):
        return replace(attempt, received_plain=attempt.received)
    plain = ""
    try:
        plain = unseal(parcel.account, attempt.received)
        reply = read_reply(parcel.account, parcel.openid, plain)
    except UnreadableReply as error:
        return replace(attempt, received_plain=plain, trouble=Trouble.UNREADABLE, detail=str(error))
    return replace(attempt, received_plain=plain, reply=reply)


def _nonce() -> str:
    return str(secrets.randbelow(2**31))
