"""Answers for everybody: which may be proposed, what may stand in them, who decides."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from cases.case import Case, State, StepNotPermitted, TextNotFit
from cases.department import Department
from cases.masking import Personal, found_in
from cases.people import Person, Role
from cases.wording import fit_text

PROPOSES: Final = frozenset({Role.OFFICER, Role.REVIEWER, Role.SUPERVISOR})
DECIDES: Final = frozenset({Role.REVIEWER, Role.SUPERVISOR})
LONGEST_QUESTION: Final = 500
FOR_ALL: Final = frozenset({Personal.ADDRESS, Personal.NUMBER})
"""What an answer may name: where a counter is, and numbers of an office."""


class Standing(StrEnum):
    """Where a proposed answer stands."""

    PROPOSED = "proposed"
    PUBLISHED = "published"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class PublicAnswer:
    """A question and its answer without anybody in it, frozen when it was proposed."""

    id: int = 0
    case: str
    department: str
    question: str
    answer: str
    standing: Standing = Standing.PROPOSED
    proposed_by: str
    proposed_at: datetime
    decided_by: str = ""
    decided_at: datetime | None = None
    reason: str = ""


class AlreadyDecided(Exception):
    """Somebody else proposed or decided first; nothing was changed."""


def proposed(
    case: Case,
    question: str,
    answer: str,
    *,
    departments: Iterable[Department],
    actor: Person,
    now: datetime,
) -> PublicAnswer:
    """The proposal for an answered case.

    StepNotPermitted: not answered, or not this person's to propose. TextNotFit: empty, too long,
    or somebody's personal data; the departments' own numbers may stand in an answer.
    """
    if case.state not in {State.REPLIED, State.CLOSED} or not case.reply:
        raise StepNotPermitted(f"{case.number} is not answered", "只有已答复的来信可以公开。")
    if actor.role not in PROPOSES:
        raise StepNotPermitted(f"{actor.role} proposes no answers")
    question, answer = fit_text(question, what="问题"), fit_text(answer, what="答复")
    if len(question) > LONGEST_QUESTION:
        raise TextNotFit(
            "the question is too long",
            f"问题请精简到 {LONGEST_QUESTION} 字以内，突出大家都关心的部分。",
        )
    _names_nobody(question, "", frozenset(), what="问题")
    known = " ".join(f"{each.phone} {each.address}" for each in departments)
    _names_nobody(answer, known, FOR_ALL, what="答复")
    return PublicAnswer(
        case=case.number,
        department=case.department,
        question=question,
        answer=answer,
        proposed_by=actor.name,
        proposed_at=now,
    )


def check_decision(answer: PublicAnswer, actor: Person) -> None:
    """StepNotPermitted: the person proposed it, or may not decide."""
    if actor.role not in DECIDES:
        raise StepNotPermitted(f"{actor.role} decides on no answers")
    if actor.name == answer.proposed_by:
        raise StepNotPermitted(
            f"{actor.name} proposed answer {answer.id}",
            "这是您推荐的，须由另一位同事决定是否公开。",
        )


def _names_nobody(text: str, known: str, allowed: frozenset[Personal], *, what: str) -> None:
    numbers = _digits(known)
    for found in found_in(text):
        said = text[found.start : found.end]
        if found.kind in allowed or (_digits(said) and _digits(said) in numbers):
            continue
        raise TextNotFit(
            f"{found.kind} in a public text", f"{what}里的“{said}”像是个人信息，请改写后再提交。"
        )


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdecimal())
