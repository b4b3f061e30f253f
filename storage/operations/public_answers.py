"""Answers for everybody: proposed, decided by another person, withdrawn; each step logged."""

from datetime import datetime

from cases.case import UnknownCase
from cases.people import Person
from cases.publication import AlreadyDecided, PublicAnswer, Standing
from storage.operation import Operation, Row, Value, one, rows, run, the
from storage.operations import audit
from storage.rows.plain import moment, moment_or_none, pattern, stamp
from storage.scope import scope_of


def propose_answer(answer: PublicAnswer) -> Operation[None]:
    """Raises `AlreadyDecided` while another proposal of the case waits or is published."""
    added = yield from run(
        "add_public_answer",
        case_number=answer.case,
        department=answer.department,
        question=answer.question,
        answer=answer.answer,
        proposed_by=answer.proposed_by,
        proposed_at=stamp(answer.proposed_at),
    )
    if not added:
        raise AlreadyDecided(f"case {answer.case} has a proposal already")
    details = {"case": answer.case}
    yield from audit.log(answer.proposed_by, "answer_proposed", details, answer.proposed_at)


def public_answer(answer_id: int, *, viewer: Person) -> Operation[PublicAnswer]:
    """Raises `UnknownCase`, also when it is another department's."""
    row = yield from one("public_answer", id=answer_id, scope=scope_of(viewer))
    if row is None:
        raise UnknownCase(str(answer_id))
    return _answer(row)


def answers_of_case(number: str, *, viewer: Person) -> Operation[list[PublicAnswer]]:
    """What was ever proposed of a case, the newest first."""
    found = yield from rows("public_answers_of", case_number=number, scope=scope_of(viewer))
    return [_answer(row) for row in found]


def public_answers(
    standing: Standing,
    *,
    viewer: Person | None,
    text: str = "",
    department: str = "",
    limit: int = 20,
    offset: int = 0,
) -> Operation[list[PublicAnswer]]:
    """A page of them; a viewer of None is the public, who is shown published ones only."""
    wanted = _wanted(standing, viewer, text, department)
    found = yield from rows("public_answers", **wanted, limit=limit, offset=offset)
    return [_answer(row) for row in found]


def count_public_answers(
    standing: Standing, *, viewer: Person | None, text: str = "", department: str = ""
) -> Operation[int]:
    wanted = _wanted(standing, viewer, text, department)
    return int((yield from the("count_public_answers", **wanted))["amount"])


def decide_answer(
    answer: PublicAnswer, *, publish: bool, reason: str, actor: Person, now: datetime
) -> Operation[None]:
    """Publishes or refuses a proposal. Raises `AlreadyDecided`, also for its proposer."""
    state = Standing.PUBLISHED if publish else Standing.REFUSED
    changed = yield from run(
        "decide_public_answer",
        id=answer.id,
        state=state.value,
        decided_by=actor.name,
        decided_at=stamp(now),
        reason=reason,
    )
    if not changed:
        raise AlreadyDecided(f"answer {answer.id} is not open to {actor.name}")
    yield from audit.log(actor.name, f"answer_{state}", {"case": answer.case}, now)


def withdraw_answer(
    answer: PublicAnswer, *, reason: str, actor: Person, now: datetime
) -> Operation[None]:
    """Takes a published answer from the public page. Raises `AlreadyDecided`."""
    changed = yield from run(
        "withdraw_public_answer",
        id=answer.id,
        withdrawn_by=actor.name,
        withdrawn_at=stamp(now),
        reason=reason,
    )
    if not changed:
        raise AlreadyDecided(f"answer {answer.id} is not published")
    yield from audit.log(actor.name, "answer_withdrawn", {"case": answer.case}, now)


def bad_public_answers() -> Operation[list[str]]:
    """Published by one person alone."""
    found = yield from rows("bad_public_answers")
    return [f"public answer {row['id']} was published without a second person" for row in found]


def _wanted(
    standing: Standing, viewer: Person | None, text: str, department: str
) -> dict[str, Value]:
    shown = Standing.PUBLISHED if viewer is None else standing
    return {
        "scope": scope_of(viewer),
        "state": shown.value,
        "pattern": pattern(text),
        "department": department,
    }


def _answer(row: Row) -> PublicAnswer:
    return PublicAnswer(
        id=row["id"],
        case=row["case_number"],
        department=row["department"],
        question=row["question"],
        answer=row["answer"],
        standing=Standing(row["state"]),
        proposed_by=row["proposed_by"],
        proposed_at=moment(row["proposed_at"]),
        decided_by=row["decided_by"],
        decided_at=moment_or_none(row["decided_at"]),
        reason=row["reason"],
    )
