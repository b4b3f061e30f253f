"""待审: several texts read and approved on one page; what they would move is shown first."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final
from urllib.parse import quote

from aiohttp import web

from cases.text_check import Concern
from cases.work_calendar import today
from console import background
from console.deps import SESSION, Deps, deps
from console.knowledge import golden
from console.knowledge.asked_alike import Shown, beside
from console.knowledge.text_safety import entry_concerns
from console.knowledge.what_moves import Change, Confirmed, shown_first, taken_by, what_moves
from console.pages import page
from knowledge_base.curation_steps import CurationError, is_same_person
from knowledge_base.entry import Entry, Status
from knowledge_base.versions import mark_of
from knowledge_base.word_difference import FieldDifference, entry_difference

PAGE_SIZE: Final = 50
DONE: Final = {
    "published": "已发布，群众现在就能问到；还没到生效日期的，到那天自动换上。",
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
    alike: Sequence[Shown] = ()

    @property
    def blocked(self) -> bool:
        return any(each.must for each in self.concerns)


async def show(request: web.Request) -> web.Response:
    """What waits for somebody else's approval, those of one matter together, fifty a page.

    `?department=` leaves out other departments'; `?tick=all` has each one ticked without a
    concern.
    """
    return await review_page(request)


async def review_page(request: web.Request, *, fault: str = "", status: int = 200) -> web.Response:
    box, person = deps(request), request[SESSION].person
    newest = await box.entries.newest_entries()
    waiting = [e for e in newest if e.status is Status.IN_REVIEW and not e.reviewer]
    others = [e for e in waiting if not is_same_person(e.author, person.name)]
    mine = [e for e in newest if e.status is Status.DRAFT and is_same_person(e.author, person.name)]
    tally = Counter(each.department for each in others)
    department = request.query.get("department", "") or None
    shown = [e for e in others if department not in tally or e.department == department]
    shown.sort(key=lambda e: (e.department, e.topic, e.question))
    corrections = await box.curating.corrections.open_corrections()
    live = {each.id: each for each in await box.entries.published_entries()}
    return await page(
        request,
        "knowledge/review.html",
        status=status,
        waiting=await waiting_of(box, shown[:PAGE_SIZE], live),
        takes=await taken_by(shown[:PAGE_SIZE], box),
        amount=len(shown),
        everything=len(others),
        tally=sorted(tally.items()) if len(tally) > 1 else (),
        department=department if department in tally else None,
        corrections=[e for e in corrections if not is_same_person(e.author, person.name)],
        own=len(waiting) - len(others),
        drafts=len(mine),
        all_drafts=sum(each.status is Status.DRAFT for each in newest),
        ticked=request.query.get("tick") == "all",
        fault=fault,
        done=DONE.get(request.query.get("done", ""), ""),
    )


async def waiting_of(
    box: Deps, entries: Sequence[Entry], live: Mapping[str, Entry]
) -> list[Waiting]:
    """Texts as they are read before they go on; `live` is what citizens read now, by id."""
    alike = await beside(box, entries)
    return [_waiting(each, live.get(each.id), alike.get(each.id, ())) for each in entries]


def _waiting(entry: Entry, live: Entry | None, alike: Sequence[Shown]) -> Waiting:
    return Waiting(
        entry=entry,
        key=f"{mark_of(entry)}:{entry.id}",
        live=live,
        changes=entry_difference(live, entry) if live else (),
        concerns=entry_concerns(entry),
        alike=alike,
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
    change = _together(keys, read, str(form.get("department", ""))[:100])
    shown = await shown_first(request, change, partial(what_moves, box, changed=read))
    if not isinstance(shown, Confirmed):
        return shown
    try:
        await box.curator.publish_all(
            read,
            reviewer=request[SESSION].person.name,
            today=today(box.clock()),
            remark=shown.remark,
        )
    except CurationError as refused:
        return await review_page(request, fault=f"{refused.tell}。什么都没有发布。", status=409)
    await background.refresh_now(box)
    if await box.curating.golden.golden_questions():
        await golden.start_run(request, f"一起发布 {len(read)} 条之后")
    where = quote(str(form.get("department", ""))[:100], safe="")
    raise web.HTTPSeeOther(f"/console/review?done=published&department={where}")


def _together(keys: Sequence[str], read: Sequence[Entry], department: str) -> Change:
    return Change(
        deed="发布",
        about=f"一起发布 {len(read)} 条",
        advice="可以先不发布其中有关的条目。",
        action="/console/review",
        back="/console/review",
        fields=[("department", department), *(("read", key) for key in keys)],
        entries=read,
        explained=True,
    )


async def submit_own(request: web.Request) -> web.StreamResponse:
    """Puts all drafts of whoever asks up for review, as after an import."""
    try:
        await deps(request).curator.submit_all(request[SESSION].person.name)
    except CurationError as refused:
        return await review_page(request, fault=f"{refused.tell}。", status=409)
    raise web.HTTPSeeOther("/console/review?done=submitted")
