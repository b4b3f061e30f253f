"""A desk that has lived: letters and comments of months, each step as the service takes it."""

import heapq
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from cases.case import OVER, Case, CaseError, Change, Kind, State
from cases.department import Routing
from cases.desk import Purpose
from cases.people import Account, Person, Role
from cases.ports import CaseFilter
from cases.privacy import GONE
from cases.wording import text_hash
from handlers.comments.comment import Verdict
from handlers.message import Message, MessageKind
from handlers.settlement import Given, Outcome, Settlement
from tests.values.comments import filer, found, listed
from tests.values.console import DEPARTMENTS, PEOPLE
from tests.worlds.console import World

TEXTS = ("孩子入学怎么办", "户口怎么迁", "水库的水浑了", "幼儿园几点放学", "=1+1 没人管", "天气")
TOPICS = ("", "入学", "户口迁移", "供水 & 停水")
ACCOUNTS = ("main", "village")
KINDS = tuple(kind for kind in Kind if kind is not Kind.OUT_OF_SCOPE)  # nobody opens one of these
BOSS, DISPATCHER = PEOPLE["supervisor"], PEOPLE["dispatcher"]
WAITS = (2, 20, 60)  # hours, on average, between two steps in a case
STAFF = {
    (each.name, role): Person(name=f"{role.value}-{each.name}", role=role, department=each.name)
    for each in DEPARTMENTS
    for role in (Role.OFFICER, Role.REVIEWER)
}


