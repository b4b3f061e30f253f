"""草稿: drafts read on one page and put up for review together, as a library leaves them."""

from collections import Counter
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlencode

from aiohttp import web

from console.deps import SESSION, Deps, deps
from console.knowledge.exchange import IMPORT, LIBRARY
from console.knowledge.reviewing import PAGE_SIZE, waiting_of
from console.pages import page
from knowledge_base.curation_steps import CurationError
from knowledge_base.entry import Entry, Status
from knowledge_base.jobs import Job, JobState
from knowledge_base.versions import mark_of

RUNS: Final = 50
DONE: Final = {"submitted": "已提交审核，由另一位同事一起核对。"}


async def show(request: web.Request) -> web.Response:
    """All drafts, those of one matter together, fifty a page; `?by=` keeps one author's.

    `?tick=all` has each one ticked that could be published as it stands.
    """
    return await drafts_page(request)


async def drafts_page(request: web.Request, *, fault: str = "", status: int = 200) -> web.Response:
    box = deps(request)
    newest = await box.entries.newest_entries()
    drafts = [each for each in newest if each.status is Status.DRAFT]
    tally = Counter(each.author for each in drafts)
    author = request.query.get("by", "")
    shown = [each for each in drafts if author not in tally or each.author == author]
    shown.sort(key=lambda e: (e.department, e.topic, e.question))
    live = {each.id: each for each in await box.entries.published_entries()}
    return await page(
        request,
        "knowledge/drafts.html",
        status=status,
        waiting=await waiting_of(box, shown[:PAGE_SIZE], live),
        amount=len(shown),
        everything=len(drafts),
        tally=sorted(tally.items()),
        author=author if author in tally else "",
        ticked=request.query.get("tick") == "all",
        spoilt=await _spoilt(box, author) if author else None,
        fault=fault,
        done=DONE.get(request.query.get("done", ""), ""),
    )


async def _spoilt(box: Deps, author: str) -> Job | None:
    """The newest import of this author, when it left rows out."""
    runs = await box.curating.jobs.jobs((IMPORT, LIBRARY), limit=RUNS)
    own = (each for each in runs if each.actor == author and each.state is JobState.DONE)
    newest = next(own, None)
    return newest if newest is not None and newest.result.get("rejected") else None


async def submit(request: web.Request) -> web.StreamResponse:
    """Puts the ticked drafts up for review, all or none."""
    form, box = await request.post(), deps(request)
    keys = [str(key) for key in form.getall("read", [])][:PAGE_SIZE]
    read = _read(keys, await box.entries.newest_entries())
    if not read or len(read) != len(keys):
        fault = "请先勾选要提交的草稿。" if not keys else "有草稿刚刚变了，请重新读过再勾选。"
        return await drafts_page(request, fault=fault, status=409)
    try:
        await box.curator.submit_read(read, actor=request[SESSION].person.name)
    except CurationError as refused:
        return await drafts_page(request, fault=f"{refused.tell}。什么都没有提交。", status=409)
    where = urlencode({"done": "submitted", "by": str(form.get("by", ""))[:200]})
    raise web.HTTPSeeOther(f"/console/drafts?{where}")


def _read(keys: Sequence[str], newest: Sequence[Entry]) -> list[Entry]:
    drafts = {f"{mark_of(e)}:{e.id}": e for e in newest if e.status is Status.DRAFT}
    return [drafts[key] for key in keys if key in drafts]
