"""The forms of a case page: each takes one step at the desk."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from aiohttp import web

from cases.case import Case, CaseError, ChangedMeanwhile, TextNotFit, UnknownCase
from cases.desk import Desk
from cases.papers import PaperStore
from cases.people import Person
from cases.ports import CaseStore
from cases.steps import may_see
from console.cases.case_draft import MOST_SOURCES, purpose_in, submitted
from console.cases.case_page import Typed, case_page
from console.deps import SESSION, deps
from console.guard import Handler
from console.ports import PeopleStore

FIELDS: Final = (
    "text", "reason", "department", "days", "purpose", "officer", "topic", "lead", "progress",
    "silent",
)  # fmt: skip
KEPT: Final = "您写的内容没有丢，还在下面；请先看看最新情况，再决定要不要提交。"


@dataclass(frozen=True, kw_only=True)
class Doing:
    """One posted form: who wants which step, seen at which version of the case."""

    desk: Desk
    papers: PaperStore
    people: PeopleStore
    cases: CaseStore
    number: str
    form: Mapping[str, str]
    version: int
    actor: Person
    now: datetime
    sources: tuple[str, ...]


async def _accept(d: Doing) -> Case:
    return await d.desk.accept(d.number, version=d.version, actor=d.actor, now=d.now)


async def _route(d: Doing) -> Case:
    to, reason = d.form["department"], d.form["reason"]
    return await d.desk.route(d.number, to, reason, version=d.version, actor=d.actor, now=d.now)


async def _return(d: Doing) -> Case:
    return await d.desk.return_to_dispatcher(
        d.number, d.form["reason"], version=d.version, actor=d.actor, now=d.now
    )


async def _draft(d: Doing) -> Case:
    case = await d.desk.draft(
        d.number,
        d.form["text"],
        version=d.version,
        actor=d.actor,
        now=d.now,
        purpose=purpose_in(d.form["purpose"]),
        sources=d.sources,
    )
    await submitted(d.papers, case, d.actor, d.form["seen"])
    return case


async def _review(d: Doing) -> Case:
    return await d.desk.review(
        d.number,
        version=d.version,
        draft_hash=d.form["draft_hash"],
        confirmed=d.form["confirmed"],
        actor=d.actor,
        now=d.now,
    )


async def _withdraw(d: Doing) -> Case:
    return await d.desk.withdraw(d.number, version=d.version, actor=d.actor, now=d.now)


async def _send_back(d: Doing) -> Case:
    return await d.desk.send_back(
        d.number, d.form["reason"], version=d.version, actor=d.actor, now=d.now
    )


async def _resume(d: Doing) -> Case:
    return await d.desk.resume(
        d.number, d.form["reason"], version=d.version, actor=d.actor, now=d.now
    )


async def _extend(d: Doing) -> Case:
    return await d.desk.extend(
        d.number,
        whole_days(d.form["days"]),
        d.form["reason"],
        version=d.version,
        actor=d.actor,
        now=d.now,
        silent=d.form["silent"] == "yes",
    )


def whole_days(given: str) -> int:
    """Raises `TextNotFit`."""
    if not given.isdecimal() or len(given) > 2:
        raise TextNotFit(f"{given!r} is not a number of days", "请填写延长几个工作日，例如 3。")
    return int(given)


async def _close(d: Doing) -> Case:
    return await d.desk.close(d.number, version=d.version, actor=d.actor, now=d.now)


def page_of(name: str, take: Callable[[Doing], Awaitable[Case]]) -> Handler:
    """The handler of one form: the step, then the page again, with what was typed if refused."""

    async def handle(request: web.Request) -> web.StreamResponse:
        doing = await _doing(request)
        try:
            case = await take(doing)
        except UnknownCase:
            raise
        except CaseError as refused:
            status = 422 if isinstance(refused, TextNotFit) else 409
            typed = await _typed(name, doing, refused)
            return await case_page(request, typed=typed, status=status)
        # What a department has given back is not its own to see any more.
        page = f"/{doing.number}" if may_see(doing.actor, case) else ""
        raise web.HTTPSeeOther(f"/console/cases{page}?done={name}")

    return handle


async def _doing(request: web.Request) -> Doing:
    posted, box = await request.post(), deps(request)
    form = {
        key: str(posted.get(key, ""))
        for key in (*FIELDS, "draft_hash", "confirmed", "version", "seen")
    }
    version = form["version"]
    return Doing(
        desk=box.desk,
        papers=box.papers,
        people=box.people,
        cases=box.cases,
        number=request.match_info["number"],
        form=form,
        version=int(version) if version.isdecimal() and len(version) < 10 else 0,
        actor=request[SESSION].person,
        now=box.clock(),
        sources=tuple(map(str, posted.getall("source", [])))[:MOST_SOURCES],
    )


async def _typed(name: str, doing: Doing, refused: CaseError) -> Typed:
    fields = {key: doing.form[key] for key in FIELDS}
    if not isinstance(refused, ChangedMeanwhile):
        blames = isinstance(refused, TextNotFit)
        return Typed(step=name, fields=fields, fault=refused.tell, blames=blames)
    if refused.by == doing.actor.name:
        fault = refused.told_to_themselves()
    else:
        names = await doing.people.display_names()
        fault = refused.told_of(names.get(refused.by, refused.by))
    kept = any(fields[key] for key in ("text", "reason", "progress"))
    return Typed(step=name, fields=fields, fault=fault + (KEPT if kept else ""), blames=False)


accept = page_of("accept", _accept)
route = page_of("route", _route)
return_case = page_of("return", _return)
draft = page_of("draft", _draft)
review = page_of("review", _review)
withdraw = page_of("withdraw", _withdraw)
send_back = page_of("send-back", _send_back)
resume = page_of("resume", _resume)
extend = page_of("extend", _extend)
close = page_of("close", _close)
