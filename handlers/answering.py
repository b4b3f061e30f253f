"""A question on its way to an answer, a choice, or a person."""

from dataclasses import replace
from datetime import timedelta

from handlers import texts
from handlers.choosing import choices_of
from handlers.contacts import asks_for_contact, contact_of
from handlers.escalate import Escalation
from handlers.found import is_found, is_weak, lead, without
from handlers.further_told import FurtherTold
from handlers.hearing.preambles import plainly, without_preamble
from handlers.hearing.vocabulary import saying, words
from handlers.leaning import Leaning, is_of_its_own, last_clause
from handlers.picking import (
    give,
    give_asked_on,
    give_part,
    name_beneath,
    offer,
    pick,
    pick_meant,
    tell_the_rest,
)
from handlers.places import Places
from handlers.ports import Departments, Knowledge
from handlers.settlement import Outcome, Settlement
from handlers.several import Several
from handlers.telling import danger_told_on, despairs_on, tells_on
from handlers.told_more import SURE, is_told_more, only_tells
from handlers.turn import Turn
from handlers.unfound import Unfound
from knowledge_base.entry import Entry
from knowledge_base.follow_up import (
    asks_the_same,
    is_follow_up,
    is_only_a_side,
    names_a_deed,
    names_a_side,
    part_about,
)
from knowledge_base.intent import Intent, recognise
from knowledge_base.outcome import Answer, Finding, Nothing, Suggestions
from knowledge_base.several import matters_in
from knowledge_base.text import normalise

