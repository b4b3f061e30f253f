"""When a person must answer: a case is opened, or the citizen's open one goes on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from cases.case import Case, Kind
from cases.department import Routing
from handlers import texts
from handlers.heard import LEANING, Heard
from handlers.hearing.dangers import Danger, danger_in
from handlers.hearing.preambles import plainly
from handlers.joining import case_meant, is_clearly_apart, is_of_reply, same_matter
from handlers.pieces import pieces_before
from handlers.ports import CaseNumbers, CaseSteps, Departments
from handlers.settlement import Outcome, Settlement
from handlers.telling import (
    answered_before,
    asked_before,
    begins_with_whom,
    cries,
    ends_a_story,
    is_piece,
    states,
    with_its_question,
)
from handlers.turn import Turn
from knowledge_base.intent import Intent, recognise, refuses
from knowledge_base.lexical import telling_words
from knowledge_base.synonyms import official
from knowledge_base.text import normalise

Told = Callable[[Case, datetime], str]
"""What the citizen reads of a case at a moment."""
KINDS = {
    Intent.COMPLAINT: Kind.COMPLAINT,
    Intent.REPORT: Kind.REPORT,
    Intent.HELP: Kind.HELP,
    Intent.GRIEVANCE: Kind.COMPLAINT,
}


class Escalation:
    """Opens cases and adds to them; `silent` names the accounts that cannot push a reply."""

    def __init__(
        self,
        desk: CaseSteps,
        numbers: CaseNumbers,
        departments: Departments,
        *,
        silent: frozenset[str] = frozenset(),
    ) -> None:
        self._desk = desk
        self._numbers = numbers
        self._departments = departments
        self._silent = silent

    async def hand_over(self, turn: Turn, text: str, intent: Intent) -> Settlement:
        """A matter the desk does not answer itself: joined to the open case, or a new one."""
        if told := with_its_question(turn, text):
            return await self.open(turn, told, KINDS.get(recognise(told), Kind.QUESTION))
        if not intent.wants_a_person and (told_on := await self.asked_on_reply(turn, text)):
            return told_on
        routing = await self._departments.route(plainly(text))
        alone = routing.sure and not (turn.has_fresh_list and states(text))
        told = await self._in_one(turn, text, routing)
        if told == text and not alone:
            told = self._with_what_was_before(turn, text, intent)
        if told != text and not alone:
            routing = await self._of_all(told, text, routing)
        case = case_meant(turn, text, routing)
        if case is None:
            return await self._opened(turn, told, intent, routing)
        heard = await self._heard(text, intent, routing, case)
        if not same_matter(heard, turn) or is_clearly_apart(heard):
            return await self._opened(turn, told, intent, routing)
        return self.add(turn, case, told)

    async def _in_one(self, turn: Turn, text: str, routing: Routing) -> str:
        """A text with the pieces sent before it, unless those are clearly another's business."""
        pieces = pieces_before(turn, text)
        if not pieces:
            return text
        before = "\n".join(pieces)
        if ends_a_story(text):
            return f"{before}\n{text}"
        theirs, ours = (self._departments.matter(normalise(each), "") for each in (before, text))
        if theirs and ours and theirs.department != ours.department:
            return text
        found = await self._departments.route(plainly(before))
        apart = found.department != routing.department
        if apart and min(found.confidence, routing.confidence) >= LEANING:
            return text
        return f"{before}\n{text}"

    async def _of_all(self, told: str, text: str, alone: Routing) -> Routing:
        """Whose what was put together is; no surer than the last of it where that names something
        of its own and goes to others: 老板跑了, after 护照.
        """
        routing = await self._departments.route(plainly(told))
        names = len(telling_words(normalise(text))) > 1 and not ends_a_story(text)
        if names and alone.department != routing.department:
            return replace(routing, confidence=min(routing.confidence, alone.confidence))
        return routing

    def _with_what_was_before(self, turn: Turn, text: str, intent: Intent) -> str:
        """A text with what it follows on, where nobody could understand it alone."""
        asked = asked_before(turn, text)
        leans = cries(text) or (refuses(text) and is_piece(text))
        belongs = not intent.wants_a_person or leans
        if asked and (belongs or danger_in(asked)):
            return f"{asked}\n{text}"
        return text

    async def asked_on_reply(
        self, turn: Turn, text: str, *, names_nothing: bool = False
    ) -> Settlement | None:
        """A few words that only mean something of the reply just read: for whoever gave it."""
        case = answered_before(turn, text)
        if case is None or not (names_nothing or await self.is_of_reply(turn, case, text)):
            return None
        told = texts.general.asked_on_reply(text, case)
        return await self.open(
            turn, told, Kind.QUESTION, Routing(department=case.department, confidence=1.0)
        )

    async def _opened(self, turn: Turn, text: str, intent: Intent, routing: Routing) -> Settlement:
        return await self.open(turn, text, KINDS.get(intent, Kind.QUESTION), routing)

    async def is_of_reply(self, turn: Turn, case: Case, text: str) -> bool:
        """Whether a text that follows on the reply to a case is about that."""
        said = plainly(text)
        routing = await self._departments.route(said)
        return is_of_reply(await self._heard(text, recognise(said), routing, case), turn)

    async def _heard(self, text: str, intent: Intent, routing: Routing, case: Case) -> Heard:
        owners = (await self._departments.route(case.text)).ranking[:2]
        told, known = (f"{each},{official(each)}" for each in map(normalise, (text, case.text)))
        thing = self._departments.matter(told, known)
        return Heard(
            text=text, intent=intent, routing=routing, case=case, owners=owners, thing=thing
        )

    async def open(
        self, turn: Turn, text: str, kind: Kind, routing: Routing | None = None
    ) -> Settlement:
        """A new case for `text`, with its number, owner and due day in the reply."""
        found = routing or await self._departments.route(plainly(text))
        change = self._desk.prepare_opening(
            number=await self._numbers.next_case_number(turn.today),
            account=turn.message.account,
            citizen=turn.message.citizen,
            kind=kind,
            text=text,
            received_at=turn.received_at,
            suggestion=found,
            now=turn.now,
        )
        owner = self._departments.department(change.case.department)
        alone = len(text.splitlines()) == 1  # what was put together says what belongs to it
        leans = alone and is_piece(text) and not begins_with_whom(text)
        says = (
            texts.cases.person_asked
            if text == texts.general.CITIZEN_ASKED_FOR_PERSON
            else texts.cases.case_opened
        )
        return turn.settle(
            Outcome.CASED,
            says(change.case, owner, pushable=change.case.account not in self._silent),
            change=change,
            joins=change.case.number,
            words=text,
            follows=leans and not found.sure,
            question="",
        )

    async def endangered(self, turn: Turn, danger: Danger) -> Settlement:
        """Somebody speaks of ending a life: the numbers to call, and a case that is due first."""
        case = turn.open_case
        if case is not None and case.kind is Kind.DANGER:
            settled = self.add(turn, case, turn.text)
        else:
            settled = await self.open(turn, turn.text, Kind.DANGER)
        if settled.change is not None:
            case = settled.change.case
        return (
            replace(settled, reply=texts.danger.call_and_case(danger, case, turn.now))
            if case
            else settled
        )

    def urge(self, turn: Turn, case: Case) -> Settlement:
        """The citizen's wish for haste stands in the open case's log."""
        return self._added(turn, case, turn.text, texts.cases.urged)

    def person_waited_for(self, turn: Turn, case: Case) -> Settlement:
        """The citizen wants to speak to somebody about the open case."""
        owner = self._departments.department(case.department)
        return self._added(
            turn,
            case,
            turn.text,
            lambda after, now: texts.cases.person_has_it(after, owner, now),
        )

    def withdraw(self, turn: Turn, case: Case) -> Settlement:
        """The citizen needs it no longer: noted for whoever closes the open case."""
        return self._added(turn, case, turn.text, lambda after, _: texts.cases.withdrawn(after))

    def rate(self, turn: Turn, case: Case, score: int, reason: str) -> Settlement:
        """The citizen's 1-5 for a case's reply; a reason is read in the case's conversation."""
        change = self._desk.prepare_rating(case, rating=score, now=turn.now)
        reply = texts.cases.rated(score, reason)
        return turn.settle(Outcome.COMMANDED, reply, change=change, joins=case.number)

    def add(self, turn: Turn, case: Case, text: str) -> Settlement:
        """Joins the message to a case that is still open."""
        in_danger = case.kind is Kind.DANGER
        return self._added(turn, case, text, texts.danger.heard if in_danger else texts.cases.added)

    def _added(self, turn: Turn, case: Case, text: str, told: Told) -> Settlement:
        """What is told is of the case as it then is: an answer to a question moves its day."""
        change = self._desk.prepare_addition(case, text=text, now=turn.now)
        reply = told(change.case, turn.now)
        return turn.settle(
            Outcome.ADDED, reply, change=change, joins=case.number, words=text, question=""
        )

    def reopen(self, turn: Turn, case: Case, text: str) -> Settlement | None:
        """The citizen says an answered case is not solved; None when it ended too long ago."""
        if not self._desk.may_reopen(case, turn.now):
            return None
        change = self._desk.prepare_reopening(case, now=turn.now, text=text)
        owner = self._departments.department(change.case.department)
        reply = texts.cases.reopened(change.case, owner)
        return turn.settle(Outcome.ADDED, reply, change=change, joins=case.number, question="")
