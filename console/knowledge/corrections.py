"""发给了谁: who was given an entry, and telling them that it was wrong; released by two people."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from aiohttp import web

from cases.people import Person
from cases.work_calendar import today
from console.dashboards.weeks import start_of
from console.deps import SESSION, deps
from console.guard import Handler
from console.knowledge.entries import published_of, versions_of
from console.knowledge.text_safety import must_go
from console.pages import page
from console.ways.two_people import number_in
from handlers.texts.corrections import correction as in_words
from knowledge_base.corrections import (
    LONGEST,
    Correction,
    CorrectionMovedOn,
    CorrectionState,
    Reach,
)
from knowledge_base.curation_steps import CurationError, is_same_person
from knowledge_base.entry import Entry

SHOWN: Final = 100
DAYS_BACK: Final = 30
LONGEST_ABOUT: Final = 60
DONE: Final = {
    "propose": "更正已写好，等另一位同事审核后发给群众。",
    "approve": "更正已审核通过，正在发给群众。",
    "refuse": "这条更正不发了。",
    "stop": "已停发，还没有收到的群众不会再收到。",
}
STILL_GIVEN: Final = "第 {} 版还在发给群众。请先撤下，或者发布改好的一版，再发更正"
NOBODY: Final = "这段时间没有人收到过勾选的版本，不用发更正。"


@dataclass(frozen=True, kw_only=True)
class Filled:
    """The form, as it was filled in; `versions` are the ticked ones."""

    versions: frozenset[int]
    since: str
    text: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A correction with the text as citizens read it, and whom it would reach now."""

    item: Correction
    text: str
    own: bool
    reach: Reach | None


def may_see(person: Person, entry: Entry) -> bool:
    """A curator of a department reads what citizens asked it, as in 待补; others read all."""
    return person.learns_from in {None, entry.department}


async def own_versions(request: web.Request) -> list[Entry]:
    """All versions of the entry in the address, for whoever may see what was asked of it."""
    versions = await versions_of(request)
    if not may_see(request[SESSION].person, versions[0]):
        raise web.HTTPForbidden
    return versions


async def show(request: web.Request) -> web.Response:
    """To whom an entry was sent, its corrections, and the form of a new one."""
    return await sent_page(request)


async def sent_page(
    request: web.Request, *, filled: Filled | None = None, fault: str = "", status: int = 200
) -> web.Response:
    """The page, with what is wrong with the form or why a step was refused."""
    versions, box = await own_versions(request), deps(request)
    newest, live = versions[0], published_of(versions)
    given = await box.entries.times_given(newest.id)
    found = await box.curating.corrections.corrections_of(newest.id)
    day = today(box.clock())
    return await page(
        request,
        "knowledge/entry_given.html",
        status=status,
        entry=newest,
        live=live,
        given=given,
        sent=await box.curating.corrections.sent_of_entry(newest.id, limit=SHOWN),
        corrections=[await _shown(request, each) for each in found],
        filled=filled or _suggested(given, live, day),
        longest=LONGEST,
        day=day.isoformat(),
        fault=fault,
        done=DONE.get(request.query.get("done", ""), "") if not fault else "",
    )


async def _shown(request: web.Request, item: Correction) -> Shown:
    box = deps(request)
    reach = None
    if item.state is CorrectionState.PROPOSED:
        reach = await box.curating.corrections.reach(
            item.entry, item.versions, since=item.since, now=box.clock()
        )
    return Shown(
        item=item,
        text=in_words(item.about, item.proposed_at or item.since, item.text),
        own=is_same_person(item.author, request[SESSION].person.name),
        reach=reach,
    )


def _suggested(given: Mapping[int, int], live: Entry | None, day: date) -> Filled:
    """What went out and is not given any more, and the text that has taken its place."""
    right = live if live is not None and set(given) - {live.version} else None
    wrong = set(given) - ({right.version} if right else set())
    answer = right.answer if right else ""
    return Filled(
        versions=frozenset(wrong),
        since=(day - timedelta(days=DAYS_BACK)).isoformat(),
        text=answer if len(answer) <= LONGEST else "",
    )


