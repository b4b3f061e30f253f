"""A bad rating is the supervisor's: they look at it, and let it be or have it done again."""

from datetime import datetime

from cases import steps
from cases.case import Case, StepNotPermitted
from cases.casework import Casework
from cases.citizen_steps import reopening
from cases.people import Person
from cases.steps import send, take
from cases.wording import fit_text


class SecondLook(Casework):
    """What a supervisor does with an answer that did not help."""

    async def hear_rating(
        self, number: str, reason: str, *, version: int, actor: Person, now: datetime
    ) -> Case:
        """The supervisor looked into it, and it stays as it is; `reason` says what they found."""
        reason = fit_text(reason, what="处理情况")
        case = await self._case(number, version, actor, steps.HEAR_RATING)
        if case.asks != "rating":
            raise StepNotPermitted(f"{number} has no bad rating", "这件事没有待处理的低评价。")
        return await self._write(
            take(
                steps.HEAR_RATING, case, actor=actor.name, now=now,
                details={"reason": reason}, asks="",
            )
        )  # fmt: skip

    async def reopen(
        self, number: str, reason: str, *, version: int, actor: Person, now: datetime
    ) -> Case:
        """The department does it again, with a new deadline; the citizen is told the date."""
        reason = fit_text(reason, what="要求")
        case = await self._case(number, version, actor, steps.REOPEN)
        change = reopening(
            case,
            actor=actor.name,
            now=now,
            details={"reason": reason},
            rules=self._rules,
            calendar=self._calendar,
        )
        text = self._letters.reopened(change.case)
        return await self._write(send(change, what="reopened", text=text))
