"""审核发布: what staff do with a comment on the platform, each step by two people.

One proposes, another approves exactly the text they read; it can be undone until it is sent.
All pure; storage writes an order only while it still stands as it was read.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from cases.case import StepNotPermitted, TextNotFit
from cases.people import Person, Role
from cases.wording import fit_text, text_hash
from handlers.comments.comment import Comment
from handlers.pages import split

LONGEST_REPLY = 600
"""UTF-8 bytes that WeChat takes as a reply to a comment."""
MODERATORS = frozenset({Role.DISPATCHER, Role.SUPERVISOR, Role.OFFICER, Role.REVIEWER})


class Step(StrEnum):
    """What can be done with a comment on the platform."""

    ELECT = "elect"  # everybody sees it
    UNELECT = "unelect"  # only its writer does
    DELETE = "delete"
    REPLY = "reply"  # one for each comment
    UNREPLY = "unreply"


class OrderState(StrEnum):
    """Where an order stands; only `approved` ones are sent, and only once."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    SENDING = "sending"
    DONE = "done"
    FAILED = "failed"
    UNDONE = "undone"
    REJECTED = "rejected"


@dataclass(frozen=True, kw_only=True)
class Order:
    """One step on the platform; `send_at` is when it goes out and can no longer be undone.

    `case` is the number of the case whose approved reply it is, else "". `code` is WeChat's last
    refusal (0: none).
    """

    id: int
    comment: int
    step: Step
    text: str
    proposed_by: str
    proposed_at: datetime
    state: OrderState
    decided_by: str = ""
    decided_at: datetime | None = None
    send_at: datetime | None = None
    code: int = 0
    reason: str = ""
    attempts: int = 0
    ended_at: datetime | None = None
    case: str = ""

    def may_be_undone(self, now: datetime) -> bool:
        """Whether it has certainly not been sent yet."""
        if self.case or self.attempts:
            return False
        early = self.send_at is None or now < self.send_at
        return self.state is OrderState.PROPOSED or (self.state is OrderState.APPROVED and early)


def propose(comment: Comment, step: Step, text: str, *, actor: Person, now: datetime) -> Order:
    """The first person's order. StepNotPermitted or TextNotFit says why not."""
    if comment.gone_at is not None:
        raise StepNotPermitted("the comment is gone", "这条留言已经不在了，不用再处理。")
    if unfit := _unfit(comment, step):
        raise StepNotPermitted(f"{step} does not fit the comment", unfit)
    wording = fit_reply(text) if step is Step.REPLY else ""
    return Order(
        id=0,
        comment=comment.id,
        step=step,
        text=wording,
        proposed_by=actor.name,
        proposed_at=now,
        state=OrderState.PROPOSED,
    )


def _unfit(comment: Comment, step: Step) -> str:
    """Why a step makes no sense for a comment as it is; "" when it does."""
    match step:
        case Step.ELECT if comment.elected:
            return "这条留言已经是精选了。"
        case Step.UNELECT if not comment.elected:
            return "这条留言现在不是精选。"
        case Step.REPLY if comment.case and not comment.joined:
            return (
                f"这条留言已登记成来信 {comment.case}，请在来信里答复，审核后会自动回复到留言下。"
            )
        case Step.REPLY if comment.reply:
            return "这条留言已经有回复，微信只允许一条。要换，请先删除原来的回复。"
        case Step.UNREPLY if not comment.reply:
            return "这条留言还没有回复。"
    return ""


def fit_reply(text: str) -> str:
    """A text that WeChat takes under a comment. TextNotFit: empty or too long."""
    plain = fit_text(text, what="回复")
    size = len(plain.encode())
    if size > LONGEST_REPLY:
        raise TextNotFit(
            f"{size} bytes are more than {LONGEST_REPLY}",
            f"留言的回复最多约 {LONGEST_REPLY // 3} 个汉字，现在有 {len(plain)} 个，请删减后再交。",
        )
    return plain


def as_published(text: str) -> str:
    """A case's reply as it fits under a comment; the citizen can ask for the rest."""
    return split(text, limit=LONGEST_REPLY, mark="（篇幅有限，没显示完，请私信我们看全文）")[0]


def approve(order: Order, read: str, *, actor: Person, now: datetime, wait: timedelta) -> Order:
    """The second person's word; `read` is `fingerprint` of what they saw."""
    if order.state is not OrderState.PROPOSED:
        raise StepNotPermitted("the order is decided", "这一步已经有人处理过了，请刷新后再看。")
    if actor.name == order.proposed_by:
        raise StepNotPermitted(f"{actor.name} proposed it", "须由另一位同事审核，您是提出的人。")
    if read != fingerprint(order):
        raise StepNotPermitted("another text was read", "内容在您看过之后改过，请重新看一遍。")
    return replace(
        order,
        state=OrderState.APPROVED,
        decided_by=actor.name,
        decided_at=now,
        send_at=now + wait,
    )


def reject(order: Order, reason: str, *, actor: Person, now: datetime) -> Order:
    """The second person says no, with a reason for the first."""
    if order.state is not OrderState.PROPOSED:
        raise StepNotPermitted("the order is decided", "这一步已经有人处理过了，请刷新后再看。")
    return replace(
        order,
        state=OrderState.REJECTED,
        decided_by=actor.name,
        decided_at=now,
        ended_at=now,
        reason=fit_text(reason, what="不同意的理由"),
    )


def undo(order: Order, *, actor: Person, now: datetime) -> Order:
    """Takes an order back before it is sent; anybody who moderates may."""
    if not order.may_be_undone(now):
        raise StepNotPermitted("it is sent or sending", "已经发出或正在发出，不能撤回了。")
    return replace(order, state=OrderState.UNDONE, reason=f"{actor.name} 撤回", ended_at=now)


def retry(order: Order, *, now: datetime) -> Order:
    """A failed order goes out again as it was approved."""
    if order.state is not OrderState.FAILED:
        raise StepNotPermitted("only what failed is sent again", "这一步没有失败，不用再发。")
    return replace(order, state=OrderState.APPROVED, send_at=now, ended_at=None, reason="")


def fingerprint(order: Order) -> str:
    """What an approval is bound to: the step, the comment and the text."""
    return text_hash(f"{order.id}|{order.comment}|{order.step}|{order.text}")
