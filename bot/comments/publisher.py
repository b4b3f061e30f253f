"""Carries out what moderators decided: elected, deleted, replied on the platform, each once.

All these calls may be repeated: the platform takes one reply for each comment and says what is so
already. So an order that a crash or a broken connection interrupted is simply sent again.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import structlog

from bot.comments.calls import Refused
from bot.comments.platform import Articles
from bot.metrics import COMMENT_ORDERS
from bot.wechat_api import QuotaUsedUp, RetryLater, Unsure
from bot.wechat_errors import BUSY, QUOTA_USED_UP
from handlers.comments.comment import Comment
from handlers.comments.moderation import Order, OrderState, Step, as_published
from handlers.comments.ports import PublishStore, Sending
from handlers.comments.troubles import ALREADY_SO

AT_ONCE = 20
CLAIM = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
UNSURE_WAIT = timedelta(seconds=30)
REPLIED_ALREADY, NO_REPLY = 88005, 88009
log = structlog.get_logger(__name__)


class Publisher:
    """Sends approved orders of the accounts that have comments."""

    def __init__(
        self,
        store: PublishStore,
        articles: Mapping[str, Articles],
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._articles = articles
        self._clock = clock

    async def round(self) -> int:
        """Takes what is due and sends it; returns how many were taken."""
        now = self._clock()
        taken = await self._store.take_orders(
            now=now, claim_until=now + CLAIM, limit=AT_ONCE, accounts=tuple(self._articles)
        )
        for sending in taken:
            await self._send(sending)
        return len(taken)

    async def _send(self, sending: Sending) -> None:
        order, articles = sending.order, self._articles[sending.comment.account]
        try:
            await self._carry_out(order, sending.comment, articles)
        except QuotaUsedUp as error:
            await self._postpone(order, QUOTA_USED_UP, str(error), error.until)
        except RetryLater as error:
            wait = min(error.after * 2 ** (order.attempts - 1), LONGEST_WAIT)
            await self._postpone(order, BUSY, str(error), self._clock() + wait)
        except Unsure as error:
            await self._postpone(order, BUSY, str(error), self._clock() + UNSURE_WAIT)
        except Refused as error:
            await self._store.order_failed(
                order, code=error.code, reason=str(error), now=self._clock()
            )
            self._count("failed", order, str(error))
        else:
            await self._store.order_done(order, now=self._clock())
            self._count("done", order)

    async def _carry_out(self, order: Order, comment: Comment, articles: Articles) -> None:
        try:
            match order.step:
                case Step.ELECT:
                    await articles.elect(comment)
                case Step.UNELECT:
                    await articles.unelect(comment)
                case Step.DELETE:
                    await articles.delete(comment)
                case Step.UNREPLY:
                    await articles.unreply(comment)
                case Step.REPLY:
                    await self._reply(order, comment, articles)
        except Refused as error:
            if (order.step, error.code) not in ALREADY_SO:
                raise

    async def _reply(self, order: Order, comment: Comment, articles: Articles) -> None:
        """One reply for each comment: a case's later one takes the place of its earlier one."""
        text = as_published(order.text)
        if await self._is_ours(order, comment):
            await _take_back(articles, comment)
        try:
            await articles.reply(comment, text)
        except Refused as error:
            if error.code != REPLIED_ALREADY or await _stands(articles, comment) != text:
                raise

    async def _is_ours(self, order: Order, comment: Comment) -> bool:
        """Whether the reply that stands is an earlier one of the same case."""
        if not (order.case and comment.reply) or comment.reply == as_published(order.text):
            return False
        return any(
            each.state is OrderState.DONE
            and each.step is Step.REPLY
            and comment.reply in (each.text, as_published(each.text))
            for each in await self._store.orders_of(comment.id)
        )

    async def _postpone(self, order: Order, code: int, reason: str, at: datetime) -> None:
        await self._store.order_postponed(order, code=code, reason=reason, look_again_at=at)
        self._count("postponed", order, reason)

    @staticmethod
    def _count(result: str, order: Order, reason: str = "") -> None:
        COMMENT_ORDERS.labels(step=order.step.value, result=result).inc()
        if reason:
            log.warning("comment_order_not_sent", result=result, order=order.id, reason=reason)


async def _take_back(articles: Articles, comment: Comment) -> None:
    try:
        await articles.unreply(comment)
    except Refused as error:
        if error.code != NO_REPLY:
            raise


async def _stands(articles: Articles, comment: Comment) -> str:
    """The reply that the platform shows under a comment; "" when it is not listed."""
    begin = 0
    while True:
        page = await articles.comments(comment.at, begin)
        for each in page.items:
            if each.number == comment.number:
                return each.reply
        begin += page.rows
        if not page.rows or (page.total is not None and begin >= page.total):
            return ""
