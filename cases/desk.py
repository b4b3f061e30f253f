"""The desk: the only writer of cases. Every step is checked, logged and compare-and-set.

Each method takes the case's number, the `version` the person saw, who acts and the time; it
returns the case after the step and raises a `CaseError` whose `tell` is for the person.
"""

from collections.abc import Sequence
from datetime import datetime

from cases import steps
from cases.approval import NO_DRAFT, Purpose, approved, check_reviewer, looked_at, purpose_of
from cases.case import Case, Change, State, StepNotPermitted
from cases.citizen_steps import CitizenSteps
from cases.clock import due_details, due_fields, resume_due, return_due
from cases.extending import Extending
from cases.merging import Merging, following, shared_reply
from cases.people import Person
from cases.ports import DeskStore, Letters
from cases.recount import recount_all
from cases.rules import Rules
from cases.second_look import SecondLook
from cases.steps import take
from cases.template import filled_in
from cases.withdrawing import Withdrawing
from cases.wording import fit_text, text_hash
from cases.work_calendar import WorkCalendar

__all__ = ["Desk", "Purpose"]

LONGEST_SOURCES = 500


class Desk(Merging, Extending, SecondLook, Withdrawing):
    """Takes the steps of staff; prepares those of citizens (`CitizenSteps`)."""

    def __init__(
        self,
        store: DeskStore,
        calendar: WorkCalendar,
        rules: Rules,
        letters: Letters | None = None,
    ) -> None:
        super().__init__(store, calendar, rules, letters)
        citizen = CitizenSteps(calendar=calendar, rules=rules)
        self.prepare_opening = citizen.prepare_opening
        self.prepare_addition = citizen.prepare_addition
        self.prepare_rating = citizen.prepare_rating
        self.prepare_reopening = citizen.prepare_reopening
        self.may_reopen = citizen.may_reopen

    async def accept(self, number: str, *, version: int, actor: Person, now: datetime) -> Case:
        """An officer takes on a case of their department."""
        case = await self._case(number, version, actor, steps.ACCEPT)
        return await self._write(
            take(steps.ACCEPT, case, actor=actor.name, now=now, officer=actor.name)
        )

    async def route(
        self,
        number: str,
        department: str,
        reason: str = "",
        *,
        version: int,
        actor: Person,
        now: datetime,
    ) -> Case:
        """The dispatcher gives a case to a department; a draft of another one is voided.

        `reason` is what the department reads above the case, "" for nothing.
        """
        said = {"reason": fit_text(reason, what="说明")} if reason.strip() else {}
        case = await self._case(number, version, actor, steps.ROUTE)
        known = {each.name for each in await self._store.departments()}
        if department not in known:
            raise StepNotPermitted(
                f"there is no department {department!r}",
                f"没有“{department}”这个部门，请重新选择。",
            )
        if department == case.department:
            raise StepNotPermitted(
                f"{number} is already with {department}", f"这件事已经在{department}了。"
            )
        details = {"from": case.department, "to": department} | said | _voided(case)
        return await self._move(
            take(
                steps.ROUTE, case, actor=actor.name, now=now, details=details,
                department=department, **NO_DRAFT,
            ),
            actor,
        )  # fmt: skip

    async def return_to_dispatcher(
        self, number: str, reason: str, *, version: int, actor: Person, now: datetime
    ) -> Case:
        """A department gives back what is not its own; later than the rule allows is logged."""
        reason = fit_text(reason, what="退回理由")
        case = await self._case(number, version, actor, steps.RETURN)
        events = await self._store.events(number)
        late = now >= return_due(events, now, self._rules, self._calendar).due_at
        details = {"from": case.department, "reason": reason} | ({"late": "yes"} if late else {})
        return await self._move(
            take(
                steps.RETURN, case, actor=actor.name, now=now, details=details | _voided(case),
                department="", **NO_DRAFT,
            ),
            actor,
        )  # fmt: skip

    async def _move(self, change: Change, actor: Person) -> Case:
        """To another department, or back to the dispatcher, with the letters that went into it."""
        merged = await self._store.merged_into(change.case.number)
        follow = following(change, merged, actor=actor, now=change.event.at)
        return (await self._store.write_changes([change, *follow]))[0]

    async def draft(
        self,
        number: str,
        text: str,
        *,
        version: int,
        actor: Person,
        now: datetime,
        purpose: Purpose = Purpose.REPLY,
        sources: Sequence[str] = (),
    ) -> Case:
        """Writes or edits the text for the citizen; every edit voids an approval.

        `sources` say where parts of it were taken from; they stay in the log.
        """
        text = filled_in(fit_text(text, what="答复"))
        case = await self._case(number, version, actor, steps.DRAFT)
        if purpose is Purpose.QUESTION and not case.citizen:
            raise StepNotPermitted(
                f"{number} has no citizen to ask",
                "这是匿名留言，联系不上本人，不能请其补充。请直接答复，答复会公开在留言下。",
            )
        details = {"purpose": purpose.value, "sha256": text_hash(text)}
        if sources:
            details["sources"] = "、".join(dict.fromkeys(sources))[:LONGEST_SOURCES]
        return await self._write(
            take(
                steps.DRAFT, case, actor=actor.name, now=now, details=details,
                draft=text, drafted_by=actor.name, draft_hash="", reviewed_by="",
            )
        )  # fmt: skip

    async def review(
        self,
        number: str,
        *,
        version: int,
        draft_hash: str,
        actor: Person,
        now: datetime,
        confirmed: str = "",
    ) -> Case:
        """A second person approves exactly the text they read (`text_hash` of it).

        The text is frozen for the citizen in the same change: the case is replied, waiting or
        out of scope, as the draft was meant. Kinds with a second review are `reviewed` first.
        `confirmed` is `concerns_hash` of the places that the person was shown and looked at.
        """
        case = await self._case(number, version, actor, steps.REPLY)
        check_reviewer(case, draft_hash, actor)
        purpose = purpose_of(await self._store.events(number))
        second = purpose is Purpose.REPLY and case.kind in self._rules.second_review
        if second and case.state is State.DRAFTED:
            details = {"sha256": draft_hash} | looked_at(case.draft, confirmed)
            return await self._write(
                take(
                    steps.APPROVE, case, actor=actor.name, now=now, details=details,
                    draft_hash=draft_hash, reviewed_by=actor.name,
                )
            )  # fmt: skip
        letters, undo = self._letters, self._rules.undo
        change = approved(
            case, purpose, actor=actor, now=now, letters=letters, confirmed=confirmed, undo=undo
        )
        merged = await self._store.merged_into(number)
        shared = shared_reply(change, merged, actor=actor, now=now, letters=letters, undo=undo)
        return (await self._store.write_changes([change, *shared]))[0]

    async def send_back(
        self, number: str, reason: str, *, version: int, actor: Person, now: datetime
    ) -> Case:
        """The reviewer wants the text changed; it stays as it is for its author to edit."""
        reason = fit_text(reason, what="退改意见")
        case = await self._case(number, version, actor, steps.SEND_BACK)
        after = State.ACCEPTED if case.department else State.RECEIVED
        return await self._write(
            take(
                steps.SEND_BACK, case, actor=actor.name, now=now, details={"reason": reason},
                after=after, draft_hash="", reviewed_by="",
            )
        )  # fmt: skip

    async def resume(
        self, number: str, reason: str, *, version: int, actor: Person, now: datetime
    ) -> Case:
        """Staff go on without the citizen's answer; the clock runs again from tomorrow."""
        reason = fit_text(reason, what="恢复办理的理由")
        case = await self._case(number, version, actor, steps.RESUME)
        found = resume_due(case, now, self._rules, self._calendar)
        after = State.ACCEPTED if case.department else State.RECEIVED
        return await self._write(
            take(
                steps.RESUME, case, actor=actor.name, now=now, after=after,
                details={"reason": reason} | due_details(found),
                waiting_since=None, **due_fields(found),
            )
        )  # fmt: skip

    async def close(self, number: str, *, version: int, actor: Person, now: datetime) -> Case:
        """Puts an answered case away; the citizen can still ask for it to be reopened."""
        case = await self._case(number, version, actor, steps.CLOSE)
        return await self._write(take(steps.CLOSE, case, actor=actor.name, now=now, closed_at=now))

    async def recount(self, *, now: datetime) -> int:
        """Gives every open case the date of the calendar as it is now; returns how many moved.

        A case that somebody changes at the same moment is read again; safe to repeat.
        """
        return await recount_all(self._store, calendar=self._calendar, rules=self._rules, now=now)


def _voided(case: Case) -> dict[str, str]:
    """A draft that a transfer voids is kept in the log, so that no work is lost."""
    return {"draft": case.draft, "drafted_by": case.drafted_by} if case.draft else {}
