"""转办效果: what the router suggested on real cases, against who answered them in the end."""

from typing import Final

from aiohttp import web

from cases.supervision.learnt import routing_record
from console.deps import SESSION, deps
from console.pages import page

LEARNT_FROM: Final = 5_000
"""The newest answered cases: the same that the router learns from."""


async def show(request: web.Request) -> web.Response:
    """Accuracy by department, the table of mix-ups, the last misroutes."""
    box, person = deps(request), request[SESSION].person
    matters = await box.supervision.routed_matters(viewer=person, limit=LEARNT_FROM)
    found = routing_record(matters)
    sure = [each for each in matters if each.routed_alone]
    return await page(
        request,
        "supervision/routing.html",
        record=found,
        rows=list(zip(found.departments, found.confusion, strict=True)),
        alone=len(sure),
        alone_right=sum(each.right for each in sure),
    )
