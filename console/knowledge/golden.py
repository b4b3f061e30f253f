"""必答题: questions that must keep their answer, and what publishing a text would do to them."""

from collections.abc import Sequence
from typing import Any, Final

from aiohttp import web

from cases.work_calendar import today
from console import background
from console.deps import SESSION, Deps, deps
from console.knowledge.asked_alike import beside
from console.knowledge.curating import Tell
from console.knowledge.entries import published_of, versions_of
from console.knowledge.text_safety import entry_concerns, to_confirm
from console.knowledge.what_moves import (
    TURNS,
    Confirmed,
    confirmed,
    seal_of,
    taken_by,
    titles_of,
    what_moves,
)
from console.pages import page
from knowledge_base.entry import Entry, Status
from knowledge_base.evaluation import Judged, Report, row_of
from knowledge_base.golden import GoldenQuestion
from knowledge_base.jobs import JobResult
from knowledge_base.outcome import Finding
from knowledge_base.rehearsal import ask_all
from knowledge_base.text import normalise
from knowledge_base.versions import mark_of
from knowledge_base.word_difference import entry_difference

LONGEST: Final = 500
KIND: Final = "golden"
DONE: Final = {
    "added": "已加为必答题。每次发布之前都会重问一遍。",
    "not_yet": "已加为必答题。但现在这样问，还不是这个结果：点开下面这一道，看看为什么。",
    "known": "这个问题已经是必答题了。",
    "retired": "已移出必答题。",
}


async def show(request: web.Request) -> web.Response:
    """All golden questions, the form for another, and the newest run."""
    return await golden_page(request)


async def golden_page(request: web.Request, *, fault: str = "", status: int = 200) -> web.Response:
    box = deps(request)
    runs = await box.curating.jobs.jobs((KIND,), limit=1)
    titles = {each.id: each.question for each in await box.entries.published_entries()}
    form = await request.post() if fault else {}
    wanted = request.query.get("entry", "")[:LONGEST]
    return await page(
        request,
        "knowledge/golden.html",
        status=status,
        questions=await box.curating.golden.golden_questions(),
        titles=titles,
        run=runs[0] if runs else None,
        fault=fault,
        text=str(form.get("text", "")) or request.query.get("q", "")[:LONGEST],
        entry=str(form.get("entry", "")) or titles.get(wanted, wanted),
        done=DONE.get(request.query.get("done", ""), ""),
        is_not_yet=request.query.get("done") == "not_yet",
    )


async def add(request: web.Request) -> web.StreamResponse:
    """One more golden question; without an entry, one that must not be answered directly."""
    form, box = await request.post(), deps(request)
    text = " ".join(str(form.get("text", "")).split())
    named = str(form.get("entry", "")).strip()
    if not text or len(text) > LONGEST:
        fault = f"请写出问题，最多 {LONGEST} 个字。"
        return await golden_page(request, fault=fault, status=422)
    entry = entry_named(named, await box.entries.published_entries())
    if named and not entry:
        fault = "没有找到这一条，或有几条同名。请从列表里选，或留空表示“不能直接答复”。"
        return await golden_page(request, fault=fault, status=422)
    actor, now = request[SESSION].person.name, box.clock()
    if not await box.curating.golden.add_golden(text, entry, actor=actor, now=now):
        raise web.HTTPSeeOther("/console/golden?done=known")
    added = GoldenQuestion(id=0, text=text, entry=entry, added_by=actor, added_at=now)
    is_met = added.is_met_by(row_of("", await box.search(text)))
    raise web.HTTPSeeOther(f"/console/golden?done={'added' if is_met else 'not_yet'}")


def entry_named(named: str, published: Sequence[Entry]) -> str:
    """The id of the entry with this id or this question; "" for none, or for several."""
    if any(each.id == named for each in published):
        return named
    wanted = normalise(named)
    found = [each.id for each in published if wanted and normalise(each.question) == wanted]
    return found[0] if len(found) == 1 else ""


async def retire(request: web.Request) -> web.StreamResponse:
    """Takes a golden question out; it stays in the records."""
    number, box = request.match_info["golden"], deps(request)
    if not number.isdecimal() or len(number) > 9:
        raise web.HTTPNotFound
    actor = request[SESSION].person.name
    await box.curating.golden.retire_golden(int(number), actor=actor, now=box.clock())
    raise web.HTTPSeeOther("/console/golden?done=retired")


async def run(request: web.Request) -> web.StreamResponse:
    """Asks all of them now and keeps the figures."""
    job = await start_run(request, "现在的知识库")
    raise web.HTTPSeeOther(f"/console/evaluations/{job}")


async def start_run(request: web.Request, name: str) -> int:
    """A job that asks every golden question of the index in use."""
    box = deps(request)

    async def work(tell: Tell) -> JobResult:
        await box.curating.refresh()
        return JobResult(figures=await _figures(box, tell))

    return await background.start(request, KIND, name, work)


async def _figures(box: Deps, tell: Tell) -> dict[str, Any]:
    golden = await box.curating.golden.golden_questions()
    found = await ask_all([each.text for each in golden], box.search, tell)
    return figures_of(golden, found, await box.entries.published_entries())


def figures_of(
    golden: Sequence[GoldenQuestion], found: Sequence[Finding], entries: Sequence[Entry]
) -> dict[str, Any]:
    """What a run's page tells of what the golden questions found, in their order."""
    rows = [row_of(str(q.id), f) for q, f in zip(golden, found, strict=True)]
    judged = tuple(Judged(query=q.query, row=r) for q, r in zip(golden, rows, strict=True))
    kept = sum(q.is_met_by(r) for q, r in zip(golden, rows, strict=True))
    texts = {each.id: each.question or each.answer[:40] for each in entries}
    report = Report(judged=judged, texts=texts).as_json()
    return {"kept": kept, "entries": len(entries), **report}


async def check(request: web.Request) -> web.Response:
    """What publishing the newest version would change, before anyone confirms it."""
    versions, box = await versions_of(request), deps(request)
    newest, live = versions[0], published_of(versions)
    if newest.status is not Status.IN_REVIEW or newest.reviewer:
        raise web.HTTPSeeOther(f"/console/entries/{newest.id}")
    found = await what_moves(box, changed=[newest])
    found_in_text = entry_concerns(newest)
    return await page(
        request,
        "knowledge/entry_check.html",
        entry=newest,
        mark=mark_of(newest),
        checked=seal_of(box, await _publishing(box, newest), found.broken),
        concerns=found_in_text,
        confirm=to_confirm(found_in_text),
        blocked=any(each.must for each in found_in_text),
        live=live,
        later=live is not None and not newest.is_begun_on(today(box.clock())),
        changes=entry_difference(live, newest) if live else (),
        alike=(await beside(box, [newest])).get(newest.id),
        moves=found.moves,
        broken=found.broken,
        tried=found.tried,
        turns=TURNS,
        titles=await titles_of(box),
        takes=await taken_by([newest], box),
    )


async def checked(request: web.Request) -> Confirmed | None:
    """That what a publishing form changes was seen, with the reason for what it breaks."""
    form, box = await request.post(), deps(request)
    newest = (await versions_of(request))[0]
    if str(form.get("confirmed", "")) != to_confirm(entry_concerns(newest)):
        return None
    change = await _publishing(box, newest)
    return confirmed(box, change, form, explained=True) if change else Confirmed()


async def _publishing(box: Deps, entry: Entry) -> str:
    """Publishing this text under the golden questions in force; "" where there are none."""
    questions = await box.curating.golden.golden_questions()
    return repr((mark_of(entry), [each.id for each in questions])) if questions else ""
