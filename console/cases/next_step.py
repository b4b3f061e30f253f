"""What a case asks of whoever looks at it: one sentence, and where on the page it is done."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from cases import steps
from cases.case import Case, Event, State
from cases.people import Person
from handlers.hearing.commands import Withdraw
from handlers.hearing.spoken import parse_spoken


@dataclass(frozen=True)
class NextStep:
    """A sentence; `words` lead to the part of the page named by `anchor`, "" for nowhere."""

    tell: str
    words: str = ""
    anchor: str = ""


ACCEPT: Final = NextStep("看完来信，点“受理”，就由您来写答复。", "去受理", "work")
WRITE: Final = NextStep("写答复。相近的答复可以直接插入，改好再提交审核。", "去写答复", "compose")
REVISE: Final = NextStep("按上面的意见改好，再提交审核。", "去修改", "compose")
REDO: Final = NextStep("按上面说的重新办，办好再写答复。", "去写答复", "compose")
REVIEW: Final = NextStep("看一遍市民会读到的话，再通过或者退回。", "去审核", "review")
ROUTE: Final = NextStep("定下该由哪个部门办，再转过去。", "去转办", "route")
WAIT: Final = NextStep("您这一步办完了，等另一位同事审核；通过后才会发给市民。")


LATER: Final = NextStep(
    "来信人在拟稿之后又补充了情况，先看“对话”最后一条，再通过或者退回。", "去审核", "review"
)
MORE: Final = NextStep(
    "来信人又补充了情况，见“对话”最后一条。看完再写答复。", "去写答复", "compose"
)
GIVEN_UP: Final = NextStep(
    "来信人说不用再办了。答复一句（比如“已按您的意思办结”），审核发出后就可以办结；该管的事还是要管。",
    "去写答复",
    "compose",
)
HANDS_ON: Final = frozenset(
    each.name for each in (steps.ACCEPT, steps.ASSIGN, steps.DRAFT, steps.SEND_BACK)
)


def next_step(
    case: Case,
    may: Collection[str],
    *,
    own_draft: bool,
    asked_again: str,
    wish: str = "",
    added: bool = False,
    given_up: bool = False,
) -> NextStep | None:
    """The step that moves this case on, for somebody who `may` take these steps; None for none.

    `own_draft`: they wrote or approved the text that waits; `asked_again`: the step that asks for
    another answer, "" for none; `wish`: what their department was asked to help with; `added`: the
    citizen wrote since; `given_up`: the last they wrote is that they need it no longer.
    """
    is_unwritten = steps.DRAFT.name in may and case.state not in steps.REPLY.before
    if wish:
        return NextStep(f"{case.department}请本部门协办：{wish}", "去写备注", "notes")
    if given_up and is_unwritten and not asked_again:
        return GIVEN_UP
    if steps.ACCEPT.name in may:
        return ACCEPT
    if steps.REPLY.name in may and not own_draft:
        return LATER if added else REVIEW
    if case.state in steps.REPLY.before:
        return WAIT if own_draft else None
    if steps.ROUTE.name in may and not case.department:
        return ROUTE
    if steps.DRAFT.name in may and case.state is State.ACCEPTED:
        if asked_again == steps.REOPEN.name:
            return REDO
        return REVISE if asked_again else MORE if added else WRITE
    return None


def added_since(events: Sequence[Event]) -> bool:
    """Whether the citizen wrote more after the last one who worked on the case had it in hand."""
    told = (e.step for e in reversed(events) if e.step in HANDS_ON | {steps.ADD.name})
    return next(told, "") == steps.ADD.name


def gives_up(case: Case, written: Sequence[str]) -> bool:
    """Whether the last the citizen wrote on a case is that they need it no longer: 算了不用了."""
    if len(written) < 2 or not case.is_open:
        return False
    return isinstance(parse_spoken(written[-1], has_case=True, about=case.text), Withdraw)


def wish_of(case: Case, events: Sequence[Event], person: Person) -> str:
    """What this person's department was asked to help with; "" when it was not, or has done it."""
    if (
        case.state not in steps.OPEN
        or not person.department
        or person.department not in case.awaits
    ):
        return ""
    asked = [each.details for each in events if each.step == steps.ASK_FOR_HELP.name]
    wishes = (each["reason"] for each in reversed(asked) if each["to"] == person.department)
    return next(wishes, "")
