"""Everything the console is given; `bot/app.py` builds it, nothing here connects to anything."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from aiohttp import web

from cases.department import Routing
from cases.desk import Desk
from cases.papers import PaperStore
from cases.people import Account, Role
from cases.ports import CaseStore, DepartmentStore, Letters, NoticeStore
from cases.privacy import Retention
from cases.reports.ports import ReportStore
from cases.rules import Rules
from cases.supervision.ports import SupervisionStore
from cases.supervision.watch import Watch
from cases.work_calendar import WorkCalendar
from console.dashboards.machine import Machine
from console.knowledge.curating import Curating
from console.people.passwords import Passwords
from console.ports import (
    AnswerStore,
    AuditStore,
    CitizenStore,
    FigureStore,
    PeopleStore,
    PrivacyStore,
    Session,
)
from console.ways.channels import Channels
from console.ways.commenting import Commenting
from knowledge_base.curation import Curator
from knowledge_base.outcome import Finding
from knowledge_base.ports import EntryStore

Suggest = Callable[[str], Awaitable[Routing]]
Search = Callable[[str], Awaitable[Finding]]


@dataclass(frozen=True, kw_only=True)
class KnowledgeStatus:
    """How the knowledge base runs: `encoder` is "" when it searches by words alone."""

    encoder: str = ""
    entries: int = 0
    degraded: bool = False
    reason: str = ""


async def unknown_machine() -> Machine:
    """Where no process keeps the desk up."""
    return Machine()


@dataclass(frozen=True, kw_only=True)
class Deps:
    """What the console works with.

    `letters` are the desk's own (for the preview); `suggest` asks the router where a text
    belongs; `search` asks the knowledge base; `status` tells how it runs; `secret` signs the
    sign-in form and the citizens' progress links (keep it across restarts); `secure_cookies` is
    true when `public_url` is https; `place` is the county's name as the public pages show it;
    `accounts` are the official accounts by key, as staff call them; `totp_required` are the roles
    that cannot work without an authenticator; `machine` tells how this process runs.
    """

    channels: Channels
    comments: Commenting
    people: PeopleStore
    audit: AuditStore
    privacy: PrivacyStore
    reports: ReportStore
    answers: AnswerStore
    cases: CaseStore
    papers: PaperStore
    departments: DepartmentStore
    entries: EntryStore
    citizens: CitizenStore
    figures: FigureStore
    supervision: SupervisionStore
    notices: NoticeStore
    watch: Watch
    rules: Rules
    desk: Desk
    curator: Curator
    letters: Letters
    suggest: Suggest
    calendar: WorkCalendar
    search: Search
    status: Callable[[], KnowledgeStatus]
    curating: Curating
    clock: Callable[[], datetime]
    passwords: Passwords
    secret: bytes
    secure_cookies: bool
    public_url: str
    place: str = ""
    retention: Retention = field(default_factory=Retention)
    totp_required: frozenset[Role] = frozenset()
    accounts: Mapping[str, str] = field(default_factory=dict)
    machine: Callable[[], Awaitable[Machine]] = unknown_machine

    def needs_totp(self, account: Account) -> bool:
        """Whether somebody has to set an authenticator up before anything else."""
        return not account.totp_secret and account.person.role in self.totp_required


DEPS: Final = web.AppKey("console_deps", Deps)
SESSION: Final = web.RequestKey("console_session", Session)
COOKIE: Final = "huiying_session"


async def record(box: Deps, actor: str, action: str, **details: str) -> None:
    """One line of the audit log, written before what it tells of is shown; nothing personal."""
    await box.audit.log(actor, action, details, box.clock())


def deps(request: web.Request) -> Deps:
    """The console's dependencies, wherever the request is handled."""
    return request.config_dict[DEPS]
