"""待审: several texts read and approved on one page; what they would move is shown first."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from aiohttp import web

from cases.text_check import Concern
from cases.work_calendar import today
from console import background
from console.deps import SESSION, Deps, deps
from console.knowledge import golden
from console.knowledge.text_safety import entry_concerns
from console.pages import page
from knowledge_base.curation_steps import CurationError, is_same_person
from knowledge_base.entry import Entry, Status
from knowledge_base.golden import Move, Turn, moves
from knowledge_base.rehearsal import ask_all
from knowledge_base.versions import mark_of
from knowledge_base.word_difference import FieldDifference, entry_difference

PAGE_SIZE: Final = 20
DONE: Final = {
    "published": "已发布，群众现在就能问到。",
    "submitted": "已提交审核，由另一位同事核对。",
}


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A text in review as it is read here; `key` names exactly this text."""

    entry: Entry
    key: str
    live: Entry | None
    changes: tuple[FieldDifference, ...]
    concerns: tuple[Concern, ...]

    @property
    def blocked(self) -> bool:
        return any(each.must for each in self.concerns)


async def show(request: web.Request) -> web.Response:
    """The texts that wait for somebody else's approval, oldest id first, twenty a page."""
    return await review_page(request)


async def review_page(request: web.Request, *, fault: str = "", status: int = 200) -> web.Response:
    box, person = deps(request), request[SESSION].person
    newest = await box.entries.newest_entries()
    waiting = [e for e in newest if e.status is Status.IN_REVIEW]
    others = [e for e in waiting if not is_same_person(e.author, person.name)]
    mine = [e for e in newest if e.status is Status.DRAFT and is_same_person(e.author, person.name)]
    live = {each.id: each for each in await box.entries.published_entries()}
    return await page(
        request,
        "knowledge/review.html",
        status=status,
        waiting=[_waiting(each, live.get(each.id)) for each in others[:PAGE_SIZE]],
        amount=len(others),
        own=len(waiting) - len(others),
        drafts=len(mine),
        fault=fault,
        done=DONE.get(request.query.get("done", ""), ""),
    )


def _waiting(entry: Entry, live: Entry | None) -> Waiting:
    return Waiting(
        entry=entry,
        key=f"{mark_of(entry)}:{entry.id}",
        live=live,
        changes=entry_difference(live, entry) if live else (),
        concerns=entry_concerns(entry),
    )


async def publish(request: web.Request) -> web.StreamResponse:
    """Publishes the ticked texts; first shows what that does to the golden questions."""
    form, box = await request.post(), deps(request)
    keys = [str(key) for key in form.getall("read", [])][:PAGE_SIZE]
    newest = await box.entries.newest_entries()
    by_key = {f"{mark_of(e)}:{e.id}": e for e in newest if e.status is Status.IN_REVIEW}
    read = [by_key[key] for key in keys if key in by_key]
    if not read or len(read) != len(keys):
        fault = "请先勾选读过的条目。" if not keys else "有条目刚刚变了，请重新读过再勾选。"
        return await review_page(request, fault=fault, status=409)
    if form.get("checked") != _digest(keys):
        found = await _moves(box, read)
        if found:
            return await _check_page(request, keys, read, found)
    try:
        await box.curator.publish_all(read, reviewer=request[SESSION].person.name)
    except CurationError as refused:
        return await review_page(request, fault=f"{refused.tell}。什么都没有发布。", status=409)
    await background.refresh_now(box)
    if await box.curating.golden.golden_questions():
        await golden.start_run(request, f"一起发布 {len(read)} 条之后")
    raise web.HTTPSeeOther("/console/review?done=published")


async def _moves(box: Deps, read: Sequence[Entry]) -> tuple[Move, ...]:
    questions = await box.curating.golden.golden_questions()
    if not questions:
        return ()
    asked = [each.text for each in questions]
    after = await box.curating.rehearsal.ask(asked, read, today=today(box.clock()))
    return moves(questions, await ask_all(asked, box.search), after)


async def _check_page(
    request: web.Request, keys: Sequence[str], read: Sequence[Entry], found: Sequence[Move]
) -> web.Response:
    titles = {each.id: each.question for each in await deps(request).entries.published_entries()}
    return await page(
        request,
        "knowledge/review_check.html",
        keys=keys,
        read=read,
        checked=_digest(keys),
        moves=found,
        broken=sum(move.turn is Turn.BROKEN for move in found),
        turns=golden.TURNS,
        titles=titles | {each.id: each.question for each in read},
    )


def _digest(keys: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(keys).encode("utf-8", "replace")).hexdigest()[:16]


async def submit_own(request: web.Request) -> web.StreamResponse:
    """Puts all drafts of whoever asks up for review, as after an import."""
    try:
        await deps(request).curator.submit_all(request[SESSION].person.name)
    except CurationError as refused:
        return await review_page(request, fault=f"{refused.tell}。", status=409)
    raise web.HTTPSeeOther("/console/review?done=submitted")
