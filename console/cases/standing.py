"""How far a case is on its way, and the time that is left for it."""

from collections.abc import Sequence
from typing import Any, Final

from cases.case import Case, Event, State
from cases.clock import return_due
from cases.time_left import case_time_left
from cases.work_calendar import today
from console import words
from console.deps import Deps

PATH: Final = ("登记", "转办", "办理", "审核", "答复")
PLACE_ON_PATH: Final = {
    State.RECEIVED: 0,
    State.RETURNED: 0,
    State.ROUTED: 1,
    State.ACCEPTED: 2,
    State.WAITING: 2,
    State.DRAFTED: 3,
    State.REVIEWED: 3,
}


def standing(box: Deps, case: Case, events: Sequence[Event]) -> dict[str, Any]:
    """How far the case is, and the time that is left."""
    left = case_time_left(case, box.clock(), box.calendar)
    return_by = return_due(events, box.clock(), box.rules, box.calendar).due_date
    return {
        "left": left,
        "return_by": return_by,
        "in_time": today(box.clock()) <= return_by,
        "colour": words.COLOURS[left.urgency],
        "path": list(enumerate(PATH)),
        "at": PLACE_ON_PATH.get(case.state, len(PATH)),
    }
