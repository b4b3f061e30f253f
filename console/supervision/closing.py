"""A department that is dissolved, or merged into another: who takes over, and what moves."""

from collections import defaultdict

from aiohttp import web

from cases.supervision.words import department_path
from cases.work_calendar import today
from console.deps import SESSION, deps
from console.supervision.department_page import Typed, department_of, department_page


async def close(request: web.Request) -> web.Response:
    """Closes the department once its name was typed again.

    Its people, templates and open cases go to the successor; without one the cases are the
    dispatchers' again, within a round of the watch.
    """
    box, form, unit = deps(request), await request.post(), await department_of(request)
    given = {name: str(form.get(name, "")).strip() for name in ("successor", "again")}
    names = {each.name for each in await box.departments.departments()} - {unit.name}
    fault = ""
    if given["successor"] not in names | {""}:
        fault = "承接的部门要从列表里选。"
    elif given["again"] != unit.name:
        fault = "两次的部门名称不一样，没有撤并。请照原样再输一次名称，确认没有点错。"
    if fault:
        typed = Typed(form="close", fields=defaultdict(str, given), fault=fault)
        return await department_page(request, typed=typed, status=422)
    await box.departments.close_department(
        unit.name,
        successor=given["successor"],
        day=today(box.clock()),
        actor=request[SESSION].person.name,
        now=box.clock(),
    )
    await box.watch.succession.round(box.clock())
    raise web.HTTPSeeOther(department_path(unit.name))
