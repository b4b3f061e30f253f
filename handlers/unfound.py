"""What is said where nothing was found: whose business it is, or what is missing."""

import re

from handlers import texts, texts_contacts, texts_talk
from handlers.contacts import asks_for_number
from handlers.escalate import Escalation
from handlers.found import LIKELY
from handlers.ports import Departments
from handlers.settlement import Outcome, Settlement
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
        said = normalise(text)
        if NUMBER.fullmatch(said):
            return self._number(turn, text)
        if self._escalation.is_told_more(turn, text):
            return await self._escalation.hand_over(turn, text, Intent.QUESTION)
        if len(said) < LEAST_WORTH_A_CASE and turn.has_fresh_list:
            count = len(turn.citizen.choices)
            return turn.settle_aside(Outcome.COMMANDED, texts.choose_between(count))
        if len(said) < LEAST_WORTH_A_CASE:
            return self._too_short(turn, text)
        if asks_for_number(text):
            return turn.settle(Outcome.REDIRECTED, texts_contacts.NOT_LISTED, question=text)
        return await self._escalation.hand_over(turn, text, Intent.QUESTION)

    def _number(self, turn: Turn, text: str) -> Settlement:
        """A telephone for the open case, or a number without any matter."""
        if turn.open_case is not None:
            return self._escalation.add(turn, turn.open_case, text)
        return turn.settle(Outcome.ASKED_FOR_WORDS, texts_talk.NUMBER_ALONE)

    def _too_short(self, turn: Turn, text: str) -> Settlement:
        """A word or two, kept for what follows: some people send a sentence in pieces."""
        case = turn.open_case
        if case is not None and turn.has_fresh_case and is_word(normalise(text)):
            return self._escalation.add(turn, case, text)
        if case is not None or not any(map(str.isalpha, text)):
            return turn.settle_aside(Outcome.ASKED_FOR_WORDS, texts.TOO_SHORT)
        return turn.settle(Outcome.ASKED_FOR_WORDS, texts.TOO_SHORT, question=text, last_entry="")

    def elsewhere(
        self, turn: Turn, text: str, found: Suggestions | None = None
    ) -> Settlement | None:
        """Where to go with what is not the county's, unless something likely was found for it."""
        if found is not None and found.choices[0].probability >= LIKELY:
            return None
        unit = self._departments.elsewhere(text)
        if unit is None:
            return None
        if called := self._departments.offices(normalise(text)):
            told = texts_contacts.offices_for(called.offices, unit.known_phone)
            return turn.settle(Outcome.REDIRECTED, told, question=text)
        reply = texts.elsewhere(unit.name, unit.known_phone, unit.what)
        return turn.settle(Outcome.REDIRECTED, reply, question=text)


def is_word(said: str) -> bool:
    """Whether there is at least a word in it."""
    return sum(map(str.isalpha, said)) > 1
