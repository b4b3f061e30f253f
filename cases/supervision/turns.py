"""Whose turn it is: whoever has to act because of somebody else's step is told, once.

Whoever has twenty other duties does not look at the desk all day: what lands with them, by a
colleague's, a citizen's or the router's doing, is told in the console and by their mail.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from cases import steps
from cases.case import Case, Event, State
from cases.clock import return_due
from cases.people import OWN_DEPARTMENT_ONLY, Role
from cases.rules import Rules
from cases.supervision.audience import Audience, each_once
from cases.supervision.reminder import Message, Recipient, ReminderKind
from cases.supervision.words import UNROUTED, path_of
from cases.time_left import case_time_left
from cases.work_calendar import WorkCalendar

PATIENCE: Final = timedelta(minutes=3)
"""Who opens the case within this time needs no mail about it."""
FEW: Final = 3
"""More of one kind from one person at once are told in one message."""


@dataclass(frozen=True, kw_only=True)
class Turn:
    """A step that was taken, and the case as it is now."""

    case: Case
    event: Event

    @property
    def key(self) -> str:
        """Told once; the case's next step is another one."""
        return f"turn/{self.case.number}/{self.event.version}"


@dataclass(frozen=True)
class Rule:
    """`waits`: whether somebody still has to act; `title` says what, `many` of several cases."""

    waits: Callable[[Case, Event], bool]
    whom: Callable[[Case, Event, Audience, date], list[Recipient]]
    title: str
    many: str
    tab: str = "mine"


def _hands(case: Case, event: Event, audience: Audience, day: date) -> list[Recipient]:
    del event
    return audience.officers(case.department, case.officer, day)


def _officer(case: Case, event: Event, audience: Audience, day: date) -> list[Recipient]:
    del event, day
    return [audience.person(case.officer)]


def _author(case: Case, event: Event, audience: Audience, day: date) -> list[Recipient]:
    return audience.officers(case.department, case.drafted_by or case.officer, day)


def _reviewers(case: Case, event: Event, audience: Audience, day: date) -> list[Recipient]:
    """Those of the department who are there and have no part in the text, else the supervisors."""
    del event
    own = [
        audience.person(each.name)
        for each in audience.people
        if each.role is Role.REVIEWER
        and each.department == case.department != ""
        and each.name not in {case.drafted_by, case.reviewed_by}
        and not audience.rota.is_away(each.name, day)
    ]
    return own or audience.role(Role.SUPERVISOR)


def _supervisors(case: Case, event: Event, audience: Audience, day: date) -> list[Recipient]:
    del case, event, day
    return audience.role(Role.SUPERVISOR)


def _helpers(case: Case, event: Event, audience: Audience, day: date) -> list[Recipient]:
    del case
    return audience.officers(event.details["to"], "", day)


def _is_there(case: Case, event: Event) -> bool:
    """Nobody took it on, and it did not go elsewhere meanwhile."""
    given = event.details.get("to" if event.step == steps.ROUTE.name else "suggested", "")
    fits = event.step in {steps.REOPEN.name, steps.SPLIT.name} or case.department in {"", given}
    return case.state is event.after and fits


def _is_open(case: Case, event: Event) -> bool:
    del event
    return case.is_open


def _asks(what: str) -> Callable[[Case, Event], bool]:
    return lambda case, _: case.asks == what


def _in(*states: State) -> Callable[[Case, Event], bool]:
    return lambda case, event: case.state in states and event.before is not case.state


