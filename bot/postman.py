"""Takes waiting texts to citizens while their push window is open.

A text is marked before it is sent and after, so that it is pushed at most once: what a crash
interrupts goes with the citizen's next message instead (WECHAT.md, customer-service messages).
What does not get through after `TRIES` is given up (a dead letter) until a person tries again.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import structlog

from bot.backoff import TRIES, wait
from bot.metrics import PUSHES
from bot.wechat_api import CitizenUnreachable, NeedsAPerson, QuotaUsedUp, RetryLater, WeChatApi
from bot.wechat_errors import Unsure, WeChatFailure
from handlers.pages import push
from handlers.ports import Outbox, Outgoing

AT_ONCE = 20
AFTER_A_FAULT = timedelta(minutes=30)
GIVEN_UP = "试了 {tries} 次都没有送到。最后一次：{reason}"
log = structlog.get_logger(__name__)


class Postman:
    """Pushes deliveries for the accounts that may push; the others wait for the next message."""

    def __init__(
        self, outbox: Outbox, apis: Mapping[str, WeChatApi], clock: Callable[[], datetime]
    ) -> None:
        self._outbox = outbox
        self._apis = apis
        self._clock = clock

    async def round(self) -> int:
        """Takes what is due and pushes it; returns how many were taken."""
        taken = await self._outbox.take_deliveries(
            now=self._clock(), limit=AT_ONCE, accounts=tuple(self._apis)
        )
        for outgoing in taken:
            await self._push(outgoing)
        return len(taken)

    async def _push(self, outgoing: Outgoing) -> None:
        delivery = outgoing.delivery
        api = self._apis[delivery.account]
        try:
            await api.send_text(delivery.citizen, push(delivery.text, delivery.case)[0])
        except WeChatFailure as failure:
            result = await self._not_sent(outgoing, failure, self._clock())
            PUSHES.labels(result=result).inc()
            log.warning("push_not_sent", result=result, delivery=delivery.key, reason=str(failure))
        else:
            await self._outbox.delivery_sent(delivery.key, now=self._clock())
            PUSHES.labels(result="sent").inc()

    async def _not_sent(self, outgoing: Outgoing, failure: WeChatFailure, now: datetime) -> str:
        """Writes down what follows from a failure; the name of the result."""
        key, outbox, tell = outgoing.delivery.key, self._outbox, failure.tell
        match failure:
            case CitizenUnreachable():
                await outbox.delivery_unpushable(key, reason=tell, now=now)
                return "unreachable"
            case Unsure():
                await outbox.delivery_uncertain(key, reason=tell, now=now)
                return "uncertain"
            case QuotaUsedUp():  # until midnight nobody can do anything but clear it
                await outbox.delivery_postponed(key, reason=tell, look_again_at=failure.until)
                return "quota"
            case NeedsAPerson() if not failure.of_the_account:  # this text will never be taken
                await outbox.delivery_failed(key, reason=tell, now=now)
                return "failed"
        if outgoing.attempts >= TRIES:
            reason = GIVEN_UP.format(tries=outgoing.attempts, reason=tell)
            await outbox.delivery_failed(key, reason=reason, now=now)
            return "given_up"
        again = now + pause_after(failure, outgoing.attempts)
        await outbox.delivery_postponed(key, reason=tell, look_again_at=again)
        return "postponed" if isinstance(failure, RetryLater) else "needs_a_person"


def pause_after(failure: WeChatFailure, attempts: int) -> timedelta:
    """How long to wait when trying again can help."""
    return wait(failure.after, attempts) if isinstance(failure, RetryLater) else AFTER_A_FAULT
