"""回复模板: texts to begin a reply with, kept by each department, and by the supervisor for all."""

from typing import Final

from aiohttp import web

from cases.case import TextNotFit
from cases.papers import ReplyTemplate
from cases.people import OWN_DEPARTMENT_ONLY, Person
from cases.template import blanks
from cases.text_check import must_go
from cases.wording import fit_text
from console.deps import SESSION, deps
from console.pages import page

LONGEST_NAME: Final = 30
DONE: Final = {
    "added": "模板已保存，写答复时就能插入。",
    "removed": "模板已删除；用它写过的答复不受影响。",
}


async def show(request: web.Request) -> web.Response:
    """One's department's templates and those of all, and a form for another."""
    return await _page(request)


async def add(request: web.Request) -> web.StreamResponse:
    """Keeps a template for the department; the supervisor's are everybody's."""
    form, box, person = await request.post(), deps(request), request[SESSION].person
    name, body = (str(form.get(field, "")) for field in ("name", "text"))
    try:
        template = _read(name, body, person)
    except TextNotFit as refused:
        return await _page(request, name=name, body=body, fault=refused.tell, status=422)
    await box.papers.add_reply_template(template, now=box.clock())
    raise web.HTTPSeeOther("/console/reply-templates?done=added")


def _read(name: str, body: str, person: Person) -> ReplyTemplate:
    """The template that a form describes. Raises `TextNotFit`."""
    if wrong := must_go(name, body):
        raise TextNotFit("the template has places that must go", wrong)
    return ReplyTemplate(
        department=keeps_for(person),
        name=fit_text(" ".join(name.split()), what="名称")[:LONGEST_NAME],
        body=fit_text(body, what="正文"),
        author=person.name,
    )


async def remove(request: web.Request) -> web.StreamResponse:
    """Takes one away, if it is the department's own."""
    box, person = deps(request), request[SESSION].person
    given = request.match_info["template"]
    number = int(given) if given.isdecimal() and len(given) < 10 else 0
    if not await box.papers.remove_reply_template(number, department=keeps_for(person)):
        raise web.HTTPNotFound
    raise web.HTTPSeeOther("/console/reply-templates?done=removed")


def keeps_for(person: Person) -> str:
    """Whose templates this person keeps: their department's, or everybody's."""
    return person.department if person.role in OWN_DEPARTMENT_ONLY else ""


async def _page(
    request: web.Request, *, name: str = "", body: str = "", fault: str = "", status: int = 200
) -> web.Response:
    box, person = deps(request), request[SESSION].person
    own = keeps_for(person)
    found = await box.papers.reply_templates(own)
    return await page(
        request,
        "cases/reply_templates.html",
        status=status,
        templates=[(each, blanks(each.body)) for each in found],
        own=own,
        name=name,
        body=body,
        fault=fault,
        done=DONE.get(request.query.get("done", ""), "") if not fault else "",
    )
