"""The platform's articles and comments on a socket, and our side of them in one process."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import aiohttp
from aiohttp.test_utils import TestServer

from bot.comments.room import CommentRoom
from bot.config_account import AccountSettings
from bot.wechat_api import WeChatApi
from cases.department import Department
from handlers.comments.comment import Comment
from handlers.comments.ports import CommentFilter
from simulator import Article, Platform, create_api
from simulator.comments import CommentBoard
from storage import Storage
from tests.servers.stub_service import APPID, AUNT, MASTER, SECRET, TOKEN, account
from tests.values.comments import filer
from tests.values.storage import SCHOOLS, SUPERVISOR

LIST = "/cgi-bin/comment/list"
SAID = (
    "孩子上幼儿园要什么材料？",
    "学校门口天天堵死，反映多次没人管",
    "为家乡点赞",
    "加微信 abc12345 免费领取",
    "第一",
)


@dataclass
class Time:
    """The time of both sides: it moves when told to, else only so much that no two are equal."""

    now: datetime

    def __call__(self) -> datetime:
        self.now += timedelta(microseconds=1)
        return self.now

    def advance(self, step: timedelta) -> None:
        self.now += step


@dataclass
class CommentWorld:
    """A platform with one account, and the desk that polls it."""

    platform: Platform
    storage: Storage
    room: CommentRoom
    time: Time

    @property
    def board(self) -> CommentBoard:
        return self.platform.boards["main"]

    def calls(self, path: str = LIST) -> int:
        return self.platform.faults.calls[path]

    @property
    def refused(self) -> int:
        """Listings of today that came beyond the quota."""
        made = self.platform.quotas.used("main", LIST, self.time.now)
        return max(0, made - self.platform.quotas.limits.get(LIST, made))

    def publish(self, number: int = 7, index: int = 0, *, massed: bool = False) -> Article:
        """An article of an hour ago; a mass-sent one is known to the statistics a day later."""
        age = timedelta(days=1) if massed else timedelta(hours=1)
        return self.board.publish(
            Article(
                msg_data_id=number,
                index=index,
                title=f"第 {number} 篇",
                published_at=self.time.now - age,
                massed=massed,
            )
        )

    def write(self, count: int, number: int = 7, index: int = 0) -> None:
        """Comments by two citizens and some who are no WeChat users."""
        for n in range(count):
            self.board.write(
                number,
                index,
                SAID[n % len(SAID)],
                at=self.time.now - timedelta(minutes=n % 50),
                openid=(AUNT.openid, MASTER.openid, None)[n % 3],
            )

    async def stored(self) -> list[Comment]:
        found: list[Comment] = []
        for article in await self.storage.articles(limit=1000, offset=0):
            only = CommentFilter(article=article.article.id, limit=5000)
            found += await self.storage.comments(only, viewer=SUPERVISOR)
        return found


@asynccontextmanager
async def comment_world(storage: Storage) -> AsyncIterator[CommentWorld]:
    time = Time(datetime.now(UTC).replace(hour=4, minute=0))  # noon in China
    platform = Platform([account()], citizens=[AUNT, MASTER], clock=time)
    await storage.save_departments([Department(name=SCHOOLS)])
    async with (
        platform,
        TestServer(create_api(platform)) as server,
        aiohttp.ClientSession() as session,
    ):
        room = await room_of(storage, str(server.make_url("/")), session, time)
        yield CommentWorld(platform, storage, room, time)


async def room_of(
    storage: Storage, api_base: str, session: aiohttp.ClientSession, time: Time
) -> CommentRoom:
    """The desk's side, as `bot/app.py` joins it."""
    settings = AccountSettings(
        appid=APPID, secret=SECRET, token=TOKEN, mode="plain", api_base=api_base
    )
    api = WeChatApi("main", settings, session, storage, asyncio.Lock())
    return CommentRoom.of(storage, await filer(storage), {"main": api}, time)
