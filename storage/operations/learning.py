"""Questions that were not met; citizens' words leave here with personal data masked."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from cases.masking import masked
from knowledge_base.text import question_of
from knowledge_base.unmet import Dismissed, Unmet, Why
from storage.operation import Operation, Row, rows, run
from storage.operations import audit
from storage.rows.plain import moment, packed, stamp, unpacked

POOR = 2
"""Stars up to which a rating says that the reply did not help."""
CHOSEN_WITHIN = timedelta(minutes=30)


def unmet_questions(*, since: datetime, limit: int) -> Operation[list[Unmet]]:
    """Newest first: of cases that were questions, and of choices nobody took."""
    asked = yield from rows("questions_of_cases", since=stamp(since), limit=limit)
    offered = yield from rows("suggested_messages", since=stamp(since), limit=limit)
    ended = yield from rows("ended_messages", since=stamp(since))
    times: dict[tuple[str, str], list[datetime]] = {}
    for row in ended:
        times.setdefault((row["account"], row["citizen"]), []).append(moment(row["accepted_at"]))
    found = [_of_case(row) for row in asked]
    found += [_of_choice(row) for row in offered if not _was_chosen(row, times)]
    found.sort(key=lambda each: each.at, reverse=True)
    return found[:limit]


def _of_case(row: Row) -> Unmet:
    is_poor = row["rating"] is not None and row["rating"] <= POOR
    return Unmet(
        text=masked(row["text"]),
        at=moment(row["received_at"]),
        why=Why.BADLY_RATED if is_poor else Why.UNANSWERED,
        case=row["number"],
        reply=row["reply"],
        department=row["department"],
        rating=row["rating"],
    )


def _of_choice(row: Row) -> Unmet:
    return Unmet(text=masked(row["text"]), at=moment(row["accepted_at"]), why=Why.NOT_CHOSEN)


def _was_chosen(row: Row, ended: dict[tuple[str, str], list[datetime]]) -> bool:
    """Whether the same citizen was helped soon after: by a choice, or by a case (counted there)."""
    at = moment(row["accepted_at"])
    after = ended.get((row["account"], row["citizen"]), ())
    return any(at < each <= at + CHOSEN_WITHIN for each in after)


def dismiss(
    wordings: Sequence[str], *, actor: str, reason: str, now: datetime, department: str = ""
) -> Operation[None]:
    yield from run(
        "dismiss_cluster",
        wordings=packed(wordings),
        actor=actor,
        at=stamp(now),
        reason=reason,
        department=department,
    )
    yield from audit.log(actor, "unmet question dismissed", {"reason": reason}, now)


def forget_words(texts: Sequence[str], *, actor: str, now: datetime) -> Operation[None]:
    """What curators kept of one citizen's own words: dismissed wordings and golden questions."""
    gone = {question_of(masked(text)) for text in texts} - {""}
    if not gone:
        return
    for row in (yield from rows("all_dismissed")):
        wordings = unpacked(row["wordings"])
        kept = [text for text in wordings if text not in gone]
        if not kept:
            yield from run("drop_dismissed", id=row["id"])
        elif kept != wordings:
            yield from run("keep_wordings", id=row["id"], wordings=packed(kept))
    for row in (yield from rows("all_golden")):
        if question_of(masked(row["text"])) in gone:
            yield from run("empty_golden", id=row["id"], actor=actor, now=stamp(now))


def restore_dismissed(dismissed_id: int, *, actor: str, now: datetime) -> Operation[None]:
    if (yield from run("restore_cluster", id=dismissed_id, actor=actor, at=stamp(now))):
        details = {"dismissed": str(dismissed_id)}
        yield from audit.log(actor, "unmet question taken up again", details, now)


def dismissed() -> Operation[list[Dismissed]]:
    """Those that stand, newest first."""
    return [
        Dismissed(
            id=row["id"],
            wordings=tuple(unpacked(row["wordings"])),
            actor=row["actor"],
            at=moment(row["at"]),
            reason=row["reason"],
            department=row["department"],
        )
        for row in (yield from rows("dismissed_clusters"))
    ]
