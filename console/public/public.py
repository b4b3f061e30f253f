"""What anybody may read: figures, the departments, and one's own case by signed link.

No sign-in, no cookies, no script; only what names nobody.
"""

import asyncio
import secrets
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from itertools import groupby
from typing import Any, Final

import aiohttp_jinja2
import structlog
from aiohttp import web
from aiohttp.typedefs import Handler

from cases.approval import asked_of
from cases.case import Case, State, UnknownCase
from cases.deadline import end_of
from cases.figures import DepartmentFigures, Figures
from cases.ports import StoreAway
from cases.privacy import GONE
from cases.reports.figures import Line as ReportLine
from cases.reports.figures import line_of, working_days_of
from cases.time_left import case_time_left
from cases.work_calendar import CHINA_TIME, today
from console import words
from console.deps import Deps, deps
from console.packed import pack
from console.public.milestones import milestones
from console.reports.charts import Column, weeks_of
from console.signing import read_case
from handlers.service_directory import ServiceState

log = structlog.get_logger(__name__)

LOOKED_FOR: Final = timedelta(minutes=10)
FRESH: Final = timedelta(minutes=1)
CACHED: Final = {"Cache-Control": "public, max-age=300"}
PRIVATE: Final = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
PERIODS: Final = {"month": "近 30 天", "year": "今年以来"}
STATES: Final = {
    State.RECEIVED: "已登记，正在转给负责的部门",
    State.RETURNED: "正在转给负责的部门",
    State.ROUTED: "已转到负责的部门，等待受理",
    State.ACCEPTED: "正在办理",
    State.DRAFTED: "答复已经写好，正在审核",
    State.REVIEWED: "答复已经写好，正在审核",
    State.WAITING: "等您补充情况，在公众号里直接回复就可以",
    State.REPLIED: "已答复",
    State.CLOSED: "已办结",
    State.OUT_OF_SCOPE: "不属本县受理，已告知该找谁",
    State.MERGED: "已并入同一件事一起办理",
}


