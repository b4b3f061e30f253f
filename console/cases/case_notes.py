"""Notes among colleagues on a case, with @ for those who should look."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from aiohttp import web

from cases.case import Case, CaseError, ChangedMeanwhile, StepNotPermitted, TextNotFit
from cases.papers import Note
from cases.people import SEES_CASES, Person
from cases.steps import may_see
from cases.wording import fit_text
from console.cases.case_page import Typed, case_page
from console.deps import SESSION, Deps, deps

# Not within an address: li@example.com mentions nobody.
MENTION: Final = re.compile(r"(?<![A-Za-z0-9._%+-])[@＠]([^\s@＠，。！？、；：,;:!?（）()]{1,40})")
MOST: Final = 30


async def add(request: web.Request) -> web.StreamResponse:
    """Keeps a note; the watch tells those it mentions, or who were ticked beneath it."""
    box, author = deps(request), request[SESSION].person
    number, form = request.match_info["number"], await request.post()
    text, ticked = str(form.get("text", "")), [str(each) for each in form.getall("mention", [])]
    case = await box.cases.case(number, viewer=author)
    try:
        people = await box.people.people()
        told = {each.name: each for each in mentioned(text, case, people)}
        told |= {each.name: each for each in chosen(ticked[:MOST], case, people)}
        note = Note(
            case=number,
            at=box.clock(),
            author=author.name,
            text=fit_text(text, what="备注"),
            mentions=tuple(told),
        )
        await box.papers.add_note(note, viewer=author)
    except CaseError as refused:
        fields = {"text": text, "mention": "|".join(ticked), "helped": str(form.get("helped", ""))}
        typed = Typed(step="note", fields=fields, fault=refused.tell)
        return await case_page(request, typed=typed, status=422)
    if form.get("helped") == "yes":
        await _help_was_given(box, number, author)
    raise web.HTTPSeeOther(f"/console/cases/{number}?done=note#notes")


async def _help_was_given(box: Deps, number: str, author: Person) -> None:
    """What the department was asked for is said, whoever changed the case meanwhile."""
    for _ in range(3):
        case = await box.cases.case(number, viewer=author)
        try:
            await box.desk.give_help(number, version=case.version, actor=author, now=box.clock())
        except ChangedMeanwhile:
            continue
        except StepNotPermitted:  # nothing waits for it any more
            return
        return


def chosen(names: Sequence[str], case: Case, people: Iterable[Person]) -> list[Person]:
    """Those who were ticked. TextNotFit: somebody who cannot see the case by now."""
    known = {each.name: each for each in people if _sees(each, case)}
    for name in names:
        if name not in known:
            raise TextNotFit(f"{name} does not see {case.number}", _why_not(name, case, people))
    return [known[name] for name in names]


def mentioned(text: str, case: Case, people: Iterable[Person]) -> list[Person]:
    """The people that a note names, each once; a name may run on into the words after it.

    TextNotFit: nobody who may see the case, or two people of one name.
    """
    everybody = list(people)
    named: dict[str, list[Person]] = {}
    for person in everybody:
        for name in {person.called, person.name}:
            named.setdefault(name, []).append(person)
    found: dict[str, Person] = {}
    for said in MENTION.findall(text):
        name = max((each for each in named if said.startswith(each)), key=len, default=said)
        fit = [each for each in named.get(name, []) if _sees(each, case)]
        if len(fit) > 1:
            raise TextNotFit(
                f"@{name} are {len(fit)} people",
                f"有 {len(fit)} 位“{name}”，请在“提醒谁来看”里勾选是哪一位。",
            )
        if not fit:
            raise TextNotFit(
                f"@{name} names nobody who may see {case.number}", _why_not(name, case, everybody)
            )
        found[fit[0].name] = fit[0]
    return list(found.values())


def _sees(person: Person, case: Case) -> bool:
    return person.role in SEES_CASES and may_see(person, case)


def _why_not(name: str, case: Case, people: Iterable[Person]) -> str:
    there = next((each for each in people if name in {each.called, each.name}), None)
    if there is None:
        return f"没有找到“@{name}”，请核对名字，或者在“提醒谁来看”里勾选。"
    where = f"（{there.department}）" if there.department else ""
    ask = f"要请{there.department}看，请先“请其他部门协办”；" if there.department else ""
    return f"{there.called}{where}看不到来信 {case.number}，收不到提醒。{ask}或者去掉这个 @。"
