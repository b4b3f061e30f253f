"""The morning's digest: for each person what is theirs, for each group what it may know."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from cases import steps
from cases.case import State
from cases.deadline import end_of
from cases.people import SEES_CASES, Person, Role
from cases.ports import CaseFilter, CaseStore
from cases.rules import Forewarning
from cases.supervision import words
from cases.supervision.audience import Audience
from cases.supervision.reminder import Message, Recipient
from cases.supervision.rungs import horizon
from cases.supervision.words import Tally
from cases.work_calendar import WorkCalendar, today

RUNNING = tuple(sorted((steps.OPEN | {State.MERGED}) - {State.WAITING}))
WAITS_FOR_SOMEBODY = (State.RECEIVED, State.RETURNED, State.ROUTED)
UNHAPPY = CaseFilter(states=tuple(sorted(steps.ANSWERED)), asks="rating")
NAMED = 5
SOON = Forewarning(before=2, tell="")
ROBOT = "robot"
A_MOMENT = timedelta(seconds=1)


async def digests(
    store: CaseStore, audience: Audience, *, now: datetime, calendar: WorkCalendar
) -> list[tuple[Message, Recipient]]:
    """One for each person who sees cases and has open ones, and for each group's robot.

    Supervisors hear every morning, also that all is well.
    """
    parts: list[tuple[Message, Recipient]] = []
    known: dict[str | None, Tally] = {}
    for viewer, to in _listeners(audience, today(now)):
        if viewer.scope not in known:
            known[viewer.scope] = await _tally(store, viewer, now=now, calendar=calendar)
        tally = known[viewer.scope]
        if tally.nothing and viewer.role is not Role.SUPERVISOR:
            continue
        message = words.digest(
            tally,
            whose=viewer.department or "全部部门",
            department=viewer.department,
            now=now,
            calendar=calendar,
            own=await _own(store, viewer),
        )
        parts.append((message, to))
    return parts


async def _own(store: CaseStore, viewer: Person) -> int | None:
    """How many of them an officer has in hand; None for whoever works on none."""
    if viewer.role is not Role.OFFICER or viewer.name == ROBOT:
        return None
    only = CaseFilter(states=tuple(sorted(steps.OPEN)), officer=viewer.name)
    return await store.count_cases(only, viewer=viewer)


def _listeners(audience: Audience, day: date) -> Iterator[tuple[Person, Recipient]]:
    """Nobody who is away: they read of it when they are back."""
    for person in audience.people:
        away = audience.rota.is_away(person.name, day)
        if person.role in SEES_CASES and person.scope != "" and not away:
            yield person, audience.person(person.name)
    for robot in audience.robots:
        role = Role.OFFICER if robot.department else Role.SUPERVISOR
        yield (
            Person(name=ROBOT, role=role, department=robot.department),
            audience.robot(robot),
        )


async def _tally(
    store: CaseStore, viewer: Person, *, now: datetime, calendar: WorkCalendar
) -> Tally:
    only = CaseFilter(states=RUNNING)

    async def due_by(moment: datetime) -> int:
        # `due_at` is the first instant after the last day, so it is not before that day's end.
        return await store.count_cases(replace(only, due_before=moment), viewer=viewer)

    late = await due_by(now)
    tonight = await due_by(end_of(today(now)) + A_MOMENT)
    soon = await due_by(end_of(horizon(now, SOON, calendar)) + A_MOMENT)
    return Tally(
        open=await store.count_cases(only, viewer=viewer),
        late=late,
        today=tonight - late,
        soon=soon - tonight,
        new=await store.count_cases(CaseFilter(states=WAITS_FOR_SOMEBODY), viewer=viewer),
        urgent=await store.cases(replace(only, limit=NAMED), viewer=viewer),
        unhappy=await store.count_cases(UNHAPPY, viewer=viewer) if viewer.scope is None else 0,
    )
