"""Fetches what citizens send besides words before WeChat forgets it, and judges it by its content.

Sources: WeChat, 获取临时素材 (three days; a video comes as an address), 接收普通消息 (PicUrl, which
accounts without verification have to use).
"""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import aiohttp
import structlog

from bot.backoff import wait
from bot.config_account import AccountSettings
from bot.pictures import MOST_PIXELS, pixels
from bot.wechat_api import NeedsAPerson, QuotaUsedUp, RetryLater, WeChatApi
from bot.wechat_download import TooBig, download
from bot.wechat_errors import WeChatFailure
from handlers.attachment import EXPIRES, IMAGE, KINDS, Attachment, Attachments, type_of

AT_ONCE = 4
CLAIM = timedelta(minutes=2)
AFTER_A_FAULT = timedelta(minutes=10)
PATH = "/cgi-bin/media/get"
WECHATS_OWN = (".qpic.cn", ".qq.com", ".weixin.qq.com", ".wechat.com")
NOT_WHAT_IT_SAYS = "内容不是{words}，为了安全没有保存"
TOO_BIG = "超过 {limit} MB，没有保存"
UNFOLDS = "图片的长宽读不出来，或者大得打不开，为了安全没有保存"
NOT_FOR_US = "公众号没有微信认证，微信不提供{words}的下载"
GONE = "微信上的{words}已经过期（保存 3 天），没有取到：{reason}"
log = structlog.get_logger(__name__)


class NotFetchable(Exception):
    """There is no way to it; the message says why, to the staff."""


class Fetcher:
    """Fetches for all accounts; `apis` are those that may ask WeChat for media."""

    def __init__(
        self,
        store: Attachments,
        apis: Mapping[str, WeChatApi],
        accounts: Mapping[str, AccountSettings],
        session: aiohttp.ClientSession,
        clock: Callable[[], datetime],
    ) -> None:
        self._store, self._apis, self._accounts = store, apis, accounts
        self._session, self._clock = session, clock

    async def round(self) -> int:
        """Takes what is due and fetches it; returns how many were taken."""
        now = self._clock()
        taken = await self._store.take_attachments(now=now, claim_until=now + CLAIM, limit=AT_ONCE)
        await asyncio.gather(*(self._keep(each) for each in taken))
        return len(taken)

    async def _keep(self, attachment: Attachment) -> None:
        kind = KINDS[attachment.kind]
        try:
            content = await self._content(attachment, kind.most)
        except NotFetchable as error:
            await self._end(attachment, "lost", str(error))
        except TooBig:
            await self._end(attachment, "refused", TOO_BIG.format(limit=kind.most >> 20))
        except WeChatFailure as failure:
            await self._again(attachment, failure)
        else:
            await self._judge(attachment, content)

    async def _judge(self, attachment: Attachment, content: bytes) -> None:
        kind, found = KINDS[attachment.kind], type_of(content)
        if found.partition("/")[0] != kind.family:
            reason = NOT_WHAT_IT_SAYS.format(words=kind.words)
            return await self._end(attachment, "refused", reason)
        if kind.family == IMAGE and not 0 < pixels(content, found) <= MOST_PIXELS:
            return await self._end(attachment, "refused", UNFOLDS)
        await self._store.attachment_kept(
            attachment.id, content, content_type=found, now=self._clock()
        )
        return None

    async def _content(self, attachment: Attachment, most: int) -> bytes:
        """From WeChat's API, or for a picture from where the message says it is."""
        api = self._apis.get(attachment.account)
        if api is not None and attachment.media_id:
            try:
                return await self._from_wechat(api, attachment, most)
            except NeedsAPerson:
                if not attachment.picture_url:
                    raise
        if not attachment.picture_url or KINDS[attachment.kind].family != IMAGE:
            raise NotFetchable(NOT_FOR_US.format(words=KINDS[attachment.kind].words))
        return await self._from(attachment.picture_url, attachment.account, most)

    async def _from_wechat(self, api: WeChatApi, attachment: Attachment, most: int) -> bytes:
        found = await api.download(PATH, {"media_id": attachment.media_id}, most=most)
        if isinstance(found, bytes):
            return found
        return await self._from(str(found.get("video_url", "")), attachment.account, most)

    async def _from(self, url: str, account: str, most: int) -> bytes:
        if not _is_wechats(url, self._accounts[account].api_base):
            raise NotFetchable("地址不是微信的，为了安全没有去取")
        return await download(self._session, url, {}, most=most)

    async def _again(self, attachment: Attachment, failure: WeChatFailure) -> None:
        """Later, while WeChat may still have it."""
        now = self._clock()
        if isinstance(failure, RetryLater):
            pause = wait(failure.after, attachment.attempts)
        else:
            pause = failure.until - now if isinstance(failure, QuotaUsedUp) else AFTER_A_FAULT
        gone = isinstance(failure, NeedsAPerson) and not failure.of_the_account
        if gone or now + pause > attachment.sent_at + EXPIRES:
            words = KINDS[attachment.kind].words
            return await self._end(
                attachment, "lost", GONE.format(words=words, reason=failure.tell)
            )
        await self._store.attachment_ended(
            attachment.id, "wanted", reason=failure.tell, look_at=now + pause
        )
        return None

    async def _end(self, attachment: Attachment, state: str, reason: str) -> None:
        log.warning("attachment_not_kept", attachment=attachment.id, state=state, reason=reason)
        await self._store.attachment_ended(
            attachment.id, state, reason=reason, look_at=self._clock()
        )


def _is_wechats(url: str, api_base: str) -> bool:
    """Whether an address is WeChat's own: nobody makes us call somebody else."""
    parts, base = urlsplit(url), urlsplit(api_base)
    if parts.scheme not in {"http", "https"} or parts.hostname is None or "@" in parts.netloc:
        return False
    if (parts.hostname, parts.port) == (base.hostname, base.port):
        return True
    return parts.port in {None, 80, 443} and f".{parts.hostname}".endswith(WECHATS_OWN)
