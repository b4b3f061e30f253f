"""One department: what it answers for, its alarms and talks, who is on duty, how routing fits."""

from dataclasses import dataclass
from typing import Any, Final

from aiohttp import web

from cases.department import ClosedDepartment, Department
from cases.people import OWN_DEPARTMENT_ONLY, Person, Role
from cases.supervision.alarm import Contact, NotThere, Post
from cases.supervision.learnt import routing_record
from cases.supervision.words import ALARMS, POSTS
from cases.work_calendar import today
from console.deps import SESSION, Deps, deps
from console.pages import page
from console.supervision.interviews import STATES
from knowledge_base.entry import Status

LEARNT_FROM: Final = 5_000
KEEPS_CONTACTS: Final = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})
DONE: Final = {
    "alarm": "已登记，部门会收到提醒。",
    "revoke": "已撤销，不再计入次数。",
    "shift": "值班表已更新。",
    "absence": "请假已登记。请假期间，手里的来信会自动转给在岗的代班人，回来后没动笔的自动交还。",
    "removed": "已删除。",
    "contact": "联系人已保存。",
    "duties": "已保存，半分钟内用于推荐部门。",
    "added": "部门已添加，半分钟内用于推荐部门。接着可以填联系人，并在“人员”里添加它的同事。",
}


@dataclass(frozen=True, kw_only=True)
class Typed:
    """A form of the page that was not accepted: which, what was typed, and why not."""

    form: str
    fields: dict[str, str]
    fault: str


def keeps_rota(person: Person, department: str) -> bool:
    """Whether this person may change who is on duty there."""
    if person.role in OWN_DEPARTMENT_ONLY:
        return person.department == department
    return person.role in KEEPS_CONTACTS


def sees_inside(person: Person, department: str) -> bool:
    """Whether alarms, talks and cases of the department are this person's to see."""
    return person.scope is None or (person.scope == department and department != "")


async def department_of(request: web.Request) -> Department:
    """The department in the address. Raises `NotThere`."""
    name = request.match_info["unit"]
    for each in await deps(request).departments.departments():
        if each.name == name:
            return each
    raise NotThere(name)


async def _any_department_of(
    request: web.Request,
) -> tuple[Department, ClosedDepartment | None]:
    """As `department_of`, also one that is no more: its alarms and talks can still be read."""
    name = request.match_info["unit"]
    for each in await deps(request).departments.closed_departments():
        if each.name == name:
            return Department(name=name), each
    return await department_of(request), None


async def show(request: web.Request) -> web.Response:
    """The page of one department."""
    return await department_page(request)


async def department_page(
    request: web.Request, *, typed: Typed | None = None, status: int = 200
) -> web.Response:
    """The page, with what was typed when a form of it could not be accepted."""
    box, person = deps(request), request[SESSION].person
    unit, closed = await _any_department_of(request)
    day = today(box.clock())
    inside = sees_inside(person, unit.name)
    return await page(
        request,
        "supervision/department.html",
        status=status,
        unit=unit,
        day=day,
        inside=inside,
        posts=POSTS,
        contacts=await _contacts(box, unit.name),
        closed=closed,
        left_behind=await _entries_of(box, unit.name) if closed else 0,
        may_contact=closed is None and person.role in KEEPS_CONTACTS,
        may_rota=closed is None and keeps_rota(person, unit.name),
        may_duties=closed is None and person.role is Role.ADMINISTRATOR,
        others=[
            each.name for each in await box.departments.departments() if each.name != unit.name
        ],
        typed=typed,
        done=DONE.get(request.query.get("done", ""), "") if typed is None else "",
        **await _rota(box, unit.name),
        **await _inside(box, person, unit.name) if inside else {},
    )


async def _entries_of(box: Deps, name: str) -> int:
    """How many entries still name a department that is no more; two people change each."""
    found = await box.entries.newest_entries(department=name, text="")
    return sum(entry.status is not Status.WITHDRAWN for entry in found)


async def _contacts(box: Deps, name: str) -> dict[Post, Contact]:
    known = {c.post: c for c in await box.supervision.contacts() if c.department == name}
    return {post: known.get(post) or Contact(department=name, post=post, name="") for post in Post}


async def _rota(box: Deps, name: str) -> dict[str, Any]:
    day = today(box.clock())
    rota = await box.supervision.rota(since=day)
    people = await box.supervision.active_people()
    return {
        "on_duty": rota.on_duty(name, day),
        "shifts": [each for each in rota.shifts if each.department == name],
        "absences": [each for each in rota.absences if each.department == name],
        "gaps": rota.gaps(name, day),
        "team": [p for p in people if p.role is Role.OFFICER and p.department == name],
        "office": [p for p in people if p.scope == name],
    }


async def _inside(box: Deps, person: Person, name: str) -> dict[str, Any]:
    year = today(box.clock()).year
    alarms = await box.supervision.alarms(year=year, viewer=person, department=name)
    talks = await box.supervision.interviews(year=year, viewer=person, department=name)
    matters = await box.supervision.routed_matters(viewer=person, limit=LEARNT_FROM)
    scores = routing_record(matters).scores
    counting = sum(each.revoked_at is None for each in alarms)
    return {
        "year": year,
        "alarms": alarms,
        "counting": counting,
        "next_rung": next((r for r in box.rules.ladder if r.alarm > counting), None),
        "talks": talks,
        "kinds": ALARMS,
        "states": STATES,
        "score": next((each for each in scores if each.department == name), None),
        "whole_desk": person.scope is None,
    }
