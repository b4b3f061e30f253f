"""Signing in and out: name and password, then the authenticator's code where there is one."""

from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from aiohttp import web

from console import sessions
from console.caller import address_of
from console.deps import SESSION, Deps, deps, record
from console.guard import PRE_COOKIE
from console.pages import page
from console.people.passwords import LONGEST
from console.people.totp import PENDING_LIFE, seal_fits, sealed, step_of
from console.ports import Account
from console.signing import form_token, new_nonce, password_mark

FREE_FAILURES: Final = 5
FIRST_LOCK: Final = timedelta(minutes=15)
LONGEST_LOCK: Final = timedelta(hours=8)
PENDING: Final = "sign-in code"
UNKNOWN: Final = "?"
"""Who tried to sign in under a name that nobody has."""
WRONG_CODE: Final = "动态口令不对，或者刚刚用过了。请等手机上换一个新的再输。"
TOO_LATE: Final = "超过 5 分钟没有输入动态口令，请重新登录。"
# The same words for a wrong name, a wrong password and a locked account: they tell nothing.
REFUSED: Final = "用户名或密码不对。连续输错 5 次会锁定 15 分钟；忘了密码请联系管理员重设。"


async def show_sign_in(request: web.Request) -> web.Response:
    """The sign-in form; whoever is signed in already goes on to where they wanted."""
    if await sessions.current(request) is not None:
        raise web.HTTPSeeOther(safe_next(request.query.get("next", "")))
    return await _sign_in_page(request, next_page=request.query.get("next", ""))


async def sign_in(request: web.Request) -> web.Response:
    """Checks name and password; a session begins at once, or after the authenticator's code."""
    form, box = await request.post(), deps(request)
    name = str(form.get("username", "")).strip()[:64]
    next_page = str(form.get("next", ""))
    password = str(form.get("password", ""))[: LONGEST + 1]
    account = await admitted(box, name, password, address=address_of(request))
    if account is None:
        return await _sign_in_page(
            request, next_page=next_page, username=name, fault=REFUSED, status=401
        )
    if account.totp_secret:
        return await _code_page(request, account, next_page=next_page)
    return await _let_in(request, account, next_page=next_page)


async def sign_in_with_code(request: web.Request) -> web.Response:
    """The second step: the authenticator's code, within five minutes of the password."""
    form, box = await request.post(), deps(request)
    name, next_page = str(form.get("username", ""))[:64], str(form.get("next", ""))
    account, seal = await box.people.account(name), str(form.get("pending", ""))
    if account is None or not seal_fits(
        seal, PENDING, _pending_parts(request, account), box.secret, now=box.clock()
    ):
        return await _sign_in_page(request, next_page=next_page, fault=TOO_LATE, status=401)
    if account.disabled or _locked(account, box.clock()):
        return await _sign_in_page(request, next_page=next_page, fault=REFUSED, status=401)
    if not await code_fits(box, name, str(form.get("code", "")), address=address_of(request)):
        return await _code_page(request, account, next_page=next_page, fault=WRONG_CODE, status=401)
    return await _let_in(request, account, next_page=next_page)


async def code_fits(box: Deps, name: str, code: str, *, address: str) -> bool:
    """Whether this is an unused code of the person's authenticator; it is used from now on.

    A wrong one counts like a wrong password; a locked account takes none. As with passwords two
    are looked at at a time, each with the account read anew: guesses in parallel are counted.
    """
    async with box.passwords.turn:
        account, now = await box.people.account(name), box.clock()
        if account is None or account.disabled or _locked(account, now):
            return False
        step = step_of(account.totp_secret, code, now=now)
        if step is None or not await box.people.use_totp_step(name, step):
            await _failed(box, account, reason="wrong code", address=address)
            return False
        await box.people.sign_in_succeeded(name)
        return True


