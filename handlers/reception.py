"""The whole path of a message, on one screen."""

from dataclasses import replace
from datetime import datetime

from cases.case import Kind
from cases.department import Routing
from handlers import commands, events, texts
from handlers.answering import Answering
from handlers.carrying import carry
from handlers.escalate import Escalation
from handlers.message import Message, MessageKind
from handlers.obeying import Obedience
from handlers.ports import Accepted
from handlers.settlement import Outcome, Settlement
from handlers.turn import Turn
from knowledge_base.intent import Intent, recognise
from knowledge_base.text import question_of

SMALL_TALK = {
    Intent.GREETING: texts.GREETING,
    Intent.THANKS: texts.THANKS,
    Intent.LAUGHTER: texts.LAUGHTER,
    Intent.EMOJI: texts.LAUGHTER,
    Intent.ABUSE: texts.ABUSE,
    Intent.CHAT: texts.CHAT,
}
NOBODY_SURE = Routing(department="", confidence=0.0)


class Reception:
    """Decides what follows from a message; it reads, and leaves the writing to the inbox."""

    def __init__(self, answering: Answering, obedience: Obedience, escalation: Escalation) -> None:
        self._answering = answering
        self._obedience = obedience
        self._escalation = escalation

    async def receive(self, message: Message, accepted: Accepted, *, now: datetime) -> Settlement:
        """The one settlement of a message, carrying texts that waited for this citizen."""
        turn = Turn(message=message, accepted=accepted, now=now)
        return carry(await self._settle(turn), accepted.waiting)

    async def hand_over(self, message: Message, accepted: Accepted, *, now: datetime) -> Settlement:
        """What happens when the path itself fails: the dispatcher gets the message as a case."""
        turn = Turn(message=message, accepted=accepted, now=now)
        text = turn.text or texts.WORDS_PLEASE
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
            return turn.settle(Outcome.ASKED_FOR_WORDS, texts.TOO_SHORT)
        command = commands.parse(turn.text)
        if command is not None:
            return await self._obedience.obey(turn, command)
        number = commands.chosen_number(turn.text)
        if number is not None and (picked := self._answering.pick(turn, number)):
            return picked
        if meant := self._answering.meant(turn, turn.text):
            return meant
        intent = recognise(turn.text)
        if number is None and intent in SMALL_TALK:
            return turn.settle(Outcome.CHATTED, SMALL_TALK[intent])
        if intent.wants_a_person:
            return await self._escalation.hand_over(turn, turn.text, intent)
        return await self._answering.question(turn, question_of(turn.text), turn.text)

    def _attachment(self, turn: Turn) -> Settlement:
        """A picture or voice: it joins the open case, else words are asked for."""
        case = turn.open_case
        if case is None:
            return turn.settle(Outcome.ASKED_FOR_WORDS, texts.WORDS_PLEASE)
        settled = self._escalation.add(turn, case, _described(turn.message))
        return replace(settled, reply=texts.attached(case))


def _as_words(turn: Turn) -> Turn:
    said = events.words_of_tap(turn.message.event_key)
    return replace(turn, message=replace(turn.message, text=said))


NAMES = {
    MessageKind.IMAGE: "图片",
    MessageKind.VOICE: "语音",
    MessageKind.VIDEO: "视频",
    MessageKind.SHORTVIDEO: "小视频",
    MessageKind.LOCATION: "位置",
    MessageKind.LINK: "链接",
}


def _described(message: Message) -> str:
    """A non-text message as an officer reads it in the case; the content itself is attached."""
    name = NAMES.get(message.kind, "其他消息")
    place = " ".join(message.details.get(axis, "") for axis in ("Location_X", "Location_Y"))
    return f"［{name}］{' '.join(part for part in (message.text, place.strip()) if part)}"
