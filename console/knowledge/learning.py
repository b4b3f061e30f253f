"""待补: what citizens asked and the knowledge base did not meet, gathered into matters."""

import re
import secrets
from dataclasses import replace
from typing import Final

from aiohttp import web

from cases.masking import STAR, masked
from cases.work_calendar import today
from console.deps import SESSION, Deps, deps
from console.pages import page
from knowledge_base.clusters import Cluster
from knowledge_base.curation_steps import CurationError
from knowledge_base.entry import Entry, Status
from knowledge_base.learning import Matter
from knowledge_base.text import normalise
from knowledge_base.unmet import Dismissed

PAGE_SIZE: Final = 30
PATIENCE: Final = 2.0
"""Seconds a page waits for the gathering; then it says so and looks again."""
LONGEST_VARIANT: Final = 100
MOST_VARIANTS: Final = 30
HIDDEN: Final = frozenset({STAR, normalise(STAR), "*"})
"""What stands for personal data in a wording, as it was masked and as it is normalised."""
DONE: Final = {
    "dismiss": "已记下不用写。以后问法相近的也不再列出来。",
    "restore": "已恢复，会重新列出来。",
    "gone": "这件事刚刚有变化，下面是最新的情况。",
}
TABS: Final = {
    "many": "问得多的",
    "replied": "有现成答复的",
    "single": "零散的",
    "met": "现在能答的",
    "dismissed": "不用写的",
}


OFFERED: Final = ("many", "replied", "single")
"""Tabs opened of their own accord, the first with something in it."""


async def show(request: web.Request) -> web.Response:
    """The matters of one tab, the most asked first; a department's curator sees its own."""
    box, of = deps(request), request[SESSION].person.learns_from
    found = await box.curating.learning.matters(now=box.clock(), patience=PATIENCE, of=of)
    by_tab: dict[str, list[Matter]] = {name: [] for name in TABS}
    for matter in found or ():
        for name in tabs_of(matter):
            by_tab[name].append(matter)
    dismissed = await _dismissed(box, of)
    tab = request.query.get("tab") or next((name for name in OFFERED if by_tab[name]), "many")
    chosen = by_tab.get(tab, [])
    pages = max(1, -(-len(chosen) // PAGE_SIZE))
    asked = request.query.get("page", "")
    number = min(max(int(asked), 1) if asked.isdecimal() and len(asked) < 5 else 1, pages)
    counts = {name: len(each) for name, each in by_tab.items()} | {"dismissed": len(dismissed)}
    return await page(
        request,
        "knowledge/learning.html",
        gathering=found is None,
        matters=chosen[(number - 1) * PAGE_SIZE : number * PAGE_SIZE],
        dismissed=dismissed if tab == "dismissed" else [],
        tabs=[(name, title, counts[name]) for name, title in TABS.items()],
        chosen=tab,
        number=number,
        pages=pages,
        masked=masked,
        as_written=as_written,
        of=of or "",
        done=DONE.get(request.query.get("done", ""), ""),
    )


async def _dismissed(box: Deps, of: str | None) -> list[Dismissed]:
    return [each for each in await box.curating.unmet.dismissed() if of in {None, each.department}]


def tabs_of(matter: Matter) -> list[str]:
    """The tabs of the list that a matter stands under."""
    if matter.answered_by:
        return ["met"]
    tabs = ["replied"] if matter.cluster.reply else []
    if len(matter.cluster.members) > 1:
        tabs.append("many")
    return tabs or ["single"]


_HALF: Final = re.compile("(?<=[\u4e00-\u9fff])[,;:!?]")
_FULL: Final = str.maketrans(",;:!?", "，；：！？")


def as_written(text: str) -> str:
    """A wording with the punctuation that Chinese is written in: gathering made it narrow."""
    return _HALF.sub(lambda sign: sign[0].translate(_FULL), text)


def draft_of(cluster: Cluster, entry_id: str) -> Entry:
    """A draft with the real wordings as variants and the best case reply as its answer.

    A wording in which personal data was hidden is nobody else's question and is left out.
    """
    usable = [text for text in cluster.wordings if not HIDDEN.intersection(text)]
    short = [as_written(text) for text in usable if len(text) <= LONGEST_VARIANT]
    short = short[: MOST_VARIANTS + 1]
    question = next(iter(short), "")
    reply = cluster.reply
    return Entry(
        id=entry_id,
        question=question,
        variants=tuple(text for text in short if text != question),
        answer=reply.reply if reply else "",
        department=reply.department if reply else cluster.department,
        status=Status.DRAFT,
    )


def fresh_id(box: Deps) -> str:
    """The id of an entry written in the console."""
    return f"{today(box.clock()):%Y%m%d}-{secrets.token_hex(3)}"


async def draft(request: web.Request) -> web.StreamResponse:
    """One click: a draft of the matter; where there is no answer yet, the form filled in."""
    wording, box = await _wording(request), deps(request)
    of = request[SESSION].person.learns_from
    matter = await box.curating.learning.find(wording, now=box.clock(), of=of)
    if matter is None:
        raise web.HTTPSeeOther("/console/learning?done=gone")
    content = draft_of(matter.cluster, fresh_id(box))
    try:
        author = request[SESSION].person.name
        kept = await box.curator.draft(content, author=author)
    except CurationError:  # no answer yet, or a text that has to be written first
        raise web.HTTPSeeOther(f"/console/entries/new?from={matter.cluster.id}") from None
    box.curating.learning.forget()
    raise web.HTTPSeeOther(f"/console/entries/{kept.id}/edit?from=learning")


async def entry_from(request: web.Request) -> Entry | None:
    """What the empty form begins with when it was opened for a matter."""
    wanted, box = request.query.get("from", ""), deps(request)
    if not wanted:
        return None
    of = request[SESSION].person.learns_from
    found = await box.curating.learning.matters(now=box.clock(), patience=PATIENCE, of=of) or []
    matter = next((each for each in found if each.cluster.id == wanted), None)
    return replace(draft_of(matter.cluster, ""), id="new") if matter else None


async def dismiss(request: web.Request) -> web.StreamResponse:
    """The matter needs no entry: it stays away, also in other words."""
    wording, box = await _wording(request), deps(request)
    reason = str((await request.post()).get("reason", "")).strip()[:500]
    of = request[SESSION].person.learns_from
    matter = await box.curating.learning.find(wording, now=box.clock(), of=of)
    if matter is None:
        raise web.HTTPSeeOther("/console/learning?done=gone")
    await box.curating.unmet.dismiss(
        matter.cluster.wordings[:50],
        actor=request[SESSION].person.name,
        reason=reason,
        now=box.clock(),
        department=of or "",
    )
    box.curating.learning.forget()
    raise web.HTTPSeeOther("/console/learning?done=dismiss")


async def restore(request: web.Request) -> web.StreamResponse:
    """Takes a dismissed matter up again."""
    number, box = request.match_info["dismissed"], deps(request)
    if not number.isdecimal() or len(number) > 9:
        raise web.HTTPNotFound
    own = await _dismissed(box, request[SESSION].person.learns_from)
    if int(number) not in {each.id for each in own}:
        raise web.HTTPSeeOther("/console/learning?tab=dismissed&done=gone")
    actor = request[SESSION].person.name
    await box.curating.unmet.restore_dismissed(int(number), actor=actor, now=box.clock())
    box.curating.learning.forget()
    raise web.HTTPSeeOther("/console/learning?tab=dismissed&done=restore")


async def _wording(request: web.Request) -> str:
    return str((await request.post()).get("wording", ""))