@dataclass(frozen=True, kw_only=True)
class Kept:
    """Figures of a period, kept for a minute: visitors cost the database nothing."""

    figures: Figures
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What needs every case of a period, kept for ten minutes."""

    total: ReportLine
    weeks: list[Column]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Line:
    """One department of the table; `rate` is in whole percent, None while nothing was due."""

    figures: DepartmentFigures
    rate: int | None


LOOKED: Final = web.AppKey("public_reports", dict[str, Looked])
KEPT: Final = web.AppKey("public_figures", dict[str, Kept])


async def to_front(_: web.Request) -> web.Response:
    """The address without its last stroke."""
    raise web.HTTPPermanentRedirect("/public/")


async def show_figures(request: web.Request) -> web.Response:
    """How messages were handled; open cases past their due time count as late."""
    period = request.query.get("period", "")
    period = period if period in PERIODS else "month"
    kept = await _figures(request, period)
    figures = kept.figures
    lines = [Line(figures=each, rate=rate_of(each)) for each in figures.departments]
    looked = await _looked(request, period)
    return public_page(
        request,
        "public/public_figures.html",
        CACHED,
        figures=figures,
        lines=lines,
        total=Line(figures=total_of(figures), rate=rate_of(total_of(figures))),
        whole=looked.total,
        weeks=looked.weeks,
        counted_at=_clock_of(kept.at),
        looked_at=_clock_of(looked.at),
        period=period,
        periods=PERIODS,
    )


def rate_of(figures: DepartmentFigures) -> int | None:
    """On-time replies in percent of all that were due: replied, or open and overdue.

    Rounded down, so that 100 % means every single one.
    """
    owed = figures.replied + figures.overdue
    return figures.replied_in_time * 100 // owed if owed else None


def total_of(figures: Figures) -> DepartmentFigures:
    """All departments together."""
    every = figures.departments
    return DepartmentFigures(
        department="合计",
        received=sum(each.received for each in every),
        replied=sum(each.replied for each in every),
        replied_in_time=sum(each.replied_in_time for each in every),
        overdue=sum(each.overdue for each in every),
    )


async def _looked(request: web.Request, period: str) -> Looked:
    box, kept = deps(request), request.config_dict[LOOKED]
    now = box.clock()
    found = kept.get(period)
    if found is None or not timedelta() <= now - found.at < LOOKED_FOR:
        since, until = _days(period, now)
        facts = await box.reports.facts(since=since, until=until, viewer=None)
        days = working_days_of(box.calendar)
        total = await asyncio.to_thread(line_of, facts, now, days)
        found = kept[period] = Looked(
            total=total, weeks=weeks_of([fact for fact in facts if fact.ours]), at=now
        )
    return found


def _days(period: str, now: datetime) -> tuple[datetime, datetime]:
    """From the first instant of a period to the end of today."""
    day = today(now)
    first = day.replace(month=1, day=1) if period == "year" else day - timedelta(days=29)
    return datetime.combine(first, time(), CHINA_TIME), end_of(day)


def _clock_of(at: datetime) -> str:
    """A moment as a printed or stored page still tells it: 2026年11月18日 09:30."""
    there = at.astimezone(CHINA_TIME)
    return f"{words.written(there)} {there:%H:%M}"


async def _figures(request: web.Request, period: str) -> Kept:
    box, kept = deps(request), request.config_dict[KEPT]
    now = box.clock()
    found = kept.get(period)
    if found is None or not timedelta() <= now - found.at < FRESH:
        since, until = _days(period, now)
        figures = await box.figures.figures(since=since, until=until, now=now)
        found = kept[period] = Kept(figures=figures, at=now)
    return found


async def show_departments(request: web.Request) -> web.Response:
    """Who answers for what, and how to reach them and the places people go to."""
    box = deps(request)
    found = await box.departments.departments()
    places = [o for o in await box.channels.menus.offices() if o.state is ServiceState.PUBLISHED]
    return public_page(
        request, "public/public_departments.html", CACHED, departments=found, offices=places
    )


async def show_services(request: web.Request) -> web.Response:
    """What can be done online, by department; what is broken is named but leads nowhere."""
    box = deps(request)
    published = [
        each for each in await box.channels.menus.services() if each.state is ServiceState.PUBLISHED
    ]
    groups = [(name, list(each)) for name, each in groupby(published, lambda s: s.department)]
    phones = {each.name: each.phone for each in await box.departments.departments()}
    return public_page(request, "public/public_services.html", CACHED, groups=groups, phones=phones)


async def show_case(request: web.Request) -> web.Response:
    """How far a case is, for whoever holds its signed link; nothing about the person."""
    box = deps(request)
    number = read_case(request.match_info["signed"], box.secret)
    if number is None:
        raise web.HTTPNotFound
    case, asked = await box.cases.case(number), ""
    events = await box.cases.events(number)
    if case.reply or case.state is State.WAITING:  # as it stands once this page has read it
        case = await box.cases.shown(number, now=box.clock())
    if case.state is State.WAITING:
        asked = asked_of(events)
    owner = next(
        (each for each in await box.departments.departments() if each.name == case.department), None
    )
    return public_page(
        request,
        "public/public_case.html",
        PRIVATE,
        asked=asked,
        phone=owner.phone if owner else "",
        steps=[] if case.text == GONE else milestones(events),
        moment=partial(words.moment, now=box.clock()),
        **_of_case(case, box),
    )


def _of_case(case: Case, box: Deps) -> dict[str, Any]:
    now = box.clock()
    left = case_time_left(case, now, box.calendar)
    return {
        "case": case,
        "gone": case.text == GONE,
        "state": STATES[case.state],
        "may_reopen": box.desk.may_reopen(case, now),
        "left": left.words,
        "colour": words.COLOURS[left.urgency],
        "received": words.moment(case.received_at, now=now),
        "replied": words.moment(case.replied_at, now=now),
        "due": words.dated(case.due_date, now=now),
    }


@web.middleware
async def explain(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A plain page for what is not there or went wrong."""
    try:
        return await handler(request)
    except UnknownCase:
        return _trouble(request, 404)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        return _trouble(request, error.status)
    except StoreAway as error:
        log.warning("public_page_waits", reason=str(error))
        return _trouble(request, 503)
    except Exception:
        # The address holds a citizen's signed link, so it is not logged.
        log.exception("public_page_error", reference=secrets.token_hex(4))
        return _trouble(request, 500)


def _trouble(request: web.Request, status: int) -> web.Response:
    return public_page(
        request, "public/public_error.html", PRIVATE, status=status, missing=status == 404
    )


def public_page(
    request: web.Request, template: str, headers: dict[str, str], status: int = 200, **context: Any
) -> web.Response:
    """A page for anybody, with how long it may be kept."""
    everything = {"place": deps(request).place} | context
    response = aiohttp_jinja2.render_template(template, request, everything, status=status)
    response.headers.update(headers)
    return pack(request, response, kept=headers is CACHED)
