"""The list of what is done without being asked, and how often (seconds)."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import TYPE_CHECKING

import structlog

from bot.golden_days import GoldenDays
from bot.keepers import Keepers
from bot.upkeep import Chore
from cases.supervision.windows import Nudges
from handlers.inbox import CLAIM
from knowledge_base.outcome import Finding

if TYPE_CHECKING:
    from bot.app import Service

AT_ONCE = 20
LEARNT_FROM = 5_000  # answered cases, the newest
REPEATS = timedelta(seconds=20)
log = structlog.get_logger(__name__)


def chores_of(service: Service) -> list[Chore]:
    """Everything the loop of a running desk takes care of."""
    return [
        Chore("publish the index", 1.0, service.index.refresh),
        Chore("push deliveries", 0.5, lambda: push(service)),
        Chore("fetch attachments", 1.0, lambda: fetch(service)),
        Chore("check links", 5.0, lambda: service.ways.links.round()),
        Chore("tell of waiting texts", 3.0, lambda: tell(service)),
        Chore("resume messages", 5.0, lambda: resume(service)),
        Chore("withdraw expired entries", 600.0, lambda: withdraw(service)),
        Chore("fetch comments", 30.0, lambda: fetch_comments(service)),
        Chore("publish under comments", 1.0, service.comments.publish),
        Chore("measure comments", 10.0, service.comments.measure),
        Chore("look at policy libraries", 60.0, service.libraries.round),
        # It takes seconds of a core: what came in before the start goes first.
        Chore("gather unmet questions", 1800.0, lambda: gather(service), first_after=60.0),
        Chore("read the departments", 30.0, lambda: read_departments(service)),
        Chore("read the notices", 30.0, lambda: read_notices(service)),
        Chore("tell the log's mark", 3600.0, lambda: tell_mark(service)),
        Chore("erase what was kept long enough", 3600.0, lambda: erase(service)),
        Chore("watch deadlines", 20.0, lambda: service.watch.round(service.clock())),
        Chore("nudge before windows close", 30.0, lambda: nudge(service)),
        Chore("send reminders", 5.0, lambda: send_reminders(service)),
    ]


async def push(service: Service) -> None:
    """Pushes until nothing is due."""
    while await service.ways.postman.round():
        pass


async def nudge(service: Service) -> None:
    """Tells officers of push windows that close before they answered."""
    nudges = Nudges(store=service.storage, watch=service.watch, accounts=tuple(service.ways.apis))
    await nudges.round(service.clock())


async def tell(service: Service) -> None:
    """Sends notices until none is due."""
    while await service.ways.herald.round():
        pass


async def fetch(service: Service) -> None:
    """Fetches what citizens sent until nothing is due."""
    while await service.ways.fetcher.round():
        pass


async def resume(service: Service) -> None:
    """Handles messages whose worker died before it was done with them.

    WeChat repeats a message for 15 s: a repeat gets its reply in the ordinary way, so it comes
    first.
    """
    now = service.clock()
    taken = await service.storage.claim_unsettled(
        now=now - REPEATS, claim_until=now + CLAIM, limit=AT_ONCE
    )
    await asyncio.gather(*(service.intake.resume(each) for each in taken))


async def withdraw(service: Service) -> None:
    """Entries past their last day are no longer given, and their keepers hear of it; curators
    hear of golden questions that find something else because of a day.
    """
    keepers = Keepers(curator=service.curator, store=service.storage, watch=service.watch)

    async def search(text: str, day: date) -> Finding:
        return await service.knowledge.search(text, today=day)

    days = GoldenDays(
        storage=service.storage, keepers=keepers, search=search, refresh=service.index.refresh
    )
    await days.round(service.clock())


async def fetch_comments(service: Service) -> None:
    """Looks at the articles that are due, once comments can be answered from the index."""
    await service.index.loaded.wait()
    await service.comments.fetch()


async def gather(service: Service) -> None:
    """What the knowledge base lacks, ready before a curator opens the page."""
    await service.workshop.learning.matters(now=service.clock(), patience=240.0)


async def erase(service: Service) -> None:
    """Citizens' words whose time is over, batch by batch; without periods they are kept."""
    periods = service.settings.retention.periods()
    while periods.answered_days or periods.cases_days:
        done = await service.storage.erase_old(periods, actor="desk", now=service.clock())
        if not done.amount:
            return


async def tell_mark(service: Service) -> None:
    """How the audit log stands, into the process's own log: who rewrites one leaves the other.

    It covers the steps of cases as well: what is new of them goes into the audit log first.
    """
    while await service.storage.seal_cases(now=service.clock()):
        pass
    log.info("audit_mark", mark=str(await service.storage.audit_mark()))


async def read_departments(service: Service) -> None:
    """The tables as they are now, and what became of earlier messages."""
    answered = await service.storage.answered_matters(limit=LEARNT_FROM)
    await service.directory.load(await service.storage.departments(), answered)
    service.directory.know(await service.storage.offices())


async def read_notices(service: Service) -> None:
    """The calendar as another worker or the command line may have loaded it."""
    service.calendar.load(await service.storage.notices())


async def send_reminders(service: Service) -> None:
    """Sends until nothing is due."""
    while await service.sender.round():
        pass
