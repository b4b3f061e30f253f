"""Texts that citizens are still to receive: why not yet, and trying again."""

from dataclasses import dataclass

from aiohttp import web

from console.deps import SESSION, deps
from console.pages import page
from console.ways import channel_words
from handlers.outbox import Undelivered

SHOWN = 200
DONE = {
    "retry": "已重新排队，几秒内会再推送一次。",
    "gone": "这一条已经送达，或者不在您的部门，没有再推送。",
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One text as the page shows it."""

    item: Undelivered
    stands: str
    why: str
    may_retry: bool


async def show(request: web.Request) -> web.Response:
    """Given-up ones first; `?all=1` shows everything under way."""
    box, person = deps(request), request[SESSION].person
    everything = request.query.get("all") == "1"
    store, now = box.channels.store, box.clock()
    found = await store.undelivered(viewer=person, only_failed=not everything, limit=SHOWN)
    return await page(
        request,
        "ways/deliveries.html",
        lines=[_line(item, request) for item in found],
        everything=everything,
        failed=await store.count_failed(viewer=person),
        many=len(found) == SHOWN,
        now=now,
        done=DONE.get(request.query.get("done", ""), ""),
    )


def _line(item: Undelivered, request: web.Request) -> Line:
    box = deps(request)
    pushes = box.channels.may_push(item.delivery.account)
    return Line(
        item=item,
        stands=channel_words.how_it_stands(item, pushes=pushes, now=box.clock()),
        why=channel_words.why(item),
        may_retry=pushes and channel_words.may_retry(item),
    )


async def retry(request: web.Request) -> web.StreamResponse:
    """Tries one of them again at once."""
    box, form = deps(request), await request.post()
    again = await box.channels.store.retry_delivery(
        str(form.get("key", "")), viewer=request[SESSION].person, now=box.clock()
    )
    everything = "&all=1" if form.get("all") == "1" else ""
    done = "retry" if again else "gone"
    raise web.HTTPSeeOther(f"/console/deliveries?done={done}{everything}")
