"""Who may use a route: declared beside the route and enforced from that one declaration."""

import hmac
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.web_request import FileField

from cases.people import Role
from console import sessions
from console.deps import SESSION, deps
from console.signing import form_token_fits

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

PRE_COOKIE: Final = "huiying_form"
UNREADABLE: Final = (ValueError, LookupError, HttpProcessingError)
"""A form that is not UTF-8, has no boundary or an unknown charset, or lines without an end."""


class Csrf(Enum):
    """What proves that a form came from our own page."""

    NOT_NEEDED = "not needed"  # nothing changes
    FORM = "form"  # before sign-in: a signed token bound to a cookie
    SESSION = "session"  # the session's own token


TOKEN: Final = Csrf.SESSION


@dataclass(frozen=True)
class Route:
    """One line of the route table. `roles` of None means anybody, without signing in.

    A route that names no role, or a POST without a token, cannot be declared.
    """

    method: str
    path: str
    handler: Handler
    roles: frozenset[Role] | None
    csrf: Csrf = Csrf.NOT_NEEDED
    with_first_password: bool = False  # also for those who must change their password first
    with_first_code: bool = False  # also for those whose role needs an authenticator first
    by_itself: bool = False  # sent by the page, not by a person: no sign that somebody is there
    largest: int = 0  # bytes of a form with a file; 0 for the ordinary limit

    def __post_init__(self) -> None:
        if self.roles is not None and not self.roles:
            raise ValueError(f"{self.method} {self.path} names nobody who may use it")
        if (self.method == "POST") == (self.csrf is Csrf.NOT_NEEDED):
            raise ValueError(f"{self.method} {self.path} has the wrong kind of token")


class SignInNeeded(Exception):
    """The session is missing or has expired."""


class FormNotOurs(Exception):
    """The form's token is missing or does not fit."""


class NotEncrypted(FormNotOurs):
    """A browser came by http where the desk's cookies travel by https only: it kept none."""


class RoleNotAllowed(Exception):
    """The page exists, but not for this person's role."""


def register(app: web.Application, routes: Iterable[Route]) -> None:
    """Adds every route of the table, each behind its own rule."""
    for route in routes:
        app.router.add_route(route.method, route.path, guarded(route))


def guarded(route: Route) -> Handler:
    """The route's handler behind its rule."""

    async def handle(request: web.Request) -> web.StreamResponse:
        if route.roles is not None:
            await _admit(request, route)
        if route.largest:
            return await _with_file(request.clone(client_max_size=route.largest), route)
        if route.csrf is not Csrf.NOT_NEEDED:
            await _check_form(request, route.csrf)
        return await route.handler(request)

    return handle


async def _with_file(request: web.Request, route: Route) -> web.StreamResponse:
    """The same for a form with a file, which is closed whatever comes of it."""
    try:
        given = await request.post()
    except UNREADABLE as unreadable:
        raise web.HTTPBadRequest from unreadable
    try:
        await _check_form(request, route.csrf)
        return await route.handler(request)
    finally:
        for field in given.values():
            if isinstance(field, FileField):
                field.file.close()


async def _admit(request: web.Request, route: Route) -> None:
    found = await sessions.current(request, touch=not route.by_itself)
    if found is None:
        raise SignInNeeded
    request[SESSION] = found.session
    if route.roles is None or found.account.person.role not in route.roles:
        raise RoleNotAllowed
    if found.account.must_change and not route.with_first_password:
        raise web.HTTPSeeOther("/console/password")
    open_to_all = route.with_first_password or route.with_first_code
    if deps(request).needs_totp(found.account) and not open_to_all:
        raise web.HTTPSeeOther("/console/account/totp")


async def _check_form(request: web.Request, kind: Csrf) -> None:
    try:
        given = str((await request.post()).get("csrf", ""))
    except UNREADABLE as unreadable:
        raise web.HTTPBadRequest from unreadable
    if kind is Csrf.SESSION:
        fits = hmac.compare_digest(given.encode(), request[SESSION].csrf.encode())
    elif not given and _is_a_program(request):
        fits = True
    else:
        box = deps(request)
        nonce = request.cookies.get(PRE_COOKIE, "")
        if not nonce and box.secure_cookies and request.headers.get("Origin", "")[:5] == "http:":
            raise NotEncrypted
        fits = form_token_fits(given, nonce, box.secret, now=box.clock())
    if not fits:
        raise FormNotOurs


def _is_a_program(request: web.Request) -> bool:
    """No browser: those name the page that a form comes from (Fetch standard, Origin header).

    Somebody else's page cannot hide that, so a script may sign in without fetching the form.
    """
    return not {"Origin", "Referer", "Sec-Fetch-Site"}.intersection(request.headers)
