"""Who works on a case, and what it is about: steps that send the citizen nothing."""

from datetime import datetime

from cases import steps
from cases.case import Case, State, StepNotPermitted, TextNotFit
from cases.casework import Casework
from cases.people import OWN_DEPARTMENT_ONLY, Person
from cases.steps import take
from cases.wording import fit_text

LONGEST_TOPIC = 30
MOST_HELPERS = 6


class Teamwork(Casework):
    """Gives a case to a colleague, sorts it, and asks other departments to help."""

    async def assign(
        self, number: str, officer: Person, *, version: int, actor: Person, now: datetime
    ) -> Case:
        """A colleague of the same department takes the case on; a new one is accepted by it."""
        case = await self._case(number, version, actor, steps.ASSIGN)
        if officer.role not in OWN_DEPARTMENT_ONLY or officer.department != case.department:
            raise StepNotPermitted(
                f"{officer.name} does not work for {case.department}",
                f"{officer.called}不是{case.department}的经办人，请重新选择。",
            )
        if officer.name == case.officer:
            raise StepNotPermitted(
                f"{number} is already {officer.name}'s", f"这件事已经由{officer.called}经办。"
            )
        after = State.ACCEPTED if case.state is State.ROUTED else case.state
        details = {"from": case.officer, "to": officer.name}
        return await self._write(
            take(
                steps.ASSIGN, case, actor=actor.name, now=now, after=after, details=details,
                officer=officer.name,
            )
        )  # fmt: skip

    async def sort(
        self, number: str, topic: str, *, version: int, actor: Person, now: datetime
    ) -> Case:
        """What the case is about, in a word or two; "" takes the word away."""
        topic = " ".join(topic.split())
        if len(topic) > LONGEST_TOPIC:
            raise TextNotFit("the topic is too long", f"主题请写短一些，最多 {LONGEST_TOPIC} 字。")
        topic = fit_text(topic, what="主题") if topic else ""
        case = await self._case(number, version, actor, steps.SORT)
        if topic == case.topic:
            return case
        return await self._write(
            take(steps.SORT, case, actor=actor.name, now=now, details={"topic": topic}, topic=topic)
        )

    async def ask_for_help(
        self,
        number: str,
        department: str,
        reason: str,
        *,
        version: int,
        actor: Person,
        now: datetime,
    ) -> Case:
        """Another department sees the case and advises; the owner still answers it."""
        reason = fit_text(reason, what="请协办的事项")
        case = await self._case(number, version, actor, steps.ASK_FOR_HELP)
        known = {each.name for each in await self._store.departments()}
        if department not in known or department in {case.department, *case.helpers}:
            raise StepNotPermitted(
                f"{department!r} cannot help with {number}",
                f"“{department}”不能协办：没有这个部门，或者它已经在办这件事。请重新选择。",
            )
        if len(case.helpers) >= MOST_HELPERS:
            raise StepNotPermitted(
                f"{number} has {MOST_HELPERS} helpers", f"协办部门最多 {MOST_HELPERS} 个。"
            )
        return await self._write(
            take(
                steps.ASK_FOR_HELP, case, actor=actor.name, now=now,
                details={"to": department, "reason": reason}, helpers=(*case.helpers, department),
                awaits=(*case.awaits, department),
            )
        )  # fmt: skip

    async def give_help(self, number: str, *, version: int, actor: Person, now: datetime) -> Case:
        """The helping department has said what it was asked for: nothing waits for it any more."""
        case = await self._case(number, version, actor, steps.GIVE_HELP)
        left = tuple(name for name in case.awaits if name != actor.department)
        details = {"of": actor.department}
        return await self._write(
            take(
                steps.GIVE_HELP, case, actor=actor.name, now=now, details=details, awaits=left
            )
        )  # fmt: skip

    async def end_help(
        self, number: str, department: str, *, version: int, actor: Person, now: datetime
    ) -> Case:
        """The department no longer sees the case; what it did stays in the log."""
        case = await self._case(number, version, actor, steps.END_HELP)
        if department not in case.helpers:
            raise StepNotPermitted(
                f"{department} does not help with {number}", f"{department}没有在协办这件事。"
            )
        left = tuple(name for name in case.helpers if name != department)
        return await self._write(
            take(
                steps.END_HELP, case, actor=actor.name, now=now, details={"to": department},
                helpers=left, awaits=tuple(name for name in case.awaits if name != department),
            )
        )  # fmt: skip
