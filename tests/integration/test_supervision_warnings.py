"""Warnings before due: the right person, on the right day, once."""

import asyncio
from datetime import date

import pytest

from cases.case import Kind
from cases.people import Account, Person, Role
from cases.supervision.alarm import Contact, Post
from cases.supervision.audience import Robot
from cases.supervision.rota import Absence, Shift
from storage import Storage, open_storage
from tests.worlds.watch import GROUPS, MONDAY, PEOPLE, POLICE, SCHOOLS, Office, china


@pytest.fixture
async def office(storage: Storage) -> Office:
    return await Office(storage, robots=GROUPS).staffed()


async def sending(office: Office, at_least: int = 0) -> list[tuple[str, str]]:
    """(way, address) of everything that goes out by now."""
    taken = await office.storage.take_reminders(
        now=office.now, claim_until=office.wait(minutes=1), limit=100
    )
    return sorted((each.recipient.way.value, each.recipient.address) for each in taken)


async def test_the_officer_then_the_head_then_the_supervisor(office: Office):
    case = await office.accepted()  # due on Monday the 14th
    for day, told in (
        (9, (0, 0, 0)),
        (10, (1, 0, 0)),
        (11, (1, 1, 0)),
        (14, (1, 1, 0)),
        (15, (1, 1, 1)),
    ):
        await office.look(china(9, day))
        found = [await office.told(n, "due") for n in ("officer", "reviewer", "supervisor")]
        assert tuple(map(len, found)) == told, day
    titles = [await office.titles(n, "due") for n in ("officer", "reviewer", "supervisor")]
    assert titles == [
        [f"来信 {case.number} 余 2 个工作日"],
        [f"来信 {case.number} 余 1 个工作日"],
        [f"来信 {case.number} 已逾期 1 天"],
    ]


async def test_a_head_is_not_warned_of_a_case_that_never_had_more_time(office: Office):
    case = await office.opened(kind=Kind.DANGER)  # due on the next day
    await office.look()
    assert len(await office.told("officer", "due")) == 1
    assert await office.told("reviewer", "due") == []
    await office.look(china(9, 9))
    assert await office.titles("supervisor", "due") == [f"来信 {case.number} 已逾期 1 天"]


async def test_a_helping_department_that_says_nothing_is_warned_with_the_officer(office: Office):
    case = await office.accepted()
    await office.desk.ask_for_help(
        case.number,
        POLICE,
        "请看停靠点",
        version=case.version,
        actor=PEOPLE["officer"],
        now=office.now,
    )
    for day in (10, 10, 11):
        await office.look(china(9, day))
    assert await office.titles("officer2", "due") == [
        f"来信 {case.number} 还等本部门的协办意见，余 2 个工作日"
    ]
    spoken = await office.accepted()
    spoken = await office.desk.ask_for_help(
        spoken.number, POLICE, "请看", version=spoken.version, actor=PEOPLE["officer"],
        now=office.now,
    )  # fmt: skip
    await office.desk.give_help(
        spoken.number, version=spoken.version, actor=PEOPLE["officer2"], now=office.now
    )
    await office.look(china(9, 16))
    assert len(await office.titles("officer2", "due")) == 1


async def test_nothing_about_the_citizen_leaves_the_desk(office: Office):
    await office.accepted()
    await office.look(china(9, 15))
    for name in PEOPLE:
        for each in await office.told(name):
            assert "张三" not in each.message.title + each.message.text
            assert "o1" not in each.message.text


async def test_a_rung_is_told_once_by_two_workers_and_after_a_restart(
    storage: Storage, database_url: str
):
    first = await Office(storage).staffed()
    await first.accepted()
    other = storage
    if database_url.startswith("postgresql"):
        other = await open_storage(database_url)
    second = Office(other)
    now = china(9, 10)
    await asyncio.gather(*(each.look(now) for each in (first, second) * 4))
    if other is not storage:
        await other.close()
    again = await open_storage(database_url)
    await Office(again).look(now)
    assert len(await first.told("officer", "due")) == 1
    assert len(await first.told("supervisor", "digest")) == 1
    await again.close()


async def test_an_extension_starts_the_rungs_anew(office: Office):
    case = await office.accepted()
    await office.look(china(9, 10))
    boss = PEOPLE["supervisor"]
    await office.desk.extend(
        case.number, 5, "要现场核实", version=case.version, actor=boss, now=office.now
    )
    await office.look(china(9, 11))
    assert len(await office.told("reviewer", "due")) == 0
    await office.look(china(9, 17))
    assert len(await office.told("officer", "due")) == 2


