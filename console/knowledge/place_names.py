"""地名: places that no list has, so that a neighbour's matter is not answered as one's own."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from aiohttp import web

from console.deps import SESSION, deps
from console.knowledge.synonyms import published
from console.knowledge.what_moves import Change, Confirmed, shown_first, what_moves
from console.pages import page
from knowledge_base.own_places import PlaceName
from knowledge_base.places import is_known
from knowledge_base.text import normalise

SHORTEST: Final = 2
LONGEST: Final = 20
RUN: Final = "修改地名之后"
DONE: Final = {"saved": "已保存，下一条提问就按它来分。", "dropped": "已去掉。"}


async def show(request: web.Request) -> web.Response:
    """The desk's names and the form."""
    return await names_page(request)


async def names_page(request: web.Request, *, fault: str = "", status: int = 200) -> web.Response:
    own = await deps(request).curating.places.own_places()
    form: Any = await request.post() if fault else {}
    chosen = next((each for each in own if each.name == request.query.get("name")), None)
    return await page(
        request,
        "knowledge/place_names.html",
        status=status,
        own=own,
        name=str(form.get("name", "")) or (chosen.name if chosen else ""),
        belongs=str(form.get("belongs", "")) or (chosen.belongs if chosen else ""),
        fault=fault,
        done=DONE.get(request.query.get("done", ""), ""),
    )


async def save(request: web.Request) -> web.StreamResponse:
    """Adds a name, or says anew where it belongs."""
    form, box = await request.post(), deps(request)
    name, belongs = (normalise(str(form.get(each, ""))) for each in ("name", "belongs"))
    if fault := _fault(name, belongs):
        return await names_page(request, fault=fault, status=422)
    actor, now = request[SESSION].person.name, box.clock()
    made = PlaceName(name=name, belongs=belongs, changed_by=actor, changed_at=now)
    others = [each for each in await box.curating.places.own_places() if each.name != name]
    if shown := await _shown_first(request, made, [*others, made]):
        return shown
    await box.curating.places.save_place(name, belongs, actor=actor, now=now)
    await published(request, RUN)
    raise web.HTTPSeeOther("/console/place-names?done=saved")


async def drop(request: web.Request) -> web.StreamResponse:
    """Back to what the list of divisions says."""
    name, box = str((await request.post()).get("name", "")), deps(request)
    own = await box.curating.places.own_places()
    gone = next((each for each in own if each.name == name), None)
    if gone is None:
        raise web.HTTPSeeOther("/console/place-names")
    if shown := await _shown_first(request, gone, [each for each in own if each is not gone]):
        return shown
    actor = request[SESSION].person.name
    await box.curating.places.drop_place(name, actor=actor, now=box.clock())
    await published(request, RUN)
    raise web.HTTPSeeOther("/console/place-names?done=dropped")


async def _shown_first(
    request: web.Request, about: PlaceName, names: Sequence[PlaceName]
) -> web.Response | None:
    """The page with what moves; None when nothing does, or when it was seen and confirmed."""
    change = Change(
        deed="修改",
        about=f"地名：{about.name}",
        advice="可以换成更长、更明确的叫法。",
        action=request.path,
        back="/console/place-names",
        fields=[("name", about.name), ("belongs", about.belongs)],
    )
    shown = await shown_first(request, change, partial(what_moves, deps(request), places=names))
    return None if isinstance(shown, Confirmed) else shown


def _fault(name: str, belongs: str) -> str:
    if not SHORTEST <= len(name) <= LONGEST:
        return f"地名请写 {SHORTEST} 到 {LONGEST} 个字。"
    if belongs and not is_known(belongs):
        return f"没有找到“{belongs[:LONGEST]}”。请写所在县、市、区的全称；本县的留空。"
    return ""
