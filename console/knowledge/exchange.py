"""导入导出: a file is looked at first, then taken in; a template; every entry as a file."""

import asyncio
import io
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, TypeVar

from aiohttp import web

from console import background
from console.background import JobRefused
from console.deps import SESSION, Deps, deps, record
from console.knowledge.curating import Tell
from console.knowledge.evaluations import job_of, stored_file
from console.knowledge.libraries import libraries_of
from console.pages import page
from console.uploads import saved_upload
from knowledge_base.curation_steps import CurationError
from knowledge_base.entry import Entry, Status
from knowledge_base.exchange import (
    FORMATS,
    ImportFile,
    ImportPlan,
    UnreadableFile,
    format_of,
    plan_import,
    read_rows,
    write_entries,
    write_rejected,
    write_template,
)
from knowledge_base.exchange.row import sentences
from knowledge_base.jobs import JobResult, JobState

T = TypeVar("T")
CHECK: Final = "import-check"
IMPORT: Final = "import"
LIBRARY: Final = "library"
KINDS: Final = (CHECK, IMPORT, LIBRARY)
COUNTED: Final = ("added", "changed", "unchanged", "rejected", "missing")
SHOWN: Final = 20
DONE: Final = {
    "soon": "一分钟以内就去看。",
    "just": "刚刚看过，或正在看。请过一两分钟再来。",
}


async def show(request: web.Request) -> web.Response:
    """The forms, and what was imported before."""
    return await exchange_page(request)


async def exchange_page(
    request: web.Request, *, fault: str = "", status: int = 200
) -> web.Response:
    box = deps(request)
    return await page(
        request,
        "knowledge/exchange.html",
        status=status,
        fault=fault,
        runs=await box.curating.jobs.jobs(KINDS, limit=20),
        libraries=await libraries_of(box),
        done=DONE.get(request.query.get("done", ""), ""),
        now=box.clock(),
    )


async def check(request: web.Request) -> web.StreamResponse:
    """Takes a file and works out what an import would do; nothing is changed."""
    box, replacing = deps(request), (await request.post()).get("mode") == "replace"
    try:
        async with saved_upload(request) as (path, name):
            ending = format_of(path)
            data = await asyncio.to_thread(path.read_bytes)
    except UnreadableFile as error:
        return await exchange_page(request, fault=error.tell + "。", status=422)

    async def work(tell: Tell) -> JobResult:
        return await _looked_at(box, data, ending, replacing, tell)

    job = await background.start(request, CHECK, name, work)
    raise web.HTTPSeeOther(f"/console/exchange/{job}")


async def _looked_at(box: Deps, data: bytes, ending: str, replacing: bool, tell: Tell) -> JobResult:
    with TemporaryDirectory(prefix="huiying-") as folder:
        path = Path(folder) / f"upload{ending}"
        await asyncio.to_thread(path.write_bytes, data)
        read = await counted(tell, lambda note: read_rows(path, note))
        known = await box.curator.imports.known()
        plan = await asyncio.to_thread(plan_import, read.rows, known)
        figures = figures_of(plan) | left_out(read) | {"replacing": replacing, "ending": ending}
        figures["strangers"] = await _strangers(box, plan)
        figures["overwritten"] = overwritten(plan, known)
        bundle = await asyncio.to_thread(bundle_of, path, plan)
    return JobResult(figures=figures, file_name=f"upload{ending}", file=bundle)


def figures_of(plan: ImportPlan) -> dict[str, Any]:
    """The counts of a plan, and the first of what needs a look."""
    counts = {name: len(getattr(plan, name)) for name in COUNTED}
    reasons = sentences(plan.rejected)[:SHOWN]
    changed, missing = (_titles(each) for each in (plan.changed, plan.missing))
    return {**counts, "reasons": reasons, "changed_titles": changed, "missing_titles": missing}


def _titles(entries: Sequence[Entry]) -> list[str]:
    return [each.question or each.answer[:40] for each in entries[:SHOWN]]


def overwritten(plan: ImportPlan, known: Sequence[Entry]) -> list[list[str]]:
    """Question and author of what somebody is still writing, and a file would write anew."""
    newest: dict[str, Entry] = {}
    for each in known:
        if each.version > newest.get(each.id, each).version or each.id not in newest:
            newest[each.id] = each
    open_now = {Status.DRAFT, Status.IN_REVIEW}
    found = [newest[each.id] for each in plan.changed if newest[each.id].status in open_now]
    return [[each.question or each.answer[:40], each.author] for each in found[:SHOWN]]


async def _strangers(box: Deps, plan: ImportPlan) -> list[str]:
    """The departments a file names that the desk does not know, the most named first."""
    known = {each.name for each in await box.departments.departments()}
    named = Counter(each.department for each in (*plan.added, *plan.changed) if each.department)
    return [f"{n}（{times} 行）" for n, times in named.most_common() if n not in known][:SHOWN]


