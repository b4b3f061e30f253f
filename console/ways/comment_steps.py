"""The forms about comments: one person proposes, another decides, anybody undoes in time."""

from collections.abc import Callable
from typing import Final

from aiohttp import web

from cases.case import CaseError, TextNotFit
from cases.steps import PART, check
from console.deps import SESSION, deps
from console.guard import Handler
from console.ways.comment_page import Refusal, comment_page, seen
from console.ways.comments import row_number
from handlers.comments import moderation
from handlers.comments.comment import Comment, Verdict
from handlers.comments.moderation import Order, Step
from handlers.comments.ports import OrderStands

STANDS: Final = "同样的操作已经有人提交过了，请看下面的记录。"
CHANGED: Final = "刚刚有同事处理过这一步，没有覆盖任何内容，请看下面的记录。"
ON_ITS_WAY: Final = "刚刚有同事处理过，或者原来那件的答复正要发到这条留言下。请看最新情况。"
HARMLESS: Final = {
    "question": Verdict.QUESTION,
    "complaint": Verdict.COMPLAINT,
    "help": Verdict.HELP,
    "other": Verdict.OTHER,
}

Decide = Callable[[web.Request, Order, str], Order]


async def propose(request: web.Request) -> web.StreamResponse:
    """The first person's order."""
    box, person = deps(request), request[SESSION].person
    comment, form = await seen(request), await request.post()
    step, text = str(form.get("step", "")), str(form.get("text", ""))
    if step not in {each.value for each in Step}:
        raise web.HTTPBadRequest
    try:
        order = moderation.propose(comment, Step(step), text, actor=person, now=box.clock())
        await box.comments.store.add_order(order)
    except CaseError as refused:
        status = 422 if isinstance(refused, TextNotFit) else 409
        fault = Refusal(fault=refused.tell, text=text)
        return await comment_page(request, comment, refused=fault, status=status)
    except OrderStands:
        fault = Refusal(fault=STANDS, text=text)
        return await comment_page(request, comment, refused=fault, status=409)
    raise _back(comment, "propose")


async def judge(request: web.Request) -> web.StreamResponse:
    """A moderator says whether a held comment is harmful, and what it is if not."""
    box, name = deps(request), request[SESSION].person.name
    comment, verdict = await seen(request), str((await request.post()).get("verdict", ""))
    store, now = box.comments.store, box.clock()
    if verdict == "harmful":
        first = await store.judge_comment(comment, by=name, now=now)
    elif verdict in HARMLESS:
        filing = await box.comments.filer.file_as(
            comment, HARMLESS[verdict], now=now, judged_by=name
        )
        first = await store.refile_comment(filing) is not None
    else:
        raise web.HTTPBadRequest
    if not first:
        fresh = await seen(request)
        return await comment_page(request, fresh, refused=Refusal(fault=CHANGED), status=409)
    raise _back(comment, "judge")


async def split(request: web.Request) -> web.StreamResponse:
    """A comment that joined the wrong case gets one of its own."""
    box, person = deps(request), request[SESSION].person
    comment, now = await seen(request), box.clock()
    try:
        if comment.case:
            check(PART, await box.cases.case(comment.case, viewer=person), person)
        splitting = await box.comments.filer.split(comment, by=person.name, now=now)
        number = await box.comments.store.split_comment(splitting)
    except CaseError as refused:
        fault = Refusal(fault=refused.tell)
        return await comment_page(request, comment, refused=fault, status=409)
    if number is None:
        fault = Refusal(fault=ON_ITS_WAY)
        return await comment_page(request, await seen(request), refused=fault, status=409)
    if await box.comments.store.comment(comment.id, viewer=person) is None:
        raise web.HTTPSeeOther(f"/console/cases/{comment.case}?done=part")
    raise _back(comment, "split")


def _approve(request: web.Request, order: Order, given: str) -> Order:
    box, person = deps(request), request[SESSION].person
    return moderation.approve(order, given, actor=person, now=box.clock(), wait=box.comments.undo)


def _reject(request: web.Request, order: Order, given: str) -> Order:
    box, person = deps(request), request[SESSION].person
    return moderation.reject(order, given, actor=person, now=box.clock())


def _undo(request: web.Request, order: Order, given: str) -> Order:
    del given
    return moderation.undo(order, actor=request[SESSION].person, now=deps(request).clock())


def _retry(request: web.Request, order: Order, given: str) -> Order:
    del given
    return moderation.retry(order, now=deps(request).clock())


def _page_of(name: str, field: str, decide: Decide) -> Handler:
    """The handler of one form on an order; `field` is what it gives beside the order."""

    async def handle(request: web.Request) -> web.StreamResponse:
        box, person = deps(request), request[SESSION].person
        order = await box.comments.store.order(row_number(request, "order"))
        if order is None:
            raise web.HTTPNotFound
        comment = await seen(request, order.comment)
        given = str((await request.post()).get(field, ""))
        try:
            after = decide(request, order, given)
        except CaseError as refused:
            status = 422 if isinstance(refused, TextNotFit) else 409
            fault = Refusal(fault=refused.tell)
            return await comment_page(request, comment, refused=fault, status=status)
        changed = await box.comments.store.change_order(
            order, after, by=person.name, now=box.clock()
        )
        if not changed:
            fault = Refusal(fault=CHANGED)
            return await comment_page(request, comment, refused=fault, status=409)
        raise _back(comment, name)

    return handle


def _back(comment: Comment, done: str) -> web.HTTPSeeOther:
    return web.HTTPSeeOther(f"/console/comments/{comment.id}?done={done}")


approve = _page_of("approve", "read", _approve)
reject = _page_of("reject", "reason", _reject)
undo = _page_of("undo", "", _undo)
retry = _page_of("retry", "", _retry)
