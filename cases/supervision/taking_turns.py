"""The watch's round over what was done lately: tells whoever has to act now."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from cases.case import State, UnknownCase
from cases.papers import Note
from cases.rules import Forewarning, Rules
from cases.steps import may_see
from cases.supervision import words
from cases.supervision.audience import Audience, each_once
from cases.supervision.hours import WorkingHours
from cases.supervision.ports import WatchStore
from cases.supervision.reminder import Message, Raised, Recipient
from cases.supervision.rungs import horizon, rung_key, worth_telling
from cases.supervision.turns import ARRIVALS, FEW, PATIENCE, RULES, Turn, of_lead, said_of, told_of
from cases.work_calendar import WorkCalendar, today

AT_ONCE: Final = 500
AT_LEAST_BACK: Final = timedelta(minutes=10)
"""What was written this long ago has been seen by every round since."""
AT_MOST_BACK: Final = timedelta(days=3)


@dataclass(frozen=True, kw_only=True)
class Turns:
    """Tells of each step once, whoever noticed it first."""

    store: WatchStore
    calendar: WorkCalendar
    rules: Rules
    hours: WorkingHours

    async def round(self, audience: Audience, now: datetime) -> None:
        """Everything that was not told yet; safe to run again, and by several workers at once."""
        since = now - AT_MOST_BACK
        found = await self.store.untold_steps(since=since, steps=tuple(RULES), limit=AT_ONCE)
        turns = [Turn(case=case, event=event) for case, event in found]
        await self._tell([await self._with_its_lead(each) for each in turns], audience, now)
        for note in await self.store.untold_notes(since=since, limit=AT_ONCE):
            await self._tell_note(note, audience, now)
        if len(found) < AT_ONCE:
            until = (now - AT_LEAST_BACK).replace(minute=0, second=0, microsecond=0)
            await self.store.steps_told(until=until)

    async def _with_its_lead(self, turn: Turn) -> Turn:
        if turn.case.state is not State.MERGED:
            return turn
        return of_lead(turn, await self.store.case(turn.case.lead))

    async def _tell(self, turns: Sequence[Turn], audience: Audience, now: datetime) -> None:
        groups: dict[tuple[Recipient, str, str], list[Turn]] = defaultdict(list)
        for turn in turns:
            if not await self._warned_anew(turn, audience, now):
                for to in told_of(turn, audience, today(now)):
                    groups[to, turn.event.step, turn.event.actor].append(turn)
        parts: dict[str, list[tuple[Message, Recipient]]] = defaultdict(list)
        leaders: dict[str, set[str]] = defaultdict(set)
        for (to, _, _), together in groups.items():
            several = [together] if len(together) > FEW else [[each] for each in together]
            for each in several:
                said = said_of(each, audience, now, self.calendar, self.rules)
                parts[each[0].key].append((said, to))
                for turn in each[1:]:
                    leaders[turn.key].add(each[0].key)
        taken: set[str] = set()
        send_at = self.hours.next(now + PATIENCE, self.calendar)
        for turn in sorted(turns, key=lambda each: each.key not in parts):
            if leaders[turn.key] - taken:
                continue  # another worker tells of its group: what that left out is told next
            raised = Raised(key=turn.key, at=now, send_at=send_at, parts=parts[turn.key])
            if await self.store.raise_once(raised):
                taken.add(turn.key)

    async def _warned_anew(self, turn: Turn, audience: Audience, now: datetime) -> bool:
        """Whoever gets a case whose warnings went to somebody else is warned at once.

        True when its arrival need not be told besides.
        """
        case, event = turn.case, turn.event
        passed = [each for each in self.rules.warnings if self._has_passed(turn, each, now)]
        if event.step not in ARRIVALS or not passed or not told_of(turn, audience, today(now)):
            return False
        to: list[Recipient] = []
        for warning in passed:
            told = await self.store.told_under(rung_key(case, warning.before))
            if told is None:  # this round's warnings go to whoever has it now
                return True
            if case.department not in told and worth_telling(case, warning, self.calendar):
                to += self._warned(turn, warning, audience, now)
        if not to:
            return False
        await self.store.raise_once(
            Raised(
                key=rung_key(case, passed[0].before) + f"/{event.version}",
                at=now,
                send_at=self.hours.next(now, self.calendar),
                parts=[
                    (words.due(case, now, self.calendar), each)
                    for each in each_once([*to, *audience.groups(case.department)])
                ],
            )
        )
        return True

    def _has_passed(self, turn: Turn, warning: Forewarning, now: datetime) -> bool:
        return warning.tell != "supervisor" and turn.case.due_date <= horizon(
            now, warning, self.calendar
        )

    def _warned(
        self, turn: Turn, warning: Forewarning, audience: Audience, now: datetime
    ) -> list[Recipient]:
        if warning.tell == "head":
            return audience.heads(turn.case.department, today(now))
        return audience.officers(turn.case.department, turn.case.officer, today(now))

    async def _tell_note(self, note: Note, audience: Audience, now: datetime) -> None:
        """Those it names, and whoever works on the case when a helping department speaks."""
        try:
            case = await self.store.case(note.case)
        except UnknownCase:  # erased meanwhile
            return
        author = next((each for each in audience.people if each.name == note.author), None)
        by = audience.called(note.author)
        titles = {
            each.name: f"{by}在来信 {case.number} 的备注里提到您"
            for each in audience.people
            if each.name in note.mentions and may_see(each, case)
        }
        helps = author is not None and author.department in case.helpers
        if author is not None and helps and case.officer not in {"", note.author}:
            title = f"协办的{author.department}在来信 {case.number} 写了备注"
            titles.setdefault(case.officer, title)
        parts = [(words.note(title, case), audience.person(name)) for name, title in titles.items()]
        send_at = self.hours.next(now + PATIENCE, self.calendar)
        await self.store.raise_once(
            Raised(key=f"note/{note.id}", at=now, send_at=send_at, parts=parts)
        )
