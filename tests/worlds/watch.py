"""A desk with a watch for the tests of supervision: real storage, people, a clock of its own."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cases.case import Case, Kind
from cases.department import Department, Routing
from cases.desk import Desk
from cases.people import Account, Person, Role
from cases.rules import load_rules
from cases.supervision.alarm import AlarmKind, NewAlarm
from cases.supervision.audience import Robot
from cases.supervision.reminder import Reminder
from cases.supervision.watch import Watch
from cases.wording import text_hash
from cases.work_calendar import CHINA_TIME, WorkCalendar
from storage import Storage

SCHOOLS, POLICE = "教育局", "公安局"
MONDAY = datetime(2026, 9, 7, 10, 0, tzinfo=CHINA_TIME)  # five workdays on: Monday the 14th
PEOPLE = {
    person.name: person
    for person in (
        Person(name="officer", role=Role.OFFICER, department=SCHOOLS),
        Person(name="colleague", role=Role.OFFICER, department=SCHOOLS),
        Person(name="reviewer", role=Role.REVIEWER, department=SCHOOLS),
        Person(name="officer2", role=Role.OFFICER, department=POLICE),
        Person(name="dispatcher", role=Role.DISPATCHER),
        Person(name="supervisor", role=Role.SUPERVISOR),
        Person(name="administrator", role=Role.ADMINISTRATOR),
    )
}


def china(month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    """A moment of 2026 in China."""
    return datetime(2026, month, day, hour, minute, tzinfo=CHINA_TIME)


def violation(number: int, department: str = SCHOOLS, *, at: datetime = MONDAY) -> NewAlarm:
    """What a supervisor notices of a department; each has its own number."""
    return NewAlarm(
        key=f"violation/{department}/{number}",
        department=department,
        kind=AlarmKind.VIOLATION,
        case="",
        at=at,
        noticed_at=at,
        noticed_by="supervisor",
        reason="答非所问",
    )


GROUPS = (Robot(name="all"), Robot(name="schools", department=SCHOOLS))


@dataclass
class Office:
    """A desk that is watched."""

    storage: Storage
    robots: Sequence[Robot] = ()
    calendar: WorkCalendar = field(default_factory=WorkCalendar)
    now: datetime = MONDAY
    second_review: Sequence[Kind] = ()

    def __post_init__(self) -> None:
        rules = load_rules(second_review=self.second_review)
        self.desk = Desk(self.storage, self.calendar, rules)
        self.watch = Watch(
            store=self.storage, calendar=self.calendar, rules=rules, robots=self.robots
        )

    async def staffed(self) -> "Office":
        await self.storage.save_departments([Department(name=SCHOOLS), Department(name=POLICE)])
        for person in PEOPLE.values():
            await self.storage.save_account(Account(person=person, password_hash="x"))
        return self

    async def opened(self, department: str = SCHOOLS, kind: Kind = Kind.QUESTION) -> Case:
        """A case that arrives now; routed when a department is given."""
        change = self.desk.prepare_opening(
            number=await self.storage.next_case_number(self.now.date()),
            account="main",
            citizen="o1",
            kind=kind,
            text="张三的孩子上学",
            received_at=self.now,
            suggestion=Routing(department=department, confidence=0.9) if department else None,
        )
        return await self.storage.write_change(change)

    async def accepted(self, name: str = "officer") -> Case:
        case = await self.opened()
        return await self.desk.accept(
            case.number, version=case.version, actor=PEOPLE[name], now=self.now
        )

    async def answered(self, case: Case) -> Case:
        """Drafted and approved now."""
        officer, reviewer = PEOPLE["officer"], PEOPLE["reviewer"]
        if case.state == "routed":
            case = await self.desk.accept(
                case.number, version=case.version, actor=officer, now=self.now
            )
        case = await self.desk.draft(
            case.number, "请到学校报名。", version=case.version, actor=officer, now=self.now
        )
        return await self.desk.review(
            case.number,
            version=case.version,
            draft_hash=text_hash(case.draft),
            actor=reviewer,
            now=self.now,
        )

    async def look(self, now: datetime | None = None) -> None:
        """One round of the watch."""
        self.now = now or self.now
        await self.watch.round(self.now)

    async def told(self, name: str, kind: str = "") -> list[Reminder]:
        """What a person was told, newest first."""
        found = await self.storage.reminders_of(name, limit=100)
        return [each for each in found if kind in {"", each.message.kind}]

    async def titles(self, name: str, kind: str = "") -> list[str]:
        return [each.message.title for each in await self.told(name, kind)]

    def wait(self, **step: float) -> datetime:
        self.now += timedelta(**step)
        return self.now
