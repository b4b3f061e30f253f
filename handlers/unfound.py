"""What is said where nothing was found: whose business it is, or what is missing."""

import re

from cases.elsewhere import Unit
from handlers import texts
from handlers.escalate import Escalation
from handlers.found import LIKELY
from handlers.hearing.vocabulary import words
from handlers.lookups import may_i, unlisted
from handlers.office_directory import Called
from handlers.ports import Departments
from handlers.settlement import Outcome, Settlement
from handlers.telling import asks, cries, follows_an_answer
from handlers.told_more import tells_more
from handlers.turn import Turn
from knowledge_base.intent import Intent
from knowledge_base.outcome import Suggestions
from knowledge_base.text import normalise

NUMBER = re.compile(r"[\d\s-]{6,}x?")
LEAST_WORTH_A_CASE = 4  # characters after normalising; less is a slip of the thumb


class Unfound:
    """Sends on what the knowledge base cannot answer: to an office, or to a person."""

    def __init__(self, departments: Departments, escalation: Escalation) -> None:
        self._departments = departments
        self._escalation = escalation

    async def settle(self, turn: Turn, text: str) -> Settlement:
        """An office outside the county, a number, a slip of the thumb, else a person's business."""
        if elsewhere := self.elsewhere(turn, text):
            return elsewhere
        if place := self.place(turn, text):
            return place
        said = normalise(text)
        if NUMBER.fullmatch(said):
            return self._number(turn, text)
        if tells_more(turn, text):
            return await self._escalation.hand_over(turn, text, Intent.QUESTION)
        if len(said) < LEAST_WORTH_A_CASE and turn.has_fresh_list:
            count = len(turn.citizen.choices)
            return turn.settle_aside(Outcome.COMMANDED, texts.general.choose_between(count))
        if len(said) < LEAST_WORTH_A_CASE and not (follows_an_answer(turn) and cries(text)):
            return self._too_short(turn, text)
        if turn.open_case is None and words("telling.place_alone").fullmatch(said):
            return turn.settle(Outcome.ASKED_FOR_WORDS, texts.talk.TELL_ON, question=text)
        return await self._escalation.hand_over(turn, text, Intent.QUESTION)

    def _number(self, turn: Turn, text: str) -> Settlement:
        """A telephone for the open case, or a number without any matter."""
        if turn.open_case is not None:
            return self._escalation.add(turn, turn.open_case, text)
        return turn.settle(Outcome.ASKED_FOR_WORDS, texts.talk.NUMBER_ALONE)

    def _too_short(self, turn: Turn, text: str) -> Settlement:
        """A word or two, kept for what follows: some people send a sentence in pieces."""
        case = turn.open_case
        if case is not None and turn.has_fresh_case and is_word(normalise(text)):
            return self._escalation.add(turn, case, text)
        if follows_an_answer(turn):
            return turn.settle_aside(Outcome.ASKED_FOR_WORDS, texts.talk.ASK_ON)
        if case is not None or not any(map(str.isalpha, text)):
            return turn.settle_aside(Outcome.ASKED_FOR_WORDS, texts.general.TOO_SHORT)
        return turn.settle(
            Outcome.ASKED_FOR_WORDS, texts.general.TOO_SHORT, question=text, last_entry=""
        )

    def elsewhere(
        self, turn: Turn, text: str, found: Suggestions | None = None
    ) -> Settlement | None:
        """Where to go with what is not the county's, unless something likely was found for it."""
        if found is not None and found.choices[0].probability >= LIKELY:
            return None
        unit = self._departments.elsewhere(text)
        if unit is None:
            return None
        reply = texts.general.elsewhere(unit.name, unit.known_phone, unit.what)
        called = self._offices_of(unit, text)
        if called is not None:
            reply = f"{reply}\n\n{texts.contacts.offices(called.offices)}"
        return turn.settle(Outcome.REDIRECTED, reply, question=text, last_entry="")

    def _offices_of(self, unit: Unit, text: str) -> Called | None:
        """Where in the county the unit has a place, as the desk's own table has it."""
        offices = self._departments.offices
        return offices(normalise(text)) or offices(normalise(unit.name))

    def place(self, turn: Turn, text: str, found: Suggestions | None = None) -> Settlement | None:
        """How to reach a place that is asked for, or where to look it up; no case of days."""
        if found is not None and found.choices[0].probability >= LIKELY:
            return None
        if turn.grievance and turn.has_fresh_case and not asks(text):
            return None  # 找物业说找燃气公司 looks for no place
        told = may_i(text, self._departments) or unlisted(text)
        return turn.settle(Outcome.REDIRECTED, told, question=text) if told else None


def is_word(said: str) -> bool:
    """Whether there is at least a word in it."""
    return sum(map(str.isalpha, said)) > 1
