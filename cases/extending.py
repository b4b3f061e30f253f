"""More time for a case: a department asks for it, a supervisor grants it, the citizen is told."""

from datetime import datetime, time

from cases import steps
from cases.case import Case, StepNotPermitted
from cases.casework import Casework
from cases.clock import due_details, due_fields, longest, read_clock
from cases.deadline import Due, due
from cases.merging import shared_delay
from cases.people import Person
from cases.steps import send, take
from cases.wording import fit_text
from cases.work_calendar import CHINA_TIME


class Extending(Casework):
    """Moves a deadline, never past the longest time that the rules allow."""

    async def extend(
        self, number: str, days: int, reason: str, *, version: int, actor: Person, now: datetime
    ) -> Case:
        """A supervisor grants `days` more working days; the citizen is told the new date.

        StepNotPermitted: already overdue, or beyond the longest time the rules allow in all.
        """
        reason = fit_text(reason, what="延期理由")
        case = await self._case(number, version, actor, steps.EXTEND)
        if now >= case.due_at:
            raise StepNotPermitted(f"{number} is overdue", "这件事已经逾期，不能再延期。")
        found = await self._later(case, days)
        change = take(
            steps.EXTEND, case, actor=actor.name, now=now,
            details={"days": str(days), "reason": reason} | due_details(found),
            **due_fields(found), asks="",
        )  # fmt: skip
        change = send(change, what="interim", text=self._letters.extended(change.case))
        merged = await self._store.merged_into(number)
        shared = shared_delay(
            change, merged, actor=actor, now=now, letters=self._letters, calendar=self._calendar
        )
        return (await self._store.write_changes([change, *shared]))[0]

    async def ask_extension(
        self, number: str, days: int, reason: str, *, version: int, actor: Person, now: datetime
    ) -> Case:
        """A department asks the supervisor for more time; until then the deadline stays."""
        reason = fit_text(reason, what="延期理由")
        case = await self._case(number, version, actor, steps.ASK_EXTENSION)
        if now >= case.due_at:
            raise StepNotPermitted(f"{number} is overdue", "这件事已经逾期，不能再申请延期。")
        await self._later(case, days)
        details = {"days": str(days), "reason": reason}
        return await self._write(
            take(
                steps.ASK_EXTENSION, case, actor=actor.name, now=now, details=details,
                asks="extension",
            )
        )  # fmt: skip

    async def _later(self, case: Case, days: int) -> Due:
        """The deadline `days` working days later. StepNotPermitted: beyond what the rules allow."""
        if days < 1:
            raise StepNotPermitted(f"{days} is no extension", "延期至少 1 个工作日。")
        noon = datetime.combine(case.due_date, time(12), CHINA_TIME)
        found = due(noon, days, self._calendar)
        clock = read_clock(case, await self._store.events(case.number), self._rules)
        most = longest(clock, self._rules, self._calendar).due_date
        if found.due_date > most:
            raise StepNotPermitted(
                f"{case.number} may be due {most} at the latest",
                f"最多只能延到 {most.isoformat()}，请把天数改小。",
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
