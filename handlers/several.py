"""Messages of several matters: a list with a line for each, and a case for what is a grievance."""

from dataclasses import replace
from datetime import timedelta

from handlers import texts
from handlers.choosing import choices_of
from handlers.escalate import Escalation
from handlers.found import LIKELY, likeliest
from handlers.picking import offer
from handlers.ports import Knowledge
from handlers.settlement import Settlement
from handlers.turn import Turn
from knowledge_base.intent import recognise
from knowledge_base.outcome import Candidate, Suggestions
from knowledge_base.several import matters_in, questions_in
from knowledge_base.text import question_of

FITTING = 0.15  # the chance below which a line beside others would look absurd


class Several:
    """Looks up each matter of a message by itself."""

    def __init__(
        self, knowledge: Knowledge, escalation: Escalation, *, choices_last: timedelta
    ) -> None:
        self._knowledge = knowledge
        self._escalation = escalation
        self._choices_last = choices_last

    async def settle(self, turn: Turn, whole: str) -> Settlement | None:
        """A case with a list beneath it, or a list; None for a message of one matter."""
        return await self._apart(turn, whole) or await self.listed(turn, whole)

    async def listed(self, turn: Turn, whole: str) -> Settlement | None:
        """A list with a line for each question of a message that asks several; None for others."""
        parts = questions_in(whole)
        if len(parts) < 2:
            return None
        findings = [await self._knowledge.search(part, today=turn.today) for part in parts]
        found = [
            each if each and each.probability >= FITTING else None
            for each in map(likeliest, findings)
        ]
        several = tuple({each.entry.id: each for each in found if each}.values())
        left = [part for part, each in zip(parts, found, strict=True) if each is None]
        enough = 1 if left and matters_in(whole) and several[:1] else 2
        if len(several) < enough or (enough == 1 and several[0].probability < LIKELY):
            return None
        choices = choices_of(Suggestions(choices=several, ranking=several))
        reply = texts.general.suggestions(choices, lead=texts.talk.SEVERAL)
        if left:
            reply = f"{reply}\n{texts.talk.left_out(left)}"
        return offer(turn, whole, choices, reply, lasting=self._choices_last)

    async def _apart(self, turn: Turn, whole: str) -> Settlement | None:
        """A message of a grievance and of another matter that is found: a case for this, a list
        for that; None for all others.
        """
        parts = matters_in(whole)
        told = [part for part in parts if recognise(part).wants_a_person]
        found = [await self._likely(turn, part) for part in parts if part not in told]
        choices = tuple({each.entry.id: each for each in found if each}.values())
        if not told or not choices:
            return None
        handed = await self._escalation.hand_over(turn, "\n".join(told), recognise(told[0]))
        lines = choices_of(Suggestions(choices=choices, ranking=choices))
        reply = texts.general.suggestions(lines, lead=texts.talk.ALSO_ASKED)
        until = turn.now + self._choices_last
        kept = replace(handed.citizen, choices=lines, choices_until=until)
        return replace(handed, reply=f"{handed.reply}\n\n{reply}", citizen=kept)

    async def _likely(self, turn: Turn, part: str) -> Candidate | None:
        """The entry that a part of a message asks for, if one is clearly meant."""
        best = likeliest(await self._knowledge.search(question_of(part), today=turn.today))
        return best if best is not None and best.probability >= LIKELY else None
