"""The first page of each role: today's numbers and what is most urgent."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Final

from aiohttp import web

from cases.case import Case, State
from cases.deadline import end_of
from cases.people import SEES_CASES, Person, Role
from cases.ports import CaseFilter, CaseTally, When
from cases.work_calendar import CHINA_TIME, today
from console import first_steps
from console.cases.case_filters import BY_ROLE, OPEN, RUNNING, near
from console.cases.case_list import rows
from console.dashboards import administrator, auditor, curator, supervisor
from console.dashboards.board import Board, Number
from console.deps import SESSION, Deps, deps
from console.pages import WORK, count_work, page, work_of

CHANGED: Final = {
    "password": "新密码已经保存。",
    "totp": "动态口令已开启，可以开始办理了。以后登录时，输完密码再输手机上的 6 位数字。",
}


BOARDS: Final[Mapping[Role, Callable[[Deps, Person], Awaitable[Board]]]] = {
    Role.SUPERVISOR: supervisor.board,
    Role.CURATOR: curator.board,
    Role.ADMINISTRATOR: administrator.board,
    Role.AUDITOR: auditor.board,
}
"""Roles whose first page is a dashboard; the others' is their work itself."""


async def to_front(_: web.Request) -> web.Response:
    """The address without its last stroke."""
    raise web.HTTPPermanentRedirect("/console/")


async def show(request: web.Request) -> web.Response:
    """The first page for whoever is signed in."""
    box, person = deps(request), request[SESSION].person
    sees_cases = person.role in SEES_CASES
    return await page(
        request,
        "home.html",
        board=await _board(box, person),
        urgent=rows(await _urgent(box, person), box) if sees_cases else None,
        sees_cases=sees_cases,
        first_steps=await first_steps.are_shown(request),
        changed=CHANGED.get(request.query.get("changed", ""), ""),
        hour=box.clock().astimezone(CHINA_TIME).hour,
    )


async def _board(box: Deps, person: Person) -> Board:
    if person.role in BOARDS:
        return await BOARDS[person.role](box, person)
    return Board(numbers=await _of_cases(box, person))


async def _of_cases(box: Deps, person: Person) -> list[Number]:
    now = box.clock()
    tally = await box.cases.tally_cases(
        CaseFilter(), viewer=person, now=now, tonight=end_of(today(now))
    )
    late, tonight = (tally.count(RUNNING, when=when) for when in (When.LATE, When.TODAY))
    path = "/console/cases?tab={}".format
    name, only, query = near(person, now, box.calendar)
    soon = await box.cases.count_cases(only, viewer=person)
    return [
        Number("未办结", tally.count(OPEN), path("open")),
        Number("今天到期", tonight, path("open") + "&due=today", "soon" if tonight else ""),
        Number(name, soon, "/console/cases" + query, "soon" if soon else ""),
        Number("已逾期", late, path("late"), "late" if late else ""),
        _to_review(tally, person),
    ]


def _to_review(tally: CaseTally, person: Person) -> Number:
    """A reviewer's own work; whoever only looks on counts the drafts that are under review."""
    path = "/console/cases?tab={}".format
    if "review" in BY_ROLE[person.role]:
        return Number("待审核", tally.count((State.DRAFTED, State.REVIEWED)), path("review"))
    return Number("待审核", count_work(tally, person), path("mine"))


async def _urgent(box: Deps, person: Person) -> list[Case]:
    only = work_of(person) if person.role in WORK else CaseFilter(states=RUNNING)
    return await box.cases.cases(replace(only, limit=5), viewer=person)
