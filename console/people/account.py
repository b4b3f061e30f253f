"""One's own account: the password, the authenticator, and where one is signed in."""

from dataclasses import replace

from aiohttp import web

from console import sessions
from console.auth import admitted, code_fits
from console.caller import address_of
from console.deps import SESSION, Deps, deps, record
from console.pages import page
from console.people import totp
from console.people.passwords import fault_of
from console.ports import Account

ENROL = "authenticator"
DONE = {
    "totp_on": "动态口令已开启。下次登录时，输完密码再输手机上的 6 位数字。",
    "totp_off": "动态口令已关闭，以后只用密码登录。",
    "session": "那台设备上的登录已经退出。",
    "sessions": "其他设备上的登录都已退出。",
}
NOT_OFF = "动态口令不对，没有关闭。请等手机上换一个新的再输；连续输错 5 次，要等 15 分钟才能再试。"
COMPULSORY = "您的角色必须用动态口令，不能关闭。换手机时请让管理员在“人员”里解除，再用新手机添加。"


async def show(request: web.Request) -> web.Response:
    """Who one is here, and every browser that is signed in under this name."""
    return await _account_page(request)


async def show_totp(request: web.Request) -> web.Response:
    """A new key for an authenticator app, as a picture and as letters."""
    _refuse_another((await _own(request)).totp_secret)
    return await _totp_page(request)


async def turn_totp_on(request: web.Request) -> web.Response:
    """Keeps the key once a code proves that the app has it; other browsers must sign in anew."""
    form, box = await request.post(), deps(request)
    account, secret = await _own(request), str(form.get("secret", ""))
    _refuse_another(account.totp_secret)
    parts, seal = (account.person.name, secret), str(form.get("seal", ""))
    if not totp.seal_fits(seal, ENROL, parts, box.secret, now=box.clock()):
        return await _totp_page(
            request, fault="这一页放得太久了，请用新的二维码重新添加。", status=422
        )
    step = totp.step_of(secret, str(form.get("code", "")), now=box.clock())
    if step is None:
        fault = "数字不对。请确认手机时间准确，再输一次现在显示的 6 位数字。"
        return await _totp_page(request, secret=secret, fault=fault, status=422)
    await record(box, account.person.name, "totp_on")
    await box.people.change_totp(account.person.name, secret=secret, step=step)
    await box.people.end_sessions_of(account.person.name, but=request[SESSION].token_hash)
    if box.needs_totp(account):  # the last step before the first day's work
        raise web.HTTPSeeOther("/console/?changed=totp")
    raise web.HTTPSeeOther("/console/account?done=totp_on")


async def turn_totp_off(request: web.Request) -> web.Response:
    """Back to the password alone, for whoever holds the authenticator and may do without."""
    box, account = deps(request), await _own(request)
    if account.person.role in box.totp_required:
        return await _account_page(request, fault=COMPULSORY, status=422)
    code = str((await request.post()).get("code", ""))
    if not account.totp_secret or not await code_fits(
        box, account.person.name, code, address=address_of(request)
    ):
        return await _account_page(request, fault=NOT_OFF, status=422)
    await record(box, account.person.name, "totp_off")
    await box.people.change_totp(account.person.name, secret="", step=0)
    raise web.HTTPSeeOther("/console/account?done=totp_off")


async def end_session(request: web.Request) -> web.Response:
    """Signs one of one's own browsers out."""
    box, name = deps(request), request[SESSION].person.name
    if await box.people.end_session_of(name, request.match_info["session"]):
        await record(box, name, "session_ended", sessions="1")
    raise web.HTTPSeeOther("/console/account?done=session")


async def end_others(request: web.Request) -> web.Response:
    """Signs all of one's browsers out but this one."""
    box, session = deps(request), request[SESSION]
    ended = await box.people.end_sessions_of(session.person.name, but=session.token_hash)
    await record(box, session.person.name, "session_ended", sessions=str(ended))
    raise web.HTTPSeeOther("/console/account?done=sessions")


async def show_password(request: web.Request) -> web.Response:
    """The form for a new password."""
    return await _password_page(request)


async def change_password(request: web.Request) -> web.Response:
    """Stores a new password and renews the session id."""
    form, box = await request.post(), deps(request)
    account = await _own(request)
    current, new, again = (str(form.get(key, "")) for key in ("current", "new", "again"))
    fault, wrong = fault_of(new, name=account.person.name), "new"
    if new != again:
        fault, wrong = "两次输入的新密码不一样，请再输一次。", "again"
    elif new == current:
        fault = "新密码不能和现在的一样。"
    elif (
        not fault
        and await admitted(box, account.person.name, current, address=address_of(request)) is None
    ):
        fault, wrong = "现在的密码不对，请再试一次。", "current"
    if fault:
        return await _password_page(request, fault=fault, wrong=wrong, status=422)
    hashed = await box.passwords.hash(new)
    name = account.person.name
    await record(box, name, "password_changed")
    await box.people.change_password(name, password_hash=hashed, must_change=False)
    await box.people.end_sessions_of(name)
    response = web.Response(status=303, headers={"Location": "/console/?changed=password"})
    await sessions.start(request, replace(account, password_hash=hashed), response)
    return response


async def _password_page(
    request: web.Request, *, fault: str = "", wrong: str = "", status: int = 200
) -> web.Response:
    account = await _own(request)
    return await page(
        request,
        "people/password.html",
        status=status,
        fault=fault,
        wrong=wrong,
        first=account.must_change,
        then_code=account.must_change and deps(request).needs_totp(account),
    )


def _refuse_another(secret: str) -> None:
    """Who found a browser signed in must not put their own phone in the owner's place."""
    if secret:
        raise web.HTTPSeeOther("/console/account")


async def _own(request: web.Request) -> Account:
    account = await deps(request).people.account(request[SESSION].person.name)
    assert account is not None  # the guard just read it
    return account


async def _account_page(
    request: web.Request, *, fault: str = "", status: int = 200
) -> web.Response:
    box, here = deps(request), request[SESSION]
    account = await _own(request)
    return await page(
        request,
        "people/account.html",
        status=status,
        account=account,
        compulsory=account.person.role in box.totp_required,
        sessions=await box.people.sessions_of(here.person.name, now=box.clock()),
        this=here.id,
        fault=fault,
        done=DONE.get(request.query.get("done", ""), "") if not fault else "",
    )


async def _totp_page(
    request: web.Request, *, secret: str = "", fault: str = "", status: int = 200
) -> web.Response:
    box, account = deps(request), await _own(request)
    name = account.person.name
    secret = secret or totp.new_secret()
    return await page(
        request,
        "people/totp.html",
        status=status,
        secret=secret,
        proof=_seal(box, name, secret),
        picture=totp.qr_code(secret, name=name, place=box.place),
        first=box.needs_totp(account),
        fault=fault,
    )


def _seal(box: Deps, name: str, secret: str) -> str:
    until = box.clock() + totp.ENROL_LIFE
    return totp.sealed(ENROL, (name, secret), box.secret, until=until)
