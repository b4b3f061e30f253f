"""提醒: what one was told, where it goes besides, and what did not go out."""

import re
from datetime import timedelta
from typing import Final

from aiohttp import web

from cases.people import Role
from cases.supervision.reminder import SendingState, Way
from console.deps import SESSION, deps, record
from console.pages import page

PAGE_SIZE: Final = 50
MAILBOX: Final = re.compile(r"[^\s@<>\"]{1,64}@[^\s@<>\"]{1,190}\.[^\s@<>\".]{2,24}")
SEES_FAILURES: Final = frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR})
FAILURES_OF: Final = timedelta(days=7)
SENDINGS: Final = {
    SendingState.NONE: "",
    SendingState.WAITING: "等工作时间发出",
    SendingState.SENDING: "正在发出",
    SendingState.SENT: "已发出",
    SendingState.FAILED: "没有发出",
    SendingState.UNCERTAIN: "可能已发出",
}
WAYS: Final = {Way.CONSOLE: "", Way.EMAIL: "邮件", Way.ROBOT: "群机器人"}
DONE: Final = {
    "read": "都标为已读了。",
    "mailbox": "邮箱已保存。以后的提醒在工作时间也会发到这里。",
    "no-mailbox": "邮箱已删除，提醒只在这里显示。",
}


async def show(request: web.Request) -> web.Response:
    """One's own reminders, newest first."""
    return await _reminders_page(request)


async def read_all(request: web.Request) -> web.Response:
    """Everything up to now is read."""
    box, name = deps(request), request[SESSION].person.name
    await box.supervision.read_reminders(name, now=box.clock())
    raise web.HTTPSeeOther("/console/reminders?done=read")


async def save_mailbox(request: web.Request) -> web.Response:
    """Where reminders are mailed besides; empty for nowhere."""
    box, name = deps(request), request[SESSION].person.name
    email = str((await request.post()).get("email", "")).strip()
    if email and not MAILBOX.fullmatch(email):
        fault = "邮箱的写法不对，例如 name@example.com；不想收邮件就留空。"
        return await _reminders_page(request, email=email, fault=fault, status=422)
    await box.supervision.save_mailbox(name, email)
    await record(box, name, "mailbox_changed")
    raise web.HTTPSeeOther(f"/console/reminders?done={'mailbox' if email else 'no-mailbox'}")


async def _reminders_page(
    request: web.Request, *, email: str | None = None, fault: str = "", status: int = 200
) -> web.Response:
    box, person = deps(request), request[SESSION].person
    known = (await box.supervision.mailboxes()).get(person.name, "")
    failed = []
    if person.role in SEES_FAILURES:
        since = box.clock() - FAILURES_OF
        failed = await box.supervision.failed_reminders(since=since, limit=20)
    asked = request.query.get("before", "")
    before = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 16 else 0
    found = await box.supervision.reminders_of(person.name, limit=PAGE_SIZE + 1, before=before)
    return await page(
        request,
        "supervision/reminders.html",
        status=status,
        reminders=found[:PAGE_SIZE],
        older=found[PAGE_SIZE - 1].id if len(found) > PAGE_SIZE else 0,
        before=before,
        sendings=SENDINGS,
        ways=WAYS,
        failed=failed,
        email=known if email is None else email,
        fault=fault,
        done=DONE.get(request.query.get("done", ""), ""),
    )
