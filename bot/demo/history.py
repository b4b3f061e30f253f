"""The demo's past two weeks, lived through the real path."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.app import Service
from bot.demo.county import Letter, letters
from cases.case import Case, State
from cases.people import Person, Role
from cases.ports import CaseFilter
from cases.wording import text_hash
from handlers.message import Message, MessageKind

DAYS = 13
OPENS, CLOSES = 8, 20  # hours in China at which the demo's citizens write
CITIZENS = 19
LEFT_TO_ROUTE = 12  # of the newest messages: the dispatcher has not looked at these yet
DISPATCHER = Person(name="dispatcher", role=Role.DISPATCHER)
SUPERVISOR = Person(name="supervisor", role=Role.SUPERVISOR)


@dataclass
class MovingClock:
    """The demo's clock: it stands where the history has got to."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


async def live(service: Service, clock: MovingClock, tell: Callable[[int, int], None]) -> None:
    """Writes the history up to the clock's present time; `tell` hears (done, of)."""
    end, told = clock.now, list(letters())
    for number, letter in enumerate(told):
        clock.now = _moment(end, number, len(told))
        await _write(service, clock, letter, number)
        case = await _case_of(service, letter)
        if case is not None and letter.reply:
            await _handle(service, clock, letter, case, until=end)
        elif case is not None and letter.department and number < len(told) - LEFT_TO_ROUTE:
            clock.now = min(clock.now + timedelta(hours=2), end)
            await _route(service, clock, case, letter.department)
        tell(number + 1, len(told))
    clock.now = end


def _moment(end: datetime, number: int, of: int) -> datetime:
    """Spread over the past days, by daylight, the last one a few hours ago."""
    day, share = divmod((number + 0.5) * DAYS / of, 1.0)
    start = (end - timedelta(days=DAYS - day)).replace(hour=0, minute=0, second=0)
    hour = OPENS - 8 + (CLOSES - OPENS) * share  # the clock is UTC
    return min(start + timedelta(hours=hour), end - timedelta(hours=1))


def openid(number: int) -> str:
    """The citizen who wrote the letter with this number."""
    return f"o-demo-{number % CITIZENS:02d}"


async def _write(service: Service, clock: MovingClock, letter: Letter, number: int) -> None:
    await _say(service, clock, number, letter.text, message_id=10_000 + number)


async def _say(
    service: Service, clock: MovingClock, number: int, text: str, *, message_id: int
) -> None:
    """What the citizen of a letter writes now."""
    message = Message(
        account=next(iter(service.settings.accounts)),
        citizen=openid(number),
        receiver="gh_demo",
        kind=MessageKind.TEXT,
        created_at=clock.now,
        text=text,
        message_id=str(message_id),
    )
    await service.intake.once(message)


async def _route(service: Service, clock: MovingClock, case: Case, department: str) -> Case:
    """The dispatcher sends it where it belongs, unless the router did."""
    if case.department == department:
        return case
    return await service.desk.route(
        case.number, department, version=case.version, actor=DISPATCHER, now=clock.now
    )


async def _handle(
    service: Service, clock: MovingClock, letter: Letter, case: Case, *, until: datetime
) -> None:
    """Routed, accepted, drafted, and approved by another person the next day."""
    clock.now = min(clock.now + timedelta(hours=20), until)
    desk, department = service.desk, letter.department
    case = await _route(service, clock, case, department)
    officer = Person(name=f"{department}经办人", role=Role.OFFICER, department=department)
    reviewer = Person(name=f"{department}审核人", role=Role.REVIEWER, department=department)
    case = await desk.accept(case.number, version=case.version, actor=officer, now=clock.now)
    case = await desk.draft(
        case.number, letter.reply, version=case.version, actor=officer, now=clock.now
    )
    await desk.review(
        case.number,
        version=case.version,
        draft_hash=text_hash(case.draft),
        actor=reviewer,
        now=clock.now,
    )


async def _case_of(service: Service, letter: Letter) -> Case | None:
    found = await service.storage.cases(
        CaseFilter(states=(State.RECEIVED, State.ROUTED), limit=200), viewer=SUPERVISOR
    )
    return next((case for case in found if case.text == letter.text), None)


async def rate(service: Service, clock: MovingClock) -> None:
    """Citizens come back, read their replies and rate them."""
    for number, letter in enumerate(letters()):
        if letter.rating is None:
            continue
        said = f"评价 {letter.rating}"
        await _say(service, clock, number, said, message_id=20_000 + number)
        await asyncio.sleep(0)
