"""One member of staff as the administrator sees them: role, department, locks, sessions."""

from typing import Final

from aiohttp import web

from cases.people import Role
from console.deps import SESSION, deps, record
from console.pages import page
from console.people.people import NewPerson, fault_of_person, given_in, person_of
from console.ports import Account

DONE: Final = {
    "saved": "已保存，马上生效。",
    "unlocked": "已解锁，现在就可以登录。",
    "totp": "动态口令已解除。请提醒本人登录后重新开启。",
    "ended": "这个账号在所有设备上的登录都已退出。",
    "disabled": "已停用：不能再登录，正在用的也已退出。办过的事都还记在这个名字下。",
    "enabled": "已恢复使用。",
}


async def show(request: web.Request) -> web.Response:
    """The person's account and what the administrator can do about it."""
    return await _person_page(request, await _account(request))


async def save(request: web.Request) -> web.Response:
    """A new name to be called by, role or department; it counts from the next click on."""
    form, box, account = await request.post(), deps(request), await _account(request)
    given = given_in(form, name=account.person.name)
    known = {each.name for each in await box.departments.departments()}
    fault = fault_of_person(given, known)
    own = account.person.name == request[SESSION].person.name
    if not fault and own and given.role != Role.ADMINISTRATOR:
        fault = "不能把自己改成别的角色，否则就没有人能管理账号了。请让另一位管理员来改。"
    if fault:
        return await _person_page(request, account, given=given, fault=fault, status=422)
    person = person_of(given)
    await record(
        box,
        request[SESSION].person.name,
        "person_changed",
        person=person.name,
        role=person.role.value,
        department=person.department,
    )
    await box.people.change_person(person)
    raise _done(account, "saved")


async def unlock(request: web.Request) -> web.Response:
    """Lifts a lock before its time is over."""
    account = await _logged(request, "person_unlocked")
    await deps(request).people.sign_in_succeeded(account.person.name)
    raise _done(account, "unlocked")


async def remove_totp(request: web.Request) -> web.Response:
    """For somebody whose phone is lost: the password alone is enough until they enrol again."""
    account = await _logged(request, "totp_removed")
    await deps(request).people.change_totp(account.person.name, secret="", step=0)
    raise _done(account, "totp")


async def end_sessions(request: web.Request) -> web.Response:
    """Signs the person out everywhere."""
    account = await _logged(request, "session_ended")
    await deps(request).people.end_sessions_of(account.person.name)
    raise _done(account, "ended")


async def disable(request: web.Request) -> web.Response:
    """Closes the account; what the person did stays under their name."""
    account = await _logged(request, "person_disabled")
    await deps(request).people.change_access(account.person.name, disabled=True)
    await deps(request).people.end_sessions_of(account.person.name)
    raise _done(account, "disabled")


async def enable(request: web.Request) -> web.Response:
    """Opens the account again."""
    account = await _logged(request, "person_enabled")
    await deps(request).people.change_access(account.person.name, disabled=False)
    raise _done(account, "enabled")


async def _account(request: web.Request) -> Account:
    found = await deps(request).people.account(request.match_info["name"])
    if found is None:
        raise web.HTTPNotFound
    return found


async def _logged(request: web.Request, action: str) -> Account:
    """The account a form is about, after the log says so; never one's own."""
    account, actor = await _account(request), request[SESSION].person.name
    if account.person.name == actor:
        raise web.HTTPNotFound
    await record(deps(request), actor, action, person=account.person.name)
    return account


def _done(account: Account, what: str) -> web.HTTPSeeOther:
    return web.HTTPSeeOther(f"/console/people/{account.person.name}?done={what}")


async def _person_page(
    request: web.Request,
    account: Account,
    *,
    given: NewPerson | None = None,
    fault: str = "",
    status: int = 200,
) -> web.Response:
    box, person = deps(request), account.person
    filled = NewPerson(
        name=person.name,
        display_name=person.display_name,
        role=person.role.value,
        department=person.department,
    )
    return await page(
        request,
        "people/person.html",
        status=status,
        account=account,
        given=given or filled,
        fault=fault,
        roles=list(Role),
        departments=await box.departments.departments(),
        sessions=await box.people.sessions_of(person.name, now=box.clock()),
        now=box.clock(),
        compulsory=person.role in box.totp_required,
        done=DONE.get(request.query.get("done", ""), "") if not fault else "",
    )
