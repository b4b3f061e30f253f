"""检查: entries to be read again, pairs that contradict each other, pairs that say the same."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import urlencode

from aiohttp import web

from cases.work_calendar import today
from console.deps import SESSION, deps
from console.knowledge.asked_alike import shown_pair
from console.knowledge.entries import published_of, versions_of
from console.pages import page
from knowledge_base.curation_steps import CurationError
from knowledge_base.entry import Entry, Status
from knowledge_base.housekeeping import MOST, Due, WhyDue, review_due
from knowledge_base.pairs import Pair

PAGE_SIZE: Final = 30
TABS: Final = {
    "due": "该复核的",
    "conflicts": "可能矛盾",
    "duplicates": "可能重复",
    "settled": "看过没问题的",
}
WHY: Final = {
    WhyDue.ENDS_SOON: ("late", "快到失效日期"),
    WhyDue.CHECKED_LONG_AGO: ("soon", "半年没有核对"),
    WhyDue.NEVER_CHECKED: ("", "没有核对日期"),
}
DONE: Final = {
    "checked": "已记下今天核对过，作为新版本提交审核；由另一位同事确认后生效。",
    "settle": "已记下没有问题。两条里有一条改动以后，会再列出来。",
    "reopen": "已重新列出来。",
}


async def show(request: web.Request) -> web.Response:
    """One of the three lists, all of them computed from what is published."""
    return await checks_page(request)


async def checks_page(request: web.Request, *, fault: str = "", status: int = 200) -> web.Response:
    box, tab = deps(request), request.query.get("tab", "due")
    published = await box.entries.published_entries()
    due = review_due(published, today(box.clock()))
    settled = await box.curating.pairs.settled_pairs()
    found = await box.curating.housekeeping.pairs()
    pairs = [pair for pair in found if pair.mark not in settled]
    by_tab: dict[str, list[Due] | list[Pair]] = {
        "due": due,
        "conflicts": [pair for pair in pairs if not pair.is_duplicate],
        "duplicates": [pair for pair in pairs if pair.is_duplicate],
        "settled": [pair for pair in found if pair.mark in settled],
    }
    chosen = by_tab.get(tab, [])
    pages = max(1, -(-len(chosen) // PAGE_SIZE))
    asked = request.query.get("page", "")
    number = min(max(int(asked), 1) if asked.isdecimal() and len(asked) < 5 else 1, pages)
    shown = chosen[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    return await page(
        request,
        "knowledge/checks.html",
        status=status,
        fault=fault,
        due=[each for each in shown if isinstance(each, Due)],
        beyond=max(0, sum(bool(each.question) for each in published) - MOST),
        most=MOST,
        pairs=[shown_pair(each) for each in shown if isinstance(each, Pair)],
        tabs=[(name, title, len(by_tab[name])) for name, title in TABS.items()],
        chosen=tab,
        ticked=request.query.get("tick") == "all",
        number=number,
        pages=pages,
        why=WHY,
        done=DONE.get(request.query.get("done", ""), ""),
    )


async def checked(request: web.Request) -> web.StreamResponse:
    """Nothing has to change: a new version with today's date, for another person to confirm."""
    refused = await _checked(request, await versions_of(request))
    if refused:
        return await checks_page(request, fault=f"{refused}。", status=409)
    raise web.HTTPSeeOther("/console/checks?done=checked")


async def all_checked(request: web.Request) -> web.StreamResponse:
    """The same for each entry that is ticked; what cannot be put up is named."""
    form, box = await request.post(), deps(request)
    ids = [str(each) for each in form.getall("entry", [])][:PAGE_SIZE]
    if not ids:
        return await checks_page(request, fault="请先勾选核对过的条目。", status=409)
    left = []
    for each in ids:
        versions = await box.entries.entry_versions(each)
        if versions and (refused := await _checked(request, versions)):
            left.append(f"“{versions[0].question[:20]}”：{refused}")
    if left:
        fault = f"有 {len(left)} 条没有记下，其余的都已提交审核。{'；'.join(left)}。"
        return await checks_page(request, fault=fault, status=409)
    raise web.HTTPSeeOther("/console/checks?done=checked")


async def _checked(request: web.Request, versions: Sequence[Entry]) -> str:
    """Why it could not be put up for review, "" when it was."""
    box, actor, live = deps(request), request[SESSION].person.name, published_of(versions)
    if live is None or versions[0].status in {Status.DRAFT, Status.IN_REVIEW}:
        return "这个条目已经有一版在修改或审核，请打开条目处理"
    fresh = replace(live, checked_on=today(box.clock()))
    try:
        draft = await box.curator.draft(fresh, author=actor, version=versions[0].version)
        await box.curator.submit(draft.id, version=draft.version, actor=actor)
    except CurationError as refused:
        return refused.tell
    return ""


async def settle(request: web.Request) -> web.StreamResponse:
    """Somebody looked at pairs and found them in order; one comes back when a text changes."""
    form, box = await request.post(), deps(request)
    marks = [str(each) for each in form.getall("mark", [])][:PAGE_SIZE]
    if not marks:
        return await checks_page(request, fault="请先勾选看过的。", status=409)
    found = {each.mark: each for each in await box.curating.housekeeping.pairs()}
    pairs = [found[mark] for mark in marks if mark in found]
    for pair in pairs:
        await box.curating.pairs.settle_pair(
            pair.mark,
            one=pair.first.id,
            other=pair.second.id,
            actor=request[SESSION].person.name,
            now=box.clock(),
        )
    if len(pairs) < len(marks):
        fault = "有条目刚刚有变化，下面是最新的情况；没有变的都已记下。"
        return await checks_page(request, fault=fault, status=409)
    tab = "duplicates" if pairs[0].is_duplicate else "conflicts"
    number = str(form.get("page", ""))[:4]
    raise web.HTTPSeeOther(f"/console/checks?{urlencode({'tab': tab, 'page': number})}&done=settle")


async def reopen(request: web.Request) -> web.StreamResponse:
    """Puts a pair back on its list."""
    mark, box = str((await request.post()).get("mark", ""))[:64], deps(request)
    actor = request[SESSION].person.name
    await box.curating.pairs.reopen_pair(mark, actor=actor, now=box.clock())
    raise web.HTTPSeeOther("/console/checks?tab=settled&done=reopen")
