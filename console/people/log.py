"""The audit log for the auditor: who did what and when, and whether the record is unbroken."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from aiohttp import web

from cases.case import Event
from cases.records import SEALED, Mark, Record, RecordFilter, read_mark
from cases.steps import STEPS
from cases.work_calendar import CHINA_TIME
from console.deps import SESSION, Deps, deps, record
from console.pages import page
from console.people import log_words

PAGE_SIZE: Final = 50
NUMBER: Final = re.compile(r"HY[0-9]{8}-[0-9]{4,}")
FURTHEST: Final = 100_000
DAY: Final = timedelta(days=1)


MOMENTS: Final = frozenset({"locked_until"})
"""Details that hold a time."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the auditor looks for; days are inclusive, "" asks for everything."""

    actor: str = ""
    group: str = ""
    about: str = ""
    since: str = ""
    until: str = ""
    number: int = 1


NO_MARK: Final = (
    "核验码不对，没有核验。它是一串数字、一条横线和 24 个字母或数字，请照抄下的再输一次。"
)
REWRITTEN: Final = "第 {} 条和您抄下核验码时不一样：那以前的日志被人改过。"


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What looking at the whole chain found."""

    count: int
    wrong: list[str]
    mark: Mark
    noted: str = ""


@dataclass(frozen=True, kw_only=True)
class CaseSteps:
    """Every step of one case, without anybody's words, and what is wrong with their chain."""

    number: str
    steps: list[tuple[Event, str, list[tuple[str, str]]]]
    wrong: list[str]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One record in words; `details` are (label, value)."""

    record: Record
    what: str
    details: list[tuple[str, str]]


async def show(request: web.Request) -> web.Response:
    """A page of the log, newest first."""
    return await _log_page(request)


async def verify(request: web.Request) -> web.Response:
    """Recomputes every hash from the first record on; that somebody did so is recorded too."""
    box, noted = deps(request), str((await request.post()).get("mark", "")).strip()[:64]
    earlier = read_mark(noted)
    if noted and earlier is None:
        return await _log_page(request, fault=NO_MARK, status=422)
    mark, (count, wrong) = await box.audit.audit_mark(), await box.audit.verify_records()
    if earlier is not None and await box.audit.contradicts_mark(earlier):
        wrong.insert(0, REWRITTEN.format(earlier.number))
    found = {"records": str(count), "wrong": str(len(wrong))}
    await record(box, request[SESSION].person.name, "log_verified", **found)
    told = Verdict(count=count, wrong=wrong[:20], mark=mark, noted=str(earlier or ""))
    return await _log_page(request, verdict=told)


async def _log_page(
    request: web.Request, *, verdict: Verdict | None = None, fault: str = "", status: int = 200
) -> web.Response:
    box, asked = deps(request), _asked(request)
    only = _filter(asked)
    amount = await box.audit.count_records(only)
    found = await box.audit.records(only)
    return await page(
        request,
        "people/log.html",
        status=status,
        fault=fault,
        lines=[_line(each) for each in found],
        amount=amount,
        chain=await _chain(box, asked.about.upper()),
        asked=asked,
        actors=await box.audit.recorded_actors(),
        groups=log_words.GROUPS,
        unknown=log_words.UNKNOWN,
        pages=max(1, -(-amount // PAGE_SIZE)),
        verdict=verdict,
        clocked=_clocked,
        today=_today(box),
    )


async def _chain(box: Deps, number: str) -> CaseSteps | None:
    """The steps of the case that was looked for by its whole number."""
    if not NUMBER.fullmatch(number):
        return None
    events, wrong = await box.audit.case_chain(number)
    told = [(each, _step(each), _told(each)) for each in events]
    return CaseSteps(number=number, steps=told, wrong=wrong) if events else None


def _step(event: Event) -> str:
    known = STEPS.get(event.step)
    return known.words if known else event.step


def _told(event: Event) -> list[tuple[str, str]]:
    """What may be told of a step: no reason and no text, they may speak of a citizen."""
    return [
        (title, log_words.PURPOSES.get(value, value)[:16])
        for name, title in log_words.STEP_DETAILS.items()
        if (value := event.details.get(name, ""))
    ]


def _asked(request: web.Request) -> Asked:
    query = request.query
    group, number = query.get("group", ""), query.get("page", "")
    fits = number.isascii() and number.isdecimal() and len(number) < 6
    return Asked(
        actor=query.get("actor", "")[:64],
        group=group if group in log_words.GROUPS else "",
        about=query.get("about", "").strip()[:64],
        since=_day(query.get("since", "")),
        until=_day(query.get("until", "")),
        number=min(max(int(number), 1), FURTHEST) if fits else 1,
    )


def _filter(asked: Asked) -> RecordFilter:
    return RecordFilter(
        actor=asked.actor,
        actions=log_words.GROUPS[asked.group].actions if asked.group else (),
        about=asked.about,
        since=_midnight(asked.since),
        until=_midnight(asked.until, after=DAY),
        limit=PAGE_SIZE,
        offset=(asked.number - 1) * PAGE_SIZE,
    )


def _day(given: str) -> str:
    """The day as a form sends it, or "" for what is none."""
    try:
        day = date.fromisoformat(given)
    except ValueError:
        return ""
    return day.isoformat() if 2000 <= day.year < 2200 else ""


def _midnight(day: str, *, after: timedelta = timedelta()) -> datetime | None:
    if not day:
        return None
    return datetime.combine(date.fromisoformat(day) + after, time(), CHINA_TIME)


def _line(found: Record) -> Line:
    details = [
        (log_words.DETAILS.get(name, name), _value(name, value))
        for name, value in _told_of(found).items()
        if value
    ]
    return Line(record=found, what=log_words.action(found.action), details=details)


def _value(name: str, value: str) -> str:
    """A moment is stored in UTC, and told in China's time like the log's own."""
    if name in MOMENTS:
        return _clocked(datetime.fromisoformat(value))
    return log_words.VALUES.get(value, value)


def _told_of(found: Record) -> Mapping[str, str]:
    """A seal names hundreds of cases with their hashes: how many they are is told."""
    return {"amount": str(len(found.details))} if found.action == SEALED else found.details


def _clocked(at: datetime) -> str:
    """To the second, in China, as a log needs it."""
    return f"{at.astimezone(CHINA_TIME):%Y-%m-%d %H:%M:%S}"


def _today(box: Deps) -> str:
    return box.clock().astimezone(CHINA_TIME).date().isoformat()
