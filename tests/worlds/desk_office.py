"""A desk over a fake store for the tests of its steps: two departments, their people, a clock."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from cases.case import (
    Case,
    Kind,
)
from cases.department import Department, Routing
from cases.desk import Desk
from cases.people import Person, Role
from cases.rules import Rules, load_rules
from cases.wording import text_hash
from cases.work_calendar import CHINA_TIME, WorkCalendar
from tests.fakes_cases import FakeCaseStore

NOW = datetime(2026, 9, 18, 10, 0, tzinfo=CHINA_TIME)
WANG = Person(name="王工", role=Role.OFFICER, department="住建局")
ZHAO = Person(name="赵审", role=Role.REVIEWER, department="住建局")
OTHER = Person(name="李医", role=Role.OFFICER, department="卫健局")
CHEN = Person(name="陈派", role=Role.DISPATCHER)
BOSS = Person(name="周督", role=Role.SUPERVISOR)
SURE = Routing(department="住建局", confidence=0.9, ranking=("住建局", "卫健局"))


@dataclass
class Office:
    """A desk over a fake store, with a clock that moves by hand."""

    rules: Rules = field(default_factory=load_rules)
    calendar: WorkCalendar = field(default_factory=WorkCalendar)
    store: FakeCaseStore = field(default_factory=FakeCaseStore)
    now: datetime = NOW

    def __post_init__(self) -> None:
        self.store.known = [Department(name="住建局"), Department(name="卫健局")]
        self.desk = Desk(self.store, self.calendar, self.rules)

    async def open(self, routing: Routing | None = SURE, kind: Kind = Kind.QUESTION) -> Case:
        number = await self.store.next_case_number(self.now.date())
        change = self.desk.prepare_opening(
            number=number,
            account="main",
            citizen="o1",
            kind=kind,
            text="小区漏水",
            received_at=self.now,
            suggestion=routing,
        )
        return await self.store.write_change(change)

    async def do(
        self, case: Case, step: Callable[..., Any], who: Person, *args: Any, **more: Any
    ) -> Case:
        done = await step(case.number, *args, version=case.version, actor=who, now=self.now, **more)
        assert isinstance(done, Case)
        return done

    async def accepted(self, kind: Kind = Kind.QUESTION) -> Case:
        return await self.do(await self.open(kind=kind), self.desk.accept, WANG)

    async def drafted(self, text: str = "已安排维修。", kind: Kind = Kind.QUESTION) -> Case:
        return await self.do(await self.accepted(kind), self.desk.draft, WANG, text)

    async def review(self, case: Case, who: Person = ZHAO, text: str | None = None) -> Case:
        read = text_hash(case.draft if text is None else text)
        return await self.desk.review(
            case.number, version=case.version, draft_hash=read, actor=who, now=self.now
        )

    async def replied(self) -> Case:
        return await self.review(await self.drafted())

    async def rated(self, case: Case, score: int) -> Case:
        return await self.store.write_change(
            self.desk.prepare_rating(case, rating=score, now=self.now)
        )

    def later(self, **delta: float) -> None:
        self.now += timedelta(**delta)
