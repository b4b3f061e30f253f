"""What is told further in a few words, on a list, on an answer, or in pieces of a sentence."""

from collections.abc import Callable
from typing import TypeAlias

from cases.case import Kind
from cases.department import Routing
from handlers import texts
from handlers.escalate import KINDS, Escalation
from handlers.found import is_found, is_of_topic, is_weak
from handlers.hearing.preambles import plainly
from handlers.hearing.vocabulary import words
from handlers.leaning import Leaning
from handlers.picking import name_beneath
from handlers.pieces import pieces_before
from handlers.ports import Knowledge
from handlers.settlement import Outcome, Settlement
from handlers.telling import (
    adds_to_an_answer,
    asks,
    cries,
    follows_an_answer,
    is_a_fact,
    is_amiss,
    says_what_came_of_it,
    says_what_happened,
)
from handlers.turn import Turn
from handlers.unfound import LEAST_WORTH_A_CASE
from knowledge_base.intent import Intent, recognise
from knowledge_base.outcome import Finding, Suggestions
from knowledge_base.text import normalise

Suggest: TypeAlias = Callable[[Turn, str, Suggestions], Settlement]
"""How a list is sent."""
SCRAP = 8  # characters of a piece that says little, whatever is found for it: 过期了


class FurtherTold:
    """Settles a few words that mean little alone, or leaves them to whoever settles the rest."""

    def __init__(
        self, knowledge: Knowledge, leaning: Leaning, escalation: Escalation, suggest: Suggest
    ) -> None:
        self._knowledge = knowledge
        self._leaning = leaning
        self._escalation = escalation
        self._suggest = suggest

    async def told_on(self, turn: Turn, whole: str, finding: Finding) -> Settlement | None:
        """A few words on a list or an answer, of which nothing certain is found alone."""
        if told := await self.in_pieces(turn, whole, finding):
            return told
        if is_a_fact(whole) and (told := await self._invited(turn, whole)):
            return told
        of_topic = is_of_topic(finding)
        if not (is_weak(finding) or of_topic):
            return None
        if narrowed := await self._leaning.narrowed(turn, whole):
            return self._suggest(turn, f"{turn.citizen.question}\n{whole}", narrowed)
        if not of_topic and adds_to_an_answer(turn, whole):
            if told := await self._invited(turn, whole):
                return told
            return turn.settle_aside(Outcome.ASKED_FOR_WORDS, texts.talk.ASK_ON)
        return None

    async def _invited(self, turn: Turn, whole: str) -> Settlement | None:
        """A case of what was asked, with what the answer asked for in its turn: the place, a time.

        None where it asked for nothing.
        """
        if not follows_an_answer(turn):
            return None
        read = self._knowledge.entry(turn.entry_in_mind)
        if read is None or not words("telling.invites").search(read.answer):
            return None
        whose = Routing(department=read.department, confidence=1.0) if read.department else None
        told = f"{turn.citizen.question}\n{whole}"
        kind = KINDS.get(recognise(plainly(turn.citizen.question)), Kind.COMPLAINT)
        return await self._escalation.open(turn, told, kind, whose)

    async def in_pieces(self, turn: Turn, whole: str, alone: Finding) -> Settlement | None:
        """The last piece of a sentence: what is found for all of it, or a case where it complains.

        None where the piece by itself says as much, or more.
        """
        pieces = pieces_before(turn, whole, asking=True)
        weak = self._leaning.says_little(whole, alone)
        if not pieces or not (weak or len(normalise(whole)) <= SCRAP):
            return None
        said = "".join((*pieces, whole))
        intent = recognise(plainly(said))
        complains = intent.wants_a_person or cries(whole) or says_what_came_of_it(whole)
        if complains and not asks(whole):
            return await self._escalation.hand_over(turn, whole, intent)
        tells = is_amiss(whole) or says_what_happened(whole) or is_a_fact(whole)
        if found := await self._leaning.likelier(said, whole, alone, today=turn.today):
            if tells and not asks(whole) and was_offered(turn, found):
                return await self._told_past_a_list(turn, whole, intent)
            return self._suggest(turn, "\n".join((*pieces, whole)), found)
        if not weak or asks(whole):
            return None
        if tells:
            return await self._escalation.hand_over(turn, whole, intent)
        says_nothing = len(normalise(whole)) < LEAST_WORTH_A_CASE
        if is_weak(alone) and (is_found(alone) or says_nothing):
            return turn.settle_aside(Outcome.ASKED_FOR_WORDS, texts.talk.TELL_ON)
        return None

    async def _told_past_a_list(self, turn: Turn, whole: str, intent: Intent) -> Settlement:
        """A case for who goes on telling instead of choosing; the first line stays to choose."""
        handed = await self._escalation.hand_over(turn, whole, intent)
        if handed.outcome is not Outcome.CASED:
            return handed
        return name_beneath(handed, turn.citizen.choices[0], turn.citizen.choices_until)


def was_offered(turn: Turn, found: Suggestions) -> bool:
    """Whether just this list stands already: nobody reads it twice."""
    standing = {choice.entry for choice in turn.citizen.choices_at(turn.now)}
    return standing == {each.entry.id for each in found.choices}
