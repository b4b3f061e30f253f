"""Reports: how the desk is doing, by period and by what cases differ in; every number is a link."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from aiohttp import web

from cases.people import OWN_DEPARTMENT_ONLY, Person
from cases.reports.fact import MEASURES, Fact
from cases.reports.figures import (
    DIMENSIONS,
    chosen,
    line_of,
    lines_by,
    working_days_of,
)
from cases.reports.period import MONTH, Period, offered, period_of
from cases.work_calendar import today
from console import words
from console.deps import SESSION, Deps, deps
from console.pages import page
from console.reports.charts import weeks_of

BY: Final = ("department", "topic", "kind", "channel", "week", "month")
PAGE_SIZE: Final = 100
HOTTEST: Final = 10
NAMELESS: Final = {"department": "待分派", "topic": "未分主题"}


@dataclass(frozen=True, kw_only=True)
class Messages:
    """What came in besides cases; None where the person sees only their own department."""

    received: int
    answered: int
    cased: int

    @property
    def rest(self) -> int:
        """Greetings, choices, additions and what is still being handled."""
        return self.received - self.answered - self.cased


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


async def show_cases(request: web.Request) -> web.Response:
    """The cases that a number of a report counts."""
    box, query = deps(request), request.query
    period, measure, by, key, found = await counted(request)
    number = query.get("page", "")
    fits = number.isascii() and number.isdecimal() and len(number) < 6
    at = max(int(number), 1) if fits else 1
    days = working_days_of(box.calendar)
    shown = found[(at - 1) * PAGE_SIZE : at * PAGE_SIZE]
    return await page(
        request,
        "reports/report_cases.html",
        period=period,
        measure=MEASURES[measure].title,
        group=title_of(by, key, box) if by else "",
        rows=[(fact, days_of(fact, days)) for fact in shown],
        amount=len(found),
        number=at,
        pages=max(1, -(-len(found) // PAGE_SIZE)),
        at_page=lambda n: link_to(period, measure, by, key) + f"&page={n}",
        channel=lambda name: box.accounts.get(name, name),
    )


async def counted(request: web.Request) -> tuple[Period, str, str, str, list[Fact]]:
    """What an address asks for: period, measure, dimension, key, and its cases."""
    box, query, now = deps(request), request.query, deps(request).clock()
    period = period_of(query.get("period", ""), now)
    measure, by = query.get("measure", ""), query.get("by", "")
    measure, by = measure if measure in MEASURES else "cased", by if by in DIMENSIONS else ""
    key = query.get("key", "") if by else ""
    person = request[SESSION].person
    facts = await box.reports.facts(since=period.since, until=period.until, viewer=person)
    return period, measure, by, key, chosen(facts, now, measure=measure, dimension=by, key=key)


def days_of(fact: Fact, days: Any) -> int | None:
    """Working days from receipt to reply; None while there is none."""
    if fact.replied_at is None:
        return None
    return int(days(today(fact.received_at), today(fact.replied_at)))


async def messages_of(box: Deps, period: Period) -> Messages:
    """All questions of the period by what became of them."""
    counts = await box.reports.message_counts(since=period.since, until=period.until)
    outcomes: Counter[str] = Counter()
    for (_, _, outcome), amount in counts.items():
        outcomes[outcome] += amount
    return Messages(
        received=outcomes.total(), answered=outcomes["answered"], cased=outcomes["cased"]
    )


def title_of(by: str, key: str, box: Deps) -> str:
    """How a group is called: 2026年第47周（11月16日起）, 咨询, 教育局."""
    if by == "week" and (monday := _monday(key)):
        year, week, _ = monday.isocalendar()  # as GB/T 7408 numbers them
        return f"{year}年第{week}周（{monday.month}月{monday.day}日起）"
    if by == "month" and MONTH.fullmatch(key):
        return f"{key[:4]} 年 {int(key[5:7])} 月"
    if by == "channel":
        return box.accounts.get(key, key)
    if by == "kind":
        return next((title for kind, title in words.KINDS.items() if kind.value == key), key)
    return key or NAMELESS.get(by, "—")


def _monday(key: str) -> date | None:
    """The day that an address names; None for what it misspells."""
    try:
        return date.fromisoformat(key)
    except ValueError:
        return None


def _hot(facts: Sequence[Fact]) -> list[tuple[str, int, int]]:
    """(topic, cases, percent of the hottest)."""
    counts = Counter(fact.topic for fact in facts if fact.topic).most_common(HOTTEST)
    most = counts[0][1] if counts else 1
    return [(topic, amount, amount * 100 // most) for topic, amount in counts]


async def _answered(box: Deps, period: Period) -> list[tuple[str, int]]:
    found = await box.reports.answered_topics(since=period.since, until=period.until)
    return [(topic or "其他", amount) for topic, amount in found[:HOTTEST]]


def _dimension(request: web.Request, person: Person) -> str:
    offered_here = BY[1:] if person.role in OWN_DEPARTMENT_ONLY else BY
    by = request.query.get("by", "")
    return by if by in offered_here else offered_here[0]


def link_to(period: Period, measure: str, by: str = "", key: str | None = None) -> str:
    """The list of the cases that a number of a report counts."""
    asked: Mapping[str, str] = {"period": period.key, "measure": measure}
    if by:
        asked = {**asked, "by": by, "key": key or ""}
    return f"/console/reports/cases?{urlencode(asked)}"
