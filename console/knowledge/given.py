"""已答复: which entries were given in a week, how often, and who was sent what."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from aiohttp import web

from console.dashboards.weeks import last_mondays, monday_of, start_of
from console.deps import SESSION, deps
from console.knowledge.corrections import may_see
from console.pages import page
from knowledge_base.corrections import Sent
from knowledge_base.entry import Entry

DAYS_BACK: Final = 60
SHOWN: Final = 50
LONGEST: Final = 100


async def show(request: web.Request) -> web.Response:
    """The week of `?week=` (a day in it), else the present one; most given first.

    `?q=` finds single answers of the last weeks by words in the question or in what was sent.
    """
    box, text = deps(request), request.query.get("q", "").strip()[:LONGEST]
    mondays = last_mondays(box.clock())
    monday = _asked(request.query.get("week", "")) or mondays[-1]
    until = start_of(monday + timedelta(days=7))
    found = await box.entries.given_entries(since=start_of(monday), until=until)
    newest = {each.id: each for each in await box.entries.newest_entries()}
    titles = {each.id: each.question for each in newest.values()}
    return await page(
        request,
        "knowledge/given.html",
        monday=monday,
        mondays=mondays,
        found=[(entry, titles.get(entry) or entry, amount) for entry, amount in found],
        amount=sum(amount for _, amount in found),
        text=text,
        sent=await _sent(request, text, newest) if text else [],
        titles=titles,
        shown=SHOWN,
    )


async def _sent(request: web.Request, text: str, newest: Mapping[str, Entry]) -> list[Sent]:
    box, person = deps(request), request[SESSION].person
    since = box.clock() - timedelta(days=DAYS_BACK)
    found = await box.curating.corrections.find_sent(text, since=since, limit=SHOWN)
    return [e for e in found if e.entry in newest and may_see(person, newest[e.entry])]


def _asked(given: str) -> date | None:
    try:
        day = date.fromisoformat(given)
    except ValueError:
        return None
    return monday_of(day) if 2000 <= day.year < 2200 else None
