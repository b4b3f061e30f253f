"""The forms of a department's page: duty, leave, contacts, violations."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import asdict
from datetime import date
from typing import Final

from aiohttp import web

from cases.case import CaseError, UnknownCase
from cases.department import Department
from cases.department_table import RowNotFit, fit_department
from cases.people import Person, Role
from cases.supervision.alarm import (
    AlarmKind,
    Contact,
    NewAlarm,
    NotThere,
    Post,
    SupervisionError,
)
from cases.supervision.rota import Absence, RotaError, Shift, check_days
from cases.supervision.words import department_path
from cases.wording import fit_text, text_hash
from cases.work_calendar import today
from console.deps import SESSION, Deps, deps, record
from console.supervision.department_page import Typed, department_of, department_page, keeps_rota
from console.supervision.reminders import MAILBOX

FIELDS: Final = (
    "first_day", "last_day", "main", "substitute", "person", "reason", "case", "name", "phone",
    "email", "post", "duties", "keywords", "address", "hours",
)  # fmt: skip
EDITED: Final = ("duties", "keywords", "phone", "address", "hours")
Form = Mapping[str, str]
Deed = Callable[[Deps, Person, Department, Form], Awaitable[None]]


async def add_shift(request: web.Request) -> web.Response:
    """A line of the duty roster: A 岗, B 岗, from when to when."""
    return await _do(request, "shift", _add_shift)


async def add_absence(request: web.Request) -> web.Response:
    """Somebody is away; a colleague takes their cases."""
    return await _do(request, "absence", _add_absence)


async def remove_shift(request: web.Request) -> web.Response:
    """Takes a line of the roster away."""
    return await _do(request, "removed", _remove_shift)


async def remove_absence(request: web.Request) -> web.Response:
    """Somebody is back early, or the leave was a mistake."""
    return await _do(request, "removed", _remove_absence)


async def save_contact(request: web.Request) -> web.Response:
    """Who holds one of the posts."""
    return await _do(request, "contact", _save_contact)


async def save_duties(request: web.Request) -> web.Response:
    """What the department answers for: the router reads it within half a minute."""
    return await _do(request, "duties", _save_duties)


async def add_alarm(request: web.Request) -> web.Response:
    """A supervisor writes down a violation."""
    return await _do(request, "alarm", _add_alarm)


async def revoke_alarm(request: web.Request) -> web.Response:
    """A supervisor takes an alarm back."""
    box, person, number = deps(request), request[SESSION].person, request.match_info["alarm"]
    form = await request.post()
    if not number.isdecimal() or len(number) > 9:
        raise NotThere(f"alarm {number!r}")
    why = fit_text(str(form.get("reason", "")) or "没有写明理由", what="撤销理由")
    try:
        found = await box.supervision.revoke_alarm(
            int(number), actor=person, why=why[:500], now=box.clock()
        )
    except SupervisionError:
        raise web.HTTPSeeOther("/console/supervision") from None
    raise web.HTTPSeeOther(
        _address(found.department, "revoke") if found.department else "/console/supervision"
    )


async def _do(request: web.Request, name: str, deed: Deed) -> web.Response:
    box, person, unit = deps(request), request[SESSION].person, await department_of(request)
    posted = await request.post()
    given = {each: str(posted[each]).strip() for each in (*FIELDS, "id") if each in posted}
    form = defaultdict(str, given)
    try:
        await deed(box, person, unit, form)
    except (NotThere, UnknownCase):
        raise
    except CaseError as error:
        typed = Typed(form=name, fields=form, fault=error.tell)
        return await department_page(request, typed=typed, status=422)
    raise web.HTTPSeeOther(_address(unit.name, name))


def _address(department: str, done: str) -> str:
    return f"{department_path(department)}?done={done}"


async def _add_shift(box: Deps, person: Person, unit: Department, form: Form) -> None:
    _check_keeper(person, unit)
    first, last = _days(form)
    office = await _office(box, unit)
    team = {name for name, role in office.items() if role is Role.OFFICER}
    _check_member(form["main"], team, "A 岗：要是本部门的经办人")
    if form["substitute"]:
        _check_member(form["substitute"], team, "B 岗：要是本部门的经办人")
    if form["substitute"] == form["main"]:
        raise RotaError("A 岗和 B 岗要是两位同事。")
    shift = Shift(
        department=unit.name,
        first_day=first,
        last_day=last,
        main=form["main"],
        substitute=form["substitute"],
    )
    await box.supervision.add_shift(shift, actor=person.name, now=box.clock())


async def _add_absence(box: Deps, person: Person, unit: Department, form: Form) -> None:
    _check_keeper(person, unit)
    first, last = _days(form)
    office = await _office(box, unit)
    _check_member(form["person"], office, "请假人：要是本部门的同事")
    if form["substitute"] or office[form["person"]] is Role.OFFICER:
        _check_member(form["substitute"], office, "代班人：要是本部门的同事")
    if form["substitute"] == form["person"]:
        raise RotaError("代班人不能是请假人自己。")
    absence = Absence(
        person=form["person"],
        department=unit.name,
        first_day=first,
        last_day=last,
        substitute=form["substitute"],
    )
    await box.supervision.add_absence(absence, actor=person.name, now=box.clock())


async def _remove_shift(box: Deps, person: Person, unit: Department, form: Form) -> None:
    _check_keeper(person, unit)
    await box.supervision.remove_shift(
        _number(form["id"]), department=unit.name, actor=person.name, now=box.clock()
    )


async def _remove_absence(box: Deps, person: Person, unit: Department, form: Form) -> None:
    _check_keeper(person, unit)
    await box.supervision.remove_absence(
        _number(form["id"]), department=unit.name, actor=person.name, now=box.clock()
    )


async def _save_contact(box: Deps, person: Person, unit: Department, form: Form) -> None:
    if form["post"] not in set(Post):
        raise NotThere(form["post"])
    if form["email"] and not MAILBOX.fullmatch(form["email"]):
        raise RotaError("邮箱的写法不对，例如 name@example.com；没有就留空。")
    contact = Contact(
        department=unit.name,
        post=Post(form["post"]),
        name=form["name"][:50],
        phone=form["phone"][:50],
        email=form["email"],
    )
    await box.supervision.save_contact(contact, actor=person.name, now=box.clock())


async def _save_duties(box: Deps, person: Person, unit: Department, form: Form) -> None:
    known = asdict(unit) | {"keywords": "、".join(unit.keywords)}
    try:
        changed = fit_department(known | {each: form[each] for each in EDITED if each in form})
    except RowNotFit as refused:
        raise RotaError(f"{refused}。") from refused
    await box.departments.save_departments([changed])
    await record(box, person.name, "department_changed", department=unit.name)


async def _add_alarm(box: Deps, person: Person, unit: Department, form: Form) -> None:
    reason, now = fit_text(form["reason"], what="违规情况"), box.clock()
    if len(reason) > 500:
        raise RotaError(f"违规情况共 {len(reason)} 字，超过 500 字，请删减。")
    case = form["case"].upper()
    if case:
        try:
            await box.cases.case(case, viewer=person)
        except UnknownCase:
            raise RotaError("没有这个编号的来信，请核对；与来信无关就留空。") from None
    new = NewAlarm(
        key=f"violation/{unit.name}/{today(now)}/{case}/{text_hash(reason)[:16]}",
        department=unit.name,
        kind=AlarmKind.VIOLATION,
        case=case,
        at=now,
        noticed_at=now,
        noticed_by=person.name,
        reason=reason,
    )
    if await box.watch.alarm(new) is None:
        raise RotaError(
            "今天已经登记过一模一样的一次，没有再记。如果是另一次，请写清是哪件来信、什么情况。"
        )


def _check_keeper(person: Person, unit: Department) -> None:
    if not keeps_rota(person, unit.name):
        raise NotThere(unit.name)


async def _office(box: Deps, unit: Department) -> dict[str, Role]:
    """The department's officers and reviewers by name."""
    people = await box.supervision.active_people()
    return {p.name: p.role for p in people if p.scope == unit.name}


def _check_member(name: str, office: Collection[str], what: str) -> None:
    if name not in office:
        raise RotaError(f"请选择{what}。")


def _days(form: Form) -> tuple[date, date]:
    try:
        first, last = date.fromisoformat(form["first_day"]), date.fromisoformat(form["last_day"])
    except ValueError:
        raise RotaError("请填写开始和结束日期，例如 2026-11-21。") from None
    check_days(first, last)
    return first, last


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0
