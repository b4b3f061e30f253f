"""Numbers that change by themselves: how many cases each view of the list holds, as events.

A browser that looks at the list keeps one connection (Server-Sent Events, HTML §9.2). It is no
sign of a person at work, so it does not keep the session alive, and it ends with the session.
"""

import asyncio
import json
from typing import Final

from aiohttp import web

from cases.deadline import end_of
from cases.people import Person
from cases.work_calendar import today
from console import sessions
from console.cases.case_filters import OPEN, Asked, asked_of, label_of, tabs_of
from console.deps import SESSION, Deps, deps
from console.pages import WORK, count_work

EVERY: Final = 10.0  # seconds
LONGEST: Final = 360  # looks, an hour: then the browser connects anew
STOPPING: Final = web.AppKey("console_live_stopping", asyncio.Event)


async def stream(request: web.Request) -> web.StreamResponse:
    """The numbers at once, and again whenever they have changed."""
    box, person = deps(request), request[SESSION].person
    asked, stopping = asked_of(request.query, person), request.config_dict[STOPPING]
    response = web.StreamResponse(
        headers={
            "Content-Type": "text/event-stream",
            "Cache-Control": "no-store",
            "X-Accel-Buffering": "no",
        }
    )
    await response.prepare(request)
    told = ""
    for _ in range(LONGEST):
        numbers = json.dumps(await counts(box, asked, person))
        try:
            await response.write(f"data: {numbers}\n\n".encode() if numbers != told else b": \n\n")
        except ConnectionError:
            break  # nobody looks any more
        told = numbers
        if await _waited(stopping) or await _is_another(request, person):
            break
    return response


async def _is_another(request: web.Request, person: Person) -> bool:
    """Whether the session is over, or its person has another role or department by now.

    The browser connects anew then, and is told what that role may know.
    """
    found = await sessions.current(request, touch=False)
    return found is None or found.account.person != person


async def counts(box: Deps, asked: Asked, person: Person) -> dict[str, int | str]:
    """The number beside each view of open cases, and "" for what waits for this person."""
    now = box.clock()
    tally = await box.cases.tally_cases(
        asked.filter(now, box.calendar, states=OPEN),
        viewer=person,
        now=now,
        tonight=end_of(today(now)),
        most=asked.most,
    )
    found: dict[str, int | str] = {
        tab.key: label_of(tab, tally, person)
        for tab in tabs_of(person)
        if set(tab.states) <= {*OPEN}
    }
    if not asked.narrowed:
        found[""] = count_work(tally, person) if person.role in WORK else 0
    return found


async def _waited(stopping: asyncio.Event) -> bool:
    """Whether the service stops; False after the usual while."""
    try:
        await asyncio.wait_for(stopping.wait(), EVERY)
    except TimeoutError:
        return False
    return True


async def stop(app: web.Application) -> None:
    """Ends all connections, so that the service can stop."""
    app[STOPPING].set()