NEW: Final = "收到来信 {n}，{left}"
ARRIVALS: Final = frozenset(
    each.name for each in (steps.OPEN_CASE, steps.ROUTE, steps.SPLIT, steps.REOPEN, steps.RETURN)
)
RULES: Final[Mapping[str, Rule]] = {
    steps.OPEN_CASE.name: Rule(_is_there, _hands, NEW, "收到 {m} 件来信"),
    steps.ROUTE.name: Rule(_is_there, _hands, "{by}转来来信 {n}，{left}", "{by}转来 {m} 件来信"),
    steps.SPLIT.name: Rule(_is_there, _hands, "来信 {n} 拆出来单独办，{left}", "{m} 件来信单独办"),
    steps.REOPEN.name: Rule(
        _is_there, _hands, "来信 {n} 要重新办理，{left}", "{m} 件来信要重新办理"
    ),
    steps.SUCCEED.name: Rule(
        lambda case, event: case.is_open and case.department == event.details.get("to"),
        _hands, "部门撤并，来信 {n} 转来，{left}", "部门撤并，转来 {m} 件来信",
    ),
    steps.RETURN.name: Rule(
        _in(State.RETURNED), _hands, "{by}退回了来信 {n}，{left}", "{by}退回了 {m} 件来信"
    ),
    steps.ASSIGN.name: Rule(
        lambda case, event: case.is_open and case.officer == event.details["to"],
        _officer, "{by}把来信 {n} 交给您办，{left}", "{by}把 {m} 件来信交给您办", "own",
    ),
    steps.DRAFT.name: Rule(
        _in(State.DRAFTED), _reviewers, "来信 {n} 的答复等您审核，{left}", "{m} 件答复等您审核"
    ),
    steps.APPROVE.name: Rule(
        _in(State.REVIEWED), _reviewers, "来信 {n} 的答复等您复审，{left}", "{m} 件答复等您复审"
    ),
    steps.SEND_BACK.name: Rule(
        _in(State.ACCEPTED, State.RECEIVED), _author,
        "{by}请您修改来信 {n} 的答复，{left}", "{by}请您修改 {m} 件答复",
    ),
    steps.WITHDRAW.name: Rule(
        _in(State.DRAFTED), _author,
        "{by}撤回了来信 {n} 的答复，没有发给市民，{left}", "{by}撤回了 {m} 件答复",
    ),
    steps.ADD.name: Rule(_is_open, _hands, "来信人补充了来信 {n}，{left}", "{m} 件来信有补充"),
    steps.RATE.name: Rule(
        _asks("rating"), _supervisors, "来信 {n} 的答复评价低，请看看", "{m} 件答复评价低",
        "unhappy",
    ),
    steps.ASK_EXTENSION.name: Rule(
        _asks("extension"), _supervisors,
        "{by}申请延长来信 {n} 的期限，{left}", "{by}申请延长 {m} 件来信的期限", "asking",
    ),
    steps.EXTEND.name: Rule(
        _is_open, _hands, "来信 {n} 已批准延期，{left}", "{m} 件来信已批准延期", "own"
    ),
    steps.DECLINE_EXTENSION.name: Rule(
        _is_open, _hands, "来信 {n} 的延期没有批准，{left}", "{m} 件来信的延期没有批准", "own"
    ),
    steps.ASK_FOR_HELP.name: Rule(
        lambda case, event: case.is_open and event.details["to"] in case.helpers,
        _helpers, "{of}请本部门协办来信 {n}，{left}", "{of}请本部门协办 {m} 件来信",
    ),
}  # fmt: skip
"""Who is to act after which step; a step that is not here asks nothing of anybody else."""
AIMED_AT: Final = {
    steps.OPEN_CASE.name: "不归本部门办的，请最晚{back}退回。",
    steps.ROUTE.name: "不归本部门办的，请最晚{back}退回。",
    steps.ASK_FOR_HELP.name: "点开来信看要做什么，意见写在“内部备注”里。",
}


def told_of(turn: Turn, audience: Audience, day: date) -> list[Recipient]:
    """Who is to act now; never whoever took the step, and nobody once it is done."""
    rule = RULES[turn.event.step]
    if not rule.waits(turn.case, turn.event):
        return []
    found = rule.whom(turn.case, turn.event, audience, day)
    active = {each.name for each in audience.people}
    return [each for each in each_once(found) if each.person in active - {turn.event.actor}]


def said_of(
    turns: Sequence[Turn], audience: Audience, now: datetime, calendar: WorkCalendar, rules: Rules
) -> Message:
    """One message about a case, or about several of one kind from one person."""
    case, event = turns[0].case, turns[0].event
    rule = RULES[event.step]
    words = {
        "n": case.number,
        "m": str(len(turns)),
        "by": _called(event, audience),
        "of": case.department or UNROUTED,
        "left": case_time_left(case, now, calendar).words,
    }
    several = len(turns) > 1
    numbers = "、".join(each.case.number for each in turns[:10])
    more = "等" if len(turns) > 10 else ""
    aimed = AIMED_AT.get(event.step, "点开就能办。") if case.department else "请定下由哪个部门办。"
    back = return_due([event], now, rules, calendar).due_date
    aimed = aimed.format(back=f"{back.month}月{back.day}日")
    return Message(
        kind=ReminderKind.TURN,
        title=(rule.many if several else rule.title).format(**words),
        text=f"{numbers}{more}。按到期先后办。" if several else f"{_where(case)}{aimed}",
        link=f"/console/cases?tab={rule.tab}" if several else path_of(case.lead or case.number),
        department=case.department,
    )


def _where(case: Case) -> str:
    day = f"{case.due_date.month}月{case.due_date.day}日截止"
    return f"{day}{'（暂定）' if case.provisional else ''}。"


def _called(event: Event, audience: Audience) -> str:
    if event.actor in {"citizen", "desk"}:
        return {"citizen": "来信人", "desk": "系统"}[event.actor]
    person = next((each for each in audience.people if each.name == event.actor), None)
    office = event.details.get("from", "") if event.step == steps.RETURN.name else ""
    if office:
        return office
    if person is not None and person.role in OWN_DEPARTMENT_ONLY and event.step == "ask_extension":
        return person.department
    return audience.called(event.actor)


def of_lead(turn: Turn, lead: Case) -> Turn:
    """What a citizen adds to a merged letter is for whoever has the one that leads."""
    return replace(turn, case=replace(turn.case, officer=lead.officer, department=lead.department))
