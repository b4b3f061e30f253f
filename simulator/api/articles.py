"""Which articles there are: `/cgi-bin/freepublish/batchget` and `/datacube/*`.

Sources: WeChat, 获取已发布的消息列表; 获取图文群发每日数据, 获取图文群发总数据 (msgid is
`{msg_data_id}_{position from 1}`; one day at a time, yesterday at the latest).
"""

from datetime import date, timedelta
from itertools import groupby

from simulator.api.call import Call, Json
from simulator.comments import Article
from simulator.errors import PlatformError

COUNTED_DAYS = 7


async def published(call: Call) -> Json:
    """Published articles that were not mass-sent, newest first; `count` 1 to 20 (40097)."""
    offset, wanted = call.number("offset"), call.number("count")
    if offset < 0 or not 1 <= wanted <= 20:
        raise PlatformError(40097)
    articles = sorted(
        (article for article in call.board.articles.values() if not article.massed),
        key=lambda article: (-article.published_at.timestamp(), article.msg_data_id, article.index),
    )
    groups = [list(group) for _, group in groupby(articles, lambda each: each.msg_data_id)]
    bare = call.number("no_content", 0) == 1
    items = [_publication(group, bare=bare) for group in groups[offset : offset + wanted]]
    return {"total_count": len(groups), "item_count": len(items), "item": items}


async def summary(call: Call) -> Json:
    """Mass-sent articles read on a day, up to seven days after they went out."""
    day = _day(call)
    return {"list": [_figures(article, ref=day) for article in _massed(call, day)]}


async def total(call: Call) -> Json:
    """Articles mass-sent on a day, with what was counted since."""
    day = _day(call)
    sent = (each for each in _massed(call, day) if each.published_at.date() == day)
    return {"list": [_since(article, day) for article in sent]}


def _publication(articles: list[Article], *, bare: bool) -> Json:
    first = articles[0]
    at = int(first.published_at.timestamp())
    news = [_news(article, bare=bare) for article in articles]
    return {
        "article_id": f"ART_{first.msg_data_id}",
        "content": {"news_item": news, "create_time": at, "update_time": at},
        "update_time": at,
    }


def _news(article: Article, *, bare: bool) -> Json:
    body = {} if bare else {"content": article.content}
    return {
        "title": article.title,
        "author": article.author,
        "digest": article.digest,
        **body,
        "content_source_url": "",
        "thumb_media_id": "",
        "thumb_url": "",
        "need_open_comment": int(article.comments_open),
        "only_fans_can_comment": 0,
        "url": article.url,
        "is_deleted": False,
    }


def _day(call: Call) -> date:
    """The one day asked for; 61500 for no date, 61501 for several or one not yet over."""
    try:
        begin = date.fromisoformat(call.text("begin_date"))
        end = date.fromisoformat(call.text("end_date"))
    except ValueError as error:
        raise PlatformError(61500) from error
    if begin != end or end >= call.now.date():
        raise PlatformError(61501)
    return begin


def _massed(call: Call, day: date) -> list[Article]:
    return [
        article
        for article in call.board.articles.values()
        if article.massed
        and timedelta() <= day - article.published_at.date() < timedelta(days=COUNTED_DAYS)
    ]


def _figures(article: Article, *, ref: date) -> Json:
    return {
        "ref_date": ref.isoformat(),
        "msgid": f"{article.msg_data_id}_{article.index + 1}",
        "title": article.title,
        "int_page_read_user": article.reads,
        "int_page_read_count": article.reads,
        "ori_page_read_user": 0,
        "ori_page_read_count": 0,
        "share_user": 0,
        "share_count": 0,
        "add_to_fav_user": 0,
        "add_to_fav_count": 0,
    }


def _since(article: Article, day: date) -> Json:
    figures = _figures(article, ref=day)
    head = {name: figures.pop(name) for name in ("ref_date", "msgid", "title")}
    details = [{"stat_date": day.isoformat(), "target_user": article.reads, **figures}]
    return head | {"details": details, "url": article.url}
