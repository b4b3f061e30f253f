"""Lists of cases: what is most urgent first, in words and plain colours."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from aiohttp import web

from cases.case import OVER, Case, State
from cases.people import OWN_DEPARTMENT_ONLY, Person, Role
from cases.ports import CaseFilter
from cases.time_left import case_time_left
from console import words
from console.deps import SESSION, Deps, deps
from console.pages import WORK, page

PAGE_SIZE: Final = 30
FURTHEST_PAGE: Final = 10_000
OPEN: Final = tuple(state for state in State if state not in OVER)
RUNNING: Final = tuple(state for state in OPEN if state is not State.WAITING)


@dataclass(frozen=True, kw_only=True)
class Tab:
    """A kept question to the list; `late` shows only what is past its due time."""

    key: str
    title: str
    states: tuple[State, ...]
    late: bool = False


TABS: Final = {
    tab.key: tab
    for tab in (
        Tab(key="mine", title="待我处理", states=()),  # filled in by role
        Tab(key="late", title="已逾期", states=RUNNING, late=True),
        Tab(key="open", title="未办结", states=OPEN),
        Tab(key="new", title="待接收", states=(State.ROUTED,)),
        Tab(key="working", title="办理中", states=(State.ACCEPTED,)),
        Tab(key="review", title="待审核", states=(State.DRAFTED, State.REVIEWED)),
        Tab(key="waiting", title="等补充", states=(State.WAITING,)),
        Tab(key="done", title="已答复", states=tuple(OVER)),
    )
}
BY_ROLE: Final = {
    Role.OFFICER: ("mine", "late", "review", "waiting", "open", "done"),
    Role.REVIEWER: ("mine", "late", "new", "working", "waiting", "open", "done"),
    Role.DISPATCHER: ("mine", "late", "new", "working", "review", "open", "done"),
    Role.SUPERVISOR: ("late", "open", "new", "working", "review", "waiting", "done"),
}


@dataclass(frozen=True, kw_only=True)
class Row:
    """One case as a list shows it."""

    case: Case
    left: str
    colour: str
    due: str
    received: str


def rows(found: Iterable[Case], box: Deps) -> list[Row]:
    """Cases with their time left in words and its colour."""
    now = box.clock()
    return [_row(case, box, now) for case in found]


def _row(case: Case, box: Deps, now: datetime) -> Row:
    left = case_time_left(case, now, box.calendar)
    return Row(
        case=case,
        left=left.words,
        colour=words.COLOURS[left.urgency],
        due=words.dated(case.due_date, now=now),
        received=words.moment(case.received_at, now=now),
    )


def tab_of(key: str, person: Person) -> Tab:
    """The tab that was asked for, or the first of the person's role."""
    allowed = BY_ROLE[person.role]
    tab = TABS[key if key in allowed else allowed[0]]
    return tab if tab.states else Tab(key=tab.key, title=tab.title, states=WORK[person.role])


def filter_of(tab: Tab, *, text: str, department: str, now: datetime) -> CaseFilter:
    """What a tab asks of storage."""
    return CaseFilter(
        states=tab.states,
        text=text,
        department=department,
        due_before=now if tab.late else None,
        limit=PAGE_SIZE,
    )


async def show(request: web.Request) -> web.Response:
    """The list of cases that this person may see."""
    box, person = deps(request), request[SESSION].person
    tab = tab_of(request.query.get("tab", ""), person)
    text = request.query.get("q", "").strip()[:100]
    everywhere = person.role not in OWN_DEPARTMENT_ONLY
    department = request.query.get("department", "")[:100] if everywhere else ""
    number = _page_number(request.query.get("page", ""))
    now = box.clock()
    only = filter_of(tab, text=text, department=department, now=now)
    counts = {
        key: await box.cases.count_cases(
            filter_of(tab_of(key, person), text=text, department=department, now=now),
            viewer=person,
        )
        for key in BY_ROLE[person.role]
    }
    found = await box.cases.cases(_at_page(only, number), viewer=person)
    return await page(
        request,
        "cases.html",
        rows=rows(found, box),
        tabs=[(tab_of(key, person), counts[key]) for key in BY_ROLE[person.role]],
        tab=tab,
        text=text,
        department=department,
        departments=await box.departments.departments() if everywhere else [],
        number=number,
        returned=request.query.get("done") == "return",
        pages=max(1, -(-counts[tab.key] // PAGE_SIZE)),
    )


def _at_page(only: CaseFilter, number: int) -> CaseFilter:
    return CaseFilter(
        states=only.states,
        department=only.department,
        text=only.text,
        due_before=only.due_before,
        limit=only.limit,
        offset=(number - 1) * PAGE_SIZE,
    )


def _page_number(given: str) -> int:
    return min(max(int(given), 1), FURTHEST_PAGE) if given.isdecimal() and len(given) < 7 else 1
