"""Answers for everybody: proposing one, deciding on another's, taking one back."""

from typing import Final

from aiohttp import web

from cases.case import Case, CaseError
from cases.masking import masked
from cases.publication import (
    DECIDES,
    AlreadyDecided,
    PublicAnswer,
    Standing,
    check_decision,
    proposed,
)
from console.deps import SESSION, deps
from console.pages import page

PAGE_SIZE: Final = 20
TITLES: Final = {
    Standing.PROPOSED: "等待决定",
    Standing.PUBLISHED: "已公开",
    Standing.REFUSED: "不公开",
    Standing.WITHDRAWN: "已撤下",
}
DONE: Final = {
    "proposed": "已推荐。另一位同事同意后，会出现在公众页面上。",
    "published": "已公开，最多 5 分钟后在公众页面上看到。",
    "refused": "已决定不公开，原因会留在记录里。",
    "withdrawn": "已撤下，公众页面上最多再显示 5 分钟。",
}
TAKEN: Final = "刚才已经有人处理过了，没有重复操作。请看最新情况。"


async def show(request: web.Request) -> web.Response:
    """The proposals and published answers that this person may see."""
    return await _list_page(request)


async def show_form(request: web.Request) -> web.Response:
    """The form to propose an answered case, its personal data already hidden."""
    case = await _case(request)
    return await _form_page(request, case, question=masked(case.text), answer=case.reply)


async def propose(request: web.Request) -> web.Response:
    """Keeps the proposal for another person to decide on."""
    form, box, case = await request.post(), deps(request), await _case(request)
    question, answer = str(form.get("question", "")), str(form.get("answer", ""))
    try:
        made = proposed(
            case,
            question,
            answer,
            departments=await box.departments.departments(),
            actor=request[SESSION].person,
            now=box.clock(),
        )
        await box.answers.propose_answer(made)
    except CaseError as error:
        return await _form_page(
            request, case, question=question, answer=answer, fault=error.tell, status=422
        )
    except AlreadyDecided:
        fault = "这件来信已经有人推荐过，请到公开答复里查看。"
        return await _form_page(
            request, case, question=question, answer=answer, fault=fault, status=409
        )
    raise web.HTTPSeeOther("/console/answers?done=proposed")


async def publish(request: web.Request) -> web.Response:
    """A second person puts it on the public page."""
    return await _decide(request, publish=True)


async def refuse(request: web.Request) -> web.Response:
    """A second person decides against it, with a reason."""
    return await _decide(request, publish=False)


async def withdraw(request: web.Request) -> web.Response:
    """Takes it from the public page, with a reason."""
    box, person, found = deps(request), request[SESSION].person, await _answer(request)
    reason = str((await request.post()).get("reason", "")).strip()[:200]
    if not reason:
        return await _list_page(request, fault="请写明为什么撤下。", status=422)
    try:
        await box.answers.withdraw_answer(found, reason=reason, actor=person, now=box.clock())
    except AlreadyDecided:
        return await _list_page(request, fault=TAKEN, status=409)
    raise web.HTTPSeeOther("/console/answers?state=published&done=withdrawn")


async def _decide(request: web.Request, *, publish: bool) -> web.Response:
    box, person, found = deps(request), request[SESSION].person, await _answer(request)
    reason = str((await request.post()).get("reason", "")).strip()[:200]
    if not publish and not reason:
        return await _list_page(request, fault="请写明为什么不公开，推荐的同事会看到。", status=422)
    try:
        check_decision(found, person)
        await box.answers.decide_answer(
            found, publish=publish, reason=reason, actor=person, now=box.clock()
        )
    except CaseError as error:
        return await _list_page(request, fault=error.tell, status=409)
    except AlreadyDecided:
        return await _list_page(request, fault=TAKEN, status=409)
    done = "published" if publish else "refused"
    raise web.HTTPSeeOther(f"/console/answers?done={done}")


async def _case(request: web.Request) -> Case:
    number = request.match_info["number"]
    return await deps(request).cases.case(number, viewer=request[SESSION].person)


async def _answer(request: web.Request) -> PublicAnswer:
    number = int(request.match_info["answer"])
    return await deps(request).answers.public_answer(number, viewer=request[SESSION].person)


async def _form_page(
    request: web.Request,
    case: Case,
    *,
    question: str,
    answer: str,
    fault: str = "",
    status: int = 200,
) -> web.Response:
    box, person = deps(request), request[SESSION].person
    return await page(
        request,
        "public/answer_form.html",
        status=status,
        case=case,
        question=question,
        answer=answer,
        fault=fault,
        earlier=await box.answers.answers_of_case(case.number, viewer=person),
        titles=TITLES,
    )


async def _list_page(request: web.Request, *, fault: str = "", status: int = 200) -> web.Response:
    box, person, query = deps(request), request[SESSION].person, request.query
    state = query.get("state", "")
    standing = Standing(state) if state in set(Standing) else Standing.PROPOSED
    number = query.get("page", "")
    at = max(int(number), 1) if number.isascii() and number.isdecimal() and len(number) < 5 else 1
    counts = {
        each: await box.answers.count_public_answers(each, viewer=person) for each in Standing
    }
    return await page(
        request,
        "public/answers.html",
        status=status,
        answers=await box.answers.public_answers(
            standing, viewer=person, limit=PAGE_SIZE, offset=(at - 1) * PAGE_SIZE
        ),
        standing=standing,
        titles=TITLES,
        counts=counts,
        decides=person.role in DECIDES,
        number=at,
        pages=max(1, -(-counts[standing] // PAGE_SIZE)),
        fault=fault,
        done=DONE.get(query.get("done", ""), "") if not fault else "",
    )