async def _let_in(request: web.Request, account: Account, *, next_page: str) -> web.Response:
    target = "/console/password" if account.must_change else safe_next(next_page)
    response = web.Response(status=303, headers={"Location": target})
    await record(deps(request), account.person.name, "sign_in", address=address_of(request))
    await sessions.end(request, response)
    await sessions.start(request, account, response)
    response.del_cookie(PRE_COOKIE, path="/console/")
    return response


async def sign_out(request: web.Request) -> web.Response:
    """Ends the session and leaves nothing behind in the browser."""
    response = web.Response(status=303, headers={"Location": "/console/sign-in"})
    await record(deps(request), request[SESSION].person.name, "sign_out")
    await sessions.end(request, response)
    response.headers["Clear-Site-Data"] = '"storage"'
    return response


async def admitted(box: Deps, name: str, password: str, *, address: str) -> Account | None:
    """The account that name and password open; one hash is checked whatever the name.

    A failure counts; from the fifth on each locks twice as long, up to 8 hours. Where a code is
    asked for too, only that clears earlier failures.
    """
    async with box.passwords.turn:
        account, now = await box.people.account(name), box.clock()
        usable = account is not None and not account.disabled and not _locked(account, now)
        fits = await box.passwords.verify(
            account.password_hash if account and usable else None, password
        )
        if account is None or not usable:
            await _refused(box, account, address=address)
            return None
        if not fits:
            await _failed(box, account, reason="wrong password", address=address)
            return None
        if not account.totp_secret:
            await box.people.sign_in_succeeded(name)
        return account


async def _failed(box: Deps, account: Account, *, reason: str, address: str) -> None:
    until = locked_until(account.failures + 1, box.clock())
    name = account.person.name
    locked = {"locked_until": until.isoformat(timespec="seconds")} if until else {}
    await record(box, name, "sign_in_failed", reason=reason, address=address, **locked)
    await box.people.sign_in_failed(name, locked_until=until)


async def _refused(box: Deps, account: Account | None, *, address: str) -> None:
    """Somebody unknown, locked or disabled. What was typed is not kept: it may be a password."""
    if account is None:
        await record(box, UNKNOWN, "sign_in_failed", reason="unknown name", address=address)
    else:
        reason = "disabled" if account.disabled else "locked"
        await record(box, account.person.name, "sign_in_failed", reason=reason, address=address)


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


async def _sign_in_page(
    request: web.Request,
    *,
    next_page: str,
    username: str = "",
    fault: str = "",
    status: int = 200,
) -> web.Response:
    return await _before_sign_in(
        request, "people/sign_in.html", status, next_page=next_page, username=username, fault=fault
    )


async def _code_page(
    request: web.Request,
    account: Account,
    *,
    next_page: str,
    fault: str = "",
    status: int = 200,
) -> web.Response:
    """The form for the authenticator's code; it carries the proof that the password was right."""
    box = deps(request)
    until = box.clock() + PENDING_LIFE
    return await _before_sign_in(
        request,
        "people/sign_in_code.html",
        status,
        next_page=next_page,
        username=account.person.name,
        fault=fault,
        pending=sealed(PENDING, _pending_parts(request, account), box.secret, until=until),
    )


def _pending_parts(request: web.Request, account: Account) -> tuple[str, ...]:
    """Who, with which password and authenticator."""
    password = password_mark(account.password_hash, deps(request).secret)
    return (account.person.name, password, account.totp_secret)


async def _before_sign_in(
    request: web.Request, template: str, status: int, **context: str
) -> web.Response:
    box = deps(request)
    nonce = request.cookies.get(PRE_COOKIE) or new_nonce()
    token = form_token(nonce, box.secret, now=box.clock())
    response = await page(request, template, status=status, token=token, **context)
    response.set_cookie(
        PRE_COOKIE,
        nonce,
        path="/console/",
        httponly=True,
        samesite="Strict",
        secure=box.secure_cookies,
    )
    return response
