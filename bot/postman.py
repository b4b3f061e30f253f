"""Takes waiting texts to citizens while their push window is open.

A text is marked before it is sent and after, so that it is pushed at most once: what a crash
interrupts goes with the citizen's next message instead (WECHAT.md, customer-service messages).
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import structlog

from bot.metrics import PUSHES
from bot.wechat_api import CitizenUnreachable, NeedsAPerson, RetryLater, Unsure, WeChatApi
from handlers.pages import LIMIT, split
from handlers.ports import Outbox, Outgoing

AT_ONCE = 20
LONGEST_WAIT = timedelta(hours=1)
AFTER_A_FAULT = timedelta(minutes=30)
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
        delivery, now = outgoing.delivery, self._clock()
        api = self._apis[delivery.account]
        try:
            await api.send_text(delivery.citizen, _cut(delivery.text, delivery.case))
        except CitizenUnreachable as error:
            await self._outbox.delivery_unpushable(delivery.key, reason=str(error), now=now)
            self._count("unreachable", delivery.key, error)
        except Unsure as error:
            await self._outbox.delivery_uncertain(delivery.key, reason=str(error), now=now)
            self._count("uncertain", delivery.key, error)
        except RetryLater as error:
            wait = min(error.after * 2**outgoing.attempts, LONGEST_WAIT)
            await self._outbox.delivery_postponed(
                delivery.key, reason=str(error), look_again_at=now + wait
            )
            self._count("postponed", delivery.key, error)
        except NeedsAPerson as error:
            await self._outbox.delivery_postponed(
                delivery.key, reason=str(error), look_again_at=now + AFTER_A_FAULT
            )
            self._count("needs_a_person", delivery.key, error)
        else:
            await self._outbox.delivery_sent(delivery.key, now=self._clock())
            PUSHES.labels(result="sent").inc()

    @staticmethod
    def _count(result: str, key: str, error: Exception) -> None:
        PUSHES.labels(result=result).inc()
        log.warning("push_not_sent", result=result, delivery=key, reason=str(error))


def _cut(text: str, case: str) -> str:
    """What fits one push; the whole of a case's reply is had with 查询 and its number."""
    where = f"（没显示完，回复「查询 {case}」看全文）" if case else "（没显示完）"
    return split(text, limit=LIMIT, mark=where)[0]
