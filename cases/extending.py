"""More time for a case: a department asks for it, a supervisor grants it, the citizen is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from cases import steps
from cases.case import Case, Event, StepNotPermitted, TextNotFit
from cases.casework import Casework
from cases.clock import due_details, due_fields, longest, read_clock
from cases.deadline import Due, due
from cases.merging import progress_details, requested_days, shared_delay
from cases.people import Person
from cases.rules import Rules
from cases.steps import send, take
from cases.text_check import concerns
from cases.wording import fit_text
from cases.work_calendar import CHINA_TIME, WorkCalendar

LONGEST_PROGRESS = 300
"""Characters: a word on the way, the reply itself comes later."""


@dataclass(frozen=True, kw_only=True)
class Room:
    """How many more working days a case can get, and the day it would be due then."""

    days: int
    until: date


def room_to_extend(
    case: Case, events: Sequence[Event], *, rules: Rules, calendar: WorkCalendar
) -> Room:
    """What the rules still allow; 0 days when the deadline is the latest one already."""
    until = longest(read_clock(case, events, rules), rules, calendar).due_date
    days = calendar.working_days(case.due_date, until)
    return Room(days=days, until=max(until, case.due_date))


def progress_of(case: Case, events: Sequence[Event]) -> str:
    """What the department that waits for more time would have the citizen told; "" for nothing."""
    asked = requested_days(events) if case.asks == "extension" else None
    return asked.details.get("progress", "") if asked else ""


def _fit_progress(text: str) -> str:
    if not text.strip():
        return ""
    plain = fit_text(text, what="告诉市民的进展")
    if len(plain) > LONGEST_PROGRESS:
        raise TextNotFit(
            f"{len(plain)} characters of progress",
            f"告诉市民的进展共 {len(plain)} 字，请写到 {LONGEST_PROGRESS} 字以内。",
        )
    if found := concerns(plain):
        told = "；".join(f"“{each.found}”（{each.name}）" for each in found)
        raise TextNotFit(
            f"{len(found)} places in the progress", f"告诉市民的进展里请去掉这几处：{told}。"
        )
    return plain


def _at_most(room: Room) -> str:
    if room.days == 0:
        return "已经延到最长的期限，不能再延。请尽快答复市民。"
    day = f"{room.until.month}月{room.until.day}日"
    return f"最多再延 {room.days} 个工作日（到{day}），请把天数改小。"


class Extending(Casework):
    """Moves a deadline, never past the longest time that the rules allow."""

    async def extend(
        self,
        number: str,
        days: int,
        reason: str,
        *,
        version: int,
        actor: Person,
        now: datetime,
        silent: bool = False,
    ) -> Case:
        """A supervisor grants `days` more working days; the citizen is told the new date.

        What the department asked to have told of its progress goes with it, unless `silent`.
        StepNotPermitted: already overdue, or beyond the longest time the rules allow in all.
        """
        reason = fit_text(reason, what="延期理由")
        case = await self._case(number, version, actor, steps.EXTEND)
        if now >= case.due_at:
            raise StepNotPermitted(f"{number} is overdue", "这件事已经逾期，不能再延期。")
        events = await self._store.events(number)
        found = self._later(case, events, days)
        progress = "" if silent else progress_of(case, events)
        change = take(
            steps.EXTEND, case, actor=actor.name, now=now,
            details={"days": str(days), "reason": reason}
            | progress_details(progress)
            | due_details(found),
            **due_fields(found), asks="",
        )  # fmt: skip
        change = send(change, what="interim", text=self._letters.extended(change.case, progress))
        merged = await self._store.merged_into(number)
        shared = shared_delay(
            change, merged, actor=actor, now=now,
            letters=self._letters, calendar=self._calendar, progress=progress,
        )  # fmt: skip
        return (await self._store.write_changes([change, *shared]))[0]

    async def ask_extension(
        self,
        number: str,
        days: int,
        reason: str,
        *,
        version: int,
        actor: Person,
        now: datetime,
        progress: str = "",
    ) -> Case:
        """A department asks the supervisor for more time; until then the deadline stays.

        `progress` is what it would have the citizen told; the supervisor reads it first.
        TextNotFit: no reason, or something in `progress` that no citizen is told.
        """
        reason = fit_text(reason, what="延期理由")
        progress = _fit_progress(progress)
        case = await self._case(number, version, actor, steps.ASK_EXTENSION)
        if now >= case.due_at:
            raise StepNotPermitted(f"{number} is overdue", "这件事已经逾期，不能再申请延期。")
        self._later(case, await self._store.events(number), days)
        details = {"days": str(days), "reason": reason}
        details |= {"progress": progress} if progress else {}
        return await self._write(
            take(
                steps.ASK_EXTENSION, case, actor=actor.name, now=now, details=details,
                asks="extension",
            )
        )  # fmt: skip

    def _later(self, case: Case, events: Sequence[Event], days: int) -> Due:
        """The deadline `days` working days later. StepNotPermitted: beyond what the rules allow."""
        if days < 1:
            raise StepNotPermitted(f"{days} is no extension", "延期至少 1 个工作日。")
        noon = datetime.combine(case.due_date, time(12), CHINA_TIME)
        found = due(noon, days, self._calendar)
        room = room_to_extend(case, events, rules=self._rules, calendar=self._calendar)
        if days > room.days:
            raise StepNotPermitted(
                f"{case.number} may be due {room.until} at the latest", _at_most(room)
            )
        return found

    async def decline_extension(
        self, number: str, reason: str, *, version: int, actor: Person, now: datetime
    ) -> Case:
        """The supervisor says no, and why."""
        reason = fit_text(reason, what="不批准的理由")
        case = await self._case(number, version, actor, steps.DECLINE_EXTENSION)
        if case.asks != "extension":
            raise StepNotPermitted(f"{number} asks for nothing", "这件事没有待批的延期申请。")
        return await self._write(
            take(
                steps.DECLINE_EXTENSION, case, actor=actor.name, now=now,
                details={"reason": reason}, asks="",
            )
        )  # fmt: skip
