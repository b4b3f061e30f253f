"""The one place that joins everything: from settings to a running service."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import aiohttp

from bot.clock import utc_now
from bot.comments.room import CommentRoom
from bot.config import Settings
from bot.config_account import AccountSettings
from bot.directory import Directory
from bot.encoders import open_encoder, open_reranker
from bot.index import IndexKeeper
from bot.libraries import Libraries
from bot.reminding import Sender, carriers_of
from bot.reminding.choose import hours_of, robots_of
from bot.ways import Ways, join_ways, pages_of
from bot.wechat_api import WeChatApi
from bot.workshop import Workshop, join_workshop
from cases.desk import Desk
from cases.routing import Router
from cases.rules import Rules, load_rules
from cases.supervision.watch import Watch
from cases.work_calendar import WorkCalendar
from console.knowledge.text_safety import must_go
from handlers import texts
from handlers.answering import Answering
from handlers.at_once import AtOnce, KnownAnswers, KnownDepartments, NoNumbers
from handlers.comments.filing import Filer
from handlers.escalate import Escalation
from handlers.inbox import Intake
from handlers.obeying import Obedience
from handlers.ports import CaseNumbers, Departments, Knowledge
from handlers.reception import Reception
from knowledge_base.calibration import load_model
from knowledge_base.curation import Curator
from knowledge_base.ports import Encoder, Reranker
from knowledge_base.reranking import Reranking
from knowledge_base.search import KnowledgeBase
from storage import Storage, open_storage

Clock = Callable[[], datetime]
PageOf = Callable[[str], str]


@dataclass(frozen=True, kw_only=True)
class Service:
    """All parts of a desk, joined; `running` opens and closes them."""

    settings: Settings
    clock: Clock
    storage: Storage
    knowledge: KnowledgeBase
    encoder_name: str
    index: IndexKeeper
    calendar: WorkCalendar
    desk: Desk
    curator: Curator
    workshop: Workshop
    libraries: Libraries
    directory: Directory
    intake: Intake
    watch: Watch
    sender: Sender
    ways: Ways
    comments: CommentRoom
    secret: bytes


@asynccontextmanager
async def running(
    settings: Settings, *, clock: Clock = utc_now, recover: bool = True
) -> AsyncIterator[Service]:
    """A desk with its database open and its table of departments loaded; the index loads later.

    Without `recover` it works beside a running service, whose claims it leaves alone; with it,
    a SQLite file that another service has is left alone: `AlreadyServed`.
    """
    async with AsyncExitStack() as stack:
        storage = await open_storage(settings.database_url)
        stack.push_async_callback(storage.close)
        if recover:
            storage.serve_alone()
        await storage.migrate()
        if recover:
            await _recover(settings, storage, clock)
        chosen = settings.encoder
        encoder = open_encoder(chosen.kind, chosen.model, chosen.url, chosen.api_key)
        reranker = open_reranker(settings.reranker.model)
        open_kb = partial(_knowledge, settings, storage, encoder, reranker)
        knowledge = open_kb()
        stack.push_async_callback(knowledge.close)
        session = await stack.enter_async_context(aiohttp.ClientSession())
        service = await _join(settings, clock, storage, knowledge, encoder, open_kb, session)
        stack.push_async_callback(service.index.close)
        stack.push_async_callback(service.workshop.learning.close)
        yield service
        await service.intake.drain()


async def _recover(settings: Settings, storage: Storage, clock: Clock) -> None:
    """After a crash: interrupted pushes are never repeated, and nobody holds a claim any more.

    Claims are ended only where no other worker can be alive, which is SQLite.
    """
    await storage.release_interrupted(now=clock())
    if settings.database_url.startswith("sqlite:"):
        await storage.release_claims(now=clock())


def _knowledge(
    settings: Settings, storage: Storage, encoder: Encoder | None, reranker: Reranker | None
) -> KnowledgeBase:
    """An empty knowledge base; those of a desk share their encoder and reranker."""
    answering = settings.answering
    model = load_model(Path(answering.model) if answering.model else None)
    return KnowledgeBase(
        encoder,
        storage,
        model.under(answering.wrong_answer_bound),
        answering.region,
        answering.encoding_budget,
        Reranking(reranker, budget=settings.reranker.budget) if reranker else None,
    )


async def _join(
    settings: Settings,
    clock: Clock,
    storage: Storage,
    knowledge: KnowledgeBase,
    encoder: Encoder | None,
    open_kb: Callable[[], KnowledgeBase],
    session: aiohttp.ClientSession,
) -> Service:
    calendar, rules = WorkCalendar(await storage.notices()), _rules(settings)
    desk = Desk(storage, calendar, rules, texts.cases.Letters())
    directory = await _directory(storage, encoder)
    apis = _apis(settings, storage, session)
    secret, index = await storage.secret(), IndexKeeper(storage, knowledge)
    curator = Curator(storage, must_go)
    return Service(
        settings=settings,
        clock=clock,
        storage=storage,
        knowledge=knowledge,
        encoder_name=encoder.name if encoder else "",
        index=index,
        calendar=calendar,
        desk=desk,
        curator=curator,
        libraries=Libraries(settings.libraries, storage, curator, session, clock),
        workshop=join_workshop(storage, knowledge, encoder, index, open_kb),
        directory=directory,
        intake=_intake(settings, storage, knowledge, desk, directory, apis, secret, clock),
        watch=_watch(settings, storage, calendar, rules),
        sender=_sender(settings, storage, calendar, session, clock),
        ways=join_ways(settings, storage, apis, session, secret, clock),
        comments=CommentRoom.of(storage, Filer(knowledge, directory, desk), apis, clock),
        secret=secret,
    )


async def _directory(storage: Storage, encoder: Encoder | None) -> Directory:
    """The departments and offices as they are now."""
    directory = Directory(Router(encoder))
    await directory.load(await storage.departments())
    directory.know(await storage.offices())
    return directory


def _rules(settings: Settings) -> Rules:
    return load_rules(
        cut_off=settings.cases.cut_off,
        second_review=settings.cases.second_review,
        undo=timedelta(seconds=settings.cases.undo_seconds),
    )


def _watch(settings: Settings, storage: Storage, calendar: WorkCalendar, rules: Rules) -> Watch:
    return Watch(
        store=storage,
        calendar=calendar,
        rules=rules,
        hours=hours_of(settings.reminders),
        robots=robots_of(settings.reminders),
        mails=bool(settings.reminders.email.host),
    )


def _sender(
    settings: Settings,
    storage: Storage,
    calendar: WorkCalendar,
    session: aiohttp.ClientSession,
    clock: Clock,
) -> Sender:
    return Sender(
        store=storage,
        carriers=carriers_of(settings.reminders, session, clock),
        clock=clock,
        public_url=settings.public_url,
        calendar=calendar,
        hours=hours_of(settings.reminders),
    )


def _intake(
    settings: Settings,
    storage: Storage,
    knowledge: KnowledgeBase,
    desk: Desk,
    directory: Directory,
    apis: Mapping[str, WeChatApi],
    secret: bytes,
    clock: Clock,
) -> Intake:
    page_of = pages_of(settings, secret)
    return Intake(
        storage,
        _reception(settings, knowledge, desk, storage, directory, page_of),
        at_once=_at_once(settings, knowledge, desk, directory, page_of),
        clock=clock,
        pushable=frozenset(apis),
        reply_within=settings.gateway.reply_within,
    )


def _reception(
    settings: Settings,
    knowledge: Knowledge,
    desk: Desk,
    numbers: CaseNumbers,
    directory: Departments,
    page_of: PageOf,
) -> Reception:
    silent = frozenset(name for name, each in settings.accounts.items() if not _pushes(each))
    escalation = Escalation(desk, numbers, directory, silent=silent)
    answering = Answering(
        knowledge,
        directory,
        escalation,
        choices_last=timedelta(minutes=settings.answering.choices_minutes),
    )
    obedience = Obedience(answering, escalation, page_of=page_of)
    return Reception(answering, obedience, escalation)


def _at_once(
    settings: Settings,
    knowledge: KnowledgeBase,
    desk: Desk,
    directory: Departments,
    page_of: PageOf,
) -> AtOnce:
    """The same path over what is known without waiting."""
    known, departments = KnownAnswers(knowledge), KnownDepartments(directory)
    return AtOnce(_reception(settings, known, desk, NoNumbers(), departments, page_of))


def _apis(
    settings: Settings, storage: Storage, session: aiohttp.ClientSession
) -> Mapping[str, WeChatApi]:
    """Only verified accounts may push; the others deliver with the citizen's next message."""
    return {
        name: WeChatApi(name, account, session, storage, asyncio.Lock())
        for name, account in settings.accounts.items()
        if _pushes(account)
    }


def _pushes(account: AccountSettings) -> bool:
    return account.verified and bool(account.secret)
