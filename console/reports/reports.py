"""Reports: how the desk is doing, by period and by what cases differ in; every number is a link."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlencode

from aiohttp import web

from cases.people import OWN_DEPARTMENT_ONLY, Person
from cases.reports.fact import Fact
from cases.reports.figures import (
    DIMENSIONS,
    line_of,
    lines_by,
    working_days_of,
)
from cases.reports.period import Period, offered, period_of
from cases.work_calendar import today
from console.deps import SESSION, Deps, deps
from console.pages import page
from console.reports.charts import weeks_of
from console.reports.groups import link_to, title_of
from console.reports.messages import messages_of, messages_path

BY: Final = ("department", "topic", "kind", "channel", "week", "month")
HOTTEST: Final = 10


async def show(request: web.Request) -> web.Response:
    """The dashboard of a role: its own department, or the whole county."""
    box, person, now = deps(request), request[SESSION].person, deps(request).clock()
    period, by = period_of(request.query.get("period", ""), now), _dimension(request, person)
    facts = await box.reports.facts(since=period.since, until=period.until, viewer=person)
    days = working_days_of(box.calendar)
    own = person.role in OWN_DEPARTMENT_ONLY
    total = await asyncio.to_thread(line_of, facts, now, days, title="合计")
    lines = await asyncio.to_thread(lines_by, by, facts, now, days)
    return await page(
        request,
        "reports/reports.html",
        period=period,
        periods=offered(now),
        by=by,
        dimensions=[(key, DIMENSIONS[key].title) for key in BY if not (own and key == BY[0])],
        total=total,
        lines=[(line, title_of(by, line.key, box)) for line in lines],
        weeks=weeks_of(facts),
        messages=None if own else await messages_of(box, period),
        messages_link=messages_path(period.key),
        hot=_hot(facts),
        answered=[] if own else await _answered(box, period),
        link=lambda measure, key=None: link_to(period, measure, by if key is not None else "", key),
        hot_link=lambda key: link_to(period, "cased", "topic", key),
        today=today(now).isoformat(),
    )


async def show_span(request: web.Request) -> web.Response:
    """Leads to the report of two days that were chosen, whichever was given first."""
    first, last = sorted(request.query.get(name, "")[:10] for name in ("first", "last"))
    asked = {"period": f"{first}~{last}", "by": request.query.get("by", "")[:20]}
    raise web.HTTPSeeOther(f"/console/reports?{urlencode(asked)}")


def _hot(facts: Sequence[Fact]) -> list[tuple[str, int, int]]:
    """(topic, cases, percent of the hottest)."""
    counts = Counter(fact.topic for fact in facts if fact.topic).most_common(HOTTEST)
    most = counts[0][1] if counts else 1
    return [(topic, amount, amount * 100 // most) for topic, amount in counts]


async def _answered(box: Deps, period: Period) -> list[tuple[str, int, str]]:
    """(topic, how often, where its entries are listed)."""
    found = await box.reports.answered_topics(since=period.since, until=period.until)
    return [
        (topic or "其他", amount, f"/console/entries?{urlencode({'q': topic})}")
        for topic, amount in found[:HOTTEST]
    ]


def _dimension(request: web.Request, person: Person) -> str:
    offered_here = BY[1:] if person.role in OWN_DEPARTMENT_ONLY else BY
    by = request.query.get("by", "")
    return by if by in offered_here else offered_here[0]
