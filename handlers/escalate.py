"""When a person must answer: a case is opened, or the citizen's open one goes on."""

import re
from dataclasses import replace
from datetime import timedelta

from cases.case import Case, Kind, State
from cases.department import Routing
from cases.named_places import name_other_places
from handlers import texts, texts_danger
from handlers.dangers import Danger
from handlers.ports import CaseNumbers, CaseSteps, Departments
from handlers.settlement import Outcome, Settlement
from handlers.turn import GRIEVES, Turn
from knowledge_base.intent import Intent, recognise
from knowledge_base.text import normalise

SAME_WORDS = 0.5  # share of character pairs of two texts that speak of one matter
FOLLOWS_WITHIN = timedelta(minutes=30)
CARRIES_ON = re.compile(
    r"^((?:我|想|要|再)*补充|地址|地点|位置|时间|电话|我的电话|联系电话|我叫|姓名|就是|就在|是在|"
    r"车牌|麻烦|请尽快|什么时候|怎么还|还没)"
)
FACTS = re.compile(
    r"^(?:地址|地点|位置|时间|电话|我的电话|联系电话|我叫|姓名|就在|是在|就是|车牌|车号|身份证号|"
    r"(?:我?(?:孩子|儿子|女儿|老人|妈|爸|老公|老婆)|他|她|老板|包工头|(?:村|主|副)?主任|书记|队长)(?:叫|姓|名字)|[^,]{1,3}[村镇乡]$|"
    r"[^,]{2,14}(?:门口|路口|旁边|对面|附近|边上|路段|[东西南北](?:侧|门|边)|\d+号楼?)$)"
)
OF_ITS_OWN = re.compile(
    r"^(?:我|我们|俺)?(?:还|也|再)?(?:要|想|来|现)?(?:实名|匿名)?(?:举报|投诉|反映)(?!了|过|的)"
)
CLEAR = 0.6  # the chance from which a department is meant, though nobody is sure
TELLS = 8  # characters of a case that has its matter told already
QUESTION_FORM = re.compile(
    r"[?？]|[吗呢么]\W*$|怎么|如何|哪里|哪儿|多少|几|什么|能不能|可不可以|是否|为啥|咋|有没有|(.)[不没]\1(?!了)|[不没]\W*$"
)
WISHES = re.compile(
    r"(?:想|要|需要|打算|准备|申请|咨询|关于)(?:去|来|再)?(?:办|申请|问|咨询|了解|开|买|报名|领|查|知道|请教|取|转|换|补)|"
    r"^(?:咨询|办理|申请|关于|打听)|(?:要不要|用不用|行不行|[办领报能行]不)$"
)
"""What asks for something to be told or done, though not in the form of a question."""
TELLING = re.compile(
    r"[了着过都也又还很太没被把就在是我俺你他她它们]|已经|现在|今天|昨|每[天晚]|一直|不[^同]"
)
AHEAD = 4  # characters; less names nothing that could be answered
FRAGMENT = 24  # characters of a piece of a story; more is a story of its own
UNLIKELY = 0.1  # the chance below which a line is not offered to somebody who goes on telling
KINDS = {
    Intent.COMPLAINT: Kind.COMPLAINT,
    Intent.REPORT: Kind.REPORT,
    Intent.HELP: Kind.HELP,
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
        if told := _with_its_question(turn, text):
            return await self.open(turn, told, KINDS.get(recognise(told), Kind.QUESTION))
        routing = await self._departments.route(text)
        case = turn.open_case
        goes_on = case is not None and same_matter(text, intent, routing, case, turn)
        if case is None or not goes_on:
            return await self._opened(turn, text, intent, routing)
        if await self._is_clearly_apart(text, intent, routing, case):
            return await self._opened(turn, text, intent, routing)
        return self.add(turn, case, text)

    def is_told_more(self, turn: Turn, text: str, chance: float = 0.0) -> bool:
        """Whether a text goes on telling of the open case instead of asking anything.

        Facts and fragments that follow soon ("就在菜场旁边", "都十二点了"), and whatever is told
        while a department waits for the citizen. `chance` is that of the best line that could be
        offered instead.
        """
        case = turn.open_case
        if case is None or asks(text) or WISHES.search(normalise(text)):
            return False
        if self.is_awaited(turn, text):
            return True
        if turn.now - case.received_at > FOLLOWS_WITHIN:
            return False
        if FACTS.match(normalise(text)) is not None:
            return True
        if OF_ITS_OWN.search(text) or not is_fragment(text):
            return False
        return chance < UNLIKELY or case.kind in GRIEVES

    def is_awaited(self, turn: Turn, text: str) -> bool:
        """Whether a department waits for the citizen, and this may be what it asked for."""
        case = turn.open_case
        return case is not None and case.state is State.WAITING and not asks(text)

    async def _opened(self, turn: Turn, text: str, intent: Intent, routing: Routing) -> Settlement:
        return await self.open(turn, text, KINDS.get(intent, Kind.QUESTION), routing)

    async def _is_clearly_apart(
        self, text: str, intent: Intent, routing: Routing, case: Case
    ) -> bool:
        """Whether a grievance told next belongs to departments the case has nothing to do with.

        People tell one matter in pieces; but who speaks of the lamps after the pension, or of
        their water after wishing to die, has begun another.
        """
        if (
            not intent.wants_a_person
            or CARRIES_ON.match(normalise(text))
            or says_the_same(text, case.text)
        ):
            return False
        if case.kind is Kind.DANGER:
            return True
        if routing.confidence < CLEAR or case.text == texts.CITIZEN_ASKED_FOR_PERSON:
            return False
        others = await self._departments.route(case.text)
        return routing.department not in {case.department, *others.ranking[:2]}

    async def open(
        self, turn: Turn, text: str, kind: Kind, routing: Routing | None = None
    ) -> Settlement:
        """A new case for `text`, with its number, owner and due day in the reply."""
        change = self._desk.prepare_opening(
            number=await self._numbers.next_case_number(turn.today),
            account=turn.message.account,
            citizen=turn.message.citizen,
            kind=kind,
            text=text,
            received_at=turn.received_at,
            suggestion=routing or await self._departments.route(text),
            now=turn.now,
        )
        owner = self._departments.department(change.case.department)
        says = texts.person_asked if text == texts.CITIZEN_ASKED_FOR_PERSON else texts.case_opened
        return turn.settle(
            Outcome.CASED,
            says(change.case, owner, pushable=change.case.account not in self._silent),
            change=change,
            joins=change.case.number,
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
        return replace(settled, reply=texts_danger.call_and_case(danger, case)) if case else settled

    def urge(self, turn: Turn, case: Case) -> Settlement:
        """The citizen's wish for haste stands in the open case's log."""
        return replace(self.add(turn, case, turn.text), reply=texts.urged(case))

    def person_waited_for(self, turn: Turn, case: Case) -> Settlement:
        """The citizen wants to speak to somebody about the open case."""
        owner = self._departments.department(case.department)
        return replace(self.add(turn, case, turn.text), reply=texts.person_has_it(case, owner))

    def withdraw(self, turn: Turn, case: Case) -> Settlement:
        """The citizen needs it no longer: noted for whoever closes the open case."""
        return replace(self.add(turn, case, turn.text), reply=texts.withdrawn(case))

    def rate(self, turn: Turn, case: Case, score: int, reason: str) -> Settlement:
        """The citizen's 1-5 for a case's reply; a reason is read in the case's conversation."""
        change = self._desk.prepare_rating(case, rating=score, now=turn.now)
        reply = texts.rated(score, reason)
        return turn.settle(Outcome.COMMANDED, reply, change=change, joins=case.number)

    def add(self, turn: Turn, case: Case, text: str) -> Settlement:
        """Joins the message to a case that is still open."""
        change = self._desk.prepare_addition(case, text=text, now=turn.now)
        reply = texts_danger.heard(case) if case.kind is Kind.DANGER else texts.added(case)
        return turn.settle(Outcome.ADDED, reply, change=change, joins=case.number, question="")

    def reopen(self, turn: Turn, case: Case, text: str) -> Settlement | None:
        """The citizen says an answered case is not solved; None when it ended too long ago."""
        if not self._desk.may_reopen(case, turn.now):
            return None
        change = self._desk.prepare_reopening(case, now=turn.now, text=text)
        owner = self._departments.department(change.case.department)
        reply = texts.reopened(change.case, owner)
        return turn.settle(Outcome.ADDED, reply, change=change, joins=case.number, question="")


def _with_its_question(turn: Turn, text: str) -> str:
    """What was asked just before and only met with a list, with the facts that follow it; or "".

    "公交车不停站" "车牌号是 …": that is no part of whatever case stands open besides. Likewise the
    word or two that somebody sent ahead: "路灯" "一个月没人修".
    """
    asked, asked_at = turn.citizen.question, turn.citizen.asked_at
    ahead = 0 < len(normalise(asked)) < AHEAD and not (turn.citizen.choices or turn.open_case)
    if text.startswith(asked):
        return ""
    if (
        not (ahead or FACTS.match(normalise(text)))
        or not asked
        or asked_at is None
        or turn.citizen.last_entry
    ):
        return ""
    case = turn.open_case
    if turn.now - asked_at > FOLLOWS_WITHIN or (case and case.received_at >= asked_at):
        return ""
    return f"{asked}\n{text}"


def same_matter(text: str, intent: Intent, routing: Routing, case: Case, turn: Turn) -> bool:
    """Whether `text` goes on about the open case rather than starting another.

    A new question is a matter of its own unless it shares the case's words; a statement made
    soon after the case was opened belongs to it unless it clearly concerns another department.
    """
    if case.text == texts.CITIZEN_ASKED_FOR_PERSON or CARRIES_ON.match(normalise(text)):
        return True
    recent = turn.now - case.received_at <= FOLLOWS_WITHIN
    if (case.state is State.WAITING or (recent and FACTS.match(normalise(text)))) and not asks(
        text
    ):
        return True
    if routing.sure and case.department not in {"", routing.department}:
        return False
    clear = routing.confidence >= CLEAR and routing.department != case.department
    if clear and case.kind is Kind.QUESTION and not says_the_same(text, case.text):
        return False
    if says_the_same(text, case.text):
        return True
    if intent.wants_a_person and case.kind is Kind.QUESTION and len(normalise(text)) > TELLS:
        return False
    if OF_ITS_OWN.search(text) and len(normalise(case.text)) >= TELLS:
        return False
    if not recent or asks(text):
        return False
    if case.kind is Kind.QUESTION or not intent.wants_a_person:
        return is_fragment(text)
    return True


def is_fragment(text: str) -> bool:
    """Whether a text is a piece of what is being told, and neither a wish nor a whole story."""
    told = normalise(text)
    return len(told) <= FRAGMENT and bool(TELLING.search(told)) and not WISHES.search(told)


def asks(text: str) -> bool:
    """Whether a text has the form of a question."""
    return QUESTION_FORM.search(text) is not None


def says_the_same(one: str, other: str) -> bool:
    """Whether two texts share most of their words; the lamps of two streets are two matters."""
    return overlap(one, other) >= SAME_WORDS and not name_other_places(one, other)


def overlap(one: str, other: str) -> float:
    """The share of the shorter text's character pairs that stand in the longer one too."""
    pairs = sorted((_pairs(one), _pairs(other)), key=len)
    return len(pairs[0] & pairs[1]) / len(pairs[0]) if pairs[0] else 0.0


def _pairs(text: str) -> set[str]:
    clean = normalise(text)
    return {clean[at : at + 2] for at in range(len(clean) - 1)}
