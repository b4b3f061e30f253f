"""The daily look at the links of 掌上办事, against real servers; storage on both databases."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.links import LinkChecker
from handlers.menu import SUGGESTED, MenuError, MenuState
from handlers.service_directory import Health, Service, ServiceState
from storage import Storage
from tests.values.storage import NOW, by_hand


@dataclass
class Town:
    """A storage, a web site, and a clock."""

    storage: Storage
    site: str
    asked: list[str] = field(default_factory=list)
    now = NOW

    def checker(self, *, private_too: bool = True) -> LinkChecker:
        return LinkChecker(self.storage, lambda: self.now, private_too=private_too)

    async def published(self, link: str) -> int:
        """An entrance that one person wrote and another published."""
        number = await self.storage.add_service(
            "医保缴费", link, "医保局", author="curator", now=self.now
        )
        for after in (ServiceState.IN_REVIEW, ServiceState.PUBLISHED):
            service = await self.service(number)
            await self.storage.move_service(service, after, actor="curator2", now=self.now)
        return number

    async def service(self, number: int) -> Service:
        found = await self.storage.service(number)
        assert found is not None
        return found

    async def checked(self, path: str, *, private_too: bool = True) -> Service:
        """The entrance after two looks, ten minutes apart."""
        number = await self.published(path if "://" in path else self.site + path)
        for _ in range(2):
            await self.checker(private_too=private_too).round()
            self.now += timedelta(minutes=11)
        return await self.service(number)


@pytest.fixture
async def town(storage: Storage) -> AsyncIterator[Town]:
    async def answer(request: web.Request) -> web.Response:
        town.asked.append(request.path)
        if request.path == "/moved":
            raise web.HTTPFound("/200")
        if request.path == "/round":
            raise web.HTTPFound("/round")
        if request.path == "/inside":
            raise web.HTTPFound("http://169.254.169.254/latest/")
        return web.Response(status=int(request.path.strip("/")))

    app = web.Application()
    app.router.add_get("/{tail:.*}", answer)
    async with TestServer(app) as server:
        town = Town(storage, str(server.make_url("")).rstrip("/"))
        yield town


@pytest.mark.parametrize(
    ("path", "health", "says"),
    [
        ("/200", Health.GOOD, ""),
        ("/moved", Health.GOOD, ""),
        ("/404", Health.BROKEN, "不存在"),
        ("/502", Health.BROKEN, "出错"),
        ("/412", Health.UNSURE, "用手机点开"),
        ("/round", Health.BROKEN, "跳转次数太多"),
        ("http://127.0.0.1:9/", Health.BROKEN, "连不上"),
    ],
)
async def test_a_link_is_what_a_visitor_finds(
    town: Town, path: str, health: Health, says: str
) -> None:
    found = await town.checked(path)
    assert (found.health, says in found.reason) == (health, True)


@pytest.mark.parametrize("link", ["", "http://localhost:80/", "http://[::1]/", "http://10.0.0.1/"])
async def test_nothing_inside_the_network_is_called(town: Town, link: str) -> None:
    found = await town.checked(link or "/200", private_too=False)
    assert (found.health, found.reason) == (Health.BROKEN, "网址不在公网上，群众打不开")
    assert town.asked == []


async def test_a_link_is_looked_at_once_a_day_by_one_worker(town: Town) -> None:
    await town.published(town.site + "/200")
    looked = await asyncio.gather(town.checker().round(), town.checker().round())
    assert sorted(looked) == [0, 1]
    town.now += timedelta(hours=23)
    assert await town.checker().round() == 0
    town.now += timedelta(hours=1)
    assert await town.checker().round() == 1


async def test_a_published_edit_takes_the_place_of_the_old_entrance(town: Town) -> None:
    old = await town.published(town.site + "/404")
    new = await town.storage.add_service(
        "医保缴费", town.site + "/200", "医保局", replaces=old, author="curator", now=NOW
    )
    assert {each.id for each in await town.storage.services()} == {old, new}
    for after in (ServiceState.IN_REVIEW, ServiceState.PUBLISHED):
        service = await town.service(new)
        await town.storage.move_service(service, after, actor="curator2", now=NOW)
    assert [each.id for each in await town.storage.services()] == [new]


async def test_nobody_publishes_their_own_and_verify_finds_what_was_forced(
    town: Town, database_url: str
) -> None:
    number = await town.published(town.site + "/200")
    own = await town.storage.add_service("公积金", "https://x.cn/", "甲", author="a", now=NOW)
    await town.storage.move_service(
        await town.service(own), ServiceState.IN_REVIEW, actor="a", now=NOW
    )
    with pytest.raises(MenuError):
        await town.storage.move_service(
            await town.service(own), ServiceState.PUBLISHED, actor="a", now=NOW
        )
    assert (await town.storage.verify(now=NOW)).violations == []
    by_hand(database_url, f"UPDATE services SET reviewer = author WHERE id = {number}")
    found = (await town.storage.verify(now=NOW)).violations
    assert found == [f"entrance {number} was published without a second person"]


async def test_two_people_at_once_take_one_step(town: Town) -> None:
    number = await town.published(town.site + "/200")
    service = await town.service(number)
    await town.storage.move_service(service, ServiceState.WITHDRAWN, actor="curator", now=NOW)
    with pytest.raises(MenuError):
        await town.storage.move_service(service, ServiceState.WITHDRAWN, actor="b", now=NOW)


class TestMenus:
    async def test_a_published_menu_replaces_the_one_before(self, storage: Storage) -> None:
        for version in (1, 2):
            saved = await storage.save_menu(
                "main", SUGGESTED[:version], version=0, author="curator", now=NOW
            )
            assert saved == version
            for before, after in (
                (MenuState.DRAFT, MenuState.IN_REVIEW),
                (MenuState.IN_REVIEW, MenuState.PUBLISHED),
            ):
                await storage.move_menu("main", version, before, after, actor="b", now=NOW)
        newest, oldest = await storage.menus("main")
        assert (newest.state, oldest.state) == (MenuState.PUBLISHED, MenuState.REPLACED)
        assert newest.buttons == SUGGESTED[:2]

    async def test_an_account_has_one_draft_at_a_time(self, storage: Storage) -> None:
        results = await asyncio.gather(
            *(
                storage.save_menu("main", SUGGESTED, version=0, author=name, now=NOW)
                for name in ("a", "b")
            ),
            return_exceptions=True,
        )
        assert sorted(isinstance(each, Exception) for each in results) == [False, True]
        assert len(await storage.menus("main")) == 1

    async def test_a_step_that_was_refused_leaves_the_published_menu(
        self, storage: Storage
    ) -> None:
        version = await storage.save_menu("main", SUGGESTED, version=0, author="a", now=NOW)
        await storage.move_menu(
            "main", version, MenuState.DRAFT, MenuState.PUBLISHED, actor="b", now=NOW
        )
        with suppress(MenuError):
            await storage.move_menu(
                "main", 9, MenuState.IN_REVIEW, MenuState.PUBLISHED, actor="b", now=NOW
            )
        assert (await storage.menus("main"))[0].state is MenuState.PUBLISHED

    async def test_nobody_publishes_their_own(self, storage: Storage) -> None:
        version = await storage.save_menu("main", SUGGESTED, version=0, author="a", now=NOW)
        with pytest.raises(MenuError):
            await storage.move_menu(
                "main", version, MenuState.DRAFT, MenuState.PUBLISHED, actor="a", now=NOW
            )

    async def test_what_is_in_review_is_not_rewritten(self, storage: Storage) -> None:
        version = await storage.save_menu("main", SUGGESTED, version=0, author="a", now=NOW)
        await storage.move_menu(
            "main", version, MenuState.DRAFT, MenuState.IN_REVIEW, actor="a", now=NOW
        )
        with pytest.raises(MenuError):
            await storage.save_menu("main", (), version=version, author="b", now=NOW)
