"""同义词: citizens' words and the official ones, over the release's table."""

import re
from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from aiohttp import web

from console.deps import deps
from console.knowledge.word_lists import Edit, WordList, who
from knowledge_base.synonyms import SynonymLine, default_lines
from knowledge_base.text import normalise

LONGEST: Final = 30
MOST: Final = 60


async def _shown(request: web.Request, fault: str) -> Mapping[str, Any]:
    own = await deps(request).curating.synonyms.synonyms()
    form: Any = await request.post() if fault else {}
    wanted = request.query.get("official", "")
    chosen = {line.official: line.words for line in own}.get(wanted) or default_lines().get(wanted)
    mine = {line.official for line in own}
    return {
        "own": own,
        "built_in": {word: each for word, each in default_lines().items() if word not in mine},
        "official": str(form.get("official", "")) or (wanted if chosen else ""),
        "words": str(form.get("words", "")) or " ".join(chosen or ()),
    }


async def _saved(request: web.Request) -> Edit | str:
    """A line, new or in the place of the one with the same official word."""
    form, box, actor = await request.post(), deps(request), who(request)
    official = normalise(str(form.get("official", "")))
    given = re.split(r"[\s,，、;；|]+", str(form.get("words", "")))
    words = tuple(dict.fromkeys(normalise(word) for word in given if word.strip()))
    words = tuple(word for word in words if word != official)
    own = await box.curating.synonyms.synonyms()
    if fault := _fault(official, words, own):
        return fault
    line = SynonymLine(official=official, words=words, changed_by=actor, changed_at=box.clock())
    keep = partial(
        box.curating.synonyms.save_synonym, official, words, actor=actor, now=line.changed_at
    )
    return Edit(
        about=f"{official}：{' '.join(words)}" if words else official,
        fields=[("official", official), ("words", " ".join(words))],
        tried={"synonyms": [*(each for each in own if each.official != official), line]},
        keep=keep,
    )


async def _dropped(request: web.Request) -> Edit:
    """Back to what the release says about an official word."""
    official, box = str((await request.post()).get("official", "")), deps(request)
    own = await box.curating.synonyms.synonyms()
    keep = partial(
        box.curating.synonyms.drop_synonym, official, actor=who(request), now=box.clock()
    )
    return Edit(
        about=official,
        fields=[("official", official)],
        tried={"synonyms": [each for each in own if each.official != official]},
        keep=keep,
        deed="去掉",
        done="dropped",
    )


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


SYNONYMS: Final = WordList(
    name="同义词",
    path="/console/synonyms",
    template="knowledge/synonyms.html",
    advice="可以换个更长、更明确的词。",
    done={
        "saved": "已保存，下一条提问就按新的词来理解。",
        "dropped": "已去掉，恢复为自带的词表。",
    },
    shown=_shown,
    saved=_saved,
    dropped=_dropped,
)
show, save, drop = SYNONYMS.handlers