CANNOT_COME = "本人来不了可以代办吗"
"""What is asked by 我在外地回不来, after an answer."""


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
        self._unfound = Unfound(departments, escalation)
        self._several = Several(knowledge, escalation, choices_last=choices_last)
        self._leaning = Leaning(knowledge, departments)
        self._places = Places(departments, choices_last=choices_last)
        self._choices_last = choices_last
        self._further_told = FurtherTold(knowledge, self._leaning, escalation, self._suggest)

    async def question(self, turn: Turn, text: str, whole: str) -> Settlement:
        """The desk's answer to the question `text` of the message `whole`."""
        if contact := contact_of(without_preamble(plainly(whole)), self._departments):
            if turn.has_fresh_list:
                return turn.settle_aside(Outcome.COMMANDED, contact)
            return turn.settle(Outcome.COMMANDED, contact, question=whole, last_entry="")
        if contact := self._leaning.contact_again(turn, whole):
            return turn.settle(Outcome.COMMANDED, contact, question=turn.citizen.question)
        finding = await self._knowledge.search(text, today=turn.today)
        if isinstance(finding, Answer) and finding.exact:
            return await self._settle(turn, finding, whole)
        if place := self._places.done_at(turn, whole, finding):
            return place
        return await self._further(turn, text, whole, finding) or await self._alone(
            turn, text, whole, finding
        )

    async def _further(
        self, turn: Turn, text: str, whole: str, finding: Finding
    ) -> Settlement | None:
        """A question that asks on about the last answer, or goes on with a complaint."""
        if saying("asides.cannot_come").said_in(normalise(whole)):
            text = CANNOT_COME
        last = self._leaning.asked_about(turn, text)
        if last is not None and not (is_found(finding) and is_of_its_own(text, last)):
            return await self._about(turn, last, text, whole)
        clause = last_clause(whole)
        if isinstance(finding, Nothing) and (last := self._leaning.asked_about(turn, clause)):
            return await self._about(turn, last, clause, whole)
        if turn.grievance and turn.has_fresh_case and words("asides.tried").match(normalise(whole)):
            return await self._escalation.hand_over(turn, whole, Intent.QUESTION)
        return None

    async def _alone(self, turn: Turn, text: str, whole: str, finding: Finding) -> Settlement:
        """A question that asks nothing about the last answer."""
        if is_weak(finding) and (told := self._danger(turn)):
            return told
        if hours := self._places.hours(turn, whole):
            return hours
        if isinstance(finding, Answer) and only_tells(turn, whole):
            finding = Suggestions(choices=(finding.best,), ranking=finding.ranking)
        if isinstance(finding, Answer):
            both = await self._several.settle(turn, whole) if matters_in(whole) else None
            return both or await self._settle(turn, finding, whole)
        if ours := await self._leaning.asked_of_ours(turn, text, finding):
            return await self._settle(turn, *ours)
        if is_weak(finding) and (elsewhere := self._unfound.elsewhere(turn, whole)):
            return elsewhere
        leans = is_follow_up(text) and not is_only_a_side(text)
        is_new = not (turn.has_fresh_list or turn.has_fresh_case)
        of_care = words("telling.of_care").search(text) is not None
        whole_one = of_care or isinstance(finding, Suggestions) or names_a_deed(text)
        is_beside = turn.has_fresh_case and not (turn.has_fresh_list or is_weak(finding))
        if leans and (is_new or is_beside) and names_a_side(text) and whole_one:
            return await self._settle(turn, finding, whole)
        if (leans or is_weak(finding)) and (before := self._leaning.introduced(turn, whole)):
            return await self._introducing(turn, before, text, whole, finding)
        if leans:
            many = len(turn.citizen.choices_at(turn.now)) > 1
            of_all = await self._further_told.in_pieces(turn, whole, finding) if many else None
            return of_all or await self._of_which(turn, whole)
        return await self._several.settle(turn, whole) or await self._settle(turn, finding, whole)

    def _danger(self, turn: Turn) -> Settlement | None:
        """What is told on about a danger: a telephone helps, and no reply in days."""
        if case := despairs_on(turn):
            return self._escalation.add(turn, case, turn.text)
        if danger := danger_told_on(turn):
            reply = texts.danger.call(danger)
            return turn.settle(Outcome.REDIRECTED, reply, question=turn.citizen.question)
        return None

    async def _introducing(
        self, turn: Turn, before: str, text: str, whole: str, alone: Finding
    ) -> Settlement:
        intent = recognise(f"{before},{text}")
        if intent.wants_a_person:
            return await self._escalation.hand_over(turn, f"{before}\n{whole}", intent)
        together = await self._leaning.put_together(turn, before, text, whole, alone)
        return await self._settle(turn, *together)

    async def grievance(self, turn: Turn, text: str) -> Settlement:
        """A person's business, unless curators have answered just these words.

        What is likely to help until the person answers is named beneath the number of the case.
        """
        finding = await self._knowledge.search(text, today=turn.today)
        if isinstance(finding, Answer):
            return await self._settle(turn, finding, text)
        handed = await self._escalation.hand_over(turn, text, Intent.GRIEVANCE)
        if handed.outcome is Outcome.CASED and (several := await self._several.listed(turn, text)):
            kept = replace(several.citizen, question=handed.citizen.question)
            return replace(handed, reply=f"{handed.reply}\n\n{several.reply}", citizen=kept)
        if not isinstance(finding, Suggestions) or handed.outcome is not Outcome.CASED:
            return handed
        if finding.choices[0].probability < SURE:
            return handed
        return name_beneath(handed, choices_of(finding)[0], turn.now + self._choices_last)

    async def _of_which(self, turn: Turn, whole: str) -> Settlement:
        """A question without a matter, and no answer before it that it could lean on."""
        choices = turn.citizen.choices_at(turn.now) if turn.has_fresh_list else ()
        only = self._knowledge.entry(choices[0].entry) if len(choices) == 1 else None
        if only is not None and await self._leaning.was_likely(turn, only):
            return give_asked_on(turn, only, whole)
        if choices:
            asked = texts.talk.FIRST_WHICH if only is None else texts.talk.IS_IT_THIS
            reply = texts.general.suggestions(choices, asked=asked)
            until = turn.citizen.choices_until
            return turn.settle(Outcome.COMMANDED, reply, choices=choices, choices_until=until)
        case = turn.open_case
        if case is not None and turn.has_fresh_case:
            return self._escalation.add(turn, case, whole)
        if asked_on := await self._escalation.asked_on_reply(turn, whole, names_nothing=True):
            return asked_on
        which = texts.contacts.WHICH if asks_for_contact(whole) else texts.talk.WHICH_MATTER
        return turn.settle(Outcome.ASKED_FOR_WORDS, which)

    async def _settle(self, turn: Turn, finding: Finding, whole: str) -> Settlement:
        match finding:
            case Answer(best=best):
                return give(turn, best.entry, whole, probability=best.probability)
            case Suggestions():
                if is_told_more(turn, whole, finding):
                    return await self._escalation.hand_over(turn, whole, Intent.QUESTION)
                if told := await self._further_told.told_on(turn, whole, finding):
                    return told
                if read := self._leaning.read_already(turn, whole, finding):
                    of = self._departments.department(read.department)
                    return tell_the_rest(turn, read, whole, phone=of.phone if of else "")
                return (
                    self._unfound.elsewhere(turn, whole, finding)
                    or self._unfound.place(turn, whole, finding)
                    or self._suggest(turn, whole, finding)
                )
            case Nothing(elsewhere=elsewhere) if elsewhere and not tells_on(turn, whole):
                reply = texts.places.other_place(elsewhere)
                return turn.settle(Outcome.REDIRECTED, reply, question=whole)
            case _:
                told = await self._further_told.told_on(turn, whole, finding)
                return told or await self._unfound.settle(turn, whole)

    def elsewhere(self, turn: Turn, text: str) -> Settlement | None:
        """Where to go with what somebody demands or reports, unless they tell on about a case."""
        return None if turn.has_fresh_case else self._unfound.elsewhere(turn, text)

    async def of_whom(self, turn: Turn, text: str) -> Settlement | None:
        """Who it is about, told beside a list: the line for them, or the list as it stands."""
        if not turn.has_fresh_list:
            return None
        if narrowed := await self._leaning.narrowed(turn, text):
            return self._suggest(turn, f"{turn.citizen.question}\n{text}", narrowed)
        count = len(turn.citizen.choices)
        return turn.settle_aside(Outcome.COMMANDED, texts.general.choose_between(count))

    def pick(self, turn: Turn, number: int) -> Settlement | None:
        """The choice a digit stands for; None when no list stands."""
        return pick(self._knowledge, turn, number)

    def meant(self, turn: Turn, text: str) -> Settlement | None:
        """The choice that words stand for ("外地的"); None when no list stands or it is unclear."""
        return pick_meant(self._knowledge, turn, text)

    def _suggest(self, turn: Turn, text: str, found: Suggestions) -> Settlement:
        choices = choices_of(found)
        asked = found.separation.question if found.separation else ""
        reply = texts.general.suggestions(choices, found.elsewhere, asked, lead=lead(found))
        return offer(turn, text, choices, reply, lasting=self._choices_last)

    async def _about(self, turn: Turn, last: Entry, text: str, whole: str) -> Settlement:
        """A question that asks on about the last answer: its own words first, then a search."""
        told = texts.general.asked_on(whole, last)
        if part := part_about(last.answer, text):
            return give_part(turn, last, part, told)
        department = self._departments.department(last.department)
        if department is not None and asks_for_contact(text):
            reply = texts.contacts.contact_of_matter(
                department, texts.general.excerpt(last.question, 40)
            )
            return turn.settle(Outcome.COMMANDED, reply, question=told, last_entry=last.id)
        again = asks_the_same(text, normalise(last.question))
        if again or saying("asides.what_now").said_in(normalise(whole)):
            phone = department.phone if department else ""
            says = texts.talk.told_above if again else texts.talk.as_above
            reply = says(last.department, phone)
            return turn.settle(Outcome.COMMANDED, reply, question=told, last_entry=last.id)
        finding = await self._knowledge.search(f"{last.question} {whole}", today=turn.today)
        return await self._settle(turn, without(finding, last), told)
