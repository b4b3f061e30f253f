"""政策库: how the looks at libraries run by others went, and a look at once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from aiohttp import web

from console.deps import SESSION, Deps, deps
from knowledge_base.library_look import LibraryLook

LEFT_ALONE: Final = timedelta(days=1)
"""So long after its time nobody looks at it any more: it was taken out of the configuration."""
NAME: Final = 200


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A library as its line tells; `is_over` when nobody looks at it any more."""

    look: LibraryLook
    is_over: bool

    @property
    def is_failing(self) -> bool:
        return bool(self.look.failures) and not self.is_over


async def libraries_of(box: Deps) -> list[Shown]:
    """Each library that was ever looked at, by name."""
    now = box.clock()
    return [
        Shown(look=each, is_over=_is_over(each, now))
        for each in await box.curating.libraries.library_looks()
    ]


def _is_over(look: LibraryLook, now: datetime) -> bool:
    return (look.next_look_at or look.looked_at) + LEFT_ALONE < now


async def look(request: web.Request) -> web.StreamResponse:
    """Has the next round look at one library, whenever it would be due."""
    form, box = await request.post(), deps(request)
    name, actor = str(form.get("name", ""))[:NAME], request[SESSION].person.name
    soon = await box.curating.libraries.look_at_library_soon(name, actor=actor, now=box.clock())
    raise web.HTTPSeeOther(f"/console/exchange?done={'soon' if soon else 'just'}#libraries")
