"""Several letters about one thing: answered once, and every citizen gets the reply."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from cases import steps
from cases.approval import ANSWER, NO_DRAFT
from cases.case import Case, Change, Event, State, StepNotPermitted
from cases.clock import due_details, due_fields
from cases.deadline import Due
from cases.people import Person
from cases.ports import Letters
from cases.steps import send, take
from cases.teamwork import Teamwork
from cases.wording import text_hash
from cases.work_calendar import WorkCalendar


class Merging(Teamwork):
    """Merges a case into the one that leads, and takes it out again."""

    async def merge(
        self, number: str, lead: str, *, version: int, actor: Person, now: datetime
    ) -> Case:
        """The case waits for the lead's reply, with whoever has the lead.

        What was drafted for it is kept in its log.

        StepNotPermitted: the lead is the case itself, over, merged, somebody else's to see, or
        due later: no citizen waits longer because others wrote too.
        """
        case = await self._case(number, version, actor, steps.MERGE)
        leading = await self._store.case(lead, viewer=actor)
        self._check_lead(case, leading)
        if await self._store.merged_into(number):
            raise StepNotPermitted(f"{number} leads", "已有来信并入这一件，请把它们先拆出来。")
        merged = take(
            steps.MERGE, case, actor=actor.name, now=now,
            details={"lead": leading.number, "from": case.department} | _voided(case),
            lead=leading.number, department=leading.department, **NO_DRAFT,
        )  # fmt: skip
        joined = take(steps.ABSORB, leading, actor=actor.name, now=now, details={"case": number})
        written = await self._store.write_changes([merged, joined])
        return written[0]

    @staticmethod
    def _check_lead(case: Case, lead: Case) -> None:
        if lead.number == case.number:
            raise StepNotPermitted("a case cannot lead itself", "不能并入自己，请填另一件的编号。")
        if lead.state is State.MERGED:
            raise StepNotPermitted(
                f"{lead.number} went into {lead.lead}",
                f"{lead.number} 已经并入 {lead.lead}，请改填 {lead.lead}。",
            )
        if not lead.is_open:
            raise StepNotPermitted(
                f"{lead.number} is {lead.state}",
                f"{lead.number} 已经答复过，不能再并入。请单独答复这一件；"
                "那一件的答复可以在“可以参考”里一点就插入。",
            )
        if lead.due_date > case.due_date:
            raise StepNotPermitted(
                f"{lead.number} is due later than {case.number}",
                f"{lead.number} 的期限更晚。请反过来，把它并入 {case.number}。",
            )

    async def split(self, number: str, *, version: int, actor: Person, now: datetime) -> Case:
        """The case goes its own way again; its deadline never stood still."""
        case = await self._case(number, version, actor, steps.SPLIT)
        after = State.ROUTED if case.department else State.RECEIVED
        return await self._write(
            take(
                steps.SPLIT, case, actor=actor.name, now=now, after=after,
                details={"lead": case.lead}, lead="",
            )
        )  # fmt: skip


def shared_reply(
    change: Change,
    merged: Sequence[Case],
    *,
    actor: Person,
    now: datetime,
    letters: Letters,
    undo: timedelta = timedelta(0),
) -> list[Change]:
    """The reply of a leading case for every citizen whose case went into it."""
    lead = change.case
    if lead.state not in {State.REPLIED, State.OUT_OF_SCOPE}:
        return []
    found = []
    for case in merged:
        shared = take(
            steps.SHARE_REPLY, case, actor=actor.name, now=now, after=lead.state,
            details={"lead": lead.number, "from": case.department},
            department=lead.department, officer=lead.officer, reply=lead.reply, replied_at=now,
            drafted_by=lead.drafted_by, reviewed_by=lead.reviewed_by,
            draft_hash=text_hash(lead.reply),
        )  # fmt: skip
        letter = letters.reply(shared.case)
        found.append(send(shared, what=ANSWER, text=letter, undo=undo))
    return found


def shared_delay(
    change: Change,
    merged: Sequence[Case],
    *,
    actor: Person,
    now: datetime,
    letters: Letters,
    calendar: WorkCalendar,
    progress: str = "",
) -> list[Change]:
    """The interim reply of a leading case that got more time, for every citizen of it.

    Each is due on the day that its citizen is told, or on its own when that is later.
    """
    lead = change.case
    found = []
    for case in merged:
        days = max(calendar.working_days(case.due_date, lead.due_date), 0)
        later = _due_of(lead) if days else _due_of(case)
        delayed = take(
            steps.SHARE_DELAY, case, actor=actor.name, now=now,
            details={"lead": lead.number, "days": str(days)}
            | progress_details(progress)
            | due_details(later),
            **due_fields(later),
        )  # fmt: skip
        said = replace(case, **due_fields(_due_of(lead)))
        found.append(send(delayed, what="interim", text=letters.extended(said, progress)))
    return found


def progress_details(progress: str) -> dict[str, str]:
    """What an event keeps of the progress that went to the citizen with it."""
    return {"told": progress} if progress else {}


def following(
    change: Change, merged: Sequence[Case], *, actor: Person, now: datetime
) -> list[Change]:
    """The letters that wait for a leading case's reply go with it to another department."""
    lead = change.case
    return [
        take(
            steps.FOLLOW, case, actor=actor.name, now=now, department=lead.department,
            details={"lead": lead.number, "from": case.department, "to": lead.department},
        )
        for case in merged
        if case.department != lead.department
    ]  # fmt: skip


def _due_of(case: Case) -> Due:
    return Due(due_date=case.due_date, due_at=case.due_at, provisional=case.provisional)


def requested_days(events: Sequence[Event]) -> Event | None:
    """The newest request for more time."""
    asked = (each for each in reversed(events) if each.step == steps.ASK_EXTENSION.name)
    return next(asked, None)


def _voided(case: Case) -> dict[str, str]:
    return {"draft": case.draft, "drafted_by": case.drafted_by} if case.draft else {}
