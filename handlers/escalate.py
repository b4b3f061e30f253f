"""When a person must answer: a case is opened, or the citizen's open one goes on."""

from dataclasses import replace

from cases.case import Case, Kind, State
from cases.department import Routing
from handlers import texts
from handlers.found import LIKELY
from handlers.hearing.dangers import Danger, danger_in
from handlers.hearing.preambles import plainly
from handlers.hearing.vocabulary import saying, words
from handlers.joining import Heard, is_clearly_apart, is_of_reply, same_matter
from handlers.ports import CaseNumbers, CaseSteps, Departments
from handlers.settlement import Outcome, Settlement
from handlers.telling import (
    answered_before,
    asked_before,
    asks,
    cries,
    is_fragment,
    is_piece,
    states,
    with_its_question,
)
from handlers.turn import GRIEVES, Turn
from knowledge_base.intent import Intent, recognise, refuses
from knowledge_base.synonyms import official
from knowledge_base.text import normalise

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
        told = text if alone else self._with_what_was_before(turn, text, intent)
        if told != text:
            routing = await self._departments.route(plainly(told))
        case = turn.open_case
        if case is None:
            return await self._opened(turn, told, intent, routing)
        heard = await self._heard(text, intent, routing, case)
        if not same_matter(heard, turn) or is_clearly_apart(heard):
            return await self._opened(turn, told, intent, routing)
        return self.add(turn, case, told)

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

    def is_told_more(self, turn: Turn, text: str, chance: float = 0.0) -> bool:
        """Whether a text goes on telling of the open case instead of asking anything.

        Facts and fragments that follow soon ("就在菜场旁边", "都十二点了"), and whatever is told
        while a department waits for the citizen. `chance` is that of the best line that could be
        offered instead.
        """
        case = turn.open_case
        if case is None or asks(text) or words("telling.wishes").search(normalise(text)):
            return False
        if self.is_awaited(turn, text) or words("telling.supplements").match(normalise(text)):
            return True
        if not turn.has_fresh_case:
            return False
        if words("telling.facts").match(normalise(text)) is not None:
            return True
        if words("telling.of_its_own").search(text) or not is_fragment(text):
            return False
        return chance < LIKELY or case.kind in GRIEVES

    def tells_a_fact(self, turn: Turn, text: str) -> bool:
        """Whether a place, a name, a sum or what came of it follows soon on the open case."""
        told = normalise(text)
        if not turn.has_fresh_case or asks(text):
            return False
        came_of_it = (
            turn.grievance and is_piece(text) and saying("telling.consequence").said_in(told)
        )
        of_it = words("telling.of_them").match(told) or words("telling.facts").match(told)
        return bool(came_of_it or of_it)

    def only_tells(self, turn: Turn, text: str) -> bool:
        """Whether a few words without a question follow soon on a case: 合同还有三个月."""
        return turn.has_fresh_case and is_piece(text) and not asks(text)

    def loses_patience(self, turn: Turn, text: str) -> bool:
        """Whether a grievance just told goes on with a question of impatience: 到底哪年能住上."""
        angry = turn.grievance is not None and turn.has_fresh_case and is_piece(text)
        return angry and words("telling.exasperated").search(normalise(text)) is not None

    def tells_of_what_was_asked(self, turn: Turn, text: str) -> bool:
        """Whether facts follow on a question that was met with a list: there is a case in it."""
        return turn.has_fresh_list and bool(with_its_question(turn, text))

    def asks_on(self, turn: Turn, text: str) -> bool:
        """Whether a few words of asking follow at once on the open case."""
        beside = turn.talks_of_another_matter or not turn.has_fresh_case
        return not beside and asks(text) and is_piece(text)

    def is_awaited(self, turn: Turn, text: str) -> bool:
        """Whether a department waits for the citizen, and this may be what it asked for."""
        case = turn.open_case
        return case is not None and case.state is State.WAITING and not asks(text)

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
            follows=not found.sure and is_piece(text),
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
        return replace(settled, reply=texts.danger.call_and_case(danger, case)) if case else settled

    def urge(self, turn: Turn, case: Case) -> Settlement:
        """The citizen's wish for haste stands in the open case's log."""
        return replace(self.add(turn, case, turn.text), reply=texts.cases.urged(case))

    def person_waited_for(self, turn: Turn, case: Case) -> Settlement:
        """The citizen wants to speak to somebody about the open case."""
        owner = self._departments.department(case.department)
        return replace(
            self.add(turn, case, turn.text), reply=texts.cases.person_has_it(case, owner)
        )

    def withdraw(self, turn: Turn, case: Case) -> Settlement:
        """The citizen needs it no longer: noted for whoever closes the open case."""
        return replace(self.add(turn, case, turn.text), reply=texts.cases.withdrawn(case))

    def rate(self, turn: Turn, case: Case, score: int, reason: str) -> Settlement:
        """The citizen's 1-5 for a case's reply; a reason is read in the case's conversation."""
        change = self._desk.prepare_rating(case, rating=score, now=turn.now)
        reply = texts.cases.rated(score, reason)
        return turn.settle(Outcome.COMMANDED, reply, change=change, joins=case.number)

    def add(self, turn: Turn, case: Case, text: str) -> Settlement:
        """Joins the message to a case that is still open."""
        change = self._desk.prepare_addition(case, text=text, now=turn.now)
        reply = texts.danger.heard(case) if case.kind is Kind.DANGER else texts.cases.added(case)
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