@dataclass
class LivedDesk:
    """Takes random steps in random cases while the clock goes on; `taken` counts those done."""

    world: World
    random: Random
    taken: Counter[str] = field(default_factory=Counter)
    _due: list[tuple[datetime, int, str]] = field(default_factory=list)
    _number: int = 0

    async def live(self, arrivals: Sequence[datetime], until: datetime) -> None:
        """Something arrives at these moments; at `until` the clock stands, wherever cases are."""
        for person in STAFF.values():
            await self.world.storage.save_account(Account(person=person, password_hash="x"))
        for at in arrivals:
            self._plan(at, "")
        while self._due and self._due[0][0] <= until:
            self.world.clock.now, _, number = heapq.heappop(self._due)
            await (self._go_on(number) if number else self._arrive())
        self.world.clock.now = until

    def _plan(self, at: datetime, number: str) -> None:
        heapq.heappush(self._due, (at, self._next(), number))

    def _next(self) -> int:
        self._number += 1
        return self._number

    def _later(self, number: str) -> None:
        wait = self.random.choice(WAITS) * self.random.expovariate(1)
        self._plan(self.world.clock.now + timedelta(hours=wait, seconds=1), number)

    async def _arrive(self) -> None:
        await self.random.choices((self._letter, self._comment, self._question), (14, 3, 3))[0]()

    async def _letter(self) -> None:
        now = self.world.clock.now
        number = await self.world.storage.next_case_number(now.date())
        sure, text = self.random.random() < 0.5, self.random.choice(TEXTS)
        account, citizen = self.random.choice(ACCOUNTS), self._citizen()
        change = self.world.desk.prepare_opening(
            number=number,
            account=account,
            citizen=citizen,
            kind=self.random.choice(KINDS),
            text=text,
            received_at=now,
            suggestion=Routing(
                department=self._department(), confidence=0.9 if sure else 0.3, threshold=0.8
            ),
        )
        await self._said(text, account, citizen, Outcome.CASED, change)
        self._later(number)

    async def _comment(self) -> None:
        storage, now, number = self.world.storage, self.world.clock.now, self._next()
        article = found(number, published_at=now - timedelta(days=2))
        await storage.add_articles("main", [article], now=now)
        taken = await storage.take_article("main", free_by=now, due_by=now, now=now)
        assert taken is not None
        written = now - timedelta(hours=self.random.choice((0, 3, 30)))
        comment = listed(
            number, self.random.choice(TEXTS), citizen=self._citizen(), written_at=written
        )
        verdict = self.random.choice((Verdict.QUESTION, Verdict.COMPLAINT, Verdict.PRAISE))
        kept = await storage.keep_comments(taken, [comment], now=now)
        filings = [await (await filer(storage)).file_as(each, verdict, now=now) for each in kept]
        for case in await storage.file_comments(filings):
            self._later(case)

    async def _question(self) -> None:
        given = (Given(entry=self.random.choice(("e1", "e2")), version=1),)
        outcome = self.random.choice((Outcome.ANSWERED, Outcome.CHATTED, Outcome.SUGGESTED))
        what = {"given": given} if outcome is Outcome.ANSWERED else {}
        account = self.random.choice(ACCOUNTS)
        await self._said("小学", account, self._citizen(), outcome, **what)

    async def _said(
        self,
        text: str,
        account: str,
        citizen: str,
        outcome: Outcome,
        change: Change | None = None,
        **more: Any,
    ) -> None:
        """A message, accepted and settled at once."""
        now, storage = self.world.clock.now, self.world.storage
        message = Message(
            account=account,
            citizen=citizen,
            receiver="gh",
            kind=MessageKind.TEXT,
            created_at=now,
            text=text,
            message_id=str(self._next()),
        )
        got = await storage.accept(message, now=now, claim_until=now + timedelta(minutes=1))
        settlement = Settlement(
            outcome=outcome,
            reply="好",
            citizen=got.citizen,
            settled_at=now,
            change=change,
            joins=change.case.number if change else "",
            **more,
        )
        await storage.settle(got.id, settlement)

    def _citizen(self) -> str:
        return f"o-{self.random.randrange(150)}"

    def _department(self) -> str:
        return self.random.choice(DEPARTMENTS).name

    async def _go_on(self, number: str) -> None:
        case = await self.world.storage.case(number)
        deeds, weights = zip(*DEEDS[case.state], strict=True)
        name = self.random.choices(deeds, weights)[0]
        if case.text != GONE or name not in OF_A_CITIZEN:
            try:
                await DO[name](self, case)
            except CaseError:
                pass  # as somebody who pressed a button that was not for them
            else:
                self.taken[name] += 1
        if (await self.world.storage.case(number)).state not in OVER or self.random.random() < 0.7:
            self._later(number)

    def by(self, case: Case, who: Person | None = None) -> dict[str, Any]:
        """A step's version, actor and time; the actor is of the department that has the case."""
        own = STAFF[case.department, Role.OFFICER] if case.department else DISPATCHER
        return {"version": case.version, "actor": who or own, "now": self.world.clock.now}

    async def route(self, case: Case) -> None:
        by = self.by(case, DISPATCHER)
        await self.world.desk.route(case.number, self._department(), **by)

    async def review(self, case: Case) -> None:
        own = STAFF.get((case.department, Role.REVIEWER), BOSS)
        by = self.by(case, self.random.choice((own, BOSS)))
        await self.world.desk.review(case.number, draft_hash=text_hash(case.draft), **by)

    async def extend(self, case: Case) -> None:
        desk, days = self.world.desk, self.random.randint(1, 5)
        case = await desk.ask_extension(case.number, days, "等鉴定", **self.by(case))
        if self.random.random() < 0.7:
            await desk.extend(case.number, days, "同意", **self.by(case, BOSS))
        else:
            await desk.decline_extension(case.number, "再快些", **self.by(case, BOSS))

    async def sort(self, case: Case) -> None:
        await self.world.desk.sort(case.number, self.random.choice(TOPICS), **self.by(case))

    async def merge(self, case: Case) -> None:
        known = await self.world.storage.cases(CaseFilter(limit=500), viewer=DISPATCHER)
        fit = sorted(e.number for e in known if e.is_open and e.due_date <= case.due_date)
        by = self.by(case, DISPATCHER)
        await self.world.desk.merge(case.number, self.random.choice(fit), **by)

    async def help(self, case: Case) -> None:
        by = self.by(case)
        await self.world.desk.ask_for_help(case.number, self._department(), "请看看", **by)

    async def add(self, case: Case) -> None:
        change = self.world.desk.prepare_addition(case, text="补充", now=self.world.clock.now)
        await self._said("补充", case.account, case.citizen, Outcome.ADDED, change)

    async def rate(self, case: Case) -> None:
        stars, now = self.random.randint(1, 5), self.world.clock.now
        change = self.world.desk.prepare_rating(case, rating=stars, now=now)
        await self._said("评价", case.account, case.citizen, Outcome.COMMANDED, change)

    async def reopen(self, case: Case) -> None:
        change = self.world.desk.prepare_reopening(case, now=self.world.clock.now)
        await self._said("没有解决", case.account, case.citizen, Outcome.COMMANDED, change)

    async def erase(self, case: Case) -> None:
        await self.world.storage.erase_citizen(
            case.account,
            case.citizen,
            actor="supervisor",
            reason="本人要求",
            now=self.world.clock.now,
        )


