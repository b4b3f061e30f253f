"""How a page is made: one frame, the navigation of the person's role, and the words for things."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import aiohttp_jinja2
import jinja2
from aiohttp import web

from cases import steps
from cases.case import State
from cases.masking import masked
from cases.people import OWN_DEPARTMENT_ONLY, SEES_CASES, Person, Role
from cases.ports import CaseFilter, CaseTally, Whose
from cases.publication import PROPOSES
from cases.work_calendar import missing_notice, today
from console import assets, words
from console.compiled import COMPILED
from console.deps import SESSION, Deps, deps
from console.ports import Session
from console.roles import EVERYONE
from console.sessions import IDLE
from handlers.texts.general import as_read

TEMPLATES: Final = Path(__file__).parent / "templates"
LABELS: Final = words.ROLES | words.STATES | words.KINDS | words.STATUSES


@dataclass(frozen=True)
class Place:
    """One line of the navigation."""

    path: str
    title: str
    icon: str
    roles: frozenset[Role]
    also: tuple[str, ...] = ()  # pages that belong to it under another address


NAVIGATION: Final = (
    Place("/console/", "首页", "home", EVERYONE),
    Place("/console/cases", "来信", "letter", SEES_CASES),
    Place("/console/comments", "留言", "comment", SEES_CASES),
    Place(
        "/console/entries",
        "知识库",
        "book",
        EVERYONE - {Role.AUDITOR},
        (
            "/console/learning",
            "/console/golden",
            "/console/evaluations",
            "/console/exchange",
            "/console/synonyms",
            "/console/kinds",
            "/console/place-names",
            "/console/checks",
            "/console/review",
            "/console/given",
        ),
    ),
    Place("/console/try", "试一问", "ask", EVERYONE - {Role.AUDITOR}),
    Place("/console/deliveries", "送达", "send", SEES_CASES),
    Place("/console/departments", "部门", "house", EVERYONE, ("/console/offices",)),
    Place("/console/supervision", "督办", "flag", frozenset({Role.SUPERVISOR, Role.DISPATCHER})),
    Place("/console/answers", "公开答复", "globe", PROPOSES),
    Place("/console/reports", "统计", "chart", SEES_CASES),
    Place("/console/calendar", "日历", "calendar", EVERYONE),
    Place("/console/reminders", "提醒", "bell", EVERYONE),
    Place("/console/menus", "菜单", "menu", frozenset({Role.CURATOR}), ("/console/services",)),
    Place(
        "/console/accounts",
        "公众号",
        "signal",
        frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR}),
    ),
    Place("/console/people", "人员", "people", frozenset({Role.ADMINISTRATOR})),
    Place("/console/privacy", "个人信息", "shield", frozenset({Role.SUPERVISOR})),
    Place("/console/log", "日志", "log", frozenset({Role.AUDITOR})),
)

WORK: Final = {
    Role.OFFICER: (State.ROUTED, State.ACCEPTED),
    Role.REVIEWER: (State.DRAFTED, State.REVIEWED),
    Role.DISPATCHER: (State.RECEIVED, State.RETURNED),
}


def work_of(person: Person) -> CaseFilter:
    """What waits for this person, also for the help of an officer's department.

    What a colleague has accepted is that colleague's, another department's draft its own.
    """
    mine = person.name if person.role in OWN_DEPARTMENT_ONLY else ""
    helping = person.department if person.role is Role.OFFICER else ""
    return CaseFilter(states=WORK[person.role], mine=mine, helping=helping)


def count_work(tally: CaseTally, person: Person) -> int:
    """How many of `work_of` were counted."""
    states = WORK[person.role]
    own = (Whose.OWN, Whose.NOBODYS, Whose.OTHERS)
    amount = sum(tally.count(states, whose=whose) for whose in own)
    if person.role is not Role.OFFICER:
        return amount
    asked = tally.count(steps.OPEN, whose=Whose.ASKED)
    return amount + asked - tally.count((State.ACCEPTED,), whose=Whose.OTHERS)


def prepare(app: web.Application, prefix: str) -> None:
    """Sets the templates up for an application mounted under `prefix`."""
    environment = aiohttp_jinja2.setup(
        app,
        loader=jinja2.FileSystemLoader(TEMPLATES),
        bytecode_cache=COMPILED,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(asset=lambda name: assets.address(name, prefix))
    environment.filters.update(
        as_read=as_read,
        label=lambda value: LABELS[value],
        shortened=words.shortened,
        personal=_personal,
        written=words.written,
    )


@jinja2.pass_context
def _personal(context: jinja2.runtime.Context, text: str) -> str:
    """A citizen's words: personal data is hidden unless the page was revealed."""
    return text if context.get("revealed") else masked(text)


async def page(
    request: web.Request, template: str, /, *, status: int = 200, **context: Any
) -> web.Response:
    """A page of the console for whoever is signed in, or for nobody yet."""
    session = request.get(SESSION)
    frame = await _frame(deps(request), session, request.path) if session else {}
    words_at = _words_at(deps(request))
    everything = {"session": session, "place": deps(request).place} | frame | words_at | context
    return aiohttp_jinja2.render_template(template, request, everything, status=status)


async def _frame(box: Deps, session: Session, path: str) -> dict[str, Any]:
    person = session.person
    places = [place for place in NAVIGATION if person.role in place.roles]
    under = (p for p in places if any(_leads_to(each, path) for each in (p.path, *p.also)))
    here = max((p.path for p in under), key=len, default="")
    works = person.role in WORK
    tally = await box.cases.count_cases(work_of(person), viewer=person) if works else 0
    names = await box.people.display_names()
    return {
        "person": person,
        "called": lambda name: words.ACTORS.get(name) or names.get(name, name),
        "places": places,
        "here": here,
        "tally": tally,
        "unread": await box.supervision.unread_reminders(person.name),
        "knowledge": box.status(),
        "idle": int(IDLE.total_seconds()),
        "provisional_year": missing_notice(today(box.clock()), box.calendar),
    }


def _leads_to(place: str, path: str) -> bool:
    """Whether a page lies under a place of the navigation; the first page holds only itself."""
    return path == place or (place != "/console/" and path.startswith(place))


def _words_at(box: Deps) -> dict[str, Any]:
    now = box.clock()
    return {
        "moment": lambda value: words.moment(value, now=now),
        "dated": lambda value: words.dated(value, now=now),
    }
