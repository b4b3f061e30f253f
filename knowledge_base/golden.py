"""Golden questions: what they must be answered with, and what a change would do to them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from knowledge_base.evaluation import Query, Row, row_of
from knowledge_base.outcome import Finding


@dataclass(frozen=True, kw_only=True)
class GoldenQuestion:
    """A question that must be answered with `entry`; with "", that must not be answered."""

    id: int
    text: str
    entry: str
    added_by: str
    added_at: datetime

    @property
    def query(self) -> Query:
        """The same as a labelled question of an evaluation."""
        pos = frozenset({self.entry}) if self.entry else frozenset[str]()
        return Query(qid=str(self.id), text=self.text, pos=pos)

    def is_met_by(self, row: Row) -> bool:
        """Whether an outcome is the one that was agreed on."""
        if self.entry:
            return row.decision == "answer" and row.entry == self.entry
        return row.decision != "answer"


class GoldenStore(Protocol):
    """Keeps golden questions."""

    async def golden_questions(self) -> list[GoldenQuestion]:
        """Those in force, oldest first."""

    async def add_golden(self, text: str, entry: str, *, actor: str, now: datetime) -> bool:
        """Adds one; False when the same text is one already."""

    async def retire_golden(self, golden_id: int, *, actor: str, now: datetime) -> None: ...


class Turn(StrEnum):
    """What a change does to a golden question."""

    BROKEN = "broken"
    MENDED = "mended"
    MOVED = "moved"
    STILL_WRONG = "still_wrong"


@dataclass(frozen=True, kw_only=True)
class Move:
    """A golden question that a change gives another outcome, or that fails before and after.

    `then` is the question as it stands after the change: an entry may be merged into another.
    """

    question: GoldenQuestion
    then: GoldenQuestion
    before: Row
    after: Row

    @property
    def is_moved(self) -> bool:
        """Whether a citizen would read something else."""
        before, after = self.before, self.after
        outcome = (before.decision, before.entry, before.suggestions)
        return outcome != (after.decision, after.entry, after.suggestions)

    @property
    def turn(self) -> Turn:
        """Broken: it was right and would not be any more."""
        was, will = self.question.is_met_by(self.before), self.then.is_met_by(self.after)
        if was == will:
            return Turn.MOVED if was else Turn.STILL_WRONG
        return Turn.MENDED if will else Turn.BROKEN


def moves(
    questions: Iterable[GoldenQuestion],
    before: Iterable[Finding],
    after: Iterable[Finding],
    into: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Move, ...]:
    """What is worth a look before a change is made, the broken ones first.

    `into` names for each entry that is merged away the one that answers from then on.
    """
    pairs = zip(questions, before, after, strict=True)
    found = [
        Move(
            question=q,
            then=replace(q, entry=into.get(q.entry, q.entry)),
            before=row_of(str(q.id), b),
            after=row_of(str(q.id), a),
        )
        for q, b, a in pairs
    ]
    telling = [move for move in found if _is_telling(move)]
    return tuple(sorted(telling, key=lambda move: list(Turn).index(move.turn)))


def _is_telling(move: Move) -> bool:
    return move.is_moved or not move.then.is_met_by(move.after)
