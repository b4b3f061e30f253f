"""Offices kept by two people, on both databases, in the console and in conversation."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from handlers.menu import MenuError
from handlers.office_directory import Office
from handlers.service_directory import ServiceState
from storage import Storage
from tests.browser.screens import Screens
from tests.values.storage import NOW
from tests.worlds.chat import open_chat
from tests.worlds.console import World
from tests.worlds.console_client import Browser, post, read, sign_in

HOSPITAL = Office(
    name="清禾县人民医院",
    also=("县医院", "医院"),
    phone="0500-00000201",
    address="清禾县杏林路8号",
    hours="急诊全天",
    what="看病",
    checked_on=date(2026, 11, 2),
)
PAGE = "/console/offices"
FORM = {
    "name": "清禾县人民医院",
    "also": "县医院、医院 县医院",
    "phone": "0500-00000201",
    "hours": "急诊全天",
    "checked_on": "2026-11-02",
}


async def opened(storage: Storage, office: Office = HOSPITAL) -> Office:
    """Published by two people."""
    number = await storage.add_office(office, author="ann", now=NOW)
    for after, actor in ((ServiceState.IN_REVIEW, "ann"), (ServiceState.PUBLISHED, "ben")):
        kept = await storage.office(number)
        assert kept is not None
        await storage.move_office(kept, after, actor=actor, now=NOW)
    found = await storage.office(number)
    assert found is not None
    return found


class TestStorage:
    async def test_every_field_comes_back(self, storage: Storage) -> None:
        kept = await opened(storage)
        text = replace(
            HOSPITAL,
            id=kept.id,
            state=ServiceState.PUBLISHED,
            author="ann",
            reviewer="ben",
            version=3,
            saved_at=NOW,
            published_at=NOW,
        )
        assert await storage.offices() == [text]

    async def test_nobody_publishes_their_own(self, storage: Storage) -> None:
        number = await storage.add_office(HOSPITAL, author="ann", now=NOW)
        draft = await storage.office(number)
        assert draft is not None
        await storage.move_office(draft, ServiceState.IN_REVIEW, actor="ann", now=NOW)
        waiting = await storage.office(number)
        assert waiting is not None
        with pytest.raises(MenuError):
            await storage.move_office(waiting, ServiceState.PUBLISHED, actor="ann", now=NOW)
        with pytest.raises(MenuError):  # it is no draft any more
            await storage.change_office(draft, author="ann", now=NOW)

    async def test_a_change_stands_beside_until_it_is_approved(self, storage: Storage) -> None:
        first = await opened(storage)
        newer = replace(HOSPITAL, phone="0500-00000299", replaces=first.id)
        number = await storage.add_office(newer, author="ben", now=NOW)
        assert len(await storage.offices()) == 2
        for after, actor in ((ServiceState.IN_REVIEW, "ben"), (ServiceState.PUBLISHED, "ann")):
            kept = await storage.office(number)
            assert kept is not None
            await storage.move_office(kept, after, actor=actor, now=NOW)
        assert [office.phone for office in await storage.offices()] == ["0500-00000299"]
        assert not (await storage.verify(now=NOW)).violations


@pytest.fixture
async def client(client: Browser) -> Browser:
    await sign_in(client, "curator")
    return client


async def test_one_writes_another_publishes_and_everybody_reads(
    desk: World, client: Browser
) -> None:
    _, page = await post(client, PAGE, PAGE, **FORM)
    assert "已保存" in page
    await post(client, PAGE, f"{PAGE}/1/submit", version="1")
    status, page = await post(client, PAGE, f"{PAGE}/1/publish", version="2")
    assert (status, "要由另一位同事发布" in page) == (409, True)
    await sign_in(client, "curator2")
    _, page = await post(client, PAGE, f"{PAGE}/1/publish", version="2")
    assert "已发布" in page
    (kept,) = await desk.storage.offices()
    assert (kept.also, kept.state) == (("县医院", "医院"), ServiceState.PUBLISHED)
    assert "0500-00000201" in await read(client, "/public/departments")
    await sign_in(client, "officer")
    page = await read(client, PAGE)
    assert ("0500-00000201" in page, "保存草稿" in page) == (True, False)


async def test_a_form_that_will_not_do_comes_back_as_it_was(client: Browser) -> None:
    status, page = await post(client, PAGE, PAGE, **FORM | {"phone": "", "hours": ""})
    assert (status, "至少填一项" in page, "县医院" in page) == (422, True, True)
    status, page = await post(client, PAGE, PAGE, **FORM | {"checked_on": "昨天"})
    assert (status, "2026-01-31" in page) == (422, True)


async def test_a_draft_is_sent_back_changed_and_withdrawn(desk: World, client: Browser) -> None:
    await post(client, PAGE, PAGE, **FORM)
    await post(client, PAGE, f"{PAGE}/1/submit", version="1")
    await sign_in(client, "curator2")
    status, _ = await post(client, PAGE, f"{PAGE}/1/send-back", version="2")
    assert status == 409
    await post(client, PAGE, f"{PAGE}/1/send-back", version="2", reason="时间不对")
    await sign_in(client, "curator")
    page = await read(client, f"{PAGE}?edit=1")
    assert "时间不对" in page
    changed = FORM | {"id": "1", "version": "3", "hours": "门诊 8:00—17:30"}
    _, page = await post(client, PAGE, PAGE, **changed)
    assert "门诊 8:00—17:30" in page
    status, _ = await post(client, PAGE, PAGE, **changed)
    assert status == 409
    await post(client, PAGE, f"{PAGE}/1/withdraw", version="4", reason="重复")
    assert await desk.storage.offices() == []


async def test_a_published_office_is_changed_under_its_own_name(
    desk: World, client: Browser
) -> None:
    first = await opened(desk.storage)
    status, page = await post(client, PAGE, PAGE, **FORM)
    assert (status, "已经有“清禾县人民医院”" in page) == (422, True)
    status, _ = await post(client, PAGE, PAGE, **FORM | {"replaces": str(first.id)})
    assert status == 200
    assert [each.replaces for each in await desk.storage.offices()] == [None, first.id]
    assert (await post(client, PAGE, f"{PAGE}/99/submit"))[0] == 404


async def test_a_citizen_hears_of_it(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        await opened(chat.storage)
        chat.directory.know(await chat.storage.offices())
        told = await chat.says("县医院电话多少")
        assert "电话：0500-00000201" in told
        assert "2026年11月2日核对" in told


async def test_the_page_is_accessible(screen: Screens) -> None:
    await opened(screen.desk.storage)
    await screen.desk.storage.add_office(
        replace(HOSPITAL, name="清禾县图书馆"), author="curator2", now=screen.desk.clock.now
    )
    for name in ("curator", "officer"):
        visitor = await screen.visitor()
        await visitor.sign_in(name)
        for path in (PAGE, "/console/departments", "/public/departments"):
            await visitor.go(path)
            await visitor.looks_right_everywhere()


async def test_who_asks_on_hears_of_the_same_office(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        await opened(chat.storage)
        chat.directory.know(await chat.storage.offices())
        await chat.says("失业金怎么申请")
        await chat.says("县医院几点上班")
        for asked in ("礼拜天开门不", "坐几路车去", "在哪里"):
            assert "电话：0500-00000201" in await chat.says(asked)
        leader = await chat.says("县长电话多少")
        assert "要找领导" in leader
        assert "0500" not in leader
        assert await chat.cases() == []


async def test_a_place_with_what_may_not_be_public_is_not_kept(
    desk: World, client: Browser
) -> None:
    await sign_in(client, "curator")
    form = FORM | {"what": "办证找我，账号6222021234567890128"}
    status, page = await post(client, PAGE, PAGE, **form)
    assert (status, "银行卡号" in page) == (422, True)
    assert await desk.storage.offices() == []
