"""Lists of comments and of the articles they stand under."""

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from aiohttp import web

from cases.people import OWN_DEPARTMENT_ONLY, Person
from console.deps import SESSION, Deps, deps
from console.pages import page
from console.ways import comment_words as words
from console.ways.channel_words import OF_SETTINGS, what_to_fix
from handlers.comments.comment import Comment, Shelf
from handlers.comments.moderation import OrderState
from handlers.comments.ports import CommentFilter, Sending
from handlers.comments.schedule import SOON
from handlers.comments.troubles import trouble_of

PAGE_SIZE: Final = 30
FURTHEST: Final = 200
MOST: Final = 999
ORDERS: Final = 200
LATE: Final = SOON * 30
"""What waits longer than this is told of."""


@dataclass(frozen=True, kw_only=True)
class Tab:
    """A kept question to the list: a shelf, or orders in some states."""

    key: str
    title: str
    shelf: Shelf | None = None
    orders: tuple[OrderState, ...] = ()
    everybody: bool = True


TABS: Final = (
    Tab(key="all", title="全部"),
    Tab(key="question", title="咨询", shelf=Shelf.QUESTION),
    Tab(key="matter", title="投诉求助", shelf=Shelf.MATTER),
    Tab(key="other", title="好评和其他", shelf=Shelf.OTHER, everybody=False),
    Tab(key="held", title="疑似违规", shelf=Shelf.HELD, everybody=False),
    Tab(key="harmful", title="已确认违规", shelf=Shelf.HARMFUL, everybody=False),
    Tab(key="review", title="待审核", orders=(OrderState.PROPOSED,)),
    Tab(key="failed", title="没发出去", orders=(OrderState.FAILED,)),
)


def tabs_of(person: Person) -> list[Tab]:
    """Departments see only what became their cases."""
    return [tab for tab in TABS if tab.everybody or person.role not in OWN_DEPARTMENT_ONLY]


async def show(request: web.Request) -> web.Response:
    """The comments that this person may see, newest first."""
    box, person = deps(request), request[SESSION].person
    tabs = tabs_of(person)
    tab = next((each for each in tabs if each.key == request.query.get("tab")), tabs[0])
    text = request.query.get("q", "").strip()[:100]
    number = _page_number(request.query.get("page", ""))
    orders = await _orders(box, tabs, person)
    found = [] if tab.orders else await _comments(box, tab, text, number, person)
    return await page(
        request,
        "ways/comments.html",
        tabs=[(each, await _tally(box, each, orders, person)) for each in tabs],
        tab=tab,
        text=text,
        number=number,
        more=len(found) > PAGE_SIZE,
        rows=found[:PAGE_SIZE],
        orders=orders.get(tab.key, []),
        everywhere=person.role not in OWN_DEPARTMENT_ONLY,
        address=lambda **changed: _address(tab, text, changed),
        **await waiting(box, person),
        **phrases(),
    )


def phrases() -> dict[str, Any]:
    """The words of comments, for the templates."""
    return {
        "standing": words.standing,
        "shelf_words": words.shelf_words,
        "step_words": words.STEPS,
        "state_words": words.STATES,
        "trouble_of": trouble_of,
    }


async def waiting(box: Deps, person: Person) -> dict[str, Any]:
    """What is late and what the platform refuses, for those who watch over all of it."""
    if person.role in OWN_DEPARTMENT_ONLY:
        return {"late": [], "refused": []}
    now = box.clock()
    backlog = await box.comments.store.comment_backlog(now=now)
    waits = (
        ("篇文章到时间还没有看新留言", backlog.due, backlog.due_since),
        ("条留言已取回、还没有归类", backlog.unfiled, backlog.unfiled_since),
        ("步审核通过的操作还没有发到微信", backlog.unsent, backlog.unsent_since),
    )
    return {
        "late": [
            f"{amount} {what}，最久的等了 {words.lasted(since, now)}"
            for what, amount, since in waits
            if since is not None and now - since >= LATE
        ],
        "refused": await _refused(box),
    }


