"""Signing in and out, and changing one's password."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from aiohttp import web

from console import sessions
from console.deps import SESSION, Deps, deps
from console.guard import PRE_COOKIE
from console.pages import page
from console.passwords import LONGEST, fault_of
from console.ports import Account
from console.signing import form_token, new_nonce

FREE_FAILURES: Final = 5
FIRST_LOCK: Final = timedelta(minutes=15)
LONGEST_LOCK: Final = timedelta(hours=8)
# The same words for a wrong name, a wrong password and a locked account: they tell nothing.
REFUSED: Final = "用户名或密码不对。连续输错 5 次会锁定 15 分钟；忘了密码请联系管理员重设。"


async def show_sign_in(request: web.Request) -> web.Response:
    """The sign-in form; whoever is signed in already goes on to where they wanted."""
    if await sessions.current(request) is not None:
        raise web.HTTPSeeOther(safe_next(request.query.get("next", "")))
    return await _sign_in_page(request, next_page=request.query.get("next", ""))


async def sign_in(request: web.Request) -> web.Response:
    """Checks name and password, and starts a session under a new id."""
    form, box = await request.post(), deps(request)
    name = str(form.get("username", "")).strip()[:64]
    next_page = str(form.get("next", ""))
    account = await admitted(box, name, str(form.get("password", ""))[: LONGEST + 1])
    if account is None:
        return await _sign_in_page(
            request, next_page=next_page, username=name, fault=REFUSED, status=401
        )
    target = "/console/password" if account.must_change else safe_next(next_page)
    response = web.Response(status=303, headers={"Location": target})
    await sessions.end(request, response)
    await sessions.start(box, account, response)
    response.del_cookie(PRE_COOKIE, path="/console/")
    return response


async def sign_out(request: web.Request) -> web.Response:
    """Ends the session and leaves nothing behind in the browser."""
    response = web.Response(status=303, headers={"Location": "/console/sign-in"})
    await sessions.end(request, response)
    response.headers["Clear-Site-Data"] = '"storage"'
    return response


async def admitted(box: Deps, name: str, password: str) -> Account | None:
    """The account that name and password open; one hash is checked whatever the name.

    A failure counts; from the fifth on each locks twice as long, up to 8 hours.
    """
    async with box.passwords.turn:
        account, now = await box.people.account(name), box.clock()
        usable = account is not None and not account.disabled and not _locked(account, now)
        fits = await box.passwords.verify(
            account.password_hash if account and usable else None, password
        )
        if account is None or not usable:
            return None
        if not fits:
            until = locked_until(account.failures + 1, now)
            await box.people.sign_in_failed(name, locked_until=until)
            return None
        await box.people.sign_in_succeeded(name)
        return account


def _locked(account: Account, now: datetime) -> bool:
    return account.locked_until is not None and now < account.locked_until


def locked_until(failures: int, now: datetime) -> datetime | None:
    """Until when an account is locked after so many failures in a row; None for not at all."""
    if failures < FREE_FAILURES:
        return None
    doubled: int = 2 ** min(failures - FREE_FAILURES, 10)
    return now + min(FIRST_LOCK * doubled, LONGEST_LOCK)


def safe_next(target: str) -> str:
    """A page of ours to go on to; anything else leads to the first page."""
    parts = urlsplit(target) if "\\" not in target and target.isprintable() else None
    ours = parts and not parts.scheme and not parts.netloc and parts.path.startswith("/console/")
    return target if ours and "//" not in target else "/console/"


async def show_password(request: web.Request) -> web.Response:
    """The form for a new password."""
    return await _password_page(request)


async def change_password(request: web.Request) -> web.Response:
    """Stores a new password and renews the session id."""
    form, box = await request.post(), deps(request)
    account = await box.people.account(request[SESSION].person.name)
    assert account is not None  # the guard just read it
    current, new, again = (str(form.get(key, "")) for key in ("current", "new", "again"))
    fault = fault_of(new, name=account.person.name)
    if new != again:
        fault = "两次输入的新密码不一样，请再输一次。"
    elif new == current:
        fault = "新密码不能和现在的一样。"
    elif not fault and await admitted(box, account.person.name, current) is None:
        fault = "现在的密码不对，请再试一次。"
    if fault:
        return await _password_page(request, fault=fault, status=422)
    hashed = await box.passwords.hash(new)
    changed = replace(
        account, password_hash=hashed, must_change=False, failures=0, locked_until=None
    )
    await box.people.save_account(changed)
    response = web.Response(status=303, headers={"Location": "/console/?changed=password"})
    await sessions.end(request, response)
    await sessions.start(box, changed, response)
    return response


async def _password_page(
    request: web.Request, *, fault: str = "", status: int = 200
) -> web.Response:
    account = await deps(request).people.account(request[SESSION].person.name)
    first = account is not None and account.must_change
    return await page(request, "password.html", status=status, fault=fault, first=first)


async def _sign_in_page(
    request: web.Request,
    *,
    next_page: str,
    username: str = "",
    fault: str = "",
    status: int = 200,
) -> web.Response:
    box = deps(request)
    nonce = request.cookies.get(PRE_COOKIE) or new_nonce()
    token = form_token(nonce, box.secret, now=box.clock())
    response = await page(
        request,
        "sign_in.html",
        status=status,
        token=token,
        next_page=next_page,
        username=username,
        fault=fault,
    )
    response.set_cookie(
        PRE_COOKIE,
        nonce,
        path="/console/",
        httponly=True,
        samesite="Strict",
        secure=box.secure_cookies,
    )
    return response
