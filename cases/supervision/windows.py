"""Nudges before WeChat's push window closes: afterwards a reply waits for the citizen to write.

Five working days are longer than 48 hours (WECHAT.md), so an officer who answers within the window
spares the citizen a question; who is told, and when, goes by the office hours of who is to act.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from cases.case import Case, State
from cases.department import Department
from cases.people import Role
from cases.supervision.audience import Audience, each_once
from cases.supervision.hours import WorkingHours
from cases.supervision.office_hours import OfficeHours, Span, read_hours
from cases.supervision.reminder import Message, Raised, Recipient, ReminderKind
from cases.supervision.watch import Watch
from cases.supervision.words import UNROUTED, path_of
from cases.work_calendar import CHINA_TIME, WorkCalendar, today

WINDOW: Final = timedelta(hours=48)
LEAD: Final = timedelta(hours=2)  # of office hours, to write and to have it approved
AT_ONCE: Final = 2000
REVIEWING: Final = frozenset({State.DRAFTED, State.REVIEWED})


@dataclass(frozen=True, kw_only=True)
class Closing:
    """An open case whose citizen can be pushed `left` texts until `closes`."""

    case: Case
    closes: datetime
    left: int


class WindowStore(Protocol):
    """Knows the push windows that nobody was nudged about."""

    async def closing_windows(
        self, *, now: datetime, accounts: Sequence[str], limit: int
    ) -> list[Closing]: ...

    async def raise_once(self, raised: Raised) -> bool: ...

    async def departments(self) -> list[Department]: ...


def window_key(closing: Closing) -> str:
    """A nudge is raised once for each window; a new message of the citizen opens a new one."""
    return f"window/{closing.case.number}/{closing.closes.isoformat(timespec='microseconds')}"


def nudge_at(closes: datetime, hours: OfficeHours, calendar: WorkCalendar) -> datetime:
    """When to nudge: with `LEAD` of office hours left before `closes`, and always before it.

    A window with less has its nudge when its first office hours begin; one without any, at once.
    """
    opened, missing = closes - WINDOW, LEAD
    spans = hours.within(opened, closes, calendar)
    for begin, end in reversed(spans):
        if end - begin >= missing:
            return end - missing
        missing -= end - begin
    return spans[0][0] if spans else opened


@dataclass(frozen=True, kw_only=True)
class Nudges:
    """Tells whoever is to act, once for each window; `accounts` are those that may push."""

    store: WindowStore
    watch: Watch
    accounts: Sequence[str]

    async def round(self, now: datetime) -> int:
        """Raises what is due now; returns how many nudges were new."""
        found = await self.store.closing_windows(now=now, accounts=self.accounts, limit=AT_ONCE)
        if not found:
            return 0
        hours = self._hours(await self.store.departments())
        due = [each for each in found if now >= self._at(each, hours)]
        if not due:
            return 0
        audience = await self.watch.audience(now)
        return sum([await self._raise(each, audience, now) for each in due])

    def _hours(self, departments: Sequence[Department]) -> Mapping[str, OfficeHours]:
        usual = _usual(self.watch.hours)
        return {each.name: read_hours(each.hours, otherwise=usual) for each in departments}

    def _at(self, closing: Closing, hours: Mapping[str, OfficeHours]) -> datetime:
        usual = OfficeHours(spans=(_usual(self.watch.hours),))
        own = hours.get(closing.case.department, usual)
        return nudge_at(closing.closes, own, self.watch.calendar)

    async def _raise(self, closing: Closing, audience: Audience, now: datetime) -> bool:
        to = _whose_turn(closing.case, audience, now) or audience.role(Role.SUPERVISOR)
        message = words(closing)
        return await self.store.raise_once(
            Raised(
                key=window_key(closing),
                at=now,
                send_at=now,  # later would be too late
                parts=[(message, each) for each in each_once(to)],
            )
        )


def _usual(hours: WorkingHours) -> Span:
    return hours.begin, hours.end


def _whose_turn(case: Case, audience: Audience, now: datetime) -> list[Recipient]:
    """The dispatcher, the officer, or who reviews the draft."""
    if case.state in REVIEWING:
        return audience.heads(case.department, today(now))
    return audience.officers(case.department, case.officer, today(now))


def words(closing: Closing) -> Message:
    """来信 HY… 的推送时限今天 16:20 到 — nothing about the citizen."""
    case, local = closing.case, closing.closes.astimezone(CHINA_TIME)
    until = f"{local.month}月{local.day}日 {local:%H:%M}"
    ask = "请尽快审核" if case.state in REVIEWING else "请在此之前答复，或者先告诉市民办到哪一步"
    return Message(
        kind=ReminderKind.WINDOW,
        title=f"来信 {case.number} 的推送时限到 {until} 为止",
        text=(
            f"{case.department or UNROUTED}的来信 {case.number}：微信只允许在市民来信后 48 小时内"
            f"主动推送，到 {until} 为止，还能推送 {closing.left} 条。{ask}；"
            "过了这个时间，答复要等市民下次来信才能送到。"
        ),
        link=path_of(case.number),
        department=case.department,
    )
