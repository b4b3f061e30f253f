"""直接答复: which entries were given in a week, and how often."""

from datetime import date, timedelta

from aiohttp import web

from console.dashboards.weeks import last_mondays, monday_of, start_of
from console.deps import deps
from console.pages import page


async def show(request: web.Request) -> web.Response:
    """The week of `?week=` (a day in it), else the present one; most given first."""
    box = deps(request)
    mondays = last_mondays(box.clock())
    monday = _asked(request.query.get("week", "")) or mondays[-1]
    until = start_of(monday + timedelta(days=7))
    found = await box.entries.given_entries(since=start_of(monday), until=until)
    titles = {each.id: each.question for each in await box.entries.newest_entries()}
    return await page(
        request,
        "knowledge/given.html",
        monday=monday,
        mondays=mondays,
        found=[(entry, titles.get(entry) or entry, amount) for entry, amount in found],
        amount=sum(amount for _, amount in found),
    )


def _asked(given: str) -> date | None:
    try:
        day = date.fromisoformat(given)
    except ValueError:
        return None
    return monday_of(day) if 2000 <= day.year < 2200 else None
