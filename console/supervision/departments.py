"""The departments and what each answers for; an administrator adds one."""

from collections.abc import Mapping
from typing import Final

from aiohttp import web

from cases.department import Department
from cases.department_table import LABEL, RowNotFit, fit_department
from cases.supervision.words import department_path
from console.deps import SESSION, deps, record
from console.pages import page

NOTHING: Final = dict.fromkeys(LABEL, "")


async def show(request: web.Request) -> web.Response:
    """All departments with their duties, for anybody on the desk."""
    return await _page(request, NOTHING)


async def add(request: web.Request) -> web.Response:
    """A department that was not there: the router knows of it within half a minute."""
    box, form = deps(request), await request.post()
    filled = {column: str(form.get(column, "")).strip() for column in LABEL}
    known = {each.name for each in await box.departments.departments()}
    try:
        added = fit_department(filled)
        _check(added, known)
    except RowNotFit as refused:
        return await _page(request, filled, fault=f"{refused}。", status=422)
    await box.departments.save_departments([added])
    await box.departments.reopen_department(added.name)
    await record(box, request[SESSION].person.name, "department_added", department=added.name)
    raise web.HTTPSeeOther(department_path(added.name) + "?done=added")


def _check(added: Department, known: set[str]) -> None:
    if added.name in known:
        raise RowNotFit(f"已经有叫“{added.name}”的部门了，点开它可以修改职责")
    if added.parent and added.parent not in known:
        raise RowNotFit("上级部门要从列表里选")


async def _page(
    request: web.Request, filled: Mapping[str, str], *, fault: str = "", status: int = 200
) -> web.Response:
    found = await deps(request).departments.departments()
    return await page(
        request,
        "supervision/departments.html",
        status=status,
        departments=found,
        closed=await deps(request).departments.closed_departments(),
        filled=filled,
        fault=fault,
    )
