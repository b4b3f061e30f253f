"""The cases behind a number of a report, and how a rate is made of such numbers."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from aiohttp import web

from cases.reports.fact import MEASURES, Fact
from cases.reports.figures import (
    DIMENSIONS,
    Line,
    WorkingDays,
    chosen,
    line_of,
    working_days_of,
)
from cases.reports.period import Period, period_of
from cases.work_calendar import today
from console.deps import SESSION, deps
from console.pages import page
from console.reports.groups import link_to, title_of
from console.reports.paper import Figure, Part

PAGE_SIZE: Final = 100


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The number that an address is about: of a group where `by` names a dimension."""

    period: Period
    measure: str
    by: str
    key: str

    def link(self, measure: str) -> str:
        """The cases that another measure counts of the same group."""
        return link_to(self.period, measure, self.by, self.key)


async def show(request: web.Request) -> web.Response:
    """The cases that a number of a report counts."""
    box, now = deps(request), deps(request).clock()
    asked = _asked(request)
    since, until = asked.period.since, asked.period.until
    facts = await box.reports.facts(since=since, until=until, viewer=request[SESSION].person)
    of_group = partial(chosen, facts, now, dimension=asked.by, key=asked.key)
    found = await asyncio.to_thread(of_group, measure=asked.measure)
    whole = await asyncio.to_thread(of_group, measure="cased")
    days = working_days_of(box.calendar)
    line = await asyncio.to_thread(line_of, whole, now, days)
    at = _page_of(request)
    return await page(
        request,
        "reports/report_cases.html",
        period=asked.period,
        measure=MEASURES[asked.measure].title,
        group=title_of(asked.by, asked.key, box) if asked.by else "",
        proof=proof_of(asked, line),
        rows=[(fact, days_of(fact, days)) for fact in found[(at - 1) * PAGE_SIZE :][:PAGE_SIZE]],
        amount=len(found),
        number=at,
        pages=max(1, -(-len(found) // PAGE_SIZE)),
        at_page=lambda n: asked.link(asked.measure) + f"&page={n}",
        channel=lambda name: box.accounts.get(name, name),
    )


def _asked(request: web.Request) -> Asked:
    query = request.query
    measure, by = query.get("measure", ""), query.get("by", "")
    by = by if by in DIMENSIONS else ""
    return Asked(
        period=period_of(query.get("period", ""), deps(request).clock()),
        measure=measure if measure in MEASURES else "cased",
        by=by,
        key=query.get("key", "") if by else "",
    )


def _page_of(request: web.Request) -> int:
    number = request.query.get("page", "")
    fits = number.isascii() and number.isdecimal() and len(number) < 6
    return max(int(number), 1) if fits else 1


def proof_of(asked: Asked, line: Line) -> Sequence[Part]:
    """How the rate or the days beside a number come of its group's cases; nothing without any."""

    def count(measure: str) -> Part:
        return Figure(str(line.counts[measure]), asked.link(measure))

    match asked.measure:
        case "on_time" | "late" | "overdue" if line.on_time_rate is not None:
            rate: list[Part] = [f"按期率 {line.on_time_rate}% = 按期答复 ", count("on_time")]
            return [*rate, " ÷（已答复 ", count("replied"), " + 逾期未办 ", count("overdue"), "）"]
        case "replied" if line.median_days is not None and line.p90_days is not None:
            half, most = f"{line.median_days:g}", f"{line.p90_days:g}"
            return [f"用时是从收到到答复的工作日：中位 {half}，九成在 {most} 之内"]
        case "rated" | "satisfied" | "dissatisfied" if line.satisfaction is not None:
            rate = [f"满意率 {line.satisfaction}% = 评价满意 ", count("satisfied")]
            return [*rate, " ÷ 有评价 ", count("rated")]
        case "returned" if line.wrong_route_rate is not None:
            rate = [f"转办有误率 {line.wrong_route_rate}% = 被退回 ", count("returned")]
            return [*rate, " ÷ 来信 ", count("cased")]
    return []


def days_of(fact: Fact, days: WorkingDays) -> int | None:
    """Working days from receipt to reply; None while there is none."""
    if fact.replied_at is None:
        return None
    return days(today(fact.received_at), today(fact.replied_at))
