"""What became of a case, as its citizen may read it: the steps that concern them, no name, no text.

Who of the office did what, drafts, reasons and returns stay inside; a reply that was taken back
before it reached anybody was never given.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from cases import steps
from cases.case import Event, State


@dataclass(frozen=True, kw_only=True)
class Milestone:
    """A step in a citizen's words, and what was told them with it."""

    what: str
    at: datetime
    told: str = ""


def milestones(events: Sequence[Event]) -> list[Milestone]:
    """The newest first; `events` are the case's, oldest first."""
    found: list[Milestone] = []
    for event in events:
        if event.step in TAKEN_BACK:
            found = found[:-1] if found and found[-1].what in GIVEN else found
        elif (say := SAID.get(event.step)) and (what := say(event)):
            found.append(Milestone(what=what, at=event.at, told=event.details.get("told", "")))
    return found[::-1]


def _opened(event: Event) -> str:
    to = event.details.get("suggested", "") if event.after is State.ROUTED else ""
    return f"收到您的来信，转给{to}" if to else "收到您的来信"


def _moved(event: Event) -> str:
    day = _day(event)
    return f"还需要一些时间，最晚{day}答复您" if day else "还需要一些时间"


def _again(event: Event) -> str:
    day = _day(event)
    return f"重新办理，最晚{day}答复您" if day else "重新办理"


def _added(event: Event) -> str:
    """Only where it ended the wait for it: who writes a lot would see nothing else."""
    return "收到您的补充，接着办理" if event.before is State.WAITING else ""


def _day(event: Event) -> str:
    due = event.details.get("due", "")
    if not due:
        return ""
    day = date.fromisoformat(due)
    return f"{day.month}月{day.day}日"


REPLIED, ASKED, ELSEWHERE = "已答复", "请您补充情况", "已告知该找哪里"
GIVEN: Final = frozenset({REPLIED, ASKED, ELSEWHERE})
TAKEN_BACK: Final = frozenset({steps.WITHDRAW.name, steps.SHARE_WITHDRAWAL.name})
SAID: Final[Mapping[str, Callable[[Event], str]]] = {
    steps.OPEN_CASE.name: _opened,
    steps.ROUTE.name: lambda event: f"转给{event.details.get('to', '负责的部门')}",
    steps.FOLLOW.name: lambda event: f"转给{event.details.get('to', '负责的部门')}",
    steps.SUCCEED.name: lambda event: f"转给{event.details.get('to', '负责的部门')}",
    steps.ACCEPT.name: lambda _: "部门已受理",
    steps.MERGE.name: lambda _: "和别人反映的同一件事一起办理",
    steps.SPLIT.name: lambda _: "单独办理",
    steps.EXTEND.name: _moved,
    steps.SHARE_DELAY.name: _moved,
    steps.ASK.name: lambda _: ASKED,
    steps.RESUME.name: lambda _: "接着办理",
    steps.ADD.name: _added,
    steps.REPLY.name: lambda _: REPLIED,
    steps.SHARE_REPLY.name: lambda _: REPLIED,
    steps.OUT_OF_SCOPE.name: lambda _: ELSEWHERE,
    steps.RATE.name: lambda event: f"您评了 {event.details.get('rating', '')} 分",
    steps.REOPEN.name: _again,
    steps.CLOSE.name: lambda _: "办结",
}
"""Steps that concern the citizen; the rest is the office's."""
