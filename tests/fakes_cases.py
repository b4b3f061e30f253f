"""An in-memory fit for the ports of cases, with the same compare-and-set as storage."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from cases.case import (
    AlreadyLeft,
    Case,
    Change,
    ChangedMeanwhile,
    Delivery,
    Event,
    Release,
    State,
    UnknownCase,
)
from cases.department import Department
from cases.people import Person
from cases.ports import CaseFilter, CaseTally, Leaving, Line, When, Whose
from cases.steps import may_see


@dataclass
class FakeCaseStore:
    """Keeps cases, their events and their deliveries in dictionaries."""

    known: list[Department] = field(default_factory=list)
    kept: dict[str, Case] = field(default_factory=dict)
    log: dict[str, list[Event]] = field(default_factory=dict)
    sent: dict[str, Delivery] = field(default_factory=dict)
    left: set[str] = field(default_factory=set)
    numbers: dict[date, int] = field(default_factory=dict)

    async def next_case_number(self, day: date) -> str:
        self.numbers[day] = self.numbers.get(day, 0) + 1
        return f"HY{day:%Y%m%d}-{self.numbers[day]:04d}"

    async def write_change(self, change: Change) -> Case:
        number, version = change.case.number, change.event.version
        stored = self.kept.get(number)
        if (stored.version if stored else 0) != version - 1:
            last = self.log[number][-1]
            raise ChangedMeanwhile(number, last.actor, last.at)
        if change.takes_back is not None:
            if change.takes_back.key in self.left:
                raise AlreadyLeft(change.takes_back.key)
            del self.sent[change.takes_back.key]
        self.kept[number] = change.case
        self.log.setdefault(number, []).append(change.event)
        if change.delivery is not None:
            assert change.delivery.key not in self.sent
            self.sent[change.delivery.key] = change.delivery
        return change.case

    async def write_changes(self, changes: Sequence[Change]) -> list[Case]:
        logs = {number: list(log) for number, log in self.log.items()}
        before = dict(self.kept), logs, dict(self.sent)
        try:
            return [await self.write_change(change) for change in changes]
        except (AlreadyLeft, ChangedMeanwhile):
            self.kept, self.log, self.sent = before
            raise

    async def merged_into(self, lead: str) -> list[Case]:
        return [case for case in self.kept.values() if case.lead == lead and case.state == "merged"]

    async def answered_with(self, lead: str) -> list[Case]:
        ended = {State.REPLIED, State.OUT_OF_SCOPE, State.CLOSED}
        return [case for case in self.kept.values() if case.lead == lead and case.state in ended]

    async def leaving(self, number: str, release: Release, *, now: datetime) -> Leaving | None:
        sent = self.sent.get(release.key)
        if sent is None or release.key in self.left:
            return None
        return Leaving(leaves_at=sent.leaves_at or sent.created_at)

    async def shown(self, number: str, *, now: datetime) -> Case:
        self.left |= {key for key, sent in self.sent.items() if sent.case == number}
        return await self.case(number)

    async def case(self, number: str, *, viewer: Person | None = None) -> Case:
        found = self.kept.get(number)
        if found is None or (viewer is not None and not may_see(viewer, found)):
            raise UnknownCase(number)
        return found

    async def cases(self, only: CaseFilter, *, viewer: Person) -> list[Case]:
        never = datetime.max.replace(tzinfo=UTC)
        rows = [
            case
            for case in self.kept.values()
            if may_see(viewer, case)
            and (not only.states or case.state in only.states)
            and (not only.department or case.department == only.department)
            and only.text in case.text
            and (only.due_before is None or case.due_at < only.due_before)
        ]
        rows.sort(key=lambda case: (not case.is_open, case.due_at if case.is_open else never))
        return rows[only.offset : only.offset + only.limit]

    async def count_cases(self, only: CaseFilter, *, viewer: Person) -> int:
        return len(await self.cases(only, viewer=viewer))

    async def tally_cases(
        self,
        only: CaseFilter,
        *,
        viewer: Person,
        now: datetime,
        tonight: datetime,
        most: int | None = None,
    ) -> CaseTally:
        found = await self.cases(only, viewer=viewer)

        def when(case: Case) -> When:
            late = When.LATE if case.due_at <= now else When.TODAY
            return late if case.due_at <= tonight else When.LATER

        def whose(case: Case) -> Whose:
            taken = Whose.OWN if case.officer == viewer.name else Whose.OTHERS
            return taken if case.officer else Whose.NOBODYS

        counted = Counter((case.state, when(case), whose(case), bool(case.asks)) for case in found)
        return CaseTally(by=counted)

    async def suggested(
        self, numbers: Sequence[str], *, least: float, viewer: Person
    ) -> dict[str, str]:
        return {}

    async def topics(self, *, viewer: Person) -> list[str]:
        found = await self.cases(CaseFilter(limit=10_000), viewer=viewer)
        return sorted({case.topic for case in found} - {""})

    async def events(self, number: str, *, viewer: Person | None = None) -> list[Event]:
        await self.case(number, viewer=viewer)
        return list(self.log[number])

    async def conversation(self, number: str, *, viewer: Person) -> list[Line]:
        case = await self.case(number, viewer=viewer)
        return [Line(at=case.received_at, speaker="citizen", text=case.text)]

    async def departments(self) -> list[Department]:
        return list(self.known)

    async def save_departments(self, departments: Sequence[Department]) -> None:
        names = {department.name for department in departments}
        self.known = [d for d in self.known if d.name not in names] + list(departments)
