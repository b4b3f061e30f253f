"""The whole path of a message, on one screen."""

import re
from dataclasses import replace
from datetime import datetime

from cases.case import Kind, State
from cases.department import Routing
from handlers import events, texts
from handlers.answering import Answering
from handlers.asides import (
    OF_A_GRUDGE,
    aside,
    doubts,
    introduces,
    is_beside_the_matter,
    is_english,
    is_forwarded,
    is_unfinished,
    is_vague,
)
from handlers.carrying import carry
from handlers.escalate import Escalation
from handlers.hearing import commands
from handlers.hearing.commands import Command, Progress
from handlers.hearing.dangers import Danger, danger_in
from handlers.hearing.preambles import matter_of, plainly, without_preamble
from handlers.hearing.spoken import announces, files, judges, parse_spoken
from handlers.hearing.vocabulary import saying, words
from handlers.message import KIND_NAMES, Message, MessageKind
from handlers.obeying import Obedience
from handlers.ports import Accepted
from handlers.replied import Replied
from handlers.settlement import Outcome, Settlement
from handlers.telling import asks, danger_before, danger_over, despairs_on
from handlers.turn import Turn
from knowledge_base.follow_up import is_follow_up
from knowledge_base.intent import Intent, recognise
from knowledge_base.text import normalise, question_of

SMALL_TALK = {
    Intent.GREETING: texts.general.GREETING,
    Intent.THANKS: texts.general.THANKS,
    Intent.LAUGHTER: texts.general.LAUGHTER,
    Intent.EMOJI: texts.general.LAUGHTER,
    Intent.ABUSE: texts.general.ABUSE,
    Intent.CHAT: texts.general.CHAT,
    Intent.FAREWELL: texts.talk.FAREWELL,
    Intent.ACKNOWLEDGED: texts.talk.ALL_RIGHT,
    Intent.WHO: texts.talk.WHO,
    Intent.DISPLEASED: texts.talk.SORRY,
}
WORDS_FOR = {
    MessageKind.LOCATION: texts.talk.PLACE_SEEN,
    MessageKind.LINK: texts.talk.LINK_SEEN,
}
PRIVATE = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|\d{19})(?!\d)")
"""An identity card's or a bank card's number."""
LINES = 9
"""A number up to it may be meant for a list; 88 says goodbye."""
FIGURES = re.compile(r"\d[\d.,]*(?:元|块|岁|点|号)?")
LETTERS = re.compile(r"[A-Za-z,.'\s]{2,}")
NOBODY_SURE = Routing(department="", confidence=0.0)


