"""Lists of cases: what is most urgent first, in words and plain colours."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from aiohttp import web

from cases import steps
from cases.case import Case
from cases.deadline import end_of
from cases.people import OWN_DEPARTMENT_ONLY, Person, Role
from cases.ports import CaseFilter
from cases.time_left import case_time_left
from cases.work_calendar import today
from console import words
from console.cases.case_filters import DUE, PAGE_SIZE, Asked, asked_of, count_of, label_of, tabs_of
from console.deps import SESSION, Deps, deps
from console.pages import page

BULK: Final = {
    Role.DISPATCHER: "route",
    Role.OFFICER: "assign",
    Role.REVIEWER: "assign",
}
"""What each role can do with several cases at once."""
NOTHING: Final[Mapping[str, str]] = {}
RECOMMENDED_FROM: Final = 0.6
"""The router's chance of being right from which on a row says where its case should go: whoever
sends a whole page by the rows' recommendations reads few of the letters."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One case as a list shows it."""

    case: Case
    left: str
    colour: str
    due: str
    received: str
    suggested: str = ""

    @property
    def in_work(self) -> bool:
        """Whether it can be given to somebody: a merged one goes where its lead goes."""
        return self.case.state in steps.OPEN

    def helps(self, person: Person) -> bool:
        """Whether it is another department's, which this person's only helps."""
        return person.role in OWN_DEPARTMENT_ONLY and person.department != self.case.department


@dataclass(frozen=True, kw_only=True)
class Told:
    """What became of several cases at once: how many worked, and why the others did not."""

    done: str = ""
    refused: tuple[tuple[str, str], ...] = ()


def rows(found: Iterable[Case], box: Deps, suggested: Mapping[str, str] = NOTHING) -> list[Row]:
    """Cases with their time left in words and its colour; `suggested` are departments."""
    now = box.clock()
    return [_row(case, box, now, suggested.get(case.number, "")) for case in found]


def _row(case: Case, box: Deps, now: datetime, suggested: str) -> Row:
    left = case_time_left(case, now, box.calendar)
    return Row(
        case=case,
        left=left.words,
        colour=words.COLOURS[left.urgency],
        due=words.dated(case.due_date, now=now),
        received=words.moment(case.received_at, now=now),
        suggested=suggested,
    )


async def show(request: web.Request) -> web.Response:
    """The list of cases that this person may see."""
    told = Told(done=words.DONE_IN_LIST.get(request.query.get("done", ""), ""))
    return await list_page(request, request.query, told)


async def list_page(
    request: web.Request, query: Mapping[str, str], told: Told, *, status: int = 200
) -> web.Response:
    """The list that a query asks for, with what became of the last action."""
    box, person = deps(request), request[SESSION].person
    asked, now = asked_of(query, person), box.clock()
    tally, (shown, turning) = await asyncio.gather(
        box.cases.tally_cases(
            asked.filter(now, box.calendar),
            viewer=person,
            now=now,
            tonight=end_of(today(now)),
            most=asked.most,
        ),
        _leaf(box, asked.filter_of_tab(person, now, box.calendar), query, person),
    )
    return await page(
        request,
        "cases/cases.html",
        status=status,
        rows=rows(shown, box, await _suggested(box, shown, person)),
        tabs=[(tab, label_of(tab, tally, person)) for tab in tabs_of(person)],
        asked=asked,
        amount=count_of(asked.tab, tally, person),
        cut=not tally.cut.isdisjoint(asked.tab.states),
        **turning,
        told=told,
        views=await box.papers.saved_views(viewer=person),
        bulk=BULK.get(person.role, ""),
        due_words=DUE,
        kinds=words.KINDS,
        **await _choices(box, asked, person),
    )


async def _leaf(
    box: Deps, only: CaseFilter, query: Mapping[str, str], person: Person
) -> tuple[Sequence[Case], dict[str, str]]:
    """One page of the list, and the numbers beside which the pages before and after it begin."""
    before, after = query.get("before", "")[:30], query.get("after", "")[:30]
    found = await box.cases.cases(replace(only, before=before, after=after), viewer=person)
    further = len(found) > PAGE_SIZE
    shown = found[-PAGE_SIZE:] if before else found[:PAGE_SIZE]
    is_later, is_earlier = before or further, after or (before and further)
    return shown, {
        "earlier": shown[0].number if shown and is_earlier else "",
        "later": shown[-1].number if shown and is_later else "",
    }


async def _suggested(box: Deps, shown: Iterable[Case], person: Person) -> Mapping[str, str]:
    """Where the router would send what the dispatcher still has to send."""
    if BULK.get(person.role) != "route":
        return NOTHING
    unsent = [case.number for case in shown if case.state in steps.OPEN and not case.department]
    known = {each.name for each in await box.departments.departments()}
    found = await box.cases.suggested(unsent, least=RECOMMENDED_FROM, viewer=person)
    return {number: name for number, name in found.items() if name in known}


async def _choices(box: Deps, asked: Asked, person: Person) -> dict[str, Any]:
    """What the filters offer, and to whom cases can be given."""
    everywhere = person.role not in OWN_DEPARTMENT_ONLY
    names = await box.people.display_names()
    people = await box.people.people()
    own = colleagues(people, person.department)
    officers = [each for each in people if each.role in steps.OFFICE] if everywhere else own
    return {
        "departments": [each.name for each in await box.departments.departments()],
        "everywhere": everywhere,
        "officers": officers,
        "topics": await box.cases.topics(viewer=person),
        "accounts": box.accounts if len(box.accounts) > 1 else {},
        "chips": asked.chips(names, box.accounts),
        "colleagues": own,
    }


def colleagues(people: Iterable[Person], department: str) -> list[Person]:
    """Who can work on a department's cases."""
    return [
        each
        for each in people
        if department and each.department == department and each.role in steps.OFFICE
    ]
