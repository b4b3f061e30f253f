"""The box in which a text is written: what stands in it at first, and how nothing of it is lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from aiohttp import web

from cases.case import Case, CaseError, Event
from cases.desk import Purpose
from cases.papers import KeptDraft
from cases.people import Person
from cases.steps import STEPS
from cases.wording import LONGEST_TEXT
from console import words
from console.cases.case_beside import Hint
from console.deps import SESSION, Deps, deps

MOST_SOURCES: Final = 10


@dataclass(frozen=True, kw_only=True)
class Box:
    """The text to begin with, its purpose and sources; `kept_at` when it was not submitted yet."""

    text: str
    purpose: str
    sources: tuple[str, ...] = ()
    kept_at: datetime | None = None
    moved: str = ""


async def box_of(
    box: Deps, case: Case, person: Person, purpose: str, events: Sequence[Event]
) -> Box:
    """What the person was writing when the desk last heard of it, else the case's draft."""
    kept = await box.papers.kept_draft(case.number, viewer=person)
    if kept is None or kept.text.strip() == case.draft:
        return Box(text=case.draft, purpose=purpose)
    return Box(
        text=kept.text,
        purpose=kept.purpose,
        sources=kept.sources,
        kept_at=kept.saved_at,
        moved=await moved_since(box, events, kept.version),
    )


def with_hint(begun: Box, hint: Hint) -> Box:
    """The box with a hint's text after what is there, and where it came from."""
    text = f"{begun.text.rstrip()}\n\n{hint.text}" if begun.text.strip() else hint.text
    return Box(
        text=text,
        purpose=begun.purpose,
        sources=tuple(dict.fromkeys((*begun.sources, hint.source))),
        kept_at=begun.kept_at,
        moved=begun.moved,
    )


async def moved_since(box: Deps, events: Sequence[Event], version: int) -> str:
    """Who did what to the case after the version somebody saw; "" when nobody did."""
    last = events[-1] if events else None
    if last is None or last.version <= version:
        return ""
    names = await box.people.display_names()
    who = words.ACTORS.get(last.actor) or names.get(last.actor, last.actor)
    step = STEPS.get(last.step)
    what = f"“{step.words}”" if step else "改动"
    return f"{who}{words.moment(last.at, now=box.clock())}{what}了这封来信"


async def keep(request: web.Request) -> web.Response:
    """What is being written, sent by the page as it goes on; tells who else is at the case."""
    form, box, person = await request.post(), deps(request), request[SESSION].person
    number, now = request.match_info["number"], box.clock()
    given = str(form.get("version", ""))
    version = int(given) if given.isdecimal() and len(given) < 10 else 0
    text = str(form["text"])[:LONGEST_TEXT] if "text" in form else None
    try:
        if text is not None:
            await box.people.touch_session(request[SESSION].token_hash, now=now)
            await box.papers.keep_draft(
                KeptDraft(
                    case=number,
                    person=person.name,
                    text=text,
                    purpose=purpose_in(str(form.get("purpose", ""))).value,
                    sources=tuple(map(str, form.getall("source", [])))[:MOST_SOURCES],
                    version=version,
                    saved_at=now,
                ),
                viewer=person,
            )
        writing = form.get("writing") == "yes"
        there = await box.papers.come_to(number, viewer=person, writing=writing, now=now)
        events = await box.cases.events(number, viewer=person)
    except CaseError as error:
        return web.json_response({"lost": error.tell}, status=404)
    names = await box.people.display_names()
    return web.json_response(
        {
            "saved": words.moment(now, now=now) if text is not None else "",
            "others": [
                f"{names.get(each.person, each.person)}{'正在写' if each.writing else '正在看'}"
                for each in there
            ],
            "moved": await moved_since(box, events, version),
        }
    )


def purpose_in(given: str) -> Purpose:
    """The purpose that a form names; a reply when it names none."""
    return Purpose(given) if given in {each.value for each in Purpose} else Purpose.REPLY
