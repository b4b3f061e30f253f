"""Notes among colleagues on a case, with @ for those who should look."""

import re
from collections.abc import Iterable
from typing import Final

from aiohttp import web

from cases.case import Case, CaseError, TextNotFit
from cases.papers import Note
from cases.people import SEES_CASES, Person
from cases.steps import may_see
from cases.wording import fit_text
from console.cases.case_page import Typed, case_page
from console.deps import SESSION, deps

MENTION: Final = re.compile(r"[@＠]([^\s@＠，。！？、；：,;:!?（）()]{1,40})")


async def add(request: web.Request) -> web.StreamResponse:
    """Keeps a note; the watch tells those it mentions."""
    box, author = deps(request), request[SESSION].person
    number, text = request.match_info["number"], str((await request.post()).get("text", ""))
    case = await box.cases.case(number, viewer=author)
    try:
        told = mentioned(text, case, await box.people.people())
        note = Note(
            case=number,
            at=box.clock(),
            author=author.name,
            text=fit_text(text, what="备注"),
            mentions=tuple(each.name for each in told),
        )
        await box.papers.add_note(note, viewer=author)
    except CaseError as refused:
        typed = Typed(step="note", fields={"text": text}, fault=refused.tell)
        return await case_page(request, typed=typed, status=422)
    raise web.HTTPSeeOther(f"/console/cases/{number}?done=note#notes")


def mentioned(text: str, case: Case, people: Iterable[Person]) -> list[Person]:
    """The people that a note names, each once. TextNotFit: nobody who may see the case."""
    known = {
        name: person
        for person in people
        if person.role in SEES_CASES and may_see(person, case)
        for name in (person.called, person.name)
    }
    names = MENTION.findall(text)
    for name in names:
        if name not in known:
            raise TextNotFit(
                f"@{name} names nobody who may see {case.number}",
                f"没有找到“@{name}”：可能写错了，或者对方看不到这封来信。名字后面请空一格。",
            )
    return list({known[name].name: known[name] for name in names}.values())