class Reception:
    """Decides what follows from a message; it reads, and leaves the writing to the inbox."""

    def __init__(self, answering: Answering, obedience: Obedience, escalation: Escalation) -> None:
        self._answering = answering
        self._obedience = obedience
        self._escalation = escalation
        self._replied = Replied(escalation)

    async def receive(self, message: Message, accepted: Accepted, *, now: datetime) -> Settlement:
        """The one settlement of a message, carrying texts that waited for this citizen."""
        turn = Turn(message=message, accepted=accepted, now=now)
        settled = _of_the_call(turn, await self._settle(turn))
        if settled.reply and PRIVATE.search(turn.text):
            settled = replace(settled, reply=texts.talk.KEEP_PRIVATE + settled.reply)
        return carry(settled, accepted.waiting)

    async def hand_over(self, message: Message, accepted: Accepted, *, now: datetime) -> Settlement:
        """What happens when the path itself fails: the dispatcher gets the message as a case."""
        turn = Turn(message=message, accepted=accepted, now=now)
        text = turn.text or texts.general.WORDS_PLEASE
        return await self._escalation.open(turn, text, Kind.QUESTION, NOBODY_SURE)

    async def _settle(self, turn: Turn) -> Settlement:
        match turn.message.kind:
            case MessageKind.TEXT:
                return await self._words(turn)
            case MessageKind.EVENT if turn.message.event == "click":
                return await self._words(_as_words(turn))
            case MessageKind.EVENT:
                return events.respond(turn)
            case _:
                return self._attachment(turn)

    async def _words(self, turn: Turn) -> Settlement:
        if not turn.text:
            return turn.settle(Outcome.ASKED_FOR_WORDS, texts.general.TOO_SHORT)
        if danger := danger_in(turn.text) or danger_before(turn):
            return await self._danger(turn, danger)
        if danger_over(turn):
            return turn.settle(Outcome.CHATTED, texts.danger.RELIEVED, question="")
        if heard := await self._replied.hear(turn):
            return heard
        command = self._spoken(turn) or commands.parse(turn.text)
        if command is not None:
            return await self._obedience.obey(turn, command)
        number = commands.chosen_number(turn.text)
        if number is not None and (picked := self._answering.pick(turn, number)):
            return picked
        if number is not None and number <= LINES:
            return turn.settle_aside(Outcome.ASKED_FOR_WORDS, texts.talk.NO_LIST)
        if meant := self._answering.meant(turn, turn.text):
            return meant
        return await self._matter(turn, number)

    async def _matter(self, turn: Turn, number: int | None) -> Settlement:
        """A text that is no command and no choice: small talk, a person's business, a question."""
        case = despairs_on(turn)
        forsaken = words("telling.forsaken").search(turn.text) is not None
        if case is not None and (forsaken or is_beside_the_matter(turn.text)):
            return self._escalation.add(turn, case, turn.text)
        if reply := aside(turn.text):
            return self._beside(turn, reply)
        if told := self._no_matter(turn):
            return told
        if turn.is_of_no_case and introduces(turn.text):
            return await self._answering.of_whom(turn, turn.text) or _go_on(turn)
        if not (turn.has_fresh_case or turn.has_fresh_list) and is_unfinished(turn.text):
            return _go_on(turn)
        intent = recognise(plainly(turn.text))
        if intent is Intent.CHAT and FIGURES.fullmatch(turn.text) and turn.has_fresh_case:
            return await self._escalation.hand_over(turn, turn.text, Intent.QUESTION)
        if number is None and intent in SMALL_TALK:
            is_letters = intent is Intent.CHAT and LETTERS.fullmatch(turn.text)
            reply = texts.talk.LETTERS if is_letters else SMALL_TALK[intent]
            if intent is Intent.DISPLEASED and (case := turn.grievance):
                return self._escalation.urge(turn, case)
            return turn.settle_aside(Outcome.CHATTED, reply)
        if told := self._announced(turn):
            return told
        if intent.wants_a_person and (told := self._answering.elsewhere(turn, turn.text)):
            return told
        if intent is Intent.GRIEVANCE:
            return await self._answering.grievance(turn, turn.text)
        if intent.wants_a_person:
            return await self._escalation.hand_over(turn, turn.text, intent)
        asked = matter_of(question_of(without_preamble(plainly(turn.text))))
        return await self._answering.question(turn, asked, turn.text)

    def _announced(self, turn: Turn) -> Settlement | None:
        """Who says that there is something to tell, and not what."""
        if (case := turn.open_case) and turn.has_fresh_case and files(turn.text):
            return self._escalation.add(turn, case, turn.text)
        if announces(plainly(turn.text)):
            return turn.settle(Outcome.ASKED_FOR_WORDS, texts.talk.TELL_US)
        return self._vague(turn) if is_vague(turn.text) else None

    def _beside(self, turn: Turn, reply: str) -> Settlement:
        """Words beside the matter; anger while a case is open is haste in that."""
        if reply in OF_A_GRUDGE and (case := turn.open_case):
            return self._escalation.urge(turn, case)
        return turn.settle_aside(Outcome.ASKED_FOR_WORDS, reply)

    def _no_matter(self, turn: Turn) -> Settlement | None:
        """A forwarded letter, a foreign language, impatience over nothing; None for all others."""
        said = normalise(turn.text)
        if is_forwarded(turn.text) or (is_forwarded(turn.citizen.question) and doubts(said)):
            kept = turn.text if is_forwarded(turn.text) else turn.citizen.question
            return turn.settle(Outcome.ASKED_FOR_WORDS, texts.talk.FORWARDED, question=kept)
        if doubts(said) and turn.has_fresh_case and turn.open_case:
            return self._escalation.add(turn, turn.open_case, turn.text)
        if doubts(said) and saying("asides.of_a_link").said_in(f"{said} {turn.citizen.question}"):
            return turn.settle_aside(Outcome.ASKED_FOR_WORDS, texts.talk.LINK_DOUBTED)
        is_alone = not (turn.open_case or turn.has_new_reply or turn.citizen.last_entry)
        if is_alone and saying("asides.mistrusts").said_in(said):
            return turn.settle_aside(Outcome.ASKED_FOR_WORDS, texts.talk.TRUST)
        if turn.open_case is None and saying("asides.mended").said_in(said):
            return turn.settle_aside(Outcome.CHATTED, texts.general.SOLVED)
        if is_english(turn.text):
            return turn.settle_aside(Outcome.ASKED_FOR_WORDS, texts.talk.FOREIGN)
        waits = saying("spoken.waits_in_vain").said_in(said)
        if waits and turn.open_case is None and not turn.has_new_reply:
            return turn.settle_aside(Outcome.ASKED_FOR_WORDS, texts.talk.NOTHING_WAITING)
        return None

    def _vague(self, turn: Turn) -> Settlement | None:
        """Asks what it is about, unless something was told or asked just before."""
        kept = turn.citizen
        if turn.has_fresh_case or turn.just_replied or kept.question or kept.last_entry:
            return None
        return turn.settle_aside(Outcome.ASKED_FOR_WORDS, texts.talk.WHICH_MATTER)

    def _spoken(self, turn: Turn) -> Command | None:
        if turn.has_fresh_list and words("asides.none_of_them").fullmatch(commands.tidy(turn.text)):
            return commands.Unsolved()
        case = turn.open_case
        added = commands.supplement(turn.text)
        verdict = judges(plainly(turn.text)) if turn.was_just_answered else None
        if verdict and (case is None or not isinstance(verdict, commands.Unsolved)):
            return verdict
        if case is not None and added is not None and not asks(turn.text):
            return added
        said = without_preamble(plainly(turn.text))
        command = parse_spoken(
            said,
            has_case=case is not None,
            has_reply=turn.has_new_reply,
            about=case.text if case else "",
        )
        asks_on_elsewhere = turn.talks_of_another_matter and is_follow_up(normalise(said))
        return None if isinstance(command, Progress) and asks_on_elsewhere else command

    async def _danger(self, turn: Turn, danger: Danger) -> Settlement:
        """Whom to call comes first; a matter behind it is also put before the desk."""
        if danger.needs_the_desk:
            return await self._escalation.endangered(turn, danger)
        reply = texts.danger.call(danger)
        told = turn.text if danger_in(turn.text) else turn.citizen.question
        return turn.settle(Outcome.REDIRECTED, reply, question=told)

    def _attachment(self, turn: Turn) -> Settlement:
        """A picture or voice: it joins the open case, else words are asked for.

        So are they right after a reply to another case, which it is more likely to be of.
        """
        case = turn.open_case
        awaited = case is not None and case.state is State.WAITING
        if case is None or (turn.just_replied and not awaited):
            words = WORDS_FOR.get(turn.message.kind, texts.general.WORDS_PLEASE)
            kept = turn.settle_aside(Outcome.ASKED_FOR_WORDS, words)
            if turn.message.kind is not MessageKind.LINK or not turn.text:
                return kept
            # "这个是真的吗" comes next: the title tells of what.
            citizen = replace(kept.citizen, question=turn.text, asked_at=turn.now, last_entry="")
            return replace(kept, citizen=citizen)
        settled = self._escalation.add(turn, case, _described(turn.message))
        citizen = turn.citizen if turn.has_fresh_list else settled.citizen
        return replace(settled, reply=texts.cases.attached(case), citizen=citizen)


