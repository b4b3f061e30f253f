"""A signed-in browser: a random cookie, of which only the sha256 is stored."""

import hashlib
import secrets
from datetime import timedelta
from typing import Final

from aiohttp import web

from cases.people import Person
from console.deps import COOKIE, Deps, deps
from console.ports import Session

IDLE: Final = timedelta(minutes=30)
LONGEST: Final = timedelta(hours=12)
TOUCH_EVERY: Final = timedelta(minutes=1)


def hash_of(token: str) -> str:
    """What is stored of a cookie."""
    return hashlib.sha256(token.encode()).hexdigest()


async def current(request: web.Request) -> Session | None:
    """The session of this browser: known, used within 30 minutes, started within 12 hours."""
    token = request.cookies.get(COOKIE, "")
    if not token:
        return None
    box, now = deps(request), deps(request).clock()
    session = await box.people.session(hash_of(token), now=now)
    if session is None:
        return None
    if now - session.seen_at > IDLE or now >= session.expires_at:
        await box.people.end_session(session.token_hash)
        return None
    if now - session.seen_at >= TOUCH_EVERY:
        await box.people.touch_session(session.token_hash, now=now)
    return session


async def start(box: Deps, person: Person, response: web.Response) -> None:
    """Begins a session under a new secret and gives the browser its cookie."""
    token, now = secrets.token_urlsafe(32), box.clock()
    session = Session(
        token_hash=hash_of(token),
        person=person,
        csrf=secrets.token_urlsafe(32),
        created_at=now,
        seen_at=now,
        expires_at=now + LONGEST,
    )
    await box.people.start_session(session)
    response.set_cookie(
        COOKIE,
        token,
        path="/console/",
        httponly=True,
        samesite="Lax",
        secure=box.secure_cookies,
        max_age=int(LONGEST.total_seconds()),
    )


async def end(request: web.Request, response: web.Response) -> None:
    """Ends this browser's session, on our side too."""
    token = request.cookies.get(COOKIE, "")
    if token:
        await deps(request).people.end_session(hash_of(token))
    response.del_cookie(COOKIE, path="/console/")
