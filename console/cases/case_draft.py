"""The box in which a text is written: what stands in it at first, and how nothing of it is lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from aiohttp import web

from cases.case import Case, Event, UnknownCase
from cases.desk import Purpose
from cases.papers import KeptDraft, PaperStore
from cases.people import Person
from cases.steps import STEPS
from cases.wording import LONGEST_TEXT
from console import words
from console.cases.case_beside import Hint
from console.deps import SESSION, Deps, deps

MOST_SOURCES: Final = 10
MOST_KEPT: Final = 10 * LONGEST_TEXT
LOST: Final = "这封来信已经不在您的部门，可能刚转到了别处。您写的文字还在这一页，可以复制下来"
"""Characters of a text that is still being written; only what is submitted must be shorter."""


@dataclass(frozen=True, kw_only=True)
class Box:
    """The text to begin with, its purpose and sources; `kept_at` when it was not submitted yet.

    `seen` is the mark of what the desk keeps for this person, so that a later window of theirs
    does not write over an earlier one.
    """

    text: str
    purpose: str
    sources: tuple[str, ...] = ()
    kept_at: datetime | None = None
    moved: str = ""
    seen: str = ""


async def box_of(
    box: Deps, case: Case, person: Person, purpose: str, events: Sequence[Event]
) -> Box:
    """What the person was writing when the desk last heard of it, else the case's draft.

    `purpose` is the newest draft's, which may have gone out: a text begun anew is a reply.
    """
    if not case.draft:
        purpose = Purpose.REPLY.value
    kept = await box.papers.kept_draft(case.number, viewer=person)
    if kept is None:
        return Box(text=case.draft, purpose=purpose)
    if kept.text.strip() in case.draft and case.drafted_by == person.name:
        return Box(text=case.draft, purpose=purpose, seen=kept.mark)
    return Box(
        seen=kept.mark,
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
        seen=begun.seen,
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
    written = _written(form, form.getall("source", []), number, person, now)
    try:
        told = await _kept(request, written, str(form.get("seen", ""))) if written else {}
        writing = form.get("writing") == "yes"
        there = await box.papers.come_to(number, viewer=person, writing=writing, now=now)
        events = await box.cases.events(number, viewer=person)
    except UnknownCase:
        return web.json_response({"lost": LOST}, status=404)
    names = await box.people.display_names()
    return web.json_response(
        told
        | {
            "others": [
                f"{names.get(each.person, each.person)}{'正在写' if each.writing else '正在看'}"
                for each in there
            ],
            "moved": await moved_since(box, events, _version(form)),
        }
    )


def _version(form: Mapping[str, Any]) -> int:
    given = str(form.get("version", ""))
    return int(given) if given.isdecimal() and len(given) < 10 else 0


def _written(
    form: Mapping[str, Any], sources: Sequence[Any], number: str, person: Person, now: datetime
) -> KeptDraft | None:
    """The text of a form, with the line ends of the box it was written in; None without one."""
    if "text" not in form:
        return None
    return KeptDraft(
        case=number,
        person=person.name,
        text=str(form["text"]).replace("\r\n", "\n"),
        purpose=purpose_in(str(form.get("purpose", ""))).value,
        sources=tuple(map(str, sources))[:MOST_SOURCES],
        version=_version(form),
        saved_at=now,
    )


async def _kept(request: web.Request, written: KeptDraft, seen: str) -> dict[str, str]:
    """What became of it: `saved` when, or what stands there from another window of theirs."""
    box = deps(request)
    await box.people.touch_session(request[SESSION].token_hash, now=written.saved_at)
    if len(written.text) > MOST_KEPT:
        return {"saved": ""}
    other = await box.papers.keep_draft(written, viewer=request[SESSION].person, seen=seen)
    if other is not None:
        when = words.moment(other.saved_at, now=written.saved_at)
        return {"saved": "", "elsewhere": other.text, "elsewhere_at": when, "kept": other.mark}
    mark = written.mark if written.text.strip() else ""
    return {"saved": words.moment(written.saved_at, now=written.saved_at), "kept": mark}


async def submitted(box: PaperStore, case: Case, person: Person, seen: str) -> None:
    """Takes away what was kept of the text that the case has now; another window's stays."""
    kept = await box.kept_draft(case.number, viewer=person)
    if kept is not None and (kept.mark == seen or kept.text.strip() in case.draft):
        await box.keep_draft(replace(kept, text=""), viewer=person, seen=kept.mark)


def purpose_in(given: str) -> Purpose:
    """The purpose that a form names; a reply when it names none."""
    return Purpose(given) if given in {each.value for each in Purpose} else Purpose.REPLY
