"""The people of the desk: the administrator adds them and resets their passwords."""

import re
from dataclasses import dataclass, replace
from typing import Final

from aiohttp import web

from cases.people import OWN_DEPARTMENT_ONLY, Person, Role
from console.deps import SESSION, deps
from console.pages import page
from console.passwords import new_password
from console.ports import Account

NAME: Final = re.compile(r"[\w.\-]{2,32}")


@dataclass(frozen=True, kw_only=True)
class NewPerson:
    """What the administrator filled in."""

    name: str = ""
    role: str = ""
    department: str = ""


@dataclass(frozen=True, kw_only=True)
class Handed:
    """A password to hand over; it is shown this once."""

    name: str
    password: str


async def show(request: web.Request) -> web.Response:
    """Everybody who has an account."""
    return await _people_page(request)


async def add(request: web.Request) -> web.Response:
    """A new person with a first password, which they must change."""
    form, box = await request.post(), deps(request)
    given = NewPerson(
        name=str(form.get("name", "")).strip(),
        role=str(form.get("role", "")),
        department=str(form.get("department", "")),
    )
    known = {each.name for each in await box.departments.departments()}
    fault = _fault(given, known)
    if not fault and await box.people.account(given.name) is not None:
        fault = f"已经有叫“{given.name}”的账号了，换一个用户名。"
    if fault:
        return await _people_page(request, given=given, fault=fault, status=422)
    role = Role(given.role)
    own = given.department if role in OWN_DEPARTMENT_ONLY else ""
    person = Person(name=given.name, role=role, department=own)
    password = new_password()
    hashed = await box.passwords.hash(password)
    await box.people.save_account(Account(person=person, password_hash=hashed, must_change=True))
    return await _people_page(request, handed=Handed(name=given.name, password=password))


async def reset(request: web.Request) -> web.Response:
    """A new first password for somebody who forgot theirs; it also lifts a lock."""
    box = deps(request)
    account = await box.people.account(request.match_info["name"])
    if account is None or account.person.name == request[SESSION].person.name:
        raise web.HTTPNotFound
    password = new_password()
    hashed = await box.passwords.hash(password)
    await box.people.save_account(
        replace(account, password_hash=hashed, must_change=True, failures=0, locked_until=None)
    )
    handed = Handed(name=account.person.name, password=password)
    return await _people_page(request, handed=handed)


def _fault(given: NewPerson, departments: set[str]) -> str:
    if not NAME.fullmatch(given.name):
        return "用户名用 2 到 32 个字母、数字、汉字、点、横线或下划线，不要空格。"
    if given.role not in set(Role):
        return "请选择角色。"
    if Role(given.role) in OWN_DEPARTMENT_ONLY and given.department not in departments:
        return "经办人和审核人要选所属部门，他们只看得到本部门的来信。"
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
    people = sorted(await box.people.people(), key=lambda p: (list(Role).index(p.role), p.name))
    return await page(
        request,
        "people.html",
        status=status,
        people=people,
        roles=list(Role),
        departments=await box.departments.departments(),
        given=given or NewPerson(),
        fault=fault,
        handed=handed,
    )
