"""Cases of whoever is away go to who stands in, and back afterwards; those of the gone go free."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cases.case import Case, ChangedMeanwhile
from cases.people import OWN_DEPARTMENT_ONLY
from cases.steps import GIVE_BACK, HAND_BACK, HAND_OVER, Step, take
from cases.supervision import words
from cases.supervision.audience import Audience, each_once
from cases.supervision.hours import WorkingHours
from cases.supervision.ports import WatchStore
from cases.supervision.reminder import Message, Raised, Recipient
from cases.work_calendar import WorkCalendar, today

AT_ONCE: Final = 200


@dataclass(frozen=True, kw_only=True)
class Leave:
    """Moves open cases; one that somebody changes at the same moment waits for the next round."""

    store: WatchStore
    calendar: WorkCalendar
    hours: WorkingHours

    async def round(self, audience: Audience, now: datetime) -> None:
        """Everything that is due now; safe to run again, and by several workers at once."""
        stood_in = await self.store.cases_stood_in(limit=AT_ONCE)
        await self._return(stood_in, audience, now)
        owners = {case.number: owner for case, owner in stood_in}
        await self._stand_in(owners, audience, now)
        await self._give_back(audience, now)

    async def _return(
        self, stood_in: Sequence[tuple[Case, str]], audience: Audience, now: datetime
    ) -> None:
        """To whose they are, or to the nearest of their stand-ins who is there again."""
        back: dict[tuple[str, str], list[Case]] = defaultdict(list)
        for case, owner in stood_in:
            holder = _there(audience, owner, case.department, now)
            if holder not in {"", case.officer}:
                back[holder, case.officer].append(case)
        owners = {case.number: owner for case, owner in stood_in}
        for (holder, substitute), found in back.items():
            theirs = [case for case in found if owners[case.number] == holder]
            nearer = [case for case in found if owners[case.number] != holder]
            moved = await self._move(theirs, HAND_BACK, holder, now)
            moved += await self._move(nearer, HAND_OVER, holder, now, owners)
            message = words.handed_back(moved, audience.called(holder), audience.called(substitute))
            to = [audience.person(holder), audience.person(substitute)]
            await self._tell("back", moved, message, to, now)

    async def _stand_in(self, owners: Mapping[str, str], audience: Audience, now: datetime) -> None:
        """Open cases of whoever is away move to whoever stands in and works there."""
        for absence in audience.rota.absences:
            away = absence.person
            substitute = _there(audience, away, absence.department, now)
            if not absence.covers(today(now)) or substitute in {"", away}:
                continue
            found = await self.store.open_cases_of(
                away, department=absence.department, limit=AT_ONCE
            )
            moved = await self._move(found, HAND_OVER, substitute, now, owners)
            message = words.moved(moved, audience.called(away), audience.called(substitute))
            # Who is away reads it when they are back; nothing is mailed to them.
            to = [audience.person(substitute), Recipient(person=away)]
            await self._tell(f"leave/{absence.id}", moved, message, to, now)

    async def _give_back(self, audience: Audience, now: datetime) -> None:
        """Open cases of whoever has left stand before the whole department again."""
        of_each: dict[tuple[str, str], list[Case]] = defaultdict(list)
        for case in await self.store.cases_left_behind(limit=AT_ONCE):
            of_each[case.officer, case.department].append(case)
        for (left, department), found in of_each.items():
            given = await self._move(found, GIVE_BACK, "", now)
            message = words.given_back(given, audience.called(left))
            to = audience.officers(department, "", today(now))
            await self._tell("left", given, message, to, now)

    async def _move(
        self,
        found: Sequence[Case],
        step: Step,
        officer: str,
        now: datetime,
        owners: Mapping[str, str] | None = None,
    ) -> list[Case]:
        """Those of the cases that are the officer's now ("": the whole department's)."""
        moved = []
        for case in found:
            details = {"officer_from": case.officer, "officer_to": officer}
            if owners is not None:
                details["owner"] = owners.get(case.number, case.officer)
            change = take(step, case, actor="desk", now=now, details=details, officer=officer)
            try:
                moved.append(await self.store.write_change(change))
            except ChangedMeanwhile:
                continue  # the next round reads it again
        return moved

    async def _tell(
        self,
        what: str,
        moved: Sequence[Case],
        message: Message | None,
        to: Sequence[Recipient],
        now: datetime,
    ) -> None:
        """Once for these cases; of none there is nothing to tell."""
        if message is None or not to:
            return
        newest, send_at = moved[-1], self.hours.next(now, self.calendar)
        await self.store.raise_once(
            Raised(
                key=f"{what}/{newest.number}/{newest.version}",
                at=now,
                send_at=send_at,
                parts=[(message, each) for each in each_once(to)],
            )
        )


def _there(audience: Audience, person: str, department: str, now: datetime) -> str:
    """The person or whoever stands in for them, if they work in the department; else ""."""
    name = audience.rota.present(person, today(now))
    office = {
        each.name
        for each in audience.people
        if each.role in OWN_DEPARTMENT_ONLY and each.department == department
    }
    return name if name in office else ""
