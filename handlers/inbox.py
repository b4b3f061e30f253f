"""Once each, on disk, in time: a message is stored, handled once, and gets one reply.

WeChat cuts the connection after 5 s and delivers a message up to three times; the reply must
leave before our own limit, and every delivery must get the same one (WECHAT.md).
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import structlog

from cases.case import ChangedMeanwhile
from cases.ports import StoreAway
from handlers import texts
from handlers.at_once import AtOnce
from handlers.message import Message
from handlers.ports import Accepted, Inbox, Unsettled
from handlers.reception import Reception
from handlers.settlement import Reply, Settlement

CLAIM = timedelta(seconds=60)
POLL = 0.05  # seconds between looks at a reply another process is working on
TRIES = 3  # of a handler whose case was changed meanwhile by somebody else
log = structlog.get_logger(__name__)


class NotStored(Exception):
    """The message could not be put on disk in time: WeChat must deliver it again."""


class Intake:
    """Takes messages in; `reply_within` is the limit for a passive reply in seconds.

    `pushable` names the accounts that may send customer-service messages; `at_once` decides what
    can be decided while the message is stored.
    """

    def __init__(
        self,
        store: Inbox,
        reception: Reception,
        *,
        clock: Callable[[], datetime],
        pushable: frozenset[str],
        reply_within: float = 4.0,
        at_once: AtOnce | None = None,
    ) -> None:
        self._store = store
        self._reception = reception
        self._clock = clock
        self._pushable = pushable
        self._reply_within = reply_within
        self._at_once = at_once
        self._running: dict[int, asyncio.Task[Reply]] = {}

    async def once(self, message: Message) -> Reply:
        """The message's one reply; raises `NotStored` when it could not be committed in time."""
        now, accepted = self._clock(), None
        try:
            async with asyncio.timeout(self._reply_within):
                accepted = await self._accept(message, now)
                return await self._reply(accepted, message)
        except TimeoutError as error:
            if accepted is None:
                raise NotStored("the message could not be stored in time") from error
            log.warning("reply_late", message=accepted.id)
        except Exception as fault:
            if accepted is None:
                raise
            _tell_of("handler_failed", accepted, fault)
        text = texts.general.received(pushable=message.account in self._pushable)
        return await self._store.freeze_reply(accepted.id, text, now=self._clock())

    async def _accept(self, message: Message, now: datetime) -> Accepted:
        """Stores the message, settled if that takes no waiting.

        Should the settlement be refused, the message is stored all the same.
        """
        accept = partial(self._store.accept, message, now=now, claim_until=now + CLAIM)
        if self._at_once is None:
            return await accept()
        try:
            return await accept(decide=partial(self._at_once.decide, message, now=now))
        except ChangedMeanwhile:
            log.info("not_settled_at_once")
        except StoreAway:
            pass  # tried once more: if that is in vain, whoever refuses the message tells of it
        except Exception:
            log.exception("not_settled_at_once")
        return await accept()

    async def resume(self, unsettled: Unsettled) -> None:
        """Handles a stored message whose worker died; WeChat no longer waits for its reply.

        So the passive reply is fixed first, and what is found goes to the citizen as a delivery.
        """
        accepted, message = unsettled.accepted, unsettled.message
        text = texts.general.received(pushable=message.account in self._pushable)
        await self._store.freeze_reply(accepted.id, text, now=self._clock())
        await self._start(accepted, message)

    async def drain(self) -> None:
        """Waits for the handlers that still run; called when the service stops."""
        await asyncio.gather(*self._running.values(), return_exceptions=True)

    def _start(self, accepted: Accepted, message: Message) -> asyncio.Task[Reply]:
        task = asyncio.create_task(self._handle(accepted, message))
        self._running[accepted.id] = task
        task.add_done_callback(lambda _: self._running.pop(accepted.id, None))
        return task

    async def _handle(self, accepted: Accepted, message: Message) -> Reply:
        for _ in range(TRIES):
            settlement = await self._decide(message, accepted)
            try:
                return await self._store.settle(accepted.id, settlement)
            except ChangedMeanwhile:
                accepted = await self._store.reread(accepted.id)
        settlement = await self._reception.hand_over(message, accepted, now=self._clock())
        return await self._store.settle(accepted.id, settlement)

    async def _decide(self, message: Message, accepted: Accepted) -> Settlement:
        """A fault on the way never reaches the citizen: a person gets the message instead."""
        try:
            return await self._reception.receive(message, accepted, now=self._clock())
        except Exception as fault:
            _tell_of("reception_failed", accepted, fault)
            return await self._reception.hand_over(message, accepted, now=self._clock())

    async def _reply(self, accepted: Accepted, message: Message) -> Reply:
        if accepted.reply is not None:
            return accepted.reply
        if accepted.claimed:
            self._start(accepted, message)
        return await self._wait(accepted.id)

    async def _wait(self, message_id: int) -> Reply:
        while True:
            task = self._running.get(message_id)
            if task is not None:
                return await asyncio.shield(task)
            reply = await self._store.frozen_reply(message_id)
            if reply is not None:
                return reply
            await asyncio.sleep(POLL)


def _tell_of(event: str, accepted: Accepted, fault: Exception) -> None:
    """With the way it came, but for a store that is away: a full disk would fill with those."""
    if isinstance(fault, StoreAway):
        log.warning(event, message=accepted.id, reason=str(fault))
    else:
        log.error(event, message=accepted.id, exc_info=fault)
