"""Another department's letter waits for whoever was asked to help, until they have said it."""

import re

from cases.case import Case
from cases.people import Person, Role
from console import live
from console.cases.case_filters import asked_of
from tests.values.console import PEOPLE, POLICE, SCHOOLS
from tests.worlds.console import World
from tests.worlds.console_client import Browser, case_path, read, sign_in, take

HELPER = PEOPLE["officer2"]
LIST = "/console/cases?tab=mine"


async def helped(desk: World) -> Case:
    """A letter of the schools, accepted, with which the police are asked to help."""
    case = await desk.opened("校车在水库边停靠", department=SCHOOLS)
    case = await desk.desk.accept(
        case.number, version=1, actor=PEOPLE["officer"], now=desk.clock.now
    )
    return await desk.desk.ask_for_help(
        case.number, POLICE, "请看停靠点", version=2, actor=PEOPLE["officer"], now=desk.clock.now
    )


def titles(page: str) -> list[str]:
    return re.findall(r'class="title"[^>]*>([^<]+)<', page)


async def test_it_stands_under_what_waits_for_the_helper_until_they_said_it(
    desk: World, client: Browser
) -> None:
    case = await helped(desk)
    await sign_in(client, "officer2")
    assert titles(await read(client, LIST)) == ["校车在水库边停靠"]
    home = await read(client, "/console/")
    assert titles(home) == ["校车在水库边停靠"]
    assert 'aria-label="1 件待我处理"' in home
    numbers = await live.counts(desk.deps, asked_of({}, HELPER), HELPER)
    assert (numbers["mine"], numbers[""], numbers["own"]) == (1, 1, 0)
    await take(client, case.number, "notes", text="周五去看")
    assert titles(await read(client, LIST)) == ["校车在水库边停靠"]
    _, page = await take(client, case.number, "notes", text="看过了，可以停", helped="yes")
    assert f"写好协办意见：{POLICE}" in page
    assert titles(await read(client, LIST)) == []
    assert 'name="helped"' not in await read(client, case_path(case.number))
    assert (await desk.storage.verify(now=desk.clock.now)).violations == []


async def test_a_letter_that_was_not_taken_on_yet_is_not_the_helpers_to_accept(
    desk: World, client: Browser
) -> None:
    case = await desk.opened("校车在水库边停靠", department=SCHOOLS)
    case = await desk.desk.ask_for_help(
        case.number, POLICE, "请看停靠点", version=1, actor=PEOPLE["officer"], now=desk.clock.now
    )
    await desk.desk.give_help(case.number, version=case.version, actor=HELPER, now=desk.clock.now)
    await sign_in(client, "officer2")
    assert titles(await read(client, LIST)) == []
    assert titles(await read(client, "/console/cases?tab=open")) == ["校车在水库边停靠"]


async def test_a_helping_reviewer_is_not_shown_a_text_that_is_anothers_to_approve(
    desk: World, client: Browser
) -> None:
    case = await helped(desk)
    await desk.desk.draft(
        case.number, "已通知公司。", version=case.version, actor=PEOPLE["officer"],
        now=desk.clock.now,
    )  # fmt: skip
    person = Person(name="reviewer3", role=Role.REVIEWER, department=POLICE)
    account = await desk.storage.account("reviewer")
    assert account is not None
    await desk.storage.save_account(
        type(account)(person=person, password_hash=account.password_hash)
    )
    await sign_in(client, "reviewer3")
    assert titles(await read(client, LIST)) == []
    assert 'aria-label="1 件待我处理"' not in await read(client, "/console/")
    await sign_in(client, "reviewer")
    assert titles(await read(client, LIST)) == ["校车在水库边停靠"]
