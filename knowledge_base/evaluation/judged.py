"""What came of a question, beside what should have."""

from dataclasses import dataclass

from knowledge_base.decision import RANKED
from knowledge_base.evaluation.query import Query
from knowledge_base.evaluation.row import Row


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A row beside its labels."""

    query: Query
    row: Row

    @property
    def place(self) -> int:
        """The place of the first right entry in the ranking from 0; -1 if not among them."""
        hits = (i for i, entry in enumerate(self.row.ranking) if entry in self.query.pos)
        return next(hits, -1)

    @property
    def is_answered(self) -> bool:
        return self.row.decision == "answer"

    @property
    def is_right(self) -> bool:
        return self.row.entry in self.query.pos

    @property
    def is_wrong(self) -> bool:
        """A direct answer that is not a right one; never where nobody said what is right."""
        return self.is_answered and not self.is_right and not self.query.is_open

    @property
    def offers(self) -> bool:
        """Whether the citizen sees a right entry, as the answer or among the choices."""
        return self.is_right or bool(self.query.pos & set(self.row.suggestions))

    @property
    def is_above_near_misses(self) -> bool:
        """Whether a right entry is ranked above every labelled near miss."""
        misses = (i for i, entry in enumerate(self.row.ranking) if entry in self.query.neg)
        return 0 <= self.place < next(misses, RANKED + 1)
