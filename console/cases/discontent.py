"""What a citizen said who was not content with an answer, in their own words."""

from collections.abc import Sequence
from typing import Final

from cases import steps
from cases.case import Case, Event
from console.cases.case_talk import Said
from handlers.hearing.commands import Rate, Supplement, parse

ANSWERS: Final = frozenset(
    each.name for each in (steps.REPLY, steps.SHARE_REPLY, steps.OUT_OF_SCOPE)
)


def reasons(case: Case, events: Sequence[Event], said: Sequence[Said]) -> str:
    """What they wrote since the last answer, but for the bare commands; "" where nobody minds.

    Of a badly rated case that waits for the supervisor, and of one that begins again.
    """
    last = next((each for each in reversed(events) if each.step in ANSWERS), None)
    if last is None or not (case.is_open or case.asks == "rating"):
        return ""
    since = (each.text for each in said if not each.ours and each.at >= last.at)
    return "\n".join(told for told in map(_told, since) if told)


def _told(text: str) -> str:
    match parse(text):
        case None:
            return text
        case Rate(reason=reason):
            return reason
        case Supplement(text=more):
            return more
        case _:
            return ""
