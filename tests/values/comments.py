"""Articles and comments for the tests of their path, and how a small desk files them."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.directory import Directory
from cases.department import Department
from cases.desk import Desk
from cases.routing import Router
from cases.rules import load_rules
from cases.work_calendar import WorkCalendar
from handlers.comments.comment import Article, Comment, Found, Listed, Place, Verdict
from handlers.comments.filing import Filer, Filing
from knowledge_base.calibration import load_model
from knowledge_base.search import KnowledgeBase
from storage import Storage
from tests.values.storage import HOUR, NOW, SCHOOLS, entry

ACCOUNT = "main"


def found(number: int = 1000, place: int = 0, **changed: Any) -> Found:
    plain = Found(
        at=Place(msg_data_id=number, place=place),
        title="秋季入学报名开始",
        url=f"http://mp.weixin.qq.com/s?mid={number}&idx={place + 1}",
        published_at=NOW - HOUR,
    )
    return replace(plain, **changed)


def listed(number: int = 1, text: str = "孩子上幼儿园要什么材料？", **changed: Any) -> Listed:
    plain = Listed(
        number=number,
        citizen=f"o-{number}",
        text=text,
        written_at=NOW - HOUR / 2,
        elected=False,
    )
    return replace(plain, **changed)


async def filer(storage: Storage) -> Filer:
    """The filing of a small desk: one entry, searched by words alone, and one department."""
    knowledge = KnowledgeBase(None, None, load_model(), "", 1.0)
    await knowledge.load([entry()])
    directory = Directory(Router())
    await directory.load([Department(name=SCHOOLS, duties="幼儿园", keywords=("幼儿园",))])
    return Filer(knowledge, directory, Desk(storage, WorkCalendar(), load_rules()))


async def known_article(storage: Storage, number: int = 1000) -> Article:
    """An article that was found and taken for a look."""
    await storage.add_articles(ACCOUNT, [found(number)], now=NOW)
    article = await storage.take_article(ACCOUNT, free_by=NOW, due_by=NOW, now=NOW)
    assert article is not None
    return article


async def kept(storage: Storage, *comments: Listed, number: int = 1000) -> list[Comment]:
    """Comments fetched under one article, not yet filed."""
    return await storage.keep_comments(await known_article(storage, number), comments, now=NOW)


async def filed(storage: Storage, *comments: Listed, now: datetime = NOW) -> list[Comment]:
    """The same, filed as the desk files them."""
    await storage.save_departments([Department(name=SCHOOLS)])
    stored = await kept(storage, *comments)
    decide = await filer(storage)
    filings = [await decide.file(each, now=now) for each in stored]
    await storage.file_comments(filings)
    return stored


async def filed_as(storage: Storage, comment: Comment, verdict: Verdict) -> Filing:
    return await (await filer(storage)).file_as(comment, verdict, now=NOW, judged_by="dispatcher")
