"""What the desk answers over HTTP: WeChat, the console, the public pages, its own health."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aiohttp import web

from bot.app import Service
from bot.chores import chores_of
from bot.codec import Codec
from bot.config import Settings
from bot.config_account import titles_of
from bot.health import Health
from bot.logs import with_request_id, without_traceback
from bot.machine import machine_of
from bot.upkeep import Upkeep
from bot.ways import channels_of
from bot.webhook import Gateway
from console import Deps, create_console, create_public
from console.dashboards.machine import Machine
from console.deps import KnowledgeStatus
from console.people.passwords import Passwords
from console.stores import kept_in
from console.ways.commenting import Commenting
from console.words import by_words_alone
from handlers import texts

if TYPE_CHECKING:  # a desk without the simulator does not load it
    from simulator import Platform


def web_app(service: Service, *, simulator: "Platform | None" = None) -> web.Application:
    """Everything the service answers over HTTP."""
    settings = service.settings
    app = web.Application(middlewares=[with_request_id, without_traceback])
    codecs = {
        name: Codec(name, account, stale_after=settings.gateway.stale_after)
        for name, account in settings.accounts.items()
    }
    app.add_routes(Gateway(codecs, service.intake, service.clock).routes())
    health = Health(service.index.readiness, metrics_for_all=settings.metrics.allow_remote)
    app.add_routes([web.get("/", to_public), *health.routes()])
    upkeep = Upkeep(chores_of(service), clock=service.clock)
    machine = partial(machine_of, settings.database_url, upkeep)
    deps = _console_deps(service, machine)
    app.add_subapp("/console", create_console(deps))
    app.add_subapp("/public", create_public(deps))
    if simulator is not None:
        from simulator import create_app

        app.add_subapp("/simulator", create_app(simulator))

    async def keep_up(_: web.Application) -> AsyncIterator[None]:
        upkeep.start()
        yield
        await upkeep.stop()

    app.cleanup_ctx.append(keep_up)
    return app


async def to_public(request: web.Request) -> web.Response:
    """The bare address, as a person types it: what everybody may see."""
    raise web.HTTPFound("/public/")


def _console_deps(service: Service, machine: Callable[[], Awaitable[Machine]]) -> Deps:
    settings, storage = service.settings, service.storage
    return Deps(
        **kept_in(storage),
        channels=channels_of(settings, storage, service.ways),
        comments=Commenting(
            store=storage,
            filer=service.comments.filer,
            undo=timedelta(seconds=settings.comments.undo_seconds),
        ),
        watch=service.watch,
        rules=service.watch.rules,
        desk=service.desk,
        curator=service.curator,
        letters=texts.cases.Letters(),
        suggest=service.directory.route,
        calendar=service.calendar,
        search=service.index.search,
        status=partial(_status, service),
        curating=service.workshop.curating(),
        clock=service.clock,
        passwords=Passwords(),
        secret=service.secret,
        secure_cookies=urlsplit(settings.public_url).scheme == "https",
        public_url=settings.public_url,
        place=settings.answering.region.rpartition("/")[2],
        retention=settings.retention.periods(),
        totp_required=frozenset(settings.console.totp_required),
        accounts=titles_of(settings.accounts),
        machine=machine,
    )


def _status(service: Service) -> KnowledgeStatus:
    kind, reason = service.settings.encoder.kind, service.knowledge.degraded
    return KnowledgeStatus(
        encoder="" if kind == "none" else kind,
        entries=len(service.knowledge.index),
        degraded=bool(reason),
        reason=by_words_alone(reason),
    )


def simulated(settings: Settings, *, title: str) -> "Platform":
    """WeChat's side for the same accounts, on the same server."""
    from simulator import Account, Platform

    base = settings.public_url.rstrip("/")
    accounts = [
        Account(
            name=name,
            appid=account.appid,
            secret=account.secret,
            token=account.token,
            aes_key=account.aes_key,
            mode=account.mode,
            kind=account.kind,
            verified=account.verified,
            webhook=f"{base}/wechat/{name}",
            title=title,
        )
        for name, account in settings.accounts.items()
    ]
    return Platform(accounts, address=f"{base}/simulator/platform")