async def propose(request: web.Request) -> web.StreamResponse:
    """Keeps a correction for somebody else to release."""
    versions, box = await own_versions(request), deps(request)
    filled = _read(await request.post())
    day = _day(filled.since)
    if wrong := _wrong(filled, day):
        return await sent_page(request, filled=filled, fault=wrong, status=422)
    assert day is not None
    about = next((e.question for e in versions if e.version in filled.versions), "")
    made = Correction(
        entry=versions[0].id,
        versions=tuple(sorted(filled.versions)),
        since=start_of(day),
        about=about[:LONGEST_ABOUT],
        text=filled.text,
        reason=filled.reason,
    )
    store, now = box.curating.corrections, box.clock()
    if not (await store.reach(made.entry, made.versions, since=made.since, now=now)).people:
        return await sent_page(request, filled=filled, fault=NOBODY, status=422)
    await store.propose_correction(made, author=request[SESSION].person.name, now=now)
    raise _back(request, "propose")


def _read(form: Any) -> Filled:
    return Filled(
        versions=frozenset(filter(None, map(number_in, form.getall("versions", [])))),
        since=str(form.get("since", "")).strip()[:10],
        text=str(form.get("text", "")).replace("\r\n", "\n").strip(),
        reason=str(form.get("reason", "")).strip()[:200],
    )


def _wrong(filled: Filled, day: date | None) -> str:
    if not filled.versions:
        return "请勾选发错的是哪几版。"
    if day is None:
        return "请填写从哪一天起答错了，写成 2026-01-31 这样。"
    if not filled.text or len(filled.text) > LONGEST:
        return f"请写明正确的内容，不超过 {LONGEST} 个字。"
    if not filled.reason:
        return "请写明错在哪里，审核的同事会看到。"
    return must_go(Entry(id="", question="", answer=filled.text))


def _day(given: str) -> date | None:
    try:
        day = date.fromisoformat(given)
    except ValueError:
        return None
    return day if 2000 <= day.year < 2200 else None


async def _approve(request: web.Request, item: Correction, remark: str) -> None:
    live = published_of(await own_versions(request))
    if live is not None and live.version in item.versions:
        told = STILL_GIVEN.format(live.version)
        raise CorrectionMovedOn("still given to citizens", tell=told)
    await _decide(request, item, CorrectionState.APPROVED, remark)


async def _refuse(request: web.Request, item: Correction, remark: str) -> None:
    await _decide(request, item, CorrectionState.REFUSED, remark)


async def _decide(
    request: web.Request, item: Correction, after: CorrectionState, remark: str
) -> None:
    box, actor = deps(request), request[SESSION].person.name
    if after is CorrectionState.APPROVED and is_same_person(item.author, actor):
        raise CorrectionMovedOn("its author", tell="这条更正是您写的，要由另一位同事审核")
    await box.curating.corrections.decide_correction(
        item.id, after, actor=actor, remark=remark, now=box.clock()
    )


async def _stop(request: web.Request, item: Correction, remark: str) -> None:
    del remark
    box, actor = deps(request), request[SESSION].person.name
    await box.curating.corrections.stop_correction(item.id, actor=actor, now=box.clock())


Take = Callable[[web.Request, Correction, str], Awaitable[None]]


def _page_of(name: str, take: Take) -> Handler:
    """The handler of one step: then the page again, with the reason if refused."""

    async def handle(request: web.Request) -> web.StreamResponse:
        form = await request.post()
        store = deps(request).curating.corrections
        await own_versions(request)
        item = await store.correction(number_in(request.match_info["correction"]))
        if item is None or item.entry != request.match_info["id"]:
            raise web.HTTPNotFound
        try:
            await take(request, item, str(form.get("remark", "")).strip()[:200])
        except CurationError as refused:
            return await sent_page(request, fault=f"{refused.tell}。", status=409)
        raise _back(request, name)

    return handle


def _back(request: web.Request, done: str) -> web.HTTPSeeOther:
    path = request.rel_url.path.partition("/corrections")[0]
    return web.HTTPSeeOther(f"{path}/given?done={done}")


approve = _page_of("approve", _approve)
refuse = _page_of("refuse", _refuse)
stop = _page_of("stop", _stop)
