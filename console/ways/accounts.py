"""The accounts: what each may do, what WeChat refuses it and what to fix, today's calls."""

from dataclasses import dataclass

from aiohttp import web

from cases.work_calendar import today
from console.deps import SESSION, deps, record
from console.pages import page
from console.ways import channel_words
from console.ways.channels import AccountCard, ChannelRefused
from handlers.channels import CallCount, Trouble
from handlers.outbox import Backlog

DONE = {
    "cleared": "已清零，微信从零开始计数。被暂停的调用马上恢复。",
    "retry": "已让没送到的内容重新排队。",
    "checked": "连得上微信，密钥和白名单都对。没取到的留言会马上再取。",
}


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One account with everything the page says of it."""

    card: AccountCard
    backlog: Backlog
    troubles: list[tuple[Trouble, str, str]]  # with the call's name and what to fix
    calls: list[tuple[CallCount, str]]

    @property
    def used_up(self) -> bool:
        """Whether clearing the quota would help."""
        return any(trouble.blocked_until for trouble, _, _ in self.troubles)


async def show(request: web.Request) -> web.Response:
    """All accounts."""
    return await accounts_page(request)


async def accounts_page(
    request: web.Request, *, fault: str = "", status: int = 200
) -> web.Response:
    """The page, with what WeChat said when something was refused."""
    box = deps(request)
    store = box.channels.store
    backlogs = await store.backlogs()
    troubles, calls = await store.troubles(), await store.calls_of_day(today(box.clock()))
    shown = [
        Shown(
            card=card,
            backlog=backlogs.get(name, Backlog()),
            troubles=[
                (each, channel_words.call(each.path), channel_words.what_to_fix(each))
                for each in troubles
                if each.account == name
            ],
            calls=[(e, channel_words.call(e.path)) for e in calls if e.account == name],
        )
        for name, card in sorted(box.channels.accounts.items())
    ]
    done = DONE.get(request.query.get("done", ""), "") if not fault else ""
    kinds = channel_words.KINDS
    return await page(
        request,
        "ways/accounts.html",
        status=status,
        shown=shown,
        kinds=kinds,
        fault=fault,
        done=done,
    )


async def clear_quota(request: web.Request) -> web.StreamResponse:
    """Lets WeChat count today's calls from zero again."""
    name = _named(request)
    try:
        await deps(request).channels.clear_quota(name)
    except ChannelRefused as refused:
        return await accounts_page(request, fault=f"没有清零：{refused.tell}。", status=409)
    await record(deps(request), request[SESSION].person.name, "clear_quota", account=name)
    raise web.HTTPSeeOther("/console/accounts?done=cleared")


async def check(request: web.Request) -> web.StreamResponse:
    """Asks WeChat something at once, as after a correction; comments wait for nothing then."""
    box, name = deps(request), _named(request)
    try:
        await box.channels.live_menu(name)
    except ChannelRefused as refused:
        return await accounts_page(request, fault=f"微信没有接受：{refused.tell}。", status=409)
    await box.comments.store.reopen_comments(name)
    raise web.HTTPSeeOther("/console/accounts?done=checked")


async def retry(request: web.Request) -> web.StreamResponse:
    """Everything of the account that was given up or put off is tried at once."""
    box = deps(request)
    await box.channels.store.retry_account(
        _named(request), actor=request[SESSION].person.name, now=box.clock()
    )
    raise web.HTTPSeeOther("/console/accounts?done=retry")


def _named(request: web.Request) -> str:
    name = request.match_info["account"]
    if name not in deps(request).channels.accounts:
        raise web.HTTPNotFound
    return name
