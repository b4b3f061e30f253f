"""Comments on the console's small desk: fetched, filed, and one of each kind."""

from datetime import timedelta

from handlers.comments.comment import Comment, Found, Place
from handlers.comments.ports import CommentFilter
from tests.values.comments import filer, listed
from tests.values.console import PEOPLE
from tests.values.storage import entry
from tests.worlds.console import World

TEXTS = (
    "孩子上幼儿园要什么材料？请打 13812345678",
    "学校门口天天堵死，反映多次没人管",
    "为家乡点赞",
    "加微信 abc12345 免费领取",
    "第一",
)
QUESTION, COMPLAINT, PRAISE, ADVERT, OTHER = range(1, 6)


async def commented(desk: World, *, title: str = "秋季入学报名开始") -> dict[int, Comment]:
    """An article with a comment of each kind, by number; the question is the schools' case."""
    now = desk.clock.now
    found = Found(
        at=Place(msg_data_id=1000, place=0),
        title=title,
        url="http://mp.weixin.qq.com/s?mid=1000&idx=1",
        published_at=now - timedelta(days=1),
    )
    await desk.storage.add_articles("main", [found], now=now)
    article = await desk.storage.take_article("main", free_by=now, due_by=now, now=now)
    assert article is not None
    rows = [
        listed(number, text, written_at=now - timedelta(hours=number))
        for number, text in enumerate(TEXTS, start=1)
    ]
    stored = await desk.storage.keep_comments(article, rows, now=now)
    decide = await filer(desk.storage)
    await desk.storage.save_versions([entry()], actor="curator", reason="")
    await desk.storage.file_comments([await decide.file(each, now=now) for each in stored])
    return await comments_of(desk)


async def comments_of(desk: World) -> dict[int, Comment]:
    """All comments of the desk's one article as they stand now."""
    only = CommentFilter(article=1, limit=100)
    found = await desk.storage.comments(only, viewer=PEOPLE["supervisor"])
    return {each.number: each for each in found}
