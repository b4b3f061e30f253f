"""The table of permitted steps: from which states, to which state, by whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from cases.case import OVER, Case, Change, Delivery, Event, State, StepNotPermitted, UnknownCase
from cases.people import OWN_DEPARTMENT_ONLY, Person, Role
from cases.privacy import GONE


class Reach(StrEnum):
    """Which cases a role may take a step in."""

    OWN = "own"  # those of the person's own department
    UNROUTED = "unrouted"  # those the dispatcher still owns
    ASKED = "asked"  # those that the person's department was asked to help with
    ANY = "any"


@dataclass(frozen=True, kw_only=True)
class Step:
    """One row of the table; `after` None leaves the state, no `who` means citizen or desk."""

    name: str
    words: str
    before: frozenset[State]
    after: State | None = None
    who: Mapping[Role, Reach] = field(default_factory=dict)


S = State
OFFICE: Final = {Role.OFFICER: Reach.OWN, Role.REVIEWER: Reach.OWN}
WRITERS: Final = {**OFFICE, Role.DISPATCHER: Reach.UNROUTED}
APPROVERS: Final = {
    Role.REVIEWER: Reach.OWN,
    Role.SUPERVISOR: Reach.ANY,
    Role.DISPATCHER: Reach.UNROUTED,
}
WITH_DISPATCHER: Final = frozenset({S.RECEIVED, S.RETURNED})
IN_WORK: Final = frozenset({S.ACCEPTED, S.DRAFTED, S.REVIEWED})
OPEN: Final = WITH_DISPATCHER | IN_WORK | {S.ROUTED, S.WAITING}
ANSWERED: Final = frozenset({S.REPLIED, S.OUT_OF_SCOPE, S.CLOSED})


def _step(
    name: str,
    words: str,
    before: frozenset[State],
    after: State | None = None,
    who: Mapping[Role, Reach] | None = None,
) -> Step:
    return Step(name=name, words=words, before=before, after=after, who=who or {})


ROUTE = _step("route", "转办", OPEN - {S.WAITING}, S.ROUTED, {Role.DISPATCHER: Reach.ANY})
ACCEPT = _step("accept", "受理", frozenset({S.ROUTED}), S.ACCEPTED, OFFICE)
RETURN = _step("return", "退回", IN_WORK | {S.ROUTED}, S.RETURNED, OFFICE)
DRAFT = _step("draft", "拟稿", IN_WORK | WITH_DISPATCHER, S.DRAFTED, WRITERS)
SEND_BACK = _step("send_back", "退改", frozenset({S.DRAFTED, S.REVIEWED}), S.ACCEPTED, APPROVERS)
APPROVE = _step("approve", "初审通过", frozenset({S.DRAFTED}), S.REVIEWED, APPROVERS)
REPLY = _step("reply", "审核通过并答复", frozenset({S.DRAFTED, S.REVIEWED}), S.REPLIED, APPROVERS)
ASK = _step("ask_citizen", "请来信人补充", REPLY.before, S.WAITING, APPROVERS)
OUT_OF_SCOPE = _step("out_of_scope", "告知不属受理范围", REPLY.before, S.OUT_OF_SCOPE, APPROVERS)
WITHDRAW = _step("withdraw", "撤回，没有发给市民", ANSWERED | {S.WAITING}, S.DRAFTED, APPROVERS)
RESUME = _step("resume", "恢复办理", frozenset({S.WAITING}), S.ACCEPTED, WRITERS)
EXTEND = _step("extend", "批准延期", OPEN - {S.WAITING}, None, {Role.SUPERVISOR: Reach.ANY})
CLOSE = _step(
    "close",
    "办结",
    frozenset({S.REPLIED, S.OUT_OF_SCOPE}),
    S.CLOSED,
    {**OFFICE, Role.DISPATCHER: Reach.UNROUTED, Role.SUPERVISOR: Reach.ANY},
)
ASSIGN = _step("assign", "指派经办人", IN_WORK | {S.ROUTED, S.WAITING}, None, OFFICE)
SORT = _step("sort", "归类", OPEN | ANSWERED, None, {**OFFICE, Role.DISPATCHER: Reach.ANY})
LEADERS: Final = {**OFFICE, Role.DISPATCHER: Reach.ANY, Role.SUPERVISOR: Reach.ANY}
ASK_FOR_HELP = _step(
    "ask_for_help", "请其他部门协办", IN_WORK | {S.ROUTED, S.WAITING}, None, LEADERS
)
GIVE_HELP = _step(
    "give_help", "写好协办意见", OPEN, None, {Role.OFFICER: Reach.ASKED, Role.REVIEWER: Reach.ASKED}
)
END_HELP = _step("end_help", "结束协办", OPEN, None, LEADERS)
MERGE = _step("merge", "并入另一件", OPEN, S.MERGED, {**OFFICE, Role.DISPATCHER: Reach.ANY})
ABSORB = _step("absorb", "并入了另一件来信", OPEN)
SPLIT = _step(
    "split", "拆出来单独办", frozenset({S.MERGED}), S.ROUTED, {**OFFICE, Role.DISPATCHER: Reach.ANY}
)
PART = _step(
    "part",
    "把一条留言分出去单独办",
    OPEN | ANSWERED | {S.MERGED},
    None,
    {**OFFICE, Role.DISPATCHER: Reach.ANY},
)
SHARE_REPLY = _step("share_reply", "随主办件一并答复", frozenset({S.MERGED}), S.REPLIED)
SHARE_DELAY = _step("share_delay", "随主办件一并告知延期", frozenset({S.MERGED}))
SHARE_WITHDRAWAL = _step("share_withdrawal", "随主办件一并撤回", ANSWERED, S.MERGED)
ASK_EXTENSION = _step("ask_extension", "申请延期", OPEN - {S.WAITING}, None, OFFICE)
DECLINE_EXTENSION = _step(
    "decline_extension", "不批准延期", OPEN, None, {Role.SUPERVISOR: Reach.ANY}
)
OPEN_CASE = _step("open", "来信登记", frozenset())
ADD = _step("add", "来信人补充", OPEN | {S.MERGED})
RATE = _step("rate", "来信人评价", ANSWERED)
REOPEN = _step("reopen", "要求重新办理", ANSWERED, S.ROUTED, {Role.SUPERVISOR: Reach.ANY})
HEAR_RATING = _step("hear_rating", "处理低评价", ANSWERED, None, {Role.SUPERVISOR: Reach.ANY})
FOLLOW = _step("follow", "随主办件一并转办", frozenset({S.MERGED}))
RECOUNT = _step("recount", "按放假通知重算期限", OPEN | {S.MERGED})
HAND_OVER = _step("hand_over", "请假代办，转给同事", OPEN)
HAND_BACK = _step("hand_back", "代办结束，交还同事", OPEN)
SUCCEED = _step("succeed", "部门撤并，由承接部门接着办", OPEN)
GIVE_BACK = _step("give_back", "经办人已离岗，交回本部门", OPEN)

ANEW: Final = frozenset({REOPEN.name, WITHDRAW.name})
"""Steps that begin an answer again: not where nothing is left to answer, nor anybody to read it."""

STEPS: Final[Mapping[str, Step]] = {
    step.name: step
    for step in (
        OPEN_CASE, ROUTE, ACCEPT, RETURN, DRAFT, SEND_BACK, APPROVE, REPLY, ASK, OUT_OF_SCOPE,
        MERGE, ABSORB, SPLIT, FOLLOW, PART, SHARE_REPLY, SHARE_DELAY, WITHDRAW, SHARE_WITHDRAWAL,
        ASK_EXTENSION, DECLINE_EXTENSION,
        RESUME, EXTEND, CLOSE, ASSIGN, SORT, ASK_FOR_HELP, GIVE_HELP, END_HELP, ADD, RATE, REOPEN,
        HEAR_RATING, RECOUNT,
        HAND_OVER, HAND_BACK, GIVE_BACK, SUCCEED,
    )
}  # fmt: skip


def may_see(person: Person, case: Case) -> bool:
    """The own-department rule: an officer of no department sees nothing.

    Departments that help with a case see it too.
    """
    if person.role in OWN_DEPARTMENT_ONLY:
        return bool(person.department) and person.department in {case.department, *case.helpers}
    return person.scope is None


def permitted(step: Step, case: Case, person: Person) -> bool:
    """Whether the table lets this person take this step in this case now."""
    if case.state not in step.before or not may_see(person, case):
        return False
    if case.text == GONE and step.name in ANEW:
        return False
    match step.who.get(person.role):
        case Reach.OWN:
            return person.department == case.department
        case Reach.ASKED:
            return person.department in case.awaits
        case Reach.ANY:
            return True
        case Reach.UNROUTED:
            return case.department == ""
        case _:
            return False


def permitted_steps(case: Case, person: Person) -> tuple[Step, ...]:
    """The steps a person may take now, in the order of the table (for the buttons of a page)."""
    return tuple(step for step in STEPS.values() if permitted(step, case, person))


def check(step: Step, case: Case, person: Person) -> None:
    """UnknownCase when the person may not see the case, StepNotPermitted when not this step."""
    if not may_see(person, case):
        raise UnknownCase(case.number)
    if not permitted(step, case, person):
        raise StepNotPermitted(
            f"{step.name} is not for {person.role} {person.name} in a {case.state} case",
            f"这件事现在不能由您“{step.words}”，请刷新后再看。",
        )


def take(
    step: Step,
    case: Case,
    *,
    actor: str,
    now: datetime,
    after: State | None = None,
    details: Mapping[str, str] | None = None,
    **changed: Any,
) -> Change:
    """The change that a step makes; `changed` are fields of the case after it.

    Pure; permission is `check`'s matter. ValueError for a naive `now`.
    """
    if now.tzinfo is None:
        raise ValueError("now has no time zone; pass an aware datetime")
    if case.state not in step.before:
        raise StepNotPermitted(f"{step.name} is not possible in a {case.state} case")
    state = after or step.after or case.state
    if state in OVER | {S.MERGED} and case.state not in OVER:
        changed = {"asks": ""} | changed
    moved = replace(case, state=state, version=case.version + 1, **changed)
    event = Event(
        case=case.number,
        version=moved.version,
        at=now.astimezone(UTC),
        actor=actor,
        step=step.name,
        before=case.state,
        after=state,
        details=dict(details or {}),
    )
    return Change(case=moved, event=event)


def send(change: Change, *, what: str, text: str, undo: timedelta = timedelta(0)) -> Change:
    """The same change with a text for the citizen, frozen with it, that leaves after `undo`.

    The key is unique for the case's version: "reply-HY20261121-0007-5".
    """
    case = change.case
    delivery = Delivery(
        key=key_of(what, case.number, case.version),
        account=case.account,
        citizen=case.citizen,
        text=text,
        case=case.number,
        created_at=change.event.at,
        leaves_at=change.event.at + undo,
    )
    return replace(change, delivery=delivery)


def key_of(what: str, number: str, version: int) -> str:
    """Names the text that a step sends."""
    return f"{what}-{number}-{version}"
