"""When a person must answer: a case is opened, or the citizen's open one goes on."""

import re
from datetime import timedelta

from rapidfuzz import fuzz

from cases.case import Case, Kind
from handlers import texts
from handlers.ports import CaseBook, Departments, Matter, Routing
from handlers.settlement import Outcome, Settlement
from handlers.turn import Turn
from knowledge_base.intent import Intent

SAME_WORDS = 55.0  # rapidfuzz ratio (0-100) of two texts that speak of one matter
FOLLOWS_WITHIN = timedelta(minutes=10)
CARRIES_ON = re.compile(
    r"^(另外|还有|对了|补充|再补充|地址|地点|位置|时间|电话|我的电话|联系电话|我叫|姓名|就是|就在|是在|"
    r"车牌|麻烦|请尽快|什么时候|怎么还|还没)"
)
KINDS = {
    Intent.COMPLAINT: Kind.COMPLAINT,
    Intent.REPORT: Kind.REPORT,
    Intent.HELP: Kind.HELP,
}


class Escalation:
    """Opens cases and adds to them."""

    def __init__(self, book: CaseBook, departments: Departments) -> None:
        self._book = book
        self._departments = departments

    async def hand_over(self, turn: Turn, text: str, intent: Intent) -> Settlement:
        """A matter the desk does not answer itself: joined to the open case, or a new one."""
        routing = await self._departments.route(text)
        case = turn.open_case
        if case is not None and same_matter(text, routing, case, turn):
            return self.add(turn, case, text)
        return await self.open(turn, text, KINDS.get(intent, Kind.QUESTION), routing)

    async def open(
        self, turn: Turn, text: str, kind: Kind, routing: Routing | None = None
    ) -> Settlement:
        """A new case for `text`, with its number, owner and due day in the reply."""
        change = await self._book.open(
            Matter(
                account=turn.message.account,
                citizen=turn.message.citizen,
                kind=kind,
                text=text,
                received_at=turn.message.created_at,
                routing=routing or await self._departments.route(text),
            ),
            now=turn.now,
        )
        owner = self._departments.department(change.case.department)
        says = texts.person_asked if text == texts.CITIZEN_ASKED_FOR_PERSON else texts.case_opened
        return turn.settle(
            Outcome.CASED,
            says(change.case, owner),
            change=change,
            joins=change.case.number,
            question="",
        )

    def add(self, turn: Turn, case: Case, text: str) -> Settlement:
        """Joins the message to a case that is still open."""
        change = self._book.add(case, text, now=turn.now)
        return turn.settle(
            Outcome.ADDED, texts.added(case), change=change, joins=case.number, question=""
        )

    def reopen(self, turn: Turn, case: Case, text: str) -> Settlement | None:
        """The citizen says an answered case is not solved; None when it ended too long ago."""
        change = self._book.reopen(case, text, now=turn.now)
        if change is None:
            return None
        owner = self._departments.department(change.case.department)
        reply = texts.reopened(change.case, owner)
        return turn.settle(Outcome.ADDED, reply, change=change, joins=case.number, question="")


def same_matter(text: str, routing: Routing, case: Case, turn: Turn) -> bool:
    """Whether `text` goes on about the open case rather than starting another."""
    if case.text == texts.CITIZEN_ASKED_FOR_PERSON or CARRIES_ON.match(text):
        return True
    if fuzz.token_set_ratio(" ".join(text), " ".join(case.text)) < SAME_WORDS:
        recent = turn.now - case.received_at <= FOLLOWS_WITHIN
        return recent and len(text) <= 12 and routing.confidence == 0.0
    return not routing.department or routing.department == case.department or not case.department
