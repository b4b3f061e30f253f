"""约谈: the printable notice of one talk, the department's answer, the supervisor's word."""

from collections.abc import Callable
from typing import Final

from aiohttp import web

from cases.case import CaseError
from cases.people import Person
from cases.supervision import interview_steps as steps
from cases.supervision.alarm import Interview, InterviewState, NotThere
from cases.supervision.words import ALARMS, POSTS
from cases.work_calendar import today
from console.deps import SESSION, deps
from console.pages import page

STATES: Final = {
    InterviewState.OPEN: "等整改说明",
    InterviewState.ANSWERED: "待审阅",
    InterviewState.CLOSED: "已了结",
    InterviewState.CANCELLED: "已撤销",
}
FORMS: Final = {
    "answer": "may_answer",
    "accept": "may_judge",
    "send-back": "may_judge",
    "cancel": "may_cancel",
}
"""What a form stands on the page by."""
DONE: Final = {
    "answer": "整改说明已提交，等督办员审阅。",
    "accept": "已了结。",
    "send-back": "已退回部门重写，意见显示在这一页。",
    "cancel": "已撤销这次约谈。",
}


async def show(request: web.Request) -> web.Response:
    """The notice with the alarms that led to it, and what may be done now."""
    return await _talk_page(request)


async def answer(request: web.Request) -> web.Response:
    """The department hands in its answer."""
    now = deps(request).clock()
    return await _step(
        request, "answer", lambda talk, text: steps.answer(talk, text, actor=_who(request), now=now)
    )


async def accept(request: web.Request) -> web.Response:
    """The supervisor is content."""
    now = deps(request).clock()
    return await _step(
        request, "accept", lambda talk, text: steps.accept(talk, text, actor=_who(request), now=now)
    )


async def send_back(request: web.Request) -> web.Response:
    """The supervisor asks for another answer."""
    return await _step(
        request, "send-back", lambda talk, text: steps.send_back(talk, text, actor=_who(request))
    )


async def cancel(request: web.Request) -> web.Response:
    """The supervisor calls the talk off."""
    now = deps(request).clock()
    return await _step(
        request, "cancel", lambda talk, text: steps.cancel(talk, text, actor=_who(request), now=now)
    )


def _who(request: web.Request) -> Person:
    return request[SESSION].person


async def _step(
    request: web.Request, name: str, take: Callable[[Interview, str], Interview]
) -> web.Response:
    box, person = deps(request), request[SESSION].person
    form, talk = await request.post(), await _talk(request)
    text, seen = str(form.get("text", "")), str(form.get("version", ""))
    try:
        if seen != str(talk.version):
            return await _talk_page(request, name, text, _meanwhile(talk, text), 409)
        after = take(talk, text)
        step = name.replace("-", "_")
        await box.supervision.write_interview(after, actor=person, step=step, now=box.clock())
    except CaseError as error:
        return await _talk_page(request, name, text, error.tell, 422)
    raise web.HTTPSeeOther(f"/console/interviews/{talk.id}?done={name}")


def _meanwhile(talk: Interview, text: str) -> str:
    kept = "您写的还在下面，请看看再定。" if text.strip() else ""
    return f"刚刚有人处理过这次约谈，现在是“{STATES[talk.state]}”。{kept}"


async def _talk(request: web.Request) -> Interview:
    number = request.match_info["talk"]
    if not number.isdecimal() or len(number) > 9:
        raise NotThere(f"interview {number!r}")
    return await deps(request).supervision.interview(int(number), viewer=request[SESSION].person)


async def _talk_page(
    request: web.Request, typed: str = "", text: str = "", fault: str = "", status: int = 200
) -> web.Response:
    box, person, talk = deps(request), request[SESSION].person, await _talk(request)
    found = await box.supervision.alarms(year=talk.year, viewer=person, department=talk.department)
    counted = [
        each for each in found if each.number <= talk.alarm and each.noticed_at <= talk.opened_at
    ]
    contacts = await box.supervision.contacts()
    may = {
        "may_answer": steps.may_answer(talk, person),
        "may_judge": steps.may_judge(talk, person),
        "may_cancel": steps.may_cancel(talk, person),
    }
    return await page(
        request,
        "supervision/interview.html",
        status=status,
        talk=talk,
        opened=today(talk.opened_at),
        state=STATES[talk.state],
        post=POSTS[talk.talk_with],
        alarms=sorted(counted, key=lambda each: each.id),
        left=sum(each.revoked_at is None for each in counted),
        kinds=ALARMS,
        contact=next(
            (c for c in contacts if (c.department, c.post) == (talk.department, talk.talk_with)),
            None,
        ),
        late=talk.state is InterviewState.OPEN and today(box.clock()) > talk.answer_due,
        **may,
        has_form=may[FORMS[typed]] if typed else False,
        typed=typed,
        text=text,
        fault=fault,
        done=DONE.get(request.query.get("done", ""), ""),
    )
