"""督办: every department's alarms and talks of a year on one page."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from aiohttp import web

from cases.rules import Rung
from cases.supervision.alarm import Alarm, Interview, InterviewState
from cases.supervision.interview_steps import UNDER_WAY
from cases.supervision.words import ALARMS, POSTS
from cases.work_calendar import today
from console.deps import SESSION, deps
from console.pages import page
from console.supervision.interviews import STATES

FIRST_YEAR = 2020
RECENT = 12


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How one department stands: alarms that count, the next rung, talks under way."""

    department: str
    alarms: int
    revoked: int
    until_talk: int | None
    talk_with: str
    talks: tuple[Interview, ...]


def standings(
    departments: Sequence[str],
    alarms: Sequence[Alarm],
    talks: Sequence[Interview],
    ladder: Sequence[Rung],
) -> list[Standing]:
    """One line for each department, the most alarmed first."""
    counting = Counter(each.department for each in alarms if each.revoked_at is None)
    revoked = Counter(each.department for each in alarms if each.revoked_at is not None)
    names = list(dict.fromkeys([*departments, *counting, *revoked]))
    found = []
    for name in names:
        rung = next((r for r in ladder if name and r.alarm > counting[name]), None)
        found.append(
            Standing(
                department=name,
                alarms=counting[name],
                revoked=revoked[name],
                until_talk=rung.alarm - counting[name] if rung else None,
                talk_with=rung.talk_with if rung else "",
                talks=tuple(t for t in talks if t.department == name and t.state in UNDER_WAY),
            )
        )
    return sorted(found, key=lambda each: -each.alarms)


def year_of(request: web.Request, now: date) -> int:
    """The year that was asked for, or this one."""
    given = request.query.get("year", "")
    if given.isdecimal() and len(given) == 4 and FIRST_YEAR <= int(given) <= now.year + 1:
        return int(given)
    return now.year


async def show(request: web.Request) -> web.Response:
    """The year's alarms by department, the talks under way, the newest alarms.

    `?all` lists every alarm of the year, `?of=` those of one department ("" for nobody's).
    """
    box, person = deps(request), request[SESSION].person
    day = today(box.clock())
    year = min(year_of(request, day), day.year)
    alarms = await box.supervision.alarms(year=year, viewer=person)
    talks = await box.supervision.interviews(year=year, viewer=person)
    names = [each.name for each in await box.departments.departments()]
    unit, whole = request.query.get("of"), "of" in request.query or "all" in request.query
    listed = [each for each in alarms if unit is None or each.department == unit]
    open_talks = [talk for talk in talks if talk.state in UNDER_WAY]
    return await page(
        request,
        "supervision/supervision.html",
        year=year,
        this_year=day.year,
        day=day,
        standings=standings(names, alarms, talks, box.rules.ladder),
        alarms=[each for each in listed if each.revoked_at is None] if whole else alarms[:RECENT],
        revoked=[each for each in listed if each.revoked_at] if whole else [],
        unit=unit,
        whole=whole,
        total=sum(each.revoked_at is None for each in alarms),
        talks=open_talks,
        unanswered=sum(
            talk.state is InterviewState.OPEN and talk.answer_due < day for talk in open_talks
        ),
        kinds=ALARMS,
        posts=POSTS,
        states=STATES,
    )
