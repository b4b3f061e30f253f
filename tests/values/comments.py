"""Articles and comments for the tests of their path, and filings that need no knowledge base."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from cases.department import Department, Routing
from cases.desk import Desk
from cases.rules import load_rules
from cases.work_calendar import WorkCalendar
from handlers.comments.comment import Article, Comment, Found, Listed, Place, Verdict
from handlers.comments.filing import Filer, Filing
from knowledge_base.outcome import Answer, Candidate, Finding, Nothing
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


class Shelves:
    """The knowledge and the departments of a small desk: one entry, one department."""

    async def search(self, text: str, *, today: object) -> Finding:
        best = Candidate(entry=entry(), probability=0.93, matched="上幼儿园要什么材料")
        return Answer(best=best, ranking=(best,)) if "幼儿园" in text else Nothing()

    def entry(self, entry_id: str) -> None:
        raise NotImplementedError

    async def route(self, text: str) -> Routing:
        return Routing(department=SCHOOLS if "幼儿园" in text else "", confidence=0.99)

    def department(self, name: str) -> None:
        raise NotImplementedError

    def elsewhere(self, text: str) -> None:
        raise NotImplementedError


def filer(storage: Storage) -> Filer:
    return Filer(Shelves(), Shelves(), Desk(storage, WorkCalendar(), load_rules()))


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
    filings = [await filer(storage).file(each, now=now) for each in stored]
    await storage.file_comments(filings)
    return stored


async def filed_as(storage: Storage, comment: Comment, verdict: Verdict) -> Filing:
    return await filer(storage).file_as(comment, verdict, now=NOW, judged_by="dispatcher")
