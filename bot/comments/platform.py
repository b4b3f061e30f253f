"""WeChat's articles and comments as values (WeChat: 留言管理, 获取已发布的消息列表, 图文分析)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from bot.comments.calls import Calls
from handlers.comments.comment import Comment, Found, Listed, Place
from handlers.texts.general import CHINA

AT_ONCE: Final = 49
"""Comments in one call; 50 and more are refused (88010)."""
ARTICLES_AT_ONCE: Final = 20
LONGEST_ID: Final = 18  # digits; more do not fit the database
EARLIEST: Final = datetime(2012, 8, 1, tzinfo=UTC)  # official accounts did not exist before


@dataclass(frozen=True, kw_only=True)
class Page:
    """`rows` of a listing, as many as could be read, of `total` (None: it was not said)."""

    items: Sequence[Listed]
    rows: int
    total: int | None


class Articles:
    """Which articles an account has, and the comments under them."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self.write = calls.write

    async def published(self, offset: int) -> tuple[list[Found], int, bool]:
        """Articles from `offset` on, how many publications that were, and whether more follow.

        The platform gives no msg_data_id; it stands in the article's address as `mid`. An article
        whose address names none has no comments that can be read.
        """
        body = {"offset": offset, "count": ARTICLES_AT_ONCE, "no_content": 1}
        answer = await self._calls.read("/cgi-bin/freepublish/batchget", body)
        items = _objects(answer.get("item"))
        found = [each for item in items for each in _published(item)]
        more = bool(items) and offset + len(items) < _whole(answer.get("total_count"), 0)
        return found, len(items), more

    async def read_on(self, day: date) -> list[Found]:
        """Mass-sent articles that somebody read on a day before today.

        `msgid` is the msg_data_id and the article's place from 1; everywhere else it is from 0.
        """
        body = {"begin_date": day.isoformat(), "end_date": day.isoformat()}
        answer = await self._calls.read("/datacube/getarticlesummary", body)
        found = (_summed(item, day) for item in _objects(answer.get("list")))
        return [each for each in found if each is not None]

    async def comments(self, at: Place, begin: int) -> Page:
        """Comments from row `begin` (0 is the first) on, in the platform's own order."""
        body = {**_where(at), "begin": begin, "count": AT_ONCE, "type": 0}
        answer = await self._calls.read("/cgi-bin/comment/list", body)
        items = _objects(answer.get("comment"))
        total = answer.get("total")
        listed = [each for each in map(_listed, items) if each is not None]
        return Page(
            items=listed, rows=len(items), total=None if total is None else _whole(total, 0)
        )

    async def elect(self, comment: Comment) -> None:
        await self.write("/cgi-bin/comment/markelect", _which(comment))

    async def unelect(self, comment: Comment) -> None:
        await self.write("/cgi-bin/comment/unmarkelect", _which(comment))

    async def delete(self, comment: Comment) -> None:
        await self.write("/cgi-bin/comment/delete", _which(comment))

    async def reply(self, comment: Comment, text: str) -> None:
        await self.write("/cgi-bin/comment/reply/add", {**_which(comment), "content": text})

    async def unreply(self, comment: Comment) -> None:
        await self.write("/cgi-bin/comment/reply/delete", _which(comment))


def _where(at: Place) -> dict[str, Any]:
    return {"msg_data_id": at.msg_data_id, "index": at.place}


def _which(comment: Comment) -> dict[str, Any]:
    return {**_where(comment.at), "user_comment_id": comment.number}


def _objects(value: Any) -> list[Mapping[str, Any]]:
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def _published(item: Mapping[str, Any]) -> Iterator[Found]:
    content = item.get("content")
    content = content if isinstance(content, Mapping) else {}
    written = content.get("create_time") or content.get("update_time") or item.get("update_time")
    for position, news in enumerate(_objects(content.get("news_item"))):
        url = str(news.get("url", ""))
        at = _place(url, str(item.get("article_id", "")), position)
        if at is None or news.get("is_deleted") is True:
            continue
        yield Found(
            at=at, title=str(news.get("title", "")), url=url, published_at=_instant(written)
        )


def _place(url: str, article_id: str, position: int) -> Place | None:
    """The article's place by its address, else by an id that is a plain number."""
    asked = parse_qs(urlsplit(url).query)
    mid, idx = asked.get("mid", [""])[0], asked.get("idx", [""])[0]
    if _is_id(mid):
        place = int(idx) - 1 if idx.isdecimal() and int(idx) > 0 else position
        return Place(msg_data_id=int(mid), place=place)
    return Place(msg_data_id=int(article_id), place=position) if _is_id(article_id) else None


def _is_id(text: str) -> bool:
    return text.isdecimal() and len(text) <= LONGEST_ID


def _summed(item: Mapping[str, Any], day: date) -> Found | None:
    named = re.fullmatch(r"(\d{1,18})_(\d{1,3})", str(item.get("msgid", "")))
    if named is None or int(named[2]) < 1:
        return None
    return Found(
        at=Place(msg_data_id=int(named[1]), place=int(named[2]) - 1),
        title=str(item.get("title", "")),
        url="",
        published_at=datetime.combine(day, time(), CHINA),
        read_on=day.isoformat(),
    )


def _listed(item: Mapping[str, Any]) -> Listed | None:
    number = _whole(item.get("user_comment_id"), -1)
    if not 0 <= number < 10**LONGEST_ID:
        return None
    reply = item.get("reply")
    reply = reply if isinstance(reply, Mapping) else {}
    text = str(reply.get("content") or "")
    return Listed(
        number=number,
        citizen=str(item.get("openid") or ""),
        text=str(item.get("content") or ""),
        written_at=_instant(item.get("create_time")),
        elected=_whole(item.get("comment_type"), 0) == 1,
        reply=text,
        replied_at=_instant(reply.get("create_time")) if text else None,
    )


def _whole(value: Any, otherwise: int) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        return otherwise


def _instant(value: Any) -> datetime:
    """WeChat's seconds since 1970; the beginning of official accounts for what is no time."""
    seconds = _whole(value, 0)
    if not EARLIEST.timestamp() <= seconds < 2**33:
        return EARLIEST
    return datetime.fromtimestamp(seconds, tz=UTC)
