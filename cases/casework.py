"""What every step of staff begins and ends with: the case as they saw it, written once."""

from cases import steps
from cases.case import Case, Change, ChangedMeanwhile
from cases.letters import PlainLetters
from cases.people import Person
from cases.ports import DeskStore, Letters
from cases.rules import Rules
from cases.steps import Step, check
from cases.work_calendar import WorkCalendar


class Casework:
    """Reads a case for a step and writes the change, compare-and-set."""

    def __init__(
        self,
        store: DeskStore,
        calendar: WorkCalendar,
        rules: Rules,
        letters: Letters | None = None,
    ) -> None:
        self._store, self._calendar, self._rules = store, calendar, rules
        self._letters = letters or PlainLetters()

    async def _case(self, number: str, version: int, actor: Person, step: Step) -> Case:
        """Raises `UnknownCase`, `ChangedMeanwhile` and `StepNotPermitted`."""
        case = await self._store.case(number, viewer=actor)
        if not steps.may_see(actor, case):
            check(step, case, actor)
        if case.version != version:
            last = (await self._store.events(number))[-1]
            raise ChangedMeanwhile(number, last.actor, last.at)
        check(step, case, actor)
        return case

    async def _write(self, change: Change) -> Case:
        return await self._store.write_change(change)
