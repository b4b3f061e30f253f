"""The chat page and the JSON below it.

For browser tests, these stay stable:

- `#message` the input, `#send` its button, `#log` the chat
- `.bubble.citizen`, `.bubble.account` the bubbles (`.pushed` for pushed ones), `.note` grey lines
- `.bubble button.tap` tappable lines of a reply, `.bubble a.link` links
- `[data-citizen="王阿姨"]` the citizen switcher, `#account` the account switcher
- `#menu button[data-menu="0"]` menu buttons, `#submenu button[data-menu="0.1"]` sub-buttons
- `#more` the "+" button, `#panel [data-kind]` with image, camera, voice, video, shortvideo,
  location, link, scan
- `#follow` follow or leave, `#status` what the head of the chat says
- `#wire` the 报文 panel, `#wire-open` and `#wire-close` on a phone
- `#wire input[name="delivery"]` with values normal, thrice, at-once, late, forged
- `#allowance` the push window, `#pushes li` pushes (`data-errcode`), `#exchanges details` exchanges

- `#tab-wire`, `#tab-readers`, `#tab-platform` the panels; `#readers` and `#platform` below them
- `#article` the article, `#comments li` (`data-number`), `#comment` and `#write` a new comment,
  `#nameless` without a WeChat identity, `#new-article` and `#publish`
- `#fault-path`, `#fault-code`, `#fault-times`, `#fault-plan`, `#fault-clear`; `#limit-path`,
  `#limit-most`, `#limit-set`; `#addresses`, `#addresses-set`; `#calls tr` (`data-path`)

JSON below `api/`: GET citizens · GET log?account&openid&after (204 when nothing is new) ·
POST send {account, openid, kind, text?, menu?, delivery?} · POST tap {account, openid, menu,
delivery?} · POST follow {account, openid, subscribed} · POST picture (multipart `picture`).
These POSTs return {"accepted": bool, "text": the passive reply}. What readers do under articles
and what the platform shall refuse is in `readers` and `controls`.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp_jinja2
import jinja2
from aiohttp import web

from simulator import controls, readers, views
from simulator.api import PLATFORM
from simulator.errors import NotSubscribed, PlatformError
from simulator.exchange import NORMAL, Delivery, Exchange
from simulator.platform import Platform
from simulator.web import HEADERS, answered, posted, posted_form

HERE = Path(__file__).parent
DELIVERIES = {
    "normal": NORMAL,
    "thrice": Delivery(times=3),
    "at-once": Delivery(times=3, concurrently=True),
    "late": Delivery(late_by=timedelta(minutes=15)),
    "forged": Delivery(bad_signature=True),
}
DELIVERY_NAMES = (
    ("normal", "正常"),
    ("thrice", "先后三次"),
    ("at-once", "同时三次"),
    ("late", "迟到 15 分钟"),
    ("forged", "签名错误"),
)
LONGEST_TEXT = 4000
TOO_LARGE = "图片太大了，微信最多发 10 MB"
LEFT = "还没有关注这个公众号，先点“关注”"


@dataclass(frozen=True, kw_only=True)
class Act:
    """What the page asks for: who, at which account, how delivered, and the rest of the body."""

    platform: Platform
    account: str
    openid: str
    delivery: Delivery
    body: dict[str, Any]

    def text(self, name: str) -> str:
        """A string of the body, shortened to what a citizen could type."""
        return str(self.body.get(name, ""))[:LONGEST_TEXT]


def add_page(app: web.Application) -> None:
    """Serve the chat page and its JSON in `app`."""
    aiohttp_jinja2.setup(app, loader=jinja2.FileSystemLoader(HERE / "templates"), autoescape=True)
    app.router.add_get("", to_page)
    app.router.add_get("/", chat)
    app.router.add_static("/static", HERE / "static")
    app.router.add_get("/api/citizens", citizens)
    app.router.add_get("/api/log", log)
    app.router.add_post("/api/send", _acting(send))
    app.router.add_post("/api/tap", _acting(tap))
    app.router.add_post("/api/follow", _acting(follow))
    app.router.add_post("/api/picture", picture)
    readers.add_to(app)
    controls.add_to(app)


async def to_page(request: web.Request) -> web.Response:
    """`/simulator` without its slash."""
    raise web.HTTPFound(f"{request.path}/")


async def chat(request: web.Request) -> web.Response:
    """The page itself."""
    platform = request.app[PLATFORM]
    context = {
        "accounts": list(platform.accounts.values()),
        "citizens": list(platform.citizens.values()),
        "deliveries": DELIVERY_NAMES,
        "calls": controls.CALLS,
        "faults": controls.FAULTS,
    }
    response = aiohttp_jinja2.render_template("chat.html", request, context)
    response.headers.update(HEADERS)
    return response


async def citizens(request: web.Request) -> web.Response:
    """Accounts and citizens by their names."""
    platform = request.app[PLATFORM]
    return answered(
        {
            "accounts": [
                {"name": each.name, "title": each.title, "mode": each.mode, "kind": each.kind}
                for each in platform.accounts.values()
            ],
            "citizens": [
                {"openid": each.openid, "nickname": each.nickname}
                for each in platform.citizens.values()
            ],
        }
    )


async def log(request: web.Request) -> web.Response:
    """One citizen's chat and wire; 204 while `after` is `{boot}.{revision}` of the present."""
    platform = request.app[PLATFORM]
    try:
        follower = platform.follower(request.query["account"], request.query["openid"])
    except KeyError as error:
        raise web.HTTPNotFound from error
    if request.query.get("after") == f"{platform.boot}.{follower.revision}":
        return web.Response(status=204)
    return answered(views.log(platform, follower))


