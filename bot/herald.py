"""Tells citizens of service accounts about texts that cannot be pushed any more.

A template message or subscription notice needs no push window; it says that there is news and
leads to the citizen's own progress page. Sources: WeChat, 模板消息, 订阅通知.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import structlog

from bot.backoff import TRIES
from bot.config_account import NoticeSettings
from bot.metrics import PUSHES
from bot.postman import AT_ONCE, GIVEN_UP, pause_after
from bot.wechat_api import CitizenUnreachable, NeedsAPerson, QuotaUsedUp, WeChatApi
from bot.wechat_errors import Unsure, WeChatFailure
from handlers import texts
from handlers.outbox import Notice
from handlers.ports import Notices

PATHS = {
    "template": "/cgi-bin/message/template/send",
    "subscription": "/cgi-bin/message/subscribe/bizsend",
}
log = structlog.get_logger(__name__)


class Herald:
    """Sends notices for the accounts in `ways`; `link` makes the progress page's address."""

    def __init__(
        self,
        notices: Notices,
        apis: Mapping[str, WeChatApi],
        ways: Mapping[str, NoticeSettings],
        *,
        link: Callable[[str], str],
        clock: Callable[[], datetime],
    ) -> None:
        self._notices, self._apis, self._ways = notices, apis, ways
        self._link, self._clock = link, clock

    async def round(self) -> int:
        """Takes what is due and tells the citizens; returns how many were taken."""
        count = 0
        for account in self._ways:
            taken = await self._notices.take_notices(
                now=self._clock(), limit=AT_ONCE, account=account
            )
            for notice in taken:
                await self._tell(notice)
            count += len(taken)
        return count

    async def _tell(self, notice: Notice) -> None:
        delivery = notice.delivery
        way, now, number = self._ways[delivery.account], self._clock(), ""
        try:
            answer = await self._apis[delivery.account].call(PATHS[way.way], self.body(notice, way))
        except WeChatFailure as failure:
            state, reason, at = _end(failure, notice.attempts, now)
            log.warning("notice_not_sent", state=state, delivery=delivery.key, reason=str(failure))
        else:
            state, reason, at = "sent", "", now
            number = str(answer.get("msgid", ""))
        PUSHES.labels(result=f"notice_{state}").inc()
        await self._notices.notice_ended(delivery.key, state, reason=reason, at=at, number=number)

    def body(self, notice: Notice, way: NoticeSettings) -> Mapping[str, Any]:
        """What WeChat is sent: the fields of the template and the link."""
        link = self._link(notice.delivery.case)
        return {
            "touser": notice.delivery.citizen,
            "template_id": way.template,
            "url" if way.way == "template" else "page": link,
            "data": {
                name: {"value": texts.notices.field(name.rstrip("0123456789"), source, notice)}
                for name, source in way.fields.items()
            },
        }


def _end(failure: WeChatFailure, attempts: int, now: datetime) -> tuple[str, str, datetime]:
    """State, reason and time that follow from a failure."""
    tell = failure.tell
    match failure:
        case CitizenUnreachable():
            return "refused", tell, now
        case Unsure():  # it may have arrived: a second one would be one too many
            return "uncertain", tell, now
        case QuotaUsedUp():
            return "waiting", tell, failure.until
        case NeedsAPerson() if not failure.of_the_account:
            return "failed", tell, now
    if attempts >= TRIES:
        return "failed", GIVEN_UP.format(tries=attempts, reason=tell), now
    return "waiting", tell, now + pause_after(failure, attempts)
