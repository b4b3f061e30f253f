"""The people of the desk: the administrator adds them and resets their passwords."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from aiohttp import web

from cases.people import OWN_DEPARTMENT_ONLY, Person, Role
from console.deps import SESSION, deps, record
from console.pages import page
from console.people.passwords import new_password
from console.people.people_shown import SHOWN_PEOPLE, shown_people
from console.ports import Account

NAME: Final = re.compile(r"[\w.\-]{2,32}")
LONGEST_NAME: Final = 30
IN_DEPARTMENTS: Final = OWN_DEPARTMENT_ONLY | {Role.CURATOR}
"""Who can belong to a department; officers and reviewers must."""


@dataclass(frozen=True, kw_only=True)
class NewPerson:
    """What the administrator filled in."""

    name: str = ""
    display_name: str = ""
    role: str = ""
    department: str = ""


@dataclass(frozen=True, kw_only=True)
class Handed:
    """A password to hand over; it is shown this once."""

    name: str
    called: str
    password: str


async def show(request: web.Request) -> web.Response:
    """Everybody who has an account."""
    return await _people_page(request)


async def add(request: web.Request) -> web.Response:
    """A new person with a first password, which they must change."""
    form, box = await request.post(), deps(request)
    given = given_in(form, name=str(form.get("name", "")).strip())
    known = {each.name for each in await box.departments.departments()}
    fault = fault_of_person(given, known)
    if not fault and await box.people.account(given.name) is not None:
        fault = f"已经有叫“{given.name}”的账号了，换一个用户名。"
    if fault:
        return await _people_page(request, given=given, fault=fault, status=422)
    person = person_of(given)
    password = new_password()
    hashed = await box.passwords.hash(password)
    await record(
        box,
        request[SESSION].person.name,
        "person_added",
        person=person.name,
        role=person.role.value,
        department=person.department,
    )
    await box.people.save_account(Account(person=person, password_hash=hashed, must_change=True))
    return await _people_page(
        request, handed=Handed(name=person.name, called=person.called, password=password)
    )


async def reset(request: web.Request) -> web.Response:
    """A new first password for somebody who forgot theirs; it also lifts a lock."""
    box = deps(request)
    account = await box.people.account(request.match_info["name"])
    if account is None or account.person.name == request[SESSION].person.name:
        raise web.HTTPNotFound
    password = new_password()
    hashed = await box.passwords.hash(password)
    await record(box, request[SESSION].person.name, "person_reset", person=account.person.name)
    name = account.person.name
    await box.people.change_password(name, password_hash=hashed, must_change=True)
    await box.people.end_sessions_of(name)
    handed = Handed(name=name, called=account.person.called, password=password)
    return await _people_page(request, handed=handed)


def given_in(form: Mapping[str, object], *, name: str) -> NewPerson:
    """What a form says of the person with that name."""
    return NewPerson(
        name=name,
        display_name=" ".join(str(form.get("display_name", "")).split())[:LONGEST_NAME],
        role=str(form.get("role", "")),
        department=str(form.get("department", "")),
    )


def person_of(given: NewPerson) -> Person:
    """The person that a checked form describes; a role for the whole county has no department."""
    role = Role(given.role)
    return Person(
        name=given.name,
        role=role,
        department=given.department if role in IN_DEPARTMENTS else "",
        display_name=given.display_name if given.display_name != given.name else "",
    )


def fault_of_person(given: NewPerson, departments: set[str]) -> str:
    """What is wrong with the form, in words; "" when it will do."""
    if not NAME.fullmatch(given.name):
        return "用户名用 2 到 32 个字母、数字、汉字、点、横线或下划线，不要空格。"
    if given.role not in set(Role):
        return "请选择角色。"
    if Role(given.role) in OWN_DEPARTMENT_ONLY and given.department not in departments:
        return "经办人和审核人要选所属部门，他们只看得到本部门的来信。"
    if given.department not in departments | {""}:
        return "没有这个部门，请从列表里选。"
    return ""


async def _people_page(
    request: web.Request,
    *,
    given: NewPerson | None = None,
    fault: str = "",
    handed: Handed | None = None,
    status: int = 200,
) -> web.Response:
    box = deps(request)
    order = list(Role)
    everybody = await box.people.accounts()
    show, now = request.query.get("show", "all"), box.clock()
    people = sorted(
        shown_people(everybody, show, now),
        key=lambda each: (order.index(each.person.role), each.person.name),
    )
    return await page(
        request,
        "people/people.html",
        status=status,
        people=people,
        tabs=[
            (key, title, len(shown_people(everybody, key, now)))
            for key, title in SHOWN_PEOPLE.items()
        ],
        chosen=show if show in SHOWN_PEOPLE else "all",
        now=now,
        roles=list(Role),
        departments=await box.departments.departments(),
        given=given or NewPerson(),
        fault=fault,
        handed=handed,
    )
