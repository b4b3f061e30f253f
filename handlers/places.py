"""The places a citizen asks for, as settlements: told at once, never a case of five days."""

from dataclasses import replace
from datetime import timedelta

from handlers import texts
from handlers.choosing import choices_of
from handlers.found import LIKELY, likeliest
from handlers.hearing.preambles import plainly, without_preamble
from handlers.lookups import hours_of_all, place_for, treatment, treatment_again
from handlers.ports import Departments
from handlers.settlement import Outcome, Settlement
from handlers.turn import Turn
from knowledge_base.outcome import Finding, Suggestions


class Places:
    """Answers where, when and by which telephone, from the desk's tables alone."""

    def __init__(self, departments: Departments, *, choices_last: timedelta) -> None:
        self._departments = departments
        self._choices_last = choices_last

    def done_at(self, turn: Turn, whole: str, found: Finding) -> Settlement | None:
        """Where one is treated, or where something is done; what was found besides stands below."""
        said = without_preamble(plainly(whole))
        if told := treatment(said, self._departments):
            return turn.settle(Outcome.COMMANDED, told, question=whole, last_entry="")
        if told := self._still_ill(turn, said):
            return turn.settle(Outcome.COMMANDED, told, question=turn.citizen.question)
        told = place_for(said, self._departments)
        if not told:
            return None
        settled = turn.settle(Outcome.COMMANDED, told, question=whole, last_entry="")
        return self._with_line(turn, settled, found)

    def hours(self, turn: Turn, whole: str) -> Settlement | None:
        """When the departments work, for a question to nobody of them.

        Where a list stands, 在哪里办 asks of what is in it.
        """
        told = hours_of_all(whole, self._departments)
        if told == texts.contacts.WHICH and turn.has_fresh_list:
            return None
        return turn.settle_aside(Outcome.ASKED_FOR_WORDS, told) if told else None

    def _still_ill(self, turn: Turn, said: str) -> str:
        if not turn.has_just_asked:
            return ""
        return treatment_again(said, turn.citizen.question, self._departments)

    def _with_line(self, turn: Turn, settled: Settlement, found: Finding) -> Settlement:
        """The likeliest entry beneath a place: how it is done there."""
        line = likeliest(found)
        if line is None or line.probability < LIKELY:
            return settled
        (choice,) = choices_of(Suggestions(choices=(line,), ranking=(line,)))
        until = turn.now + self._choices_last
        return replace(
            settled,
            reply=f"{settled.reply}\n\n{texts.general.may_help_meanwhile(choice)}",
            citizen=replace(settled.citizen, choices=(choice,), choices_until=until),
        )
