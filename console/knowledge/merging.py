"""合并: of two entries that say the same one stays, approved by a second person."""

from aiohttp import web

from console.deps import SESSION, deps
from console.knowledge.checks import checks_page
from console.knowledge.what_moves import Change, confirm_page, confirmed, what_moves
from console.pages import page
from knowledge_base.curation_steps import CurationError, EntryNotFound
from knowledge_base.merging import Proposal


async def show(request: web.Request) -> web.Response:
    """What would stay, what would go, and the wordings that go along."""
    query = request.query
    try:
        found = await _proposal(request, query.get("keep", ""), query.get("gone", ""))
    except EntryNotFound:
        raise web.HTTPNotFound from None
    except CurationError as refused:
        return await checks_page(request, fault=f"{refused.tell}。", status=409)
    return await page(request, "knowledge/merge.html", proposal=found, result=found.result)


async def _proposal(request: web.Request, keep: str, gone: str) -> Proposal:
    actor = request[SESSION].person.name
    return await deps(request).curator.merging.proposal(keep, gone, actor=actor)


async def begin(request: web.Request) -> web.StreamResponse:
    """Puts the merge up for review; first shows which golden questions it would move."""
    form, box = await request.post(), deps(request)
    actor = request[SESSION].person.name
    try:
        found = await _proposal(request, str(form.get("keep", "")), str(form.get("gone", "")))
        change = _change(found, str(form.get("seal", "")))
        if not confirmed(box, change.text, form):
            moved = await what_moves(box, changed=[found.result.entry], merges=[found.merge])
            if moved.moves:
                return await confirm_page(request, change, moved)
        seal = str(form.get("seal", ""))
        kept = await box.curator.merging.begin(found, seal=seal, actor=actor)
    except EntryNotFound:
        raise web.HTTPNotFound from None
    except CurationError as refused:
        return await checks_page(request, fault=f"{refused.tell}。", status=409)
    raise web.HTTPSeeOther(f"/console/entries/{kept.id}?done=merge")


def _change(found: Proposal, seal: str) -> Change:
    kept, gone = found.kept, found.gone
    return Change(
        deed="合并",
        about=f"“{gone.question}”并到“{kept.question}”",
        advice="可以改为留下另一条，或先调整问法。",
        action="/console/checks/merge",
        back="/console/checks?tab=duplicates",
        fields=[("keep", kept.id), ("gone", gone.id), ("seal", seal)],
        entries=[found.result.entry],
    )


async def cancel(request: web.Request) -> web.StreamResponse:
    """The other entry stays; the text in review goes on as a change of its own."""
    entry, box = request.match_info["id"], deps(request)
    actor = request[SESSION].person.name
    done = await box.entries.cancel_merge(entry, actor=actor, now=box.clock())
    raise web.HTTPSeeOther(f"/console/entries/{entry}?done={'unmerge' if done else ''}")
