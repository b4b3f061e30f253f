"""Cases whose clock stands because their citizen was asked something and has not answered.

A question to the citizen stops the clock (CASES.md), so a letter could lie for good without ever
being late. Whoever has it is told when it has stood for long, then the supervisors.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol

from cases.case import Case
from cases.deadline import end_of
from cases.people import Role
from cases.rules import StandingRule
from cases.supervision.audience import Audience, each_once
from cases.supervision.hours import WorkingHours
from cases.supervision.reminder import Message, Raised, Recipient, ReminderKind
from cases.supervision.words import UNROUTED, path_of
from cases.work_calendar import ONE_DAY, WorkCalendar, today

AT_ONCE = 200


class StandingStore(Protocol):
    """Knows the cases that wait for their citizens."""

    async def cases_standing(self, *, days: int, asked_before: datetime, limit: int) -> list[Case]:
        """Asked before a moment and still waiting, not told of yet as standing for `days`."""

    async def raise_once(self, raised: Raised) -> bool: ...


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Tells of cases that stand, once for each rule and question."""

    store: StandingStore
    calendar: WorkCalendar
    hours: WorkingHours
    rules: Sequence[StandingRule]

    async def round(self, audience: Audience, now: datetime) -> None:
        """Everything that has stood long enough by now."""
        for rule in self.rules:
            asked_before = end_of(asked_by(rule.days, today(now) - ONE_DAY, self.calendar))
            found = await self.store.cases_standing(
                days=rule.days, asked_before=asked_before, limit=AT_ONCE
            )
            for case in found:
                await self._tell(case, rule, audience, now)

    async def _tell(
        self, case: Case, rule: StandingRule, audience: Audience, now: datetime
    ) -> None:
        to = _told(case, rule, audience, today(now))
        message = words(case, rule.days)
        raised = Raised(
            key=standing_key(case, rule.days),
            at=now,
            send_at=self.hours.next(now, self.calendar),
            parts=[(message, each) for each in each_once(to)],
        )
        if to:  # with nobody to tell, it stays to be told later
            await self.store.raise_once(raised)


def standing_key(case: Case, days: int) -> str:
    """Another question to the citizen is another matter to tell."""
    asked_at = case.waiting_since or case.received_at
    since = asked_at.astimezone(UTC).isoformat(timespec="microseconds")
    return f"standing/{case.number}/{since}/{days}"


def asked_by(days: int, day: date, calendar: WorkCalendar) -> date:
    """The last day since whose end `days` working days have passed by the end of `day`."""
    while days > 0:
        days -= calendar.is_workday(day)
        day -= ONE_DAY
    return day


def words(case: Case, days: int) -> Message:
    """来信 HY… 等市民补充已满 5 个工作日 — nothing about the citizen."""
    return Message(
        kind=ReminderKind.STANDING,
        title=f"来信 {case.number} 等市民补充已满 {days} 个工作日",
        text=(
            f"{case.department or UNROUTED}请市民补充以后一直没有回音，来信 {case.number} "
            "的计时还停着。留了电话的，请打电话问一问；问不到的，就按现有的情况恢复办理、答复市民。"
        ),
        link=path_of(case.number),
        department=case.department,
    )


def _told(case: Case, rule: StandingRule, audience: Audience, day: date) -> list[Recipient]:
    if rule.tell == "officer":
        return audience.officers(case.department, case.officer, day)
    if rule.tell == "head":
        return audience.heads(case.department, day)
    return audience.role(Role.SUPERVISOR)