async def _nothing(_: LivedDesk, __: Case) -> None:
    """Time passes."""


Deed = Callable[[LivedDesk, Case], Awaitable[Any]]


def _told(step: str, *said: str, who: Person | None = None, **more: Any) -> Deed:
    """A step of the desk that needs nothing but words."""

    async def do(desk: LivedDesk, case: Case) -> None:
        await getattr(desk.world.desk, step)(case.number, *said, **more, **desk.by(case, who))

    return do


DO: Mapping[str, Deed] = {
    "nothing": _nothing,
    "route": LivedDesk.route,
    "accept": _told("accept"),
    "give_back": _told("return_to_dispatcher", "不归我们"),
    "draft": _told("draft", "请带户口簿来。"),
    "ask": _told("draft", "在哪里？", purpose=Purpose.QUESTION),
    "elsewhere": _told("draft", "请问省里。", purpose=Purpose.OUT_OF_SCOPE),
    "review": LivedDesk.review,
    "send_back": _told("send_back", "再改改", who=BOSS),
    "extend": LivedDesk.extend,
    "sort": LivedDesk.sort,
    "merge": LivedDesk.merge,
    "split": _told("split", who=DISPATCHER),
    "help": LivedDesk.help,
    "add": LivedDesk.add,
    "resume": _told("resume", "不等了"),
    "rate": LivedDesk.rate,
    "reopen": LivedDesk.reopen,
    "again": _told("reopen", "再办一次", who=BOSS),
    "close": _told("close"),
    "withdraw": _told("withdraw", who=BOSS),
    "erase": LivedDesk.erase,
}
OF_A_CITIZEN = frozenset({"add", "rate", "reopen", "erase"})
"""Not for what was erased: nobody knows any more whose it was."""

Weights = tuple[tuple[str, int], ...]
START: Weights = (("route", 10), ("elsewhere", 1), ("merge", 1), ("sort", 1))
WORK: Weights = (
    *(("draft", 8), ("ask", 2), ("elsewhere", 1), ("extend", 1), ("give_back", 1), ("route", 1)),
    *(("merge", 1), ("sort", 1), ("help", 1), ("add", 1), ("nothing", 3)),
)
READ: Weights = (("review", 8), ("send_back", 2), ("add", 1), ("give_back", 1), ("nothing", 3))
AFTER: Weights = (
    *(("rate", 5), ("reopen", 1), ("again", 1), ("close", 3), ("withdraw", 1), ("erase", 1)),
    *(("sort", 1), ("nothing", 1)),
)
DEEDS: Mapping[State, Weights] = {
    State.RECEIVED: START,
    State.RETURNED: START,
    State.ROUTED: (("accept", 8), ("give_back", 2), ("route", 1), ("merge", 1), ("nothing", 3)),
    State.ACCEPTED: WORK,
    State.DRAFTED: READ,
    State.REVIEWED: READ,
    State.WAITING: (("add", 3), ("resume", 1), ("nothing", 4)),
    State.MERGED: (("nothing", 8), ("split", 1), ("add", 1)),
    State.REPLIED: AFTER,
    State.OUT_OF_SCOPE: AFTER,
    State.CLOSED: (("rate", 2), ("reopen", 1), ("again", 1), ("erase", 1), ("nothing", 2)),
}
