"""A question on its way to an answer, a choice, or a person."""

from datetime import timedelta

from handlers import texts
from handlers.citizen import Choice
from handlers.escalate import Escalation
from handlers.ports import Departments, Knowledge
from handlers.settlement import Given, Outcome, Settlement
from handlers.turn import Turn
from knowledge_base.entry import Entry
from knowledge_base.intent import Intent
from knowledge_base.outcome import Answer, Nothing, Suggestions
from knowledge_base.text import normalise

LEAST_WORTH_A_CASE = 4  # characters after normalising; less is a slip of the thumb


class Answering:
    """Searches the knowledge base and turns what it finds into a reply."""

    def __init__(
        self,
        knowledge: Knowledge,
        departments: Departments,
        escalation: Escalation,
        *,
        choices_last: timedelta,
    ) -> None:
        self._knowledge = knowledge
        self._departments = departments
        self._escalation = escalation
        self._choices_last = choices_last

    async def question(self, turn: Turn, text: str, whole: str) -> Settlement:
        """The desk's answer to the question `text` of the message `whole`."""
        finding = await self._knowledge.search(text, today=turn.today)
        match finding:
            case Answer(best=best):
                return self.give(turn, best.entry, whole, probability=best.probability)
            case Suggestions(choices=choices, elsewhere=elsewhere):
                entries = [each.entry for each in choices]
                return self._suggest(turn, whole, entries, elsewhere)
            case Nothing(elsewhere=elsewhere) if elsewhere:
                reply = texts.other_place(elsewhere)
                return turn.settle(Outcome.REDIRECTED, reply, question=whole)
            case _:
                return await self._nothing(turn, whole)

    def give(
        self, turn: Turn, entry: Entry, question: str, *, probability: float | None = None
    ) -> Settlement:
        """Sends an entry's text; what exactly was sent is recorded."""
        return turn.settle(
            Outcome.ANSWERED,
            texts.answer(entry),
            given=(Given(entry=entry.id, version=entry.version),),
            probability=probability,
            question=question,
            last_entry=entry.id,
        )

    def pick(self, turn: Turn, number: int) -> Settlement | None:
        """The choice a digit stands for; None when no list stands."""
        choices = turn.citizen.choices_at(turn.now)
        if not choices:
            return None
        if not 1 <= number <= len(choices):
            return turn.settle(
                Outcome.COMMANDED,
                texts.choose_between(len(choices)),
                choices=choices,
                choices_until=turn.citizen.choices_until,
            )
        entry = self._knowledge.entry(choices[number - 1].entry)
        if entry is None:  # withdrawn since the list was sent
            return turn.settle(Outcome.COMMANDED, texts.CHOICE_GONE)
        return self.give(turn, entry, turn.citizen.question)

    def _suggest(
        self, turn: Turn, text: str, entries: list[Entry], elsewhere: tuple[str, ...]
    ) -> Settlement:
        choices = tuple(Choice(entry=entry.id, title=_title(entry)) for entry in entries)
        return turn.settle(
            Outcome.SUGGESTED,
            texts.suggestions(choices, elsewhere),
            question=text,
            choices=choices,
            choices_until=turn.now + self._choices_last,
        )

    async def _nothing(self, turn: Turn, text: str) -> Settlement:
        if len(normalise(text)) < LEAST_WORTH_A_CASE and turn.open_case is None:
            return turn.settle(Outcome.ASKED_FOR_WORDS, texts.TOO_SHORT)
        unit = self._departments.elsewhere(text)
        if unit is not None:
            reply = texts.elsewhere(unit.name, unit.phone, unit.what)
            return turn.settle(Outcome.REDIRECTED, reply, question=text)
        return await self._escalation.hand_over(turn, text, Intent.QUESTION)


def _title(entry: Entry) -> str:
    return texts.excerpt(entry.question or entry.answer, 40)
