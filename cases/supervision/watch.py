"""The watch: looks at the clock for everybody, and says each thing once.

Every round asks storage what has not been said yet, so restarts and several workers make no
difference: whoever raises a key first keeps its reminders, everybody else keeps nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import chain

from cases.case import Case
from cases.deadline import due as due_after
from cases.people import Role
from cases.rules import Forewarning, Rules
from cases.supervision import words
from cases.supervision.alarm import Alarm, NewAlarm, Post, late_return_alarm, overdue_alarm
from cases.supervision.audience import Audience, Robot, each_once
from cases.supervision.digest import digests
from cases.supervision.hours import WorkingHours
from cases.supervision.leave import Leave
from cases.supervision.ports import WatchStore
from cases.supervision.reminder import Message, Raised, Recipient
from cases.supervision.rungs import TELLS_ALWAYS, horizon, rung_key, worth_telling
from cases.supervision.standing import Standing
from cases.supervision.succession import Succession
from cases.supervision.taking_turns import Turns
from cases.work_calendar import CHINA_TIME, WorkCalendar, missing_notice, today

AT_ONCE = 200
LOOKS_BACK = timedelta(days=31)
MOVED = "录入放假通知后，办理期限改到了以后，不再算逾期"
ANSWER_SOON = Forewarning(before=1, tell="officer")
ANSWER_LATE = Forewarning(before=0, tell="supervisor")


@dataclass(frozen=True, kw_only=True)
class Watch:
    """Warns, raises alarms, moves cases of whoever is away, writes the morning's digest."""

    store: WatchStore
    calendar: WorkCalendar
    rules: Rules
    hours: WorkingHours = field(default_factory=WorkingHours)
    robots: Sequence[Robot] = ()
    mails: bool = True
    """Whether there is a mail server to send by."""

    async def round(self, now: datetime) -> None:
        """Everything that is due now; safe to run again, and by several workers at once."""
        audience = await self.audience(now)
        await self.store.settle_warnings(now=now)
        await self.succession.round(now)
        leave = Leave(store=self.store, calendar=self.calendar, hours=self.hours)
        await leave.round(audience, now)
        await self._turns.round(audience, now)  # before warnings: they are not told twice then
        for warning in self.rules.warnings:
            await self.warn(warning, audience, now)
        await self._standing.round(audience, now)
        await self.store.revoke_moved_alarms(why=MOVED, now=now)
        await self.raise_alarms(now)
        await self.tell_alarms(audience, now)
        await self.tell_answers(audience, now)
        await self.tell_missing_notice(audience, now)
        await self.tell_digest(audience, now)

    @property
    def succession(self) -> Succession:
        """What moves the cases of departments that are no more."""
        return Succession(store=self.store)

    @property
    def _turns(self) -> Turns:
        return Turns(store=self.store, calendar=self.calendar, rules=self.rules, hours=self.hours)

    @property
    def _standing(self) -> Standing:
        return Standing(
            store=self.store, calendar=self.calendar, hours=self.hours, rules=self.rules.standing
        )

    async def audience(self, now: datetime) -> Audience:
        """Who can be told something now."""
        return Audience(
            people=await self.store.active_people(),
            mailboxes=await self.store.mailboxes() if self.mails else {},
            contacts=await self.store.contacts() if self.mails else (),
            rota=await self.store.rota(since=today(now)),
            robots=self.robots,
        )

    async def warn(self, warning: Forewarning, audience: Audience, now: datetime) -> None:
        """One rung of the warnings, for every case that has reached it."""
        until = horizon(now, warning, self.calendar)
        while True:
            found = await self.store.cases_to_warn(
                before=warning.before, until=until, limit=AT_ONCE
            )
            told = 0
            for case in found:
                told += await self._warn_of(case, warning, audience, now)
            if len(found) < AT_ONCE or not told:
                return

    async def _warn_of(
        self, case: Case, warning: Forewarning, audience: Audience, now: datetime
    ) -> bool:
        """Whether this rung is done with; not while there is nobody at all to tell."""
        key = rung_key(case, warning.before)
        silent = Raised(key=key, at=now, send_at=now)
        if not worth_telling(case, warning, self.calendar):
            return await self.store.raise_once(silent)
        people = self._warned(case, warning, audience, now)
        nearer = (each for each in self.rules.warnings if each.before < warning.before)
        if any(case.due_date <= horizon(now, each, self.calendar) for each in nearer):
            # A nearer rung is told in the same round: groups and whoever stands in hear that one.
            if not people:
                return await self.store.raise_once(silent)
        else:
            people = people or audience.role(Role.SUPERVISOR) or audience.role(Role.ADMINISTRATOR)
            people = people + audience.groups(case.department)
        message = words.due(case, now, self.calendar)
        parts = [(message, each) for each in each_once(people)]
        if warning.tell == TELLS_ALWAYS:
            parts += self._of_help(case, audience, now)
        send_at = self.hours.next(now, self.calendar)
        raised = Raised(key=key, at=now, send_at=send_at, parts=parts)
        return bool(people) and await self.store.raise_once(raised)

    def _of_help(
        self, case: Case, audience: Audience, now: datetime
    ) -> list[tuple[Message, Recipient]]:
        """Departments that were asked to help and have said nothing hear of it with the officer."""
        message = words.help_due(case, now, self.calendar)
        asked = (audience.officers(each, "", today(now)) for each in case.awaits)
        return [(message, each) for each in each_once(chain.from_iterable(asked))]

    def _warned(
        self, case: Case, warning: Forewarning, audience: Audience, now: datetime
    ) -> list[Recipient]:
        if warning.tell == "officer":
            return audience.officers(case.department, case.officer, today(now))
        if warning.tell == "head":
            return audience.heads(case.department, today(now))
        return audience.role(Role.SUPERVISOR)

    async def raise_alarms(self, now: datetime) -> None:
        """What is late becomes an alarm of whoever had the case when it became late.

        Looked for since the beginning of the year, and in its first weeks since before it: a
        lapse of New Year's Eve counts for the year it happened in, whenever it is noticed.
        """
        year = datetime.combine(date(today(now).year, 1, 1), time(0), CHINA_TIME)
        since = min(year, now - LOOKS_BACK)
        for case in await self.store.late_cases(since=since, now=now, limit=AT_ONCE):
            await self.alarm(overdue_alarm(case, await self.store.events(case.number), now))
        for event in await self.store.late_returns(since=since, limit=AT_ONCE):
            await self.alarm(late_return_alarm(event, now))

    async def alarm(self, new: NewAlarm) -> Alarm | None:
        """Keeps an alarm and opens the talk it leads to; None when it was raised before."""
        ladder = {rung.alarm: Post(rung.talk_with) for rung in self.rules.ladder}
        allowed = self.rules.by_name["interview_answer"].amount
        answer_due = due_after(new.noticed_at, allowed, self.calendar).due_date
        return await self.store.raise_alarm(new, ladder=ladder, answer_due=answer_due)

    async def tell_alarms(self, audience: Audience, now: datetime) -> None:
        """New alarms and talks, to the department and the supervisors."""
        for found in await self.store.untold_alarms(limit=AT_ONCE):
            to = self._department(found.department, audience, now)
            await self._raise(f"alarm/{found.key}", [words.alarm(found)], to, now)
        for talk in await self.store.untold_interviews(limit=AT_ONCE):
            to = self._department(talk.department, audience, now)
            to += audience.posts(talk.department, talk.talk_with)
            await self._raise(f"interview/{talk.id}", [words.interview(talk)], to, now)

    async def tell_answers(self, audience: Audience, now: datetime) -> None:
        """A written answer is due tomorrow, to the department; or late, to the supervisors too."""
        bosses = audience.role(Role.SUPERVISOR)
        for stage, warning in (("soon", ANSWER_SOON), ("late", ANSWER_LATE)):
            until = horizon(now, warning, self.calendar)
            for talk in await self.store.answers_due(until=until, stage=stage):
                late = talk.answer_due < today(now)
                if late != (stage == "late"):
                    continue  # nobody looked in time: what is late is told as late, once
                everybody = self._department(talk.department, audience, now)
                to = everybody if late else [each for each in everybody if each not in bosses]
                key = f"answer/{talk.id}/{talk.answer_due.isoformat()}/{stage}"
                await self._raise(key, [words.answer_due(talk, late=late)], to, now)

    def _department(self, department: str, audience: Audience, now: datetime) -> list[Recipient]:
        return (
            audience.officers(department, "", today(now))
            + audience.heads(department, today(now))
            + audience.role(Role.SUPERVISOR)
            + audience.groups(department)
        )

    async def tell_missing_notice(self, audience: Audience, now: datetime) -> None:
        """From 1 November on, every week until the next year's notice is loaded."""
        year = missing_notice(today(now), self.calendar)
        if year is None:
            return
        week = today(now).isocalendar()
        key = f"calendar/{year}/{week.year}-{week.week:02}"
        if not await self.store.is_raised(key):
            to = audience.role(Role.ADMINISTRATOR) + audience.role(Role.SUPERVISOR)
            await self._raise(key, [words.missing_notice(year)], to, now)

    async def tell_digest(self, audience: Audience, now: datetime) -> None:
        """Each workday morning, once."""
        key = f"digest/{today(now).isoformat()}"
        if not self.hours.digest_is_due(now, self.calendar) or await self.store.is_raised(key):
            return
        parts = await digests(self.store, audience, now=now, calendar=self.calendar)
        await self.store.raise_once(Raised(key=key, at=now, send_at=now, parts=parts))

    async def _raise(
        self, key: str, messages: Sequence[Message], to: Sequence[Recipient], now: datetime
    ) -> bool:
        """Whether it was told now; with nobody to tell, it stays to be told later."""
        send_at = self.hours.next(now, self.calendar)
        parts = [(message, each) for message in messages for each in each_once(to)]
        raised = Raised(key=key, at=now, send_at=send_at, parts=parts)
        return bool(parts) and await self.store.raise_once(raised)
