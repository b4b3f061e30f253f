"""The knowledge base as curators see it: the list, one entry with its versions, the form."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from aiohttp import web

from console.deps import SESSION, deps
from console.knowledge.asked_alike import beside
from console.knowledge.entry_form import Filled, blank, filled_with
from console.knowledge.learning import entry_from
from console.knowledge.text_safety import entry_concerns
from console.pages import page
from knowledge_base.curation_steps import is_same_person
from knowledge_base.entry import Entry, Status
from knowledge_base.versions import EntryStep, mark_of
from knowledge_base.word_difference import FieldDifference, entry_difference

PAGE_SIZE: Final = 40
DONE: Final = {
    "save": "已保存为草稿。看着没问题，就提交审核。",
    "submit": "已提交审核。由另一位同事核对后发布。",
    "publish": "已发布，群众现在就能问到。",
    "send-back": "已退回修改。",
    "withdraw": "已撤下，群众不会再看到这条答案。",
    "merge": "合并已提交审核。由另一位同事确认后，问法并过来，另一条撤下。",
    "unmerge": "已取消合并，另一条不会撤下。这里的修改还在等审核。",
    "restore": "旧版的内容已作为新版本提交审核。由另一位同事核对后发布。",
}


async def show_list(request: web.Request) -> web.Response:
    """All entries by their newest version, filtered by text, department and status."""
    box, query = deps(request), request.query
    text, department = query.get("q", "").strip()[:100], query.get("department", "")[:100]
    status = query.get("status", "")
    found = await box.entries.newest_entries(department=department, text=text)
    live = {entry.id: entry.version for entry in await box.entries.published_entries()}
    counts = Counter(entry.status.value for entry in found)
    counts[Status.PUBLISHED.value] = sum(entry.id in live for entry in found)
    matching = [entry for entry in found if not status or _is_in(entry, status, live)]
    pages = max(1, -(-len(matching) // PAGE_SIZE))
    number = min(_page_number(query.get("page", "")), pages)
    return await page(
        request,
        "knowledge/entries.html",
        entries=matching[(number - 1) * PAGE_SIZE : number * PAGE_SIZE],
        live=live,
        tabs=[("", "全部", len(found)), *_tabs(counts)],
        chosen=status,
        text=text,
        department=department,
        departments=await box.departments.departments(),
        closed=await box.departments.closed_departments(),
        number=number,
        pages=pages,
    )


def _is_in(entry: Entry, status: str, live: Mapping[str, int]) -> bool:
    """Whether a tab has an entry: what citizens read is published, whatever is written beside."""
    return entry.id in live if status == Status.PUBLISHED else entry.status == status


def _tabs(counts: Counter[str]) -> list[tuple[str, str, int]]:
    titles = {
        Status.PUBLISHED: "已发布",
        Status.IN_REVIEW: "待审核",
        Status.DRAFT: "草稿",
        Status.WITHDRAWN: "已撤下",
    }
    return [(status.value, title, counts[status.value]) for status, title in titles.items()]


def _page_number(given: str) -> int:
    return max(int(given), 1) if given.isdecimal() and len(given) < 5 else 1


async def show_entry(request: web.Request) -> web.Response:
    """One entry: its newest version, the published one, and what came before."""
    return await entry_page(request)


async def entry_page(
    request: web.Request, *, fault: str = "", step: str = "", status: int = 200
) -> web.Response:
    """The page of an entry, with the reason when a step was refused."""
    versions, store = await versions_of(request), deps(request).entries
    newest, person, live = versions[0], request[SESSION].person, published_of(versions)
    steps = await store.entry_history(newest.id)
    is_waiting = newest.status in {Status.DRAFT, Status.IN_REVIEW}
    return await page(
        request,
        "knowledge/entry.html",
        status=status,
        entry=newest,
        mark=mark_of(newest),
        live=live,
        changes=entry_difference(live, newest) if live and is_waiting else (),
        versions=versions,
        given=await store.times_given(newest.id),
        sees_given=person.learns_from in {None, newest.department},
        steps=steps,
        replaced=_replaced(steps),
        merges=await _merges(request, newest),
        concerns=entry_concerns(newest) if is_waiting else (),
        alike=(await beside(deps(request), [newest])).get(newest.id) if is_waiting else (),
        held=newest.status is Status.IN_REVIEW and bool(newest.reviewer),
        own=is_same_person(newest.author, person.name),
        fault=fault,
        step=step,
        reason=str((await request.post()).get("reason", "")) if fault else "",
        done=DONE.get(request.query.get("done", ""), "") if not fault else "",
    )


def _replaced(steps: Sequence[EntryStep]) -> frozenset[int]:
    """The versions that ended because another one of the entry was published in their place."""
    begun = {(step.at, step.version) for step in steps if step.status is Status.PUBLISHED}
    return frozenset(
        step.version
        for step in steps
        if step.status is Status.WITHDRAWN
        and any(at == step.at and version != step.version for at, version in begun)
    )


async def _merges(request: web.Request, newest: Entry) -> dict[str, Entry | None]:
    """The other entry of a merge: `takes` goes when this one is approved, `taken_by` has this."""
    store = deps(request).entries
    found: dict[str, Entry | None] = {"takes": None, "taken_by": None}
    for merge in await store.merges_of(newest.id):
        if merge.outcome == "" and (merge.kept, merge.version) == (newest.id, newest.version):
            found["takes"] = (await store.entry_versions(merge.gone))[0]
        went = merge.outcome == "done" and (merge.gone, merge.gone_version)
        if went == (newest.id, newest.version) and newest.status is Status.WITHDRAWN:
            found["taken_by"] = (await store.entry_versions(merge.kept))[0]
    return found


async def show_version(request: web.Request) -> web.Response:
    """One version in full, and how it differs from the newest one."""
    versions = await versions_of(request)
    number = request.match_info["version"]
    shown = next((each for each in versions if str(each.version) == number), None)
    if shown is None:
        raise web.HTTPNotFound
    newest, live = versions[0], published_of(versions)
    return await page(
        request,
        "knowledge/entry_version.html",
        entry=shown,
        newest=newest,
        live=live,
        changes=entry_difference(shown, newest),
        given=await deps(request).entries.times_given(shown.id),
        steps=[
            step
            for step in await deps(request).entries.entry_history(shown.id)
            if step.version == shown.version
        ],
    )


def published_of(versions: Sequence[Entry]) -> Entry | None:
    """The version that citizens read."""
    return next((each for each in versions if each.status is Status.PUBLISHED), None)


async def versions_of(request: web.Request) -> list[Entry]:
    """All versions of the entry in the address, newest first."""
    versions = await deps(request).entries.entry_versions(request.match_info["id"])
    if not versions:
        raise web.HTTPNotFound
    return versions


async def show_new(request: web.Request) -> web.Response:
    """The empty form, or one begun for a matter that citizens asked about."""
    begun = await entry_from(request)
    return await form_page(request, filled_with(begun) if begun else blank())


async def show_edit(request: web.Request) -> web.Response:
    """The form with the newest version; saving it makes a new draft."""
    shown = newest = (await versions_of(request))[0]
    if more := request.query.get("variant", "").strip()[:200]:
        shown = replace(shown, variants=(*shown.variants, more))
    if other := request.query.get("negative", "").strip()[:200]:
        shown = replace(shown, negatives=(*shown.negatives, other))
    return await form_page(request, filled_with(shown), entry=newest)


async def form_page(
    request: web.Request,
    filled: Filled,
    *,
    entry: Entry | None = None,
    fault: str = "",
    theirs: Sequence[FieldDifference] | None = None,
    status: int = 200,
) -> web.Response:
    """The form of an entry, with what was filled in and what is wrong with it.

    `theirs` is set where somebody saved meanwhile: what saving now would change of theirs.
    """
    departments = await deps(request).departments.departments()
    newest = await deps(request).entries.newest_entries()
    return await page(
        request,
        "knowledge/entry_form.html",
        known={
            "topics": sorted({each.topic for each in newest if each.topic}),
            "regions": sorted({each.region for each in newest if each.region}),
            "audiences": sorted({each.audience for each in newest if each.audience}),
        },
        status=status,
        filled=filled,
        entry=entry,
        mark=mark_of(entry) if entry else "",
        fault=fault,
        theirs=theirs,
        begun=bool(request.query.get("from")) and not fault,
        departments=[each.name for each in departments],
    )
