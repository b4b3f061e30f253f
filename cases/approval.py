"""A second person's approval: of exactly the text they read, frozen for the citizen at once."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from cases import steps
from cases.case import Case, Change, Event, StepNotPermitted
from cases.people import Person
from cases.ports import Letters
from cases.steps import send, take
from cases.text_check import check_text
from cases.wording import fit_text, text_hash


class Purpose(StrEnum):
    """What a draft becomes when it is approved."""

    REPLY = "reply"
    QUESTION = "question"
    OUT_OF_SCOPE = "out_of_scope"


BECOMES: Final = {
    Purpose.REPLY: steps.REPLY,
    Purpose.QUESTION: steps.ASK,
    Purpose.OUT_OF_SCOPE: steps.OUT_OF_SCOPE,
}

ANSWER, QUESTION = "reply", "question"
"""What a text is, as its delivery's key begins."""
NO_DRAFT: Final[dict[str, Any]] = {
    "officer": "",
    "asks": "",
    "draft": "",
    "drafted_by": "",
    "draft_hash": "",
    "reviewed_by": "",
}
"""What a case keeps of a draft that was sent or voided."""


def purpose_of(events: Sequence[Event]) -> Purpose:
    """What the newest draft of a case is meant to become."""
    drafts = (e.details for e in reversed(events) if e.step == steps.DRAFT.name)
    return Purpose(next(drafts, {}).get("purpose", Purpose.REPLY))


def asked_of(events: Sequence[Event]) -> str:
    """What the citizen was asked last, as they read it; "" when no question was kept."""
    asked = (e.details.get("draft", "") for e in reversed(events) if e.step == steps.ASK.name)
    return next(asked, "")


def check_reviewer(case: Case, draft_hash: str, actor: Person) -> None:
    """StepNotPermitted: the person wrote or approved it already, or read another text."""
    if actor.name in {case.drafted_by, case.reviewed_by}:
        raise StepNotPermitted(
            f"{actor.name} already wrote or approved the draft of {case.number}",
            "答复须由另一位同事审核，您已经拟稿或审核过这一稿。",
        )
    current = text_hash(case.draft)
    if draft_hash != current or case.draft_hash not in {"", current}:
        raise StepNotPermitted(
            f"the draft of {case.number} is not the text that was read",
            "稿件在您审阅之后改过，请重新阅读后再审核。",
        )


def looked_at(text: str, confirmed: str) -> dict[str, str]:
    """What an approval says of the places that its reviewer confirmed. Raises `TextNotFit`."""
    found = check_text(text, confirmed=confirmed)
    names = list(dict.fromkeys(each.name for each in found))
    return {"confirmed": "、".join(names)} if names else {}


def approved(
    case: Case,
    purpose: Purpose,
    *,
    actor: Person,
    now: datetime,
    letters: Letters,
    confirmed: str = "",
    undo: timedelta = timedelta(0),
) -> Change:
    """The change that sends the draft as it was meant: a reply, a question, or "not ours".

    TextNotFit: the text has something that must go, or that was not confirmed.
    """
    step, text = BECOMES[purpose], fit_text(case.draft, what="答复")
    reviewers = "、".join(filter(None, (case.reviewed_by, actor.name)))
    details = {"sha256": text_hash(text), "drafted_by": case.drafted_by}
    details |= looked_at(text, confirmed)
    if purpose is Purpose.QUESTION:
        change = take(
            step, case, actor=actor.name, now=now, details=details | {"draft": case.draft},
            waiting_since=now, **NO_DRAFT | {"officer": case.officer},
        )  # fmt: skip
        letter = letters.question(change.case, text)
        return send(change, what=QUESTION, text=letter, undo=undo)
    change = take(
        step, case, actor=actor.name, now=now, details=details,
        reply=text, replied_at=now, reviewed_by=reviewers, draft_hash=text_hash(text),
    )  # fmt: skip
    return send(change, what=ANSWER, text=letters.reply(change.case), undo=undo)
