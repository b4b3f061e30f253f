"""不能混的词: kinds of one thing that exclude one another, over the release's."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from aiohttp import web

from console.deps import deps
from console.knowledge.word_lists import DROPPED, Edit, WordList, who
from knowledge_base.kinds import KindsLine, line_of, read_kinds, release_lines
from knowledge_base.synonyms import official

BOXES: Final = 4
MOST: Final = 12
"""Kinds of one thing."""
LONGEST: Final = 30


async def _shown(request: web.Request, fault: str) -> Mapping[str, Any]:
    own = await deps(request).curating.kinds.own_kinds()
    form: Any = await request.post() if fault else {}
    chosen = next((e for e in own if e.in_use and e.line == request.query.get("line")), None)
    filled = [str(kind) for kind in form.getall("kind", [])] if fault else []
    filled = (filled or list(chosen.kinds if chosen else ()))[:MOST]
    left_out = {each.line for each in own if not each.in_use}
    return {
        "own": own,
        "built_in": [line for line in release_lines() if line not in left_out],
        "boxes": filled + [""] * min(MOST - len(filled), max(BOXES - len(filled), 1)),
        "was": str(form.get("was", "")) if fault else (chosen.line if chosen else ""),
    }


async def _saved(request: web.Request) -> Edit | str:
    """A line, new or in the place of another, or one of the release's left out (`without`)."""
    form, box, actor = await request.post(), deps(request), who(request)
    release, was = release_lines(), str(form.get("was", ""))
    without = next((line for line in release if line == form.get("without")), "")
    given = [str(kind) for kind in form.getall("kind", [])][:MOST]
    line = without or line_of(given)
    if not without and (fault := _fault(line)):
        return fault
    made = KindsLine(line=line, in_use=not without, changed_by=actor, changed_at=box.clock())
    own = await box.curating.kinds.own_kinds()
    lines = [*(each for each in own if each.line not in {line, was}), made]
    keep = partial(
        box.curating.kinds.save_kinds,
        line,
        in_use=made.in_use,
        actor=actor,
        now=made.changed_at,
        was=was,
    )
    fields = [("without", without)] if without else [("was", was), *(("kind", k) for k in given)]
    return Edit(about=_told(line), fields=fields, tried={"kinds": lines}, keep=keep)


async def _dropped(request: web.Request) -> Edit:
    """An own line out, or one of the release's back in."""
    line, box = str((await request.post()).get("line", "")), deps(request)
    own = await box.curating.kinds.own_kinds()
    return Edit(
        about=_told(line),
        fields=[("line", line)],
        tried={"kinds": [each for each in own if each.line != line]},
        keep=partial(box.curating.kinds.drop_kinds, line, actor=who(request), now=box.clock()),
        done="restored" if line in release_lines() else "dropped",
    )


def _told(line: str) -> str:
    return f"不能混的词：{line}"


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


KINDS: Final = WordList(
    name="不能混的词",
    path="/console/kinds",
    template="knowledge/kinds.html",
    advice="可以换成更明确的词。",
    done={
        "saved": "已保存，下一条提问就分得清。",
        "dropped": DROPPED,
        "restored": "已恢复自带的这一行。",
    },
    shown=_shown,
    saved=_saved,
    dropped=_dropped,
)
show, save, drop = KINDS.handlers
