"""The steps of a talk: the department answers in writing, a supervisor accepts or asks again."""

from dataclasses import replace
from datetime import datetime

from cases.people import OWN_DEPARTMENT_ONLY, Person, Role
from cases.supervision.alarm import Interview, InterviewState, SupervisionError
from cases.wording import fit_text

WRITES = frozenset(OWN_DEPARTMENT_ONLY)
UNDER_WAY = frozenset({InterviewState.OPEN, InterviewState.ANSWERED})


def may_answer(talk: Interview, person: Person) -> bool:
    """Whether this person may hand in the written answer now."""
    own = person.role in WRITES and person.department == talk.department
    return own and talk.state is InterviewState.OPEN


def may_judge(talk: Interview, person: Person) -> bool:
    """Whether this person may accept the answer or send it back now."""
    return person.role is Role.SUPERVISOR and talk.state is InterviewState.ANSWERED


def may_cancel(talk: Interview, person: Person) -> bool:
    """Whether this person may call the talk off, because its alarms were wrong."""
    return person.role is Role.SUPERVISOR and talk.state in UNDER_WAY


def answer(talk: Interview, text: str, *, actor: Person, now: datetime) -> Interview:
    """The department's written answer. TextNotFit, SupervisionError."""
    _check(may_answer(talk, actor))
    return replace(
        talk,
        state=InterviewState.ANSWERED,
        answer=fit_text(text, what="整改说明"),
        answered_at=now,
        answered_by=actor.name,
        version=talk.version + 1,
    )


def accept(talk: Interview, remark: str, *, actor: Person, now: datetime) -> Interview:
    """The supervisor is content; a remark is possible. SupervisionError."""
    _check(may_judge(talk, actor))
    return _closed(talk, InterviewState.CLOSED, remark.strip(), actor, now)


def send_back(talk: Interview, remark: str, *, actor: Person) -> Interview:
    """The answer does not do; the remark says what is missing. TextNotFit, SupervisionError."""
    _check(may_judge(talk, actor))
    remark = fit_text(remark, what="退回意见")
    return replace(talk, state=InterviewState.OPEN, remark=remark, version=talk.version + 1)


def cancel(talk: Interview, remark: str, *, actor: Person, now: datetime) -> Interview:
    """Called off with a reason. TextNotFit, SupervisionError."""
    _check(may_cancel(talk, actor))
    remark = fit_text(remark, what="撤销理由")
    return _closed(talk, InterviewState.CANCELLED, remark, actor, now)


def _closed(
    talk: Interview, state: InterviewState, remark: str, actor: Person, now: datetime
) -> Interview:
    return replace(
        talk,
        state=state,
        remark=remark,
        closed_at=now,
        closed_by=actor.name,
        version=talk.version + 1,
    )


def _check(permitted: bool) -> None:
    if not permitted:
        raise SupervisionError(
            "this step of the talk is not possible now",
            "这一步现在不能办：可能已经有人处理过，请刷新后再看。",
        )