async def test_a_paused_or_answered_case_warns_nobody(office: Office):
    await office.answered(await office.opened())
    await office.look(china(9, 15))
    assert [await office.told(name, "due") for name in ("officer", "supervisor")] == [[], []]


async def test_an_unrouted_case_is_the_dispatchers(office: Office):
    await office.opened(department="")
    await office.look(china(9, 10))
    assert len(await office.told("dispatcher", "due")) == 1
    assert await office.told("officer", "due") == []


async def test_without_an_officer_whoever_is_on_duty_is_told(office: Office):
    duty = Shift(
        department=SCHOOLS,
        first_day=date(2026, 9, 7),
        last_day=date(2026, 9, 30),
        main="officer",
        substitute="colleague",
    )
    away = Absence(
        person="officer",
        department=SCHOOLS,
        first_day=date(2026, 9, 10),
        last_day=date(2026, 9, 10),
        substitute="",
    )
    await office.storage.add_shift(duty, actor="reviewer", now=MONDAY)
    await office.storage.add_absence(away, actor="reviewer", now=MONDAY)
    await office.opened()
    await office.look(china(9, 10))
    assert [len(await office.told(name, "due")) for name in ("officer", "colleague")] == [0, 1]


async def test_mail_and_robots_wait_for_the_morning(office: Office):
    await office.storage.save_mailbox("officer", "officer@example.com")
    await office.accepted()
    await office.look(china(9, 10, 0, 1))
    assert await sending(office) == []
    assert len(await office.told("officer", "due")) == 1  # the console shows it at once
    office.now = china(9, 10, 8, 30)
    assert await sending(office) == [
        ("email", "officer@example.com"),
        ("robot", "all"),
        ("robot", "schools"),
    ]
    assert await sending(office) == []


async def test_a_warning_of_an_answered_case_is_read_and_stays_here(office: Office):
    await office.storage.save_mailbox("officer", "officer@example.com")
    case = await office.accepted()
    await office.look(china(9, 10, 0, 1))
    assert await office.storage.unread_reminders("officer") == 1
    await office.answered(case)
    await office.look(china(9, 10, 8, 30))
    assert await office.storage.unread_reminders("officer") == 0
    assert ("email", "officer@example.com") not in await sending(office)


async def test_a_warning_of_a_day_that_has_moved_is_read_and_others_are_not(office: Office):
    moved, other = await office.accepted(), await office.accepted()
    await office.look(china(9, 10))
    boss = PEOPLE["supervisor"]
    await office.desk.extend(
        moved.number, 5, "要现场核实", version=moved.version, actor=boss, now=office.now
    )
    await office.look(china(9, 10, 11))
    unread = [each for each in await office.told("officer", "due") if each.read_at is None]
    assert [each.message.link for each in unread] == [f"/console/cases/{other.number}"]


async def test_a_weekends_warning_goes_out_on_the_make_up_saturday(office: Office):
    office.now = china(9, 14)  # due on the 21st; Sunday the 20th is a workday (调休)
    await office.accepted()
    await office.look(china(9, 19))
    assert await sending(office) == []
    office.now = china(9, 20, 8, 30)
    assert ("robot", "schools") in await sending(office)


async def test_another_departments_group_hears_nothing(storage: Storage):
    office = await Office(storage, robots=(Robot(name="police", department=POLICE),)).staffed()
    await office.accepted()
    await office.look(china(9, 15))
    assert await sending(office) == []


async def test_a_heads_address_is_used_and_a_disabled_person_is_not_told(office: Office):
    head = Contact(department=SCHOOLS, post=Post.HEAD, name="王局", email="head@example.com")
    await office.storage.save_contact(head, actor="administrator", now=MONDAY)
    gone = Person(name="reviewer", role=Role.REVIEWER, department=SCHOOLS)
    await office.storage.save_account(Account(person=gone, password_hash="x", disabled=True))
    await office.accepted()
    await office.look(china(9, 11))
    assert ("email", "head@example.com") in await sending(office)
    assert await office.told("reviewer") == []


async def test_what_nobody_could_be_told_is_told_as_soon_as_somebody_is_there(storage: Storage):
    office = Office(storage)
    await office.opened()
    await office.look(china(9, 10))
    await office.staffed()
    await office.look(china(9, 10, 11))
    assert len(await office.told("officer", "due")) == 1
    assert len(await office.told("colleague", "due")) == 1


async def test_a_department_without_people_warns_the_supervisor(storage: Storage):
    office = await Office(storage).staffed()
    await office.opened(department="水利局")
    await office.look(china(9, 10))
    assert len(await office.told("supervisor", "due")) == 1
    await office.look(china(9, 15))  # two rungs at once are one thing to hear
    assert len(await office.told("supervisor", "due")) == 2
