"""What happened to a case, in words, and what the last step still asks of somebody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from cases import steps
from cases.case import Case, Event, State
from console.cases.case_talk import name_of

SHOWN_DETAILS: Final = ("to", "topic", "lead", "case", "of")
"""What the history says of a step besides its name."""
TAKES_OVER: Final = {
    steps.ASSIGN.name: "to",
    steps.HAND_OVER.name: "officer_to",
    steps.HAND_BACK.name: "officer_to",
}
"""Where a step says who has the case from then on, by the name to sign in with."""
MOVES: Final = frozenset(
    each.name
    for each in (
        steps.EXTEND, steps.SHARE_DELAY, steps.RECOUNT, steps.RESUME, steps.ADD, steps.REOPEN
    )
)  # fmt: skip
"""Steps that may say a new last day."""
BY_THE_WAY: Final = {steps.ADD.name, steps.PART.name, steps.GIVE_HELP.name}
TAKEN_ON: Final = frozenset(
    each.name
    for each in (steps.ACCEPT, steps.ASSIGN, steps.HAND_OVER, steps.HAND_BACK, steps.GIVE_BACK)
)
"""Somebody has it in hand; what was asked of the answer stands until there is one."""
WANTS: Final = {
    steps.SEND_BACK.name,
    steps.RETURN.name,
    steps.REOPEN.name,
    steps.ROUTE.name,
}
"""Steps that ask somebody to act, with a reason; a citizen's is in their own words."""


@dataclass(frozen=True, kw_only=True)
class Happened:
    """One event of the history in words; `quote` is the reason that a person gave."""

    what: str
    by: str
    at: datetime
    quote: str
    draft: str
    sources: str


def happened(event: Event, names: Mapping[str, str]) -> Happened:
    """One step; `names` are how people are called, by the name they sign in with."""
    return Happened(
        what=f"{_what(event, names)}{_moved(event)}",
        by=name_of(event.actor),
        at=event.at,
        quote=event.details.get("reason", ""),
        draft=event.details.get("draft", ""),
        sources=event.details.get("sources", ""),
    )


def _what(event: Event, names: Mapping[str, str]) -> str:
    step = steps.STEPS.get(event.step)
    what = step.words if step else event.step
    if event.step == steps.ROUTE.name:
        return f"转给{event.details.get('to', '')}"
    if event.step == steps.RATE.name:
        return f"{what}：{event.details.get('rating', '')} 分"
    if officer := event.details.get(TAKES_OVER.get(event.step, ""), ""):
        return f"{what}：{names.get(officer, officer)}"
    if origin := event.details.get("split_from"):
        return f"{what}：从 {origin} 分出来的留言，{name_of(event.details['split_by'])}分出"
    if event.step == steps.OPEN_CASE.name:
        return f"{what}{_led_to(event)}"
    detail = next((event.details[key] for key in SHOWN_DETAILS if key in event.details), "")
    return f"{what}：{detail}" if detail else what


def _led_to(event: Event) -> str:
    """To which department a new case went by itself, or which was suggested."""
    department = event.details.get("suggested", "")
    if not department:
        return "，等分派员转办"
    return f"，{'直接转给' if event.after is State.ROUTED else '等分派员转办，推荐'}{department}"


def _moved(event: Event) -> str:
    """The new last day, where a step moved it."""
    due = event.details.get("due", "") if event.step in MOVES else ""
    if not due:
        return ""
    day = date.fromisoformat(due)
    return f"，截止改为{day.month}月{day.day}日"


def wanted(case: Case, events: Sequence[Event]) -> Event | None:
    """The last word of who sent it on or back, while it still asks somebody to act."""
    happenings = [e for e in events if e.step not in BY_THE_WAY]
    taken_on = bool(happenings) and happenings[-1].step in TAKEN_ON
    last = next((e for e in reversed(happenings) if e.step not in TAKEN_ON), None)
    if last is None or not case.is_open or last.step not in WANTS:
        return None
    if taken_on and last.step == steps.ROUTE.name:
        return None
    return last if "reason" in last.details or last.actor == "citizen" else None