def left_out(read: ImportFile) -> dict[str, Any]:
    """What of a file has no meaning here or was not read, and what nobody saw in it."""
    return {"unknown": list(read.unknown), "unread": list(read.unread), "hidden": read.hidden}


def bundle_of(path: Path, plan: ImportPlan) -> bytes:
    """The file as it came and its rejected rows, in one archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(path, "upload")
        if plan.rejected:
            archive.write(write_rejected(path, plan.rejected), "rejected")
    return file.getvalue()


async def show_one(request: web.Request) -> web.Response:
    """What an import would do, does, or has done."""
    job = await job_of(request, KINDS)
    lost = job.is_lost(deps(request).clock())
    return await page(request, "knowledge/import.html", job=job, lost=lost)


async def rejected(request: web.Request) -> web.Response:
    """The rows that cannot be used, each with its reason, in the format they came in."""
    job = await job_of(request, KINDS)
    bundle = await stored_file(request, job)
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        if "rejected" not in archive.namelist():
            raise web.HTTPNotFound
        data = archive.read("rejected")
    name = f"rejected-{job.id}{job.result.get('ending', '')}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return web.Response(
        body=io.BytesIO(data), content_type="application/octet-stream", headers=headers
    )


async def take_in(request: web.Request) -> web.StreamResponse:
    """Imports the file that was looked at: every row becomes a draft of whoever imports it."""
    looked_at, box = await job_of(request, (CHECK,)), deps(request)
    if looked_at.state is not JobState.DONE:
        raise web.HTTPSeeOther(f"/console/exchange/{looked_at.id}")
    bundle = await stored_file(request, looked_at)
    author, result = request[SESSION].person.name, looked_at.result

    async def work(tell: Tell) -> JobResult:
        return await _taken_in(box, bundle, result, author, tell)

    job = await background.start(request, IMPORT, looked_at.name, work)
    raise web.HTTPSeeOther(f"/console/exchange/{job}")


async def _taken_in(box: Deps, bundle: bytes, looked_at: Any, author: str, tell: Tell) -> JobResult:
    with TemporaryDirectory(prefix="huiying-") as folder:
        path = Path(folder) / f"upload{looked_at['ending']}"
        with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
            await asyncio.to_thread(path.write_bytes, archive.read("upload"))
        read = await counted(tell, lambda note: read_rows(path, note))
        known = await box.curator.imports.known()
        plan = await asyncio.to_thread(plan_import, read.rows, known)
        replacing = bool(looked_at["replacing"])
        if replacing and len(plan.missing) != looked_at["missing"]:
            raise JobRefused("试算以后知识库又有变化，要撤下的条目不一样了。请重新试算。")
        try:
            await box.curator.imports.keep(plan, author=author, replacing=replacing)
        except CurationError as refused:
            raise JobRefused(f"{refused.tell}。") from refused
        figures = figures_of(plan) | left_out(read)
        figures |= {"replacing": replacing, "ending": looked_at["ending"]}
        again = await asyncio.to_thread(bundle_of, path, plan)
    box.curating.learning.forget()
    return JobResult(figures=figures, file_name=f"upload{looked_at['ending']}", file=again)


async def counted(tell: Tell, work: Callable[[Callable[[int], None]], T]) -> T:
    """Runs blocking work on a thread and tells once a second how far it has come."""
    done = 0

    def note(count: int) -> None:
        nonlocal done
        done = count

    task = asyncio.create_task(asyncio.to_thread(work, note))
    while not (await asyncio.wait([task], timeout=1.0))[0]:
        await tell(done, 0)
    return task.result()


async def template(_: web.Request) -> web.Response:
    """The workbook to fill in."""
    with TemporaryDirectory(prefix="huiying-") as folder:
        path = Path(folder) / "template.xlsx"
        await asyncio.to_thread(write_template, path)
        return _download(path.read_bytes(), "huiying-template.xlsx")


async def export(request: web.Request) -> web.Response:
    """Every entry's newest version, or only what is published, in one of the formats."""
    ending = f".{request.query.get('format', 'xlsx')}"
    if ending not in FORMATS:
        raise web.HTTPNotFound
    entries, box = await deps(request).entries.newest_entries(), deps(request)
    if request.query.get("only") == Status.PUBLISHED:
        entries = await box.entries.published_entries()
    who, amount = request[SESSION].person.name, str(len(entries))
    await record(box, who, "export", what="知识库", amount=amount)
    with TemporaryDirectory(prefix="huiying-") as folder:
        path = Path(folder) / f"entries{ending}"
        await asyncio.to_thread(write_entries, path, entries)
        return _download(path.read_bytes(), f"huiying-entries{ending}")


def _download(data: bytes, name: str) -> web.Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return web.Response(
        body=io.BytesIO(data), content_type="application/octet-stream", headers=headers
    )
