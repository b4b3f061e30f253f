"""What happened to a case, in words, and what the last step still asks of somebody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cases import steps
from cases.case import Case, Event
from console.cases.case_talk import name_of

SHOWN_DETAILS: Final = ("to", "topic", "lead", "case", "of")
"""What the history says of a step besides its name."""
TAKES_OVER: Final = {
    steps.ASSIGN.name: "to",
    steps.HAND_OVER.name: "officer_to",
    steps.HAND_BACK.name: "officer_to",
}
"""Where a step says who has the case from then on, by the name to sign in with."""
BY_THE_WAY: Final = {steps.ADD.name, steps.PART.name, steps.GIVE_HELP.name}
WANTS: Final = {
    steps.SEND_BACK.name,
    steps.RETURN.name,
    steps.REOPEN.name,
    steps.ROUTE.name,
}
"""Steps that ask somebody to act, with a reason."""


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
    step = steps.STEPS.get(event.step)
    what = step.words if step else event.step
    if event.step == steps.ROUTE.name:
        what = f"转给{event.details.get('to', '')}"
    elif officer := event.details.get(TAKES_OVER.get(event.step, ""), ""):
        what = f"{what}：{names.get(officer, officer)}"
    elif origin := event.details.get("split_from"):
        what = f"{what}：从 {origin} 分出来的留言，{name_of(event.details['split_by'])}分出"
    elif detail := next((event.details[k] for k in SHOWN_DETAILS if k in event.details), ""):
        what = f"{what}：{detail}"
    return Happened(
        what=what,
        by=name_of(event.actor),
        at=event.at,
        quote=event.details.get("reason", ""),
        draft=event.details.get("draft", ""),
        sources=event.details.get("sources", ""),
    )


def wanted(case: Case, events: Sequence[Event]) -> Event | None:
    """The reviewer's or department's last word, while it still asks somebody to act."""
    last = next((e for e in reversed(events) if e.step not in BY_THE_WAY), None)
    if last is None or not case.is_open or "reason" not in last.details:
        return None
    return last if last.step in WANTS else None
