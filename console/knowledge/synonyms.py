"""同义词: citizens' words and the official ones, over the release's table; in force at once."""

import re
from functools import partial
from typing import Final

from aiohttp import web

from console import background
from console.deps import SESSION, deps
from console.knowledge import golden
from console.knowledge.what_moves import Change, Confirmed, shown_first, what_moves
from console.pages import page
from knowledge_base.synonyms import SynonymLine, default_lines
from knowledge_base.text import normalise

LONGEST: Final = 30
MOST: Final = 60
DONE: Final = {
    "saved": "已保存，下一条提问就按新的词来理解。",
    "dropped": "已去掉，恢复为自带的词表。",
}


async def show(request: web.Request) -> web.Response:
    """The desk's own lines, the release's, and the form."""
    return await synonyms_page(request)


async def synonyms_page(
    request: web.Request, *, fault: str = "", status: int = 200
) -> web.Response:
    own = await deps(request).curating.synonyms.synonyms()
    form = await request.post() if fault else {}
    wanted = request.query.get("official", "")
    chosen = {line.official: line.words for line in own}.get(wanted) or default_lines().get(wanted)
    mine = {line.official for line in own}
    return await page(
        request,
        "knowledge/synonyms.html",
        status=status,
        own=own,
        built_in={word: others for word, others in default_lines().items() if word not in mine},
        official=str(form.get("official", "")) or (wanted if chosen else ""),
        words=str(form.get("words", "")) or " ".join(chosen or ()),
        fault=fault,
        done=DONE.get(request.query.get("done", ""), ""),
    )


async def save(request: web.Request) -> web.StreamResponse:
    """Adds or replaces a line; the index is built anew with it."""
    form, box = await request.post(), deps(request)
    official = normalise(str(form.get("official", "")))
    given = re.split(r"[\s,，、;；|]+", str(form.get("words", "")))
    words = tuple(dict.fromkeys(normalise(word) for word in given if word.strip()))
    words = tuple(word for word in words if word != official)
    own = await box.curating.synonyms.synonyms()
    if fault := _fault(official, words, own):
        return await synonyms_page(request, fault=fault, status=422)
    line = SynonymLine(
        official=official,
        words=words,
        changed_by=request[SESSION].person.name,
        changed_at=box.clock(),
    )
    others = [each for each in own if each.official != official]
    if shown := await _shown_first(request, "修改", official, " ".join(words), [*others, line]):
        return shown
    await box.curating.synonyms.save_synonym(
        official, words, actor=line.changed_by, now=line.changed_at
    )
    await published(request, "修改同义词之后")
    raise web.HTTPSeeOther("/console/synonyms?done=saved")


async def drop(request: web.Request) -> web.StreamResponse:
    """Back to what the release says about an official word."""
    official, box = str((await request.post()).get("official", "")), deps(request)
    own = await box.curating.synonyms.synonyms()
    others = [each for each in own if each.official != official]
    if shown := await _shown_first(request, "去掉", official, "", others):
        return shown
    actor = request[SESSION].person.name
    await box.curating.synonyms.drop_synonym(official, actor=actor, now=box.clock())
    await published(request, "修改同义词之后")
    raise web.HTTPSeeOther("/console/synonyms?done=dropped")


async def _shown_first(
    request: web.Request, deed: str, official: str, words: str, lines: list[SynonymLine]
) -> web.Response | None:
    """The page with what moves; None when nothing does, or when it was seen and confirmed."""
    change = Change(
        deed=deed,
        about=f"{official}：{words}" if words else official,
        advice="可以换个更长、更明确的词。",
        action=request.path,
        back="/console/synonyms",
        fields=[("official", official), ("words", words)],
    )
    shown = await shown_first(request, change, partial(what_moves, deps(request), synonyms=lines))
    return None if isinstance(shown, Confirmed) else shown


async def published(request: web.Request, name: str) -> None:
    """Puts changed words in force here at once, and asks the golden questions with them."""
    box = deps(request)
    await background.refresh_now(box)
    if await box.curating.golden.golden_questions():
        await golden.start_run(request, name)


def _fault(official: str, words: tuple[str, ...], own: list[SynonymLine]) -> str:
    if not official or len(official) > LONGEST:
        return f"请写出规范的说法，最多 {LONGEST} 个字。"
    if not words and official not in default_lines():
        return "请至少写一个别的说法。"
    if len(words) > MOST or any(len(word) > LONGEST for word in words):
        return f"别的说法最多 {MOST} 个，每个最多 {LONGEST} 个字。"
    lines = default_lines() | {line.official: line.words for line in own}
    for other, others in lines.items():
        taken = ({other, *others} & {official, *words}) if others and other != official else ()
        if taken:
            return f"“{'、'.join(sorted(taken))}”已经在“{other}”那一行里，一个词只能有一个意思。"
    return ""
