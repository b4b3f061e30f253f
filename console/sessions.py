"""A signed-in browser: a random cookie, of which only the sha256 is stored."""

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from aiohttp import web

from console.caller import address_of
from console.deps import COOKIE, Deps, deps
from console.people.devices import device_of
from console.ports import Account, Session
from console.signing import password_mark

IDLE: Final = timedelta(minutes=30)
LONGEST: Final = timedelta(hours=12)
TOUCH_EVERY: Final = timedelta(minutes=1)


def hash_of(token: str) -> str:
    """What is stored of a cookie."""
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """A live session and the account as it is at this moment."""

    session: Session
    account: Account


async def current(request: web.Request, *, touch: bool = True) -> SignedIn | None:
    """Who this browser is signed in as, if the session is live; a dead one is ended.

    `touch`: somebody is at work, so the session goes on.
    """
    token = request.cookies.get(COOKIE, "")
    if not token:
        return None
    box, now = deps(request), deps(request).clock()
    session = await box.people.session(hash_of(token), now=now)
    if session is None:
        return None
    account = await box.people.account(session.person.name)
    if account is None or not _is_live(session, account, box):
        await box.people.end_session(session.token_hash)
        return None
    if touch and now - session.seen_at >= TOUCH_EVERY:
        await box.people.touch_session(session.token_hash, now=now)
    # The role and department of this moment count, not those of when the session began.
    return SignedIn(session=replace(session, person=account.person), account=account)


def _is_live(session: Session, account: Account, box: Deps) -> bool:
    """Used within 30 minutes, begun within 12 hours, opened with the present password."""
    now = box.clock()
    in_time = now - session.seen_at <= IDLE and now < session.expires_at
    mark = password_mark(account.password_hash, box.secret)
    return in_time and not account.disabled and session.csrf.endswith(mark)


async def start(request: web.Request, account: Account, response: web.Response) -> None:
    """Begins a session under a new secret and gives the browser its cookie."""
    box = deps(request)
    token, now = secrets.token_urlsafe(32), box.clock()
    session = Session(
        token_hash=hash_of(token),
        person=account.person,
        csrf=f"{secrets.token_urlsafe(32)}.{password_mark(account.password_hash, box.secret)}",
        created_at=now,
        seen_at=now,
        expires_at=now + LONGEST,
        device=device_of(request.headers.get("User-Agent", "")),
        address=address_of(request),
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
