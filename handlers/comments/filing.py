"""What follows from a comment: a case with its owner and due time, or a note that nobody need act.

A comment is never answered by itself: what the knowledge base finds goes to the officer.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import TypeAlias

from cases.case import Case, Change, Kind
from cases.department import Routing
from handlers.comments.about import Meant, Reader
from handlers.comments.comment import HARMFUL, MATTERS, Comment, Shelf, Suggested, Verdict
from handlers.comments.joining import case_spoken_of
from handlers.comments.splitting import Splitting, splitting
from handlers.comments.verdict import verdict_of
from handlers.ports import CaseSteps, Departments, Knowledge
from handlers.settlement import Outcome
from handlers.texts.general import CHINA

KINDS = {
    Verdict.QUESTION: Kind.QUESTION,
    Verdict.COMPLAINT: Kind.COMPLAINT,
    Verdict.REPORT: Kind.REPORT,
    Verdict.HELP: Kind.HELP,
    Verdict.DANGER: Kind.DANGER,
}
MOST_SUGGESTED = 3
NOBODY_SURE = Routing(department="", confidence=0.0)
Join: TypeAlias = Callable[[Sequence[Case]], Change | None]
"""The step that adds a comment to one of its citizen's open cases; None to open one."""

UNNUMBERED = ""  # storage gives the case its number in the transaction that keeps it


def nowhere(cases: Sequence[Case]) -> Change | None:
    """A matter of its own, whatever else is open."""
    del cases
    return None


@dataclass(frozen=True, kw_only=True)
class Filing:
    """How one comment ends; `change` opens its case, whose number storage still has to give.

    When one of the citizen's open cases is the same matter, `join` gives the step that adds to it,
    and no case is opened; storage asks it for a comment whose citizen is known.
    """

    comment: Comment
    verdict: Verdict
    outcome: Outcome
    shelf: Shelf
    filed_at: datetime
    day: date
    suggested: tuple[Suggested, ...] = ()
    change: Change | None = None
    join: Join = nowhere
    judged_by: str = ""


class Filer:
    """Decides for comments as `Reception` does for messages; it reads and writes nothing."""

    def __init__(self, knowledge: Knowledge, departments: Departments, desk: CaseSteps) -> None:
        self._reader = Reader(knowledge, departments)
        self._desk = desk

    async def file(self, comment: Comment, *, now: datetime) -> Filing:
        """The one filing of a comment."""
        verdict = verdict_of(comment.text)
        return await self.file_as(comment, verdict, now=now)

    async def hand_over(self, comment: Comment, *, now: datetime) -> Filing:
        """What happens when the path itself fails: the dispatcher gets the comment as a case."""
        return Filing(
            comment=comment,
            verdict=Verdict.QUESTION,
            outcome=Outcome.CASED,
            shelf=Shelf.QUESTION,
            filed_at=now,
            day=now.astimezone(CHINA).date(),
            change=self._opened(comment, Verdict.QUESTION, now, NOBODY_SURE),
        )

    async def file_as(
        self, comment: Comment, verdict: Verdict, *, now: datetime, judged_by: str = ""
    ) -> Filing:
        """The same for a verdict that somebody gave."""
        matters, day = verdict in MATTERS, now.astimezone(CHINA).date()
        meant = Meant(routing=NOBODY_SURE)
        if matters:
            meant = await self._reader.read(comment.text, comment.title, day)
        return Filing(
            comment=comment,
            verdict=verdict,
            outcome=_outcome(verdict),
            shelf=_shelf(verdict),
            filed_at=now,
            day=day,
            suggested=tuple(Suggested.of(each) for each in meant.found[:MOST_SUGGESTED]),
            change=self._opened(comment, verdict, now, meant.routing) if matters else None,
            join=partial(self._joined, comment, verdict, meant.routing, now),
            judged_by=judged_by,
        )

    async def split(self, comment: Comment, *, by: str, now: datetime) -> Splitting:
        """A case of its own for a comment that joined the wrong one; its clock began when the
        citizen wrote. Raises `StepNotPermitted` when it joined none.
        """
        verdict = comment.verdict if comment.verdict in MATTERS else Verdict.QUESTION
        day = now.astimezone(CHINA).date()
        meant = await self._reader.read(comment.text, comment.title, day)
        opened = self._opened(comment, verdict, now, meant.routing)
        return splitting(comment, opened, by=by, now=now, day=day)

    def _joined(
        self,
        comment: Comment,
        verdict: Verdict,
        routing: Routing,
        now: datetime,
        cases: Sequence[Case],
    ) -> Change | None:
        """Who speaks of ending a life is never one more line of a slower case."""
        if verdict is Verdict.DANGER:
            cases = [case for case in cases if case.kind is Kind.DANGER]
        case = case_spoken_of(comment, routing, cases)
        if case is None:
            return None
        return self._desk.prepare_addition(case, text=comment.text, now=now)

    def _opened(
        self, comment: Comment, verdict: Verdict, now: datetime, routing: Routing
    ) -> Change:
        """A case whose clock starts when the citizen wrote, however late it was fetched."""
        return self._desk.prepare_opening(
            number=UNNUMBERED,
            account=comment.account,
            citizen=comment.citizen,
            kind=KINDS[verdict],
            text=comment.text,
            received_at=min(comment.written_at, now),
            suggestion=routing,
            now=now,
        )


def _outcome(verdict: Verdict) -> Outcome:
    if verdict in MATTERS:
        return Outcome.CASED
    return Outcome.HELD if verdict in HARMFUL else Outcome.NOTED


def _shelf(verdict: Verdict) -> Shelf:
    if verdict is Verdict.QUESTION:
        return Shelf.QUESTION
    if verdict in MATTERS:
        return Shelf.MATTER
    return Shelf.HELD if verdict in HARMFUL else Shelf.OTHER
