"""不能混的词: kinds of one thing that exclude one another, over the release's; in force at once."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from aiohttp import web

from console.deps import SESSION, deps
from console.knowledge.synonyms import published
from console.knowledge.what_moves import Change, Confirmed, shown_first, what_moves
from console.pages import page
from knowledge_base.kinds import KindsLine, line_of, read_kinds, release_lines
from knowledge_base.synonyms import official

BOXES: Final = 4
MOST: Final = 12
"""Kinds of one thing."""
LONGEST: Final = 30
DONE: Final = {
    "saved": "已保存，下一条提问就分得清。",
    "dropped": "已去掉。",
    "restored": "已恢复自带的这一行。",
}


async def show(request: web.Request) -> web.Response:
    """The desk's own lines, the release's, and the form."""
    return await kinds_page(request)


async def kinds_page(request: web.Request, *, fault: str = "", status: int = 200) -> web.Response:
    own = await deps(request).curating.kinds.own_kinds()
    form: Any = await request.post() if fault else {}
    chosen = next((e for e in own if e.in_use and e.line == request.query.get("line")), None)
    filled = [str(kind) for kind in form.getall("kind", [])] if fault else []
    filled = (filled or list(chosen.kinds if chosen else ()))[:MOST]
    left_out = {each.line for each in own if not each.in_use}
    return await page(
        request,
        "knowledge/kinds.html",
        status=status,
        own=own,
        built_in=[line for line in release_lines() if line not in left_out],
        boxes=filled + [""] * min(MOST - len(filled), max(BOXES - len(filled), 1)),
        was=str(form.get("was", "")) if fault else (chosen.line if chosen else ""),
        fault=fault,
        done=DONE.get(request.query.get("done", ""), ""),
    )


async def save(request: web.Request) -> web.StreamResponse:
    """Adds or replaces a line, or leaves one of the release's out (`without`)."""
    form, box = await request.post(), deps(request)
    release, was = release_lines(), str(form.get("was", ""))
    without = next((line for line in release if line == form.get("without")), "")
    given = [str(kind) for kind in form.getall("kind", [])][:MOST]
    line = without or line_of(given)
    own = await box.curating.kinds.own_kinds()
    if not without and (fault := _fault(line)):
        return await kinds_page(request, fault=fault, status=422)
    actor, now = request[SESSION].person.name, box.clock()
    made = KindsLine(line=line, in_use=not without, changed_by=actor, changed_at=now)
    others = [each for each in own if each.line not in {line, was}]
    fields = [("without", without)] if without else [("was", was), *(("kind", k) for k in given)]
    if shown := await _shown_first(request, fields, line, [*others, made]):
        return shown
    await box.curating.kinds.save_kinds(line, in_use=made.in_use, actor=actor, now=now, was=was)
    await published(request, "修改不能混的词之后")
    raise web.HTTPSeeOther("/console/kinds?done=saved")


async def drop(request: web.Request) -> web.StreamResponse:
    """Takes an own line out, or one of the release's back in."""
    line, box = str((await request.post()).get("line", "")), deps(request)
    own = await box.curating.kinds.own_kinds()
    others = [each for each in own if each.line != line]
    if shown := await _shown_first(request, [("line", line)], line, others):
        return shown
    actor = request[SESSION].person.name
    await box.curating.kinds.drop_kinds(line, actor=actor, now=box.clock())
    await published(request, "修改不能混的词之后")
    done = "restored" if line in release_lines() else "dropped"
    raise web.HTTPSeeOther(f"/console/kinds?done={done}")


async def _shown_first(
    request: web.Request,
    fields: Sequence[tuple[str, str]],
    line: str,
    lines: Sequence[KindsLine],
) -> web.Response | None:
    """The page with what moves; None when nothing does, or when it was seen and confirmed."""
    change = Change(
        deed="修改",
        about=f"不能混的词：{line}",
        advice="可以换成更明确的词。",
        action=request.path,
        back="/console/kinds",
        fields=fields,
    )
    shown = await shown_first(request, change, partial(what_moves, deps(request), kinds=lines))
    return None if isinstance(shown, Confirmed) else shown


def _fault(line: str) -> str:
    if not line:
        return "请至少写出两种，每种占一格。"
    parts = [part.split() for part in line.split("|")]
    if any(len(word) > LONGEST for part in parts for word in part):
        return f"每个词最多 {LONGEST} 个字。"
    try:
        read_kinds(line)
    except ValueError:
        return "同一个词写在了两格里，一个词只能算一种。"
    meanings = [{official(word): word for word in part} for part in parts]
    for place, one in enumerate(meanings):
        for two in meanings[place + 1 :]:
            for same in one.keys() & two.keys():
                return f"“{one[same]}”和“{two[same]}”在同义词里是一个意思，不能又分成两种。"
    return ""
