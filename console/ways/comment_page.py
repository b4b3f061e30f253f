"""The page of one comment: its words, what the desk suggests, and what two people do with it."""

from dataclasses import dataclass
from typing import Any, Final

from aiohttp import web

from cases import steps
from cases.case import UnknownCase
from cases.people import Person, Role
from console.cases.case_comment import suggestion
from console.deps import SESSION, Deps, deps
from console.pages import page
from console.ways import comment_words as words
from console.ways.comments import phrases, row_number
from handlers.comments.comment import Comment, Shelf
from handlers.comments.moderation import Order, OrderState, Step, fingerprint

OPEN: Final = frozenset({OrderState.PROPOSED, OrderState.APPROVED, OrderState.SENDING})
JUDGES: Final = frozenset({Role.DISPATCHER, Role.SUPERVISOR})
DONE: Final = {
    "propose": "已提交。另一位同事审核后才会发到微信。",
    "approve": "已通过，马上就会发到微信；发出之前还可以撤回。",
    "reject": "没有通过，理由已经记下。",
    "undo": "已撤回，没有发到微信。",
    "retry": "会再发一次。",
    "judge": "已记下。",
    "split": "已分出来单独办理，期限从留言那天算起；原来那件的记录里也写明了。",
}


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """A form that was not accepted: why not, and the text that the person had typed."""

    fault: str
    text: str = ""


async def show(request: web.Request) -> web.Response:
    """The page, for those who may see the comment."""
    return await comment_page(request, await seen(request))


async def seen(request: web.Request, number: int | None = None) -> Comment:
    """The comment of the address (or of that number), as this person may see it."""
    box, person = deps(request), request[SESSION].person
    wanted = row_number(request, "comment") if number is None else number
    comment = await box.comments.store.comment(wanted, viewer=person)
    if comment is None:
        raise web.HTTPNotFound
    return comment


async def comment_page(
    request: web.Request, comment: Comment, *, refused: Refusal | None = None, status: int = 200
) -> web.Response:
    """The page, with what was typed when a form of it could not be accepted."""
    box, person = deps(request), request[SESSION].person
    orders = await box.comments.store.orders_of(comment.id)
    return await page(
        request,
        "ways/comment.html",
        status=status,
        comment=comment,
        orders=[_row(box, order, person) for order in orders],
        steps=_steps(comment, orders),
        suggestions=[await suggestion(box, each) for each in comment.suggested],
        may_draft=await _may(box, comment, person, steps.DRAFT),
        explained=words.EXPLAINED,
        may_split=comment.joined and await _may(box, comment, person, steps.PART),
        may_judge=person.role in JUDGES and comment.shelf is Shelf.HELD,
        refused=refused,
        done=DONE.get(request.query.get("done", ""), "") if refused is None else "",
        **phrases(),
    )


async def _may(box: Deps, comment: Comment, person: Person, step: steps.Step) -> bool:
    """Whether this person may take a step in the comment's case now."""
    if not comment.case:
        return False
    try:
        case = await box.cases.case(comment.case, viewer=person)
    except UnknownCase:  # it went to another department a moment ago
        return False
    return steps.permitted(step, case, person)


def _row(box: Deps, order: Order, person: Person) -> dict[str, Any]:
    """An order with what this person may do to it now."""
    proposed = order.state is OrderState.PROPOSED
    return {
        "order": order,
        "read": fingerprint(order),
        "may_decide": proposed and person.name != order.proposed_by,
        "own": proposed and person.name == order.proposed_by,
        "may_undo": order.may_be_undone(box.clock()),
        "may_retry": order.state is OrderState.FAILED,
    }


def _steps(comment: Comment, orders: list[Order]) -> list[Step]:
    """What may be proposed for a comment as it stands."""
    if comment.gone_at is not None:
        return []
    fit = [
        Step.UNELECT if comment.elected else Step.ELECT,
        *((Step.UNREPLY,) if comment.reply else ()),
        *((Step.REPLY,) if not comment.reply and (comment.joined or not comment.case) else ()),
        Step.DELETE,
    ]
    standing = {order.step for order in orders if order.state in OPEN}
    return [step for step in fit if step not in standing]
