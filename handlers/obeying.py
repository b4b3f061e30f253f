"""What happens when a citizen types a command."""

from collections.abc import Callable
from dataclasses import replace

from cases.case import Case, Kind
from handlers import texts
from handlers.answering import Answering
from handlers.escalate import KINDS, Escalation
from handlers.hearing import commands
from handlers.hearing.commands import Command
from handlers.pages import split
from handlers.settlement import Outcome, Settlement
from handlers.turn import ANSWERED, Turn
from knowledge_base.intent import recognise

SHOWN = 3  # cases in a list of own cases


def no_page(_number: str) -> str:
    """A desk whose cases have no page for their citizens."""
    return ""


class Obedience:
    """Carries out commands; `page_of` is the address of a case's progress page by its number."""

    def __init__(
        self,
        answering: Answering,
        escalation: Escalation,
        *,
        page_of: Callable[[str], str] = no_page,
    ) -> None:
        self._answering = answering
        self._escalation = escalation
        self._page_of = page_of

    async def obey(self, turn: Turn, command: Command) -> Settlement:
        """The reply to a command, from the table of what each one does."""
        match command:
            case commands.Help():
                return turn.settle(Outcome.COMMANDED, texts.general.HELP)
            case commands.Solved():
                return turn.settle(Outcome.CHATTED, texts.general.SOLVED)
            case commands.Urge() if turn.open_case is not None:
                return self._escalation.urge(turn, turn.open_case)
            case commands.Withdraw() if turn.open_case is not None:
                return self._escalation.withdraw(turn, turn.open_case)
            case commands.Urge() | commands.Withdraw():
                return self._progress(turn, "")
            case commands.NotThis():
                return await self._not_this(turn)
            case commands.More():
                return _more(turn)
            case commands.Progress(number=number):
                return self._progress(turn, number)
            case commands.Rate(score=score, reason=reason):
                return self._rate(turn, score, reason)
            case commands.Supplement(text=text):
                return await self._supplement(turn, text)
            case commands.AskForPerson(text=text):
                return await self._person(turn, text)
            case commands.Displeased():
                return turn.settle(Outcome.COMMANDED, texts.talk.UNSATISFIED)
            case commands.Unsolved(number=number) if number:
                return self._unsolved_case(turn, number)
            case commands.Unsolved():
                return await self._unsolved(turn)

    def _progress(self, turn: Turn, number: str) -> Settlement:
        cases = turn.accepted.cases
        if not number:
            reply = (
                texts.cases.progress(cases[:SHOWN], turn.now) if cases else texts.general.NO_CASES
            )
            return turn.settle(Outcome.COMMANDED, reply)
        own = next((case for case in cases if case.number == number), None)
        if own is None:
            return turn.settle(Outcome.COMMANDED, texts.general.UNKNOWN_NUMBER)
        page = self._page_of(number)
        return turn.settle(Outcome.COMMANDED, texts.cases.case_details(own, turn.now, page))

    def _rate(self, turn: Turn, score: int | None, reason: str) -> Settlement:
        case = _answered_case(turn)
        if case is None:
            return turn.settle(Outcome.COMMANDED, texts.general.NOTHING_TO_RATE)
        if score is None:
            return turn.settle(Outcome.COMMANDED, texts.general.RATE_HOW)
        return self._escalation.rate(turn, case, score, reason)

    async def _supplement(self, turn: Turn, text: str) -> Settlement:
        if not text:
            return turn.settle(Outcome.COMMANDED, texts.general.SUPPLEMENT_HOW)
        if case := _named(turn, text) or turn.open_case:
            return self._escalation.add(turn, case, text)
        return await self._answering.question(turn, text, text)

    async def _person(self, turn: Turn, text: str) -> Settlement:
        """人工: with its own words, else for the question just asked, else for whatever comes."""
        if text:
            return await self._escalation.open(turn, text, _kind(text))
        if turn.citizen.question:
            return await self._asked_before(turn)
        if turn.open_case is not None:
            return self._escalation.person_waited_for(turn, turn.open_case)
        return await self._escalation.open(turn, texts.general.CITIZEN_ASKED_FOR_PERSON, Kind.HELP)

    async def _unsolved(self, turn: Turn) -> Settlement:
        """没有解决: a case for the question just asked, or the answered case again."""
        case = _answered_case(turn)
        if turn.citizen.question and not _answered_since(turn, case):
            return await self._asked_before(turn)
        if case is None:
            return await self._person(turn, "")
        return self._again(turn, case)

    def _unsolved_case(self, turn: Turn, number: str) -> Settlement:
        """没有解决 with a number: that case again, whichever was answered last."""
        case = next((case for case in turn.accepted.cases if case.number == number), None)
        if case is None:
            return turn.settle(Outcome.COMMANDED, texts.general.UNKNOWN_NUMBER)
        if case.state not in ANSWERED:
            return self._escalation.person_waited_for(turn, case)
        return self._again(turn, case)

    def _again(self, turn: Turn, case: Case) -> Settlement:
        again = self._escalation.reopen(turn, case, turn.text)
        return again or turn.settle(Outcome.COMMANDED, texts.general.REOPENED_LATE)

    async def _not_this(self, turn: Turn) -> Settlement:
        """An answer beside the point: a case for the question, with an excuse first."""
        if not turn.citizen.question:
            return turn.settle(Outcome.CHATTED, texts.talk.SORRY)
        settled = await self._unsolved(turn)
        return replace(settled, reply=texts.talk.not_this(settled.reply))

    async def _asked_before(self, turn: Turn) -> Settlement:
        """A case for the question that was asked in an earlier message."""
        question = turn.citizen.question
        return await self._escalation.open(turn, question, _kind(question))


def _kind(text: str) -> Kind:
    return KINDS.get(recognise(text), Kind.QUESTION)


def _named(turn: Turn, text: str) -> Case | None:
    """The citizen's own open case whose number stands in their words."""
    number = commands.number_in(text)
    return next((c for c in turn.accepted.cases if c.is_open and c.number == number), None)


def _answered_case(turn: Turn) -> Case | None:
    answered = [case for case in turn.accepted.cases if case.state in ANSWERED]
    return max(answered, key=lambda case: case.replied_at or case.received_at, default=None)


def _answered_since(turn: Turn, case: Case | None) -> bool:
    """Whether a case was answered after the citizen's last question: then that is meant."""
    asked_at = turn.citizen.asked_at
    replied_at = case.replied_at if case else None
    return asked_at is not None and replied_at is not None and replied_at > asked_at


def _more(turn: Turn) -> Settlement:
    if not turn.citizen.rest:
        return turn.settle(Outcome.COMMANDED, texts.general.NO_MORE)
    page, rest = split(turn.citizen.rest, mark=texts.general.MORE)
    return turn.settle(Outcome.COMMANDED, page, rest=rest)
