"""Views of the list of cases that a person keeps under a name."""

from urllib.parse import parse_qsl

from aiohttp import web

from cases.papers import SavedView
from console.cases.case_filters import asked_of
from console.deps import SESSION, deps

LONGEST_NAME, MOST = 20, 12


async def save(request: web.Request) -> web.StreamResponse:
    """Keeps the list as it is narrowed now; a view of the same name is replaced."""
    form, box, person = await request.post(), deps(request), request[SESSION].person
    asked = asked_of(dict(parse_qsl(str(form.get("back", ""))[:2000])), person)
    name = " ".join(str(form.get("name", "")).split())[:LONGEST_NAME]
    kept = await box.papers.saved_views(viewer=person)
    full = len(kept) >= MOST and name not in {each.name for each in kept}
    if name and not full:
        view = SavedView(name=name, query=asked.address()[1:])
        await box.papers.save_view(view, viewer=person, now=box.clock())
    done = "full" if full else "view" if name else "no-name"
    raise web.HTTPSeeOther(f"/console/cases{asked.address(done=done)}")


async def remove(request: web.Request) -> web.StreamResponse:
    """Forgets one; what it showed is still there."""
    form, box, person = await request.post(), deps(request), request[SESSION].person
    await box.papers.remove_view(str(form.get("name", ""))[:LONGEST_NAME], viewer=person)
    raise web.HTTPSeeOther("/console/cases?done=no-view")
