"""地名: places that no list has, so that a neighbour's matter is not answered as one's own."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

from aiohttp import web

from console.deps import deps
from console.knowledge.word_lists import DROPPED, Edit, WordList, who
from knowledge_base.own_places import PlaceName
from knowledge_base.places import is_known
from knowledge_base.text import normalise

SHORTEST: Final = 2
LONGEST: Final = 20


async def _shown(request: web.Request, fault: str) -> Mapping[str, Any]:
    own = await deps(request).curating.places.own_places()
    form: Any = await request.post() if fault else {}
    chosen = next((each for each in own if each.name == request.query.get("name")), None)
    return {
        "own": own,
        "name": str(form.get("name", "")) or (chosen.name if chosen else ""),
        "belongs": str(form.get("belongs", "")) or (chosen.belongs if chosen else ""),
    }


async def _saved(request: web.Request) -> Edit | str:
    """A name, or where it belongs said anew."""
    form, box, actor = await request.post(), deps(request), who(request)
    name, belongs = (normalise(str(form.get(each, ""))) for each in ("name", "belongs"))
    if fault := _fault(name, belongs):
        return fault
    made = PlaceName(name=name, belongs=belongs, changed_by=actor, changed_at=box.clock())
    others = [each for each in await box.curating.places.own_places() if each.name != name]
    keep = partial(box.curating.places.save_place, name, belongs, actor=actor, now=made.changed_at)
    return Edit(**_told(made), tried={"places": [*others, made]}, keep=keep)


async def _dropped(request: web.Request) -> Edit | None:
    """Back to what the list of divisions says."""
    name, box = str((await request.post()).get("name", "")), deps(request)
    own = await box.curating.places.own_places()
    gone = next((each for each in own if each.name == name), None)
    if gone is None:
        return None
    others = [each for each in own if each is not gone]
    keep = partial(box.curating.places.drop_place, name, actor=who(request), now=box.clock())
    return Edit(**_told(gone), tried={"places": others}, keep=keep, done="dropped")


def _told(place: PlaceName) -> dict[str, Any]:
    fields: Sequence[tuple[str, str]] = [("name", place.name), ("belongs", place.belongs)]
    return {"about": f"地名：{place.name}", "fields": fields}


def _fault(name: str, belongs: str) -> str:
    if not SHORTEST <= len(name) <= LONGEST:
        return f"地名请写 {SHORTEST} 到 {LONGEST} 个字。"
    if belongs and not is_known(belongs):
        return f"没有找到“{belongs[:LONGEST]}”。请写所在县、市、区的全称；本县的留空。"
    return ""


PLACES: Final = WordList(
    name="地名",
    path="/console/place-names",
    template="knowledge/place_names.html",
    advice="可以换成更长、更明确的叫法。",
    done={"saved": "已保存，下一条提问就按它来分。", "dropped": DROPPED},
    shown=_shown,
    saved=_saved,
    dropped=_dropped,
)
show, save, drop = PLACES.handlers