async def _refused(box: Deps) -> list[tuple[str, str, str]]:
    """Account, what the platform refused, and what to do: with the address where it is one."""
    polls = await box.comments.store.comment_troubles()
    known = {
        (each.account, each.errcode): what_to_fix(each)
        for each in (await box.channels.store.troubles() if polls else ())
        if each.errcode in OF_SETTINGS
    }
    found = []
    for poll in polls:
        trouble = trouble_of(poll.code)
        advice = known.get((poll.account, poll.code), trouble.advice)
        found.append((box.accounts.get(poll.account, poll.account), trouble.what, advice))
    return found


async def _comments(box: Deps, tab: Tab, text: str, number: int, person: Person) -> list[Comment]:
    """One more than a page, to know whether another follows."""
    only = CommentFilter(
        shelf=tab.shelf, text=text, limit=PAGE_SIZE + 1, offset=(number - 1) * PAGE_SIZE
    )
    return await box.comments.store.comments(only, viewer=person)


async def _orders(box: Deps, tabs: list[Tab], person: Person) -> dict[str, list[Sending]]:
    store = box.comments.store
    return {
        tab.key: await store.orders_in(tab.orders, viewer=person, limit=ORDERS)
        for tab in tabs
        if tab.orders
    }


async def _tally(box: Deps, tab: Tab, orders: dict[str, list[Sending]], person: Person) -> str:
    """How many stand behind a tab that asks for somebody's work; "" for the others."""
    if tab.orders:
        return str(len(orders[tab.key]))
    if tab.shelf not in {Shelf.HELD, Shelf.QUESTION, Shelf.MATTER}:
        return ""
    found = await box.comments.store.comment_tally(tab.shelf, viewer=person, most=MOST + 1)
    return f"{MOST}+" if found > MOST else str(found)


def _address(tab: Tab, text: str, changed: dict[str, Any]) -> str:
    asked = {"tab": tab.key, "q": text} | changed
    return "?" + urlencode({name: value for name, value in asked.items() if value})


async def show_articles(request: web.Request) -> web.Response:
    """All known articles, newest first."""
    box = deps(request)
    number = _page_number(request.query.get("page", ""))
    found = await box.comments.store.articles(limit=PAGE_SIZE + 1, offset=(number - 1) * PAGE_SIZE)
    return await page(
        request,
        "ways/articles.html",
        rows=found[:PAGE_SIZE],
        more=len(found) > PAGE_SIZE,
        number=number,
        called_account=lambda name: box.accounts.get(name, name),
        **phrases(),
    )


async def show_article(request: web.Request) -> web.Response:
    """One article with its comments and how each of them stands."""
    box, person = deps(request), request[SESSION].person
    article = await box.comments.store.article(row_number(request, "article"))
    if article is None:
        raise web.HTTPNotFound
    number = _page_number(request.query.get("page", ""))
    only = CommentFilter(article=article.id, limit=PAGE_SIZE + 1, offset=(number - 1) * PAGE_SIZE)
    found = await box.comments.store.comments(only, viewer=person)
    return await page(
        request,
        "ways/article.html",
        article=article,
        rows=found[:PAGE_SIZE],
        more=len(found) > PAGE_SIZE,
        number=number,
        everywhere=person.role not in OWN_DEPARTMENT_ONLY,
        called_account=lambda name: box.accounts.get(name, name),
        **phrases(),
    )


def row_number(request: web.Request, name: str) -> int:
    """The number in an address; 404 for what is none."""
    given = request.match_info[name]
    if not (given.isascii() and given.isdecimal() and len(given) < 16):
        raise web.HTTPNotFound
    return int(given)


def _page_number(given: str) -> int:
    return min(max(int(given), 1), FURTHEST) if given.isdecimal() and len(given) < 7 else 1
