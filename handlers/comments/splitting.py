"""A comment that joined the wrong case of its citizen, on its way to a case of its own."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import TypeAlias

from cases.case import Case, Change, StepNotPermitted
from cases.steps import PART, take
from handlers.comments.comment import Comment

Part: TypeAlias = Callable[[Case, str], Change]
"""The step of the case it leaves, given that case as it is and the number of the new one."""


@dataclass(frozen=True, kw_only=True)
class Splitting:
    """`opened` opens its own case, whose number storage still has to give."""

    comment: Comment
    opened: Change
    part: Part
    by: str
    at: datetime
    day: date


def splitting(comment: Comment, opened: Change, *, by: str, now: datetime, day: date) -> Splitting:
    """Both cases' logs say where it came from and where it went.

    Raises `StepNotPermitted` for a comment that joined no case, or whose words are gone.
    """
    if not (comment.joined and comment.case and comment.text):
        raise StepNotPermitted(
            f"comment {comment.id} joined no case",
            "这条留言没有并入别的来信，或者内容已按要求删除，不能再分。",
        )
    details = {**opened.event.details, "split_from": comment.case, "split_by": by}
    return Splitting(
        comment=comment,
        opened=replace(opened, event=replace(opened.event, details=details)),
        part=partial(_parted, comment=comment, by=by, now=now),
        by=by,
        at=now,
        day=day,
    )


def _parted(case: Case, number: str, *, comment: Comment, by: str, now: datetime) -> Change:
    details = {"case": number, "comment": str(comment.id)}
    return take(PART, case, actor=by, now=now, details=details)
