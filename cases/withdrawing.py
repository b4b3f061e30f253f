"""Taking back what was approved by mistake, as long as it has not left the desk.

An approved text waits `Rules.undo` before it is pushed, and longer where no push is possible.
Until it is on its way, who may approve can take it back: the draft stands again as it was, and
the deadline runs as if nothing had been said.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from cases import steps
from cases.approval import ANSWER, QUESTION
from cases.case import Case, Change, Event, Release, StepNotPermitted
from cases.casework import Casework
from cases.people import Person
from cases.steps import key_of, take

RELEASES: Final = {
    steps.REPLY.name: ANSWER,
    steps.OUT_OF_SCOPE.name: ANSWER,
    steps.SHARE_REPLY.name: ANSWER,
    steps.ASK.name: QUESTION,
}
UNSAID: Final[dict[str, Any]] = {
    "draft_hash": "",
    "reviewed_by": "",
    "reply": "",
    "replied_at": None,
    "closed_at": None,
    "waiting_since": None,
}


class Withdrawing(Casework):
    """Takes an approved text back."""

    async def withdraw(self, number: str, *, version: int, actor: Person, now: datetime) -> Case:
        """The text goes to nobody, and its draft waits for review again.

        Every citizen's letter of a merged case is taken back with it, or none. `AlreadyLeft`: one
        of them is delivered, being sent, read on its page, or published. StepNotPermitted: it is
        another case's reply, rated, or was approved by a version that kept no draft.
        """
        case = await self._case(number, version, actor, steps.WITHDRAW)
        _check(case)
        event = released(await self._store.events(number))
        if event is None:
            raise StepNotPermitted(f"{number} released nothing", "这件事没有可以撤回的答复。")
        changes = [_taken_back(case, event, actor=actor, now=now)]
        for each in await self._store.answered_with(number):
            own = released(await self._store.events(each.number))
            if own is not None and own.step == steps.SHARE_REPLY.name and own.at == event.at:
                changes.append(_taken_back_with(each, own, actor=actor, now=now))
        return (await self._store.write_changes(changes))[0]


def released(events: Sequence[Event]) -> Event | None:
    """The newest approval that let a text out."""
    return next((each for each in reversed(events) if each.step in RELEASES), None)


def release_of(event: Event) -> Release:
    """The text that an approval let out."""
    return Release(key=key_of(RELEASES[event.step], event.case, event.version), at=event.at)


def _check(case: Case) -> None:
    if case.lead:
        raise StepNotPermitted(
            f"{case.number} was answered with {case.lead}",
            f"这件事是随 {case.lead} 一并答复的，请在那一件里撤回。",
        )
    if case.rating is not None:
        raise StepNotPermitted(f"{case.number} is rated", "市民已经看到答复并作了评价，不能撤回。")


def _taken_back(case: Case, event: Event, *, actor: Person, now: datetime) -> Change:
    draft = case.draft or event.details.get("draft", "")
    if not draft:
        raise StepNotPermitted(f"{case.number} kept no draft", "这一稿没有留底，不能撤回。")
    author = case.drafted_by or event.details.get("drafted_by", "")
    change = take(
        steps.WITHDRAW, case, actor=actor.name, now=now, **UNSAID, draft=draft, drafted_by=author
    )
    return replace(change, takes_back=release_of(event))


def _taken_back_with(case: Case, event: Event, *, actor: Person, now: datetime) -> Change:
    department = event.details.get("from", case.department)
    change = take(
        steps.SHARE_WITHDRAWAL, case, actor=actor.name, now=now, details={"lead": case.lead},
        **UNSAID, officer="", drafted_by="", department=department,
    )  # fmt: skip
    return replace(change, takes_back=release_of(event))
