"""Numbers beside the lists: each is of what its list shows, and "mine" is nobody else's."""

import re
from datetime import datetime, timedelta

import pytest

from cases.case import Case
from cases.desk import Purpose
from cases.people import Account, Person, Role
from cases.wording import text_hash
from cases.work_calendar import CHINA_TIME
from console import live
from console.cases.case_filters import BY_ROLE, DUE, asked_of
from tests.values.console import MORNING, PASSWORD, PEOPLE, SCHOOLS
from tests.worlds.console import World, quick_passwords
from tests.worlds.console_client import Browser, read, sign_in

WANG = Person(name="wang", role=Role.OFFICER, department=SCHOOLS, display_name="王桂兰")
LIST = "/console/cases"


async def join(desk: World, person: Person) -> None:
    hashed = await quick_passwords().hash(PASSWORD)
    await desk.storage.save_account(Account(person=person, password_hash=hashed))


async def accepted(desk: World, text: str, **more: datetime) -> Case:
    case = await desk.opened(text, department=SCHOOLS, **more)
    return await desk.desk.accept(
        case.number, version=case.version, actor=PEOPLE["officer"], now=desk.clock.now
    )


async def asked_back(desk: World, text: str, *, received_at: datetime) -> Case:
    """A case whose clock stands until its citizen answers."""
    case = await accepted(desk, text, received_at=received_at)
    case = await desk.desk.draft(
        case.number, "请问是哪所学校？", version=case.version, actor=PEOPLE["officer"],
        now=received_at, purpose=Purpose.QUESTION,
    )  # fmt: skip
    return await desk.desk.review(
        case.number, version=case.version, draft_hash=text_hash(case.draft),
        actor=PEOPLE["reviewer"], now=received_at,
    )  # fmt: skip


def titles(page: str) -> list[str]:
    return re.findall(r'class="title"[^>]*>([^<]+)<', page)


async def test_what_a_colleague_accepted_does_not_wait_for_me(desk: World, client: Browser) -> None:
    await join(desk, WANG)
    await accepted(desk, "同事在办的")
    await desk.opened("还没人接的", department=SCHOOLS)
    await sign_in(client, "wang")
    home = await read(client, "/console/")
    assert titles(home) == ["还没人接的"]
    assert 'aria-label="1 件待我处理"' in home
    page = await read(client, f"{LIST}?tab=mine")
    assert titles(page) == ["还没人接的"]
    assert re.search(r'data-live="mine">1<', page)
    assert titles(await read(client, f"{LIST}?tab=open")) == ["同事在办的", "还没人接的"]
    numbers = await live.counts(desk.deps, asked_of({}, WANG), WANG)
    assert (numbers["mine"], numbers[""]) == (1, 1)


@pytest.mark.parametrize("due", ["", *DUE])
@pytest.mark.parametrize("name", ["officer", "supervisor", "dispatcher"])
async def test_every_number_is_as_many_as_its_list_shows(
    desk: World, client: Browser, name: str, due: str
) -> None:
    for days in (0, 5, 7, 20):
        at = MORNING - timedelta(days=days)
        await accepted(desk, f"{days} 天前的", received_at=at)
        await desk.opened(f"{days} 天前没人接的", department=SCHOOLS, received_at=at)
        await desk.opened(f"{days} 天前没分派的", received_at=at)
        await asked_back(desk, f"{days} 天前请补充的", received_at=at)
        lead = await accepted(desk, f"{days} 天前主办的", received_at=at)
        other = await desk.opened(f"{days} 天前并案的", department=SCHOOLS, received_at=at)
        await desk.desk.merge(
            other.number, lead.number, version=1, actor=PEOPLE["officer"], now=desk.clock.now
        )
    await sign_in(client, name)
    for tab in BY_ROLE[PEOPLE[name].role]:
        page = await read(client, f"{LIST}?tab={tab}&due={due}")
        told = re.search(rf'data-live="{tab}">(\d+)<', page)
        assert told is not None
        assert len(titles(page)) == int(told[1]), tab
    home = await read(client, "/console/")
    today = re.search(r'href="([^"]+due=today)"><span>今天到期</span><b>(\d+)<', home)
    assert today is not None
    assert len(titles(await read(client, today[1].replace("&amp;", "&")))) == int(today[2]) > 0


async def test_before_a_holiday_what_is_due_after_it_is_near(desk: World, client: Browser) -> None:
    desk.clock.now = datetime(2026, 9, 30, 9, 0, tzinfo=CHINA_TIME)
    await desk.opened(
        "节后第一天到期",
        department=SCHOOLS,
        received_at=datetime(2026, 9, 23, 9, tzinfo=CHINA_TIME),
    )
    await desk.opened("节后第三天才到期的不算远", department=SCHOOLS)
    await sign_in(client, "officer")
    assert titles(await read(client, f"{LIST}?tab=open&due=three")) == ["节后第一天到期"]
    for name in ("officer", "reviewer", "supervisor"):
        await sign_in(client, name)
        home = await read(client, "/console/")
        assert "<span>今天到期</span><b>0<" in home
        told = re.search(r'href="([^"]+)"><span>三个工作日内到期</span><b>(\d+)<', home)
        assert told is not None
        path = told[1].replace("&amp;", "&")
        assert len(titles(await read(client, path))) == int(told[2]) == 1