async def send(act: Act) -> Exchange:
    """A message of any kind."""
    who, delivery = (act.account, act.openid), act.delivery
    match act.text("kind"):
        case "text" if act.text("text").strip() and act.text("menu"):
            return await act.platform.tap_line(*who, act.text("text"), act.text("menu"), delivery)
        case "text" if act.text("text").strip():
            return await act.platform.send_text(*who, act.text("text"), delivery)
        case "camera":
            return await act.platform.send_image(*who, delivery=delivery)
        case "voice":
            return await act.platform.send_voice(*who, delivery)
        case "video" | "shortvideo" as kind:
            return await act.platform.send_video(*who, delivery, short=kind == "shortvideo")
        case "location":
            return await act.platform.send_location(*who, delivery)
        case "link":
            return await act.platform.send_link(*who, delivery)
        case "scan":
            return await act.platform.scan(*who, "hall-01", delivery)
        case _:
            raise web.HTTPBadRequest


async def tap(act: Act) -> Exchange:
    """A menu button by its place: `0`, or `0.1` below it."""
    buttons = act.platform.menu(act.account)
    try:
        first, *second = (int(place) for place in act.text("menu").split("."))
        button = buttons[first].buttons[second[0]] if second else buttons[first]
    except (ValueError, IndexError) as error:
        raise web.HTTPBadRequest from error
    return await act.platform.tap(act.account, act.openid, button, act.delivery)


async def follow(act: Act) -> Exchange:
    """Follow the account, or leave it."""
    if act.body.get("subscribed"):
        return await act.platform.subscribe(act.account, act.openid, delivery=act.delivery)
    return await act.platform.unsubscribe(act.account, act.openid, act.delivery)


async def picture(request: web.Request) -> web.Response:
    """A picture from the citizen's own album."""
    try:
        async with posted_form(request) as form:
            return await _picture(request, form)
    except PlatformError as error:
        raise web.HTTPRequestEntityTooLarge(0, 0, text=TOO_LARGE) from error
    except NotSubscribed as error:
        raise web.HTTPConflict(text=LEFT) from error


async def _picture(request: web.Request, form: Mapping[str, Any]) -> web.Response:
    field = form.get("picture")
    if not isinstance(field, web.FileField) or not field.content_type.startswith("image/"):
        raise web.HTTPBadRequest
    act = _act(request.app[PLATFORM], {name: form[name] for name in form if name != "picture"})
    exchange = await act.platform.send_image(
        act.account,
        act.openid,
        field.file.read(),
        act.delivery,
        content_type=field.content_type,
    )
    return _outcome(exchange)


def _acting(
    work: Callable[[Act], Awaitable[Exchange]],
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """Read an Act from a JSON body."""

    async def handle(request: web.Request) -> web.StreamResponse:
        act = _act(request.app[PLATFORM], await posted(request))
        try:
            return _outcome(await work(act))
        except NotSubscribed as error:
            raise web.HTTPConflict(text=LEFT) from error

    return handle


def _act(platform: Platform, body: dict[str, Any]) -> Act:
    account, openid = str(body.get("account")), str(body.get("openid"))
    if account not in platform.accounts or openid not in platform.citizens:
        raise web.HTTPNotFound
    delivery = DELIVERIES.get(str(body.get("delivery", "normal")), NORMAL)
    return Act(platform=platform, account=account, openid=openid, delivery=delivery, body=body)


def _outcome(exchange: Exchange) -> web.Response:
    return answered({"accepted": exchange.accepted, "text": exchange.text})
