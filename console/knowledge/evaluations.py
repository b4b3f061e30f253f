"""评测: batch tests with a file, the figures of each run, and how they went over time."""

import asyncio
import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from aiohttp import web

from console import background
from console.deps import Deps, deps
from console.knowledge.curating import Tell
from console.pages import page
from console.uploads import saved_upload
from knowledge_base.evaluation import Judged, Report, row_of
from knowledge_base.exchange import UnreadableFile
from knowledge_base.jobs import Job, JobResult, JobState
from knowledge_base.question_file import Questions, read_questions
from knowledge_base.rehearsal import ask_all

KIND: Final = "batch"
KINDS: Final = (KIND, "golden")
SHOWN: Final = 60
DECISIONS: Final = {"answer": "直接答复", "suggest": "请群众选择", "none": "没有答案"}
LINES: Final = (
    ("right_direct", "直接答对", "ok"),
    ("offered", "答案或选项里有正确的", "ours"),
    ("wrong_answers", "直接答复里答错的", "late"),
)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the chart: points in a box of 100 × 40, and the newest share in percent."""

    title: str
    look: str
    points: str
    dots: tuple[tuple[float, float], ...]
    newest: int | None


async def show(request: web.Request) -> web.Response:
    """The history of evaluations with its chart, and the form for a batch test."""
    return await history_page(request)


async def history_page(request: web.Request, *, fault: str = "", status: int = 200) -> web.Response:
    box = deps(request)
    runs = await box.curating.jobs.jobs(KINDS, limit=SHOWN)
    finished = [run for run in reversed(runs) if run.state is JobState.DONE]
    batches = [run for run in finished if run.kind == KIND]
    chosen = batches if len(batches) > 1 else finished
    return await page(
        request,
        "knowledge/evaluations.html",
        status=status,
        runs=runs,
        lines=[_line(*each, chosen) for each in LINES],
        charted=len(chosen),
        charted_from=chosen[0].started_at if chosen else None,
        charted_to=chosen[-1].started_at if chosen else None,
        bound=box.curating.bound(),
        fault=fault,
        now=box.clock(),
    )


def _line(name: str, title: str, look: str, runs: Sequence[Job]) -> Line:
    shares = [run.result.get("decision", {}).get(name, {}).get("value") for run in runs]
    step = 100 / max(1, len(shares) - 1)
    dots = tuple(
        (round(place * step, 2), round(40 - 40 * share, 2))
        for place, share in enumerate(shares)
        if share is not None
    )
    newest = next((share for share in reversed(shares) if share is not None), None)
    return Line(
        title=title,
        look=look,
        points=" ".join(f"{x},{y}" for x, y in dots),
        dots=dots,
        newest=None if newest is None else round(newest * 100),
    )


async def test(request: web.Request) -> web.StreamResponse:
    """Takes a file of questions and asks them all, in the background."""
    try:
        async with saved_upload(request) as (path, name):
            asked = await asyncio.to_thread(read_questions, path)
    except UnreadableFile as error:
        return await history_page(request, fault=error.tell + "。", status=422)
    box = deps(request)

    async def work(tell: Tell) -> JobResult:
        return await _ask(box, asked, tell)

    job = await background.start(request, KIND, name, work)
    raise web.HTTPSeeOther(f"/console/evaluations/{job}")


async def _ask(box: Deps, asked: Questions, tell: Tell) -> JobResult:
    queries = asked.queries
    found = await ask_all([each.text for each in queries], box.search, tell)
    rows = [row_of(q.qid, f) for q, f in zip(queries, found, strict=True)]
    judged = tuple(Judged(query=q, row=r) for q, r in zip(queries, rows, strict=True))
    entries = await box.entries.published_entries()
    report = Report(
        judged=judged,
        departments={each.id: each.department for each in entries},
        topics={each.id: each.topic for each in entries},
        texts={each.id: each.question or each.answer[:40] for each in entries},
        degraded=box.status().reason,
    )
    asked_only = all(each.is_open for each in queries)
    told = {"entries": len(entries), "asked_only": asked_only, "blank": asked.blank}
    figures = {**told, **report.as_json()}
    return JobResult(figures=figures, file_name="batch.csv", file=_rows(judged, report.texts))


def _rows(judged: Sequence[Judged], texts: Any) -> bytes:
    """A csv that spreadsheets open as it is: one line a question."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(["行", "问题", "正确条目", "结果", "把握", "给出的条目", "选项", "是否正确"])
    for each in judged:
        row, asked = each.row, each.query
        is_right = each.is_right or (not asked.pos and not each.is_answered)
        cells = [
            asked.qid,
            asked.text,
            "|".join(sorted(asked.pos)),
            DECISIONS[row.decision],
            f"{row.p:.3f}",
            f"{row.entry} {texts.get(row.entry, '')}" if row.entry else "",
            "|".join(row.suggestions),
            "" if asked.is_open else "是" if is_right else "选项里有" if each.offers else "否",
        ]
        # A cell that begins like a formula would be run by a spreadsheet (OWASP).
        writer.writerow(["'" + text if text[:1] in "=+-@" and text else text for text in cells])
    return file.getvalue().encode("utf-8-sig")


async def show_one(request: web.Request) -> web.Response:
    """One run: its progress, or its figures."""
    job = await job_of(request, KINDS)
    box = deps(request)
    return await page(
        request,
        "knowledge/evaluation.html",
        job=job,
        lost=job.is_lost(box.clock()),
        decisions=DECISIONS,
    )


async def download(request: web.Request) -> web.StreamResponse:
    """The rows of a run."""
    job = await job_of(request, KINDS)
    data = io.BytesIO(await stored_file(request, job))
    headers = {"Content-Disposition": f'attachment; filename="evaluation-{job.id}.csv"'}
    return web.Response(body=data, content_type="application/octet-stream", headers=headers)


async def stored_file(request: web.Request, job: Job) -> bytes:
    """The file a job left; not found when it left none, or long ago."""
    data = await deps(request).curating.jobs.job_file(job.id)
    if not job.file_name or not data:
        raise web.HTTPNotFound
    return data


async def job_of(request: web.Request, kinds: Sequence[str]) -> Job:
    """The job in the address, if it is one of these kinds."""
    number = request.match_info["job"]
    if not number.isdecimal() or len(number) > 15:
        raise web.HTTPNotFound
    job = await deps(request).curating.jobs.job(int(number))
    if job is None or job.kind not in kinds:
        raise web.HTTPNotFound
    return job