def _of_the_call(turn: Turn, settled: Settlement) -> Settlement:
    """What follows soon on a call for a person belongs to that case, however it is answered: its
    officer would not know what it is about.
    """
    case = turn.open_case
    called = case is not None and case.text == texts.general.CITIZEN_ASKED_FOR_PERSON
    if case is None or not called or not turn.has_fresh_case or settled.change is not None:
        return settled
    is_matter = settled.outcome in {Outcome.SUGGESTED, Outcome.ANSWERED}
    return replace(settled, joins=case.number) if is_matter and not settled.joins else settled


def _go_on(turn: Turn) -> Settlement:
    """Keeps what somebody says before they come to their matter, behind what they said already."""
    before = turn.citizen.question
    said = f"{before}\n{turn.text}" if before else turn.text
    return turn.settle(Outcome.ASKED_FOR_WORDS, texts.talk.GO_ON, question=said)


def _as_words(turn: Turn) -> Turn:
    said = events.words_of_tap(turn.message.event_key)
    return replace(turn, message=replace(turn.message, text=said))


def _described(message: Message) -> str:
    """A non-text message as an officer reads it in the case; the content itself is attached."""
    name = KIND_NAMES[message.kind]
    place = " ".join(message.details.get(axis, "") for axis in ("Location_X", "Location_Y"))
    return f"［{name}］{' '.join(part for part in (message.text, place.strip()) if part)}"
