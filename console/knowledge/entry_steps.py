"""The forms of the knowledge base: each takes one step of curation."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from urllib.parse import quote

from aiohttp import web

from cases.work_calendar import today
from console import background
from console.deps import SESSION, deps
from console.guard import Handler
from console.knowledge import golden
from console.knowledge.entries import entry_page, form_page, published_of, versions_of
from console.knowledge.entry_form import entry_of, read
from console.knowledge.learning import fresh_id
from console.knowledge.what_moves import Change, Confirmed, shown_first, what_moves
from knowledge_base.curation import Curator
from knowledge_base.curation_steps import CurationError, EntryNotFound, StaleVersion, UnfitEntry
from knowledge_base.entry import Entry, Status
from knowledge_base.versions import mark_of
from knowledge_base.word_difference import entry_difference


@dataclass(frozen=True, kw_only=True)
class Doing:
    """One posted form: who wants which step, seen at which version of the entry."""

    curator: Curator
    entry: str
    version: int
    actor: str
    reason: str
    mark: str
    earlier: int
    today: date


async def _submit(d: Doing) -> Entry:
    return await d.curator.submit(d.entry, version=d.version, actor=d.actor, mark=d.mark)


async def _send_back(d: Doing) -> Entry:
    return await d.curator.send_back(
        d.entry, version=d.version, actor=d.actor, reason=d.reason, mark=d.mark
    )


async def _withdraw(d: Doing) -> Entry:
    return await d.curator.withdraw(d.entry, version=d.version, actor=d.actor, reason=d.reason)


async def _restore(d: Doing) -> Entry:
    return await d.curator.restore(
        d.entry, d.earlier, version=d.version, actor=d.actor, reason=d.reason
    )


def _page_of(name: str, take: Callable[[Doing], Awaitable[Entry]]) -> Handler:
    """The handler of one form: the step, then the page again, with the reason if refused."""

    async def handle(request: web.Request) -> web.StreamResponse:
        doing = await _doing(request)
        try:
            await take(doing)
        except EntryNotFound:
            raise web.HTTPNotFound from None
        except CurationError as refused:
            return await entry_page(request, fault=refused.tell + "。", step=name, status=409)
        raise _back_to(doing.entry, name)

    return handle


async def _doing(request: web.Request) -> Doing:
    form = await request.post()
    return Doing(
        curator=deps(request).curator,
        entry=request.match_info["id"],
        version=_version(form.get("version")),
        actor=request[SESSION].person.name,
        reason=str(form.get("reason", "")).strip()[:500],
        mark=str(form.get("mark", "")),
        earlier=_version(form.get("earlier")),
        today=today(deps(request).clock()),
    )


def _version(given: object) -> int:
    text = str(given)
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _back_to(entry: str, done: str) -> web.HTTPSeeOther:
    return web.HTTPSeeOther(f"/console/entries/{entry}?done={done}")


async def create(request: web.Request) -> web.StreamResponse:
    """Keeps a new entry as a draft."""
    filled = read(await request.post())
    if filled.faults:
        return await form_page(request, filled, status=422)
    box, author = deps(request), request[SESSION].person.name
    blank = Entry(id=fresh_id(box), question="", answer="", status=Status.DRAFT)
    content = entry_of(filled, blank)
    try:
        kept = await box.curator.draft(content, author=author)
    except UnfitEntry as unfit:
        return await form_page(request, filled, fault=unfit.tell, status=422)
    raise _back_to(kept.id, "save")


async def save(request: web.Request) -> web.StreamResponse:
    """Changes a draft, or begins a new version; what citizens read stays until it is published."""
    form = await request.post()
    filled, newest = read(form), (await versions_of(request))[0]
    if filled.faults:
        return await form_page(request, filled, entry=newest, status=422)
    version, author = _version(form.get("version")), request[SESSION].person.name
    try:
        content, mark = entry_of(filled, newest), str(form.get("mark", ""))
        await _keep(deps(request).curator, content, newest, version, author, mark)
    except UnfitEntry as unfit:
        return await form_page(request, filled, entry=newest, fault=unfit.tell, status=422)
    except StaleVersion:
        theirs = entry_difference(newest, content)
        return await form_page(request, filled, entry=newest, theirs=theirs, status=409)
    except CurationError as refused:
        fault = f"{refused.tell}。您填的内容都还在下面。"
        return await form_page(request, filled, entry=newest, fault=fault, status=409)
    raise _back_to(newest.id, "save")


async def _keep(
    curator: Curator, content: Entry, newest: Entry, version: int, author: str, mark: str
) -> Entry:
    if newest.status is Status.DRAFT:
        return await curator.revise(content, version=version, author=author, mark=mark)
    return await curator.draft(content, author=author, version=version)


submit = _page_of("submit", _submit)


async def publish(request: web.Request) -> web.StreamResponse:
    """Publishes what was checked against the golden questions, and asks those again."""
    seen = await golden.checked(request)
    if seen is None:
        raise web.HTTPSeeOther(f"/console/entries/{request.match_info['id']}/publish")

    entry = (await versions_of(request))[0]

    async def take(d: Doing) -> Entry:
        return await d.curator.publish(
            d.entry,
            version=d.version,
            reviewer=d.actor,
            mark=d.mark,
            today=d.today,
            remark=seen.remark,
        )

    try:
        return await _page_of("publish", take)(request)
    except web.HTTPSeeOther:
        await background.refresh_now(deps(request))
        if await deps(request).curating.golden.golden_questions():
            await golden.start_run(request, f"发布{_called(entry)}之后")
        raise


def _called(entry: Entry) -> str:
    return f"“{(entry.question or entry.answer)[:30]}”"


send_back = _page_of("send-back", _send_back)
_withdraw_now = _page_of("withdraw", _withdraw)


async def withdraw(request: web.Request) -> web.StreamResponse:
    """Takes an answer away, for the next message already; first shows what that moves."""
    doing = await _doing(request)
    live = published_of(await versions_of(request))
    if live is not None and live.version == doing.version and doing.reason:
        change = _change(
            doing, "撤下", "withdraw", live, "要换成新的答案，可以先改好发布，不用撤下。"
        )
        if shown := await _shown_first(request, change, gone={live.id}):
            return shown
    try:
        return await _withdraw_now(request)
    except web.HTTPSeeOther:
        await background.refresh_now(deps(request))
        if await deps(request).curating.golden.golden_questions():
            await golden.start_run(request, f"撤下{_called((await versions_of(request))[0])}之后")
        raise


_restore_now = _page_of("restore", _restore)


async def restore(request: web.Request) -> web.StreamResponse:
    """Puts an earlier text up for review; first shows what it moves once it is published."""
    doing, versions = await _doing(request), await versions_of(request)
    earlier = next((each for each in versions if each.version == doing.earlier), None)
    if earlier is not None and versions[0].version == doing.version and doing.reason:
        change = _change(doing, "恢复", "restore", earlier, "可以先改好再发布新的一版。")
        if shown := await _shown_first(request, change, changed=[earlier]):
            return shown
    return await _restore_now(request)


def _change(doing: Doing, deed: str, step: str, entry: Entry, advice: str) -> Change:
    path = f"/console/entries/{quote(doing.entry, safe='')}"
    fields = [("version", str(doing.version)), ("reason", doing.reason), ("mark", mark_of(entry))]
    return Change(
        deed=deed,
        about=f"{entry.question or entry.answer[:40]} · 第 {entry.version} 版",
        advice=advice,
        action=f"{path}/{step}",
        back=path,
        fields=[*fields, ("earlier", str(doing.earlier))],
        entries=[entry],
    )


async def _shown_first(
    request: web.Request,
    change: Change,
    *,
    changed: Sequence[Entry] = (),
    gone: Collection[str] = (),
) -> web.Response | None:
    """The page with what moves; None when nothing does, or when it was seen and confirmed."""
    find = partial(what_moves, deps(request), changed=changed, gone=gone)
    shown = await shown_first(request, change, find)
    return None if isinstance(shown, Confirmed) else shown
