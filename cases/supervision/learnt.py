"""How the router did on real cases: what it suggested first, and who answered in the end."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class RoutedMatter:
    """An answered case; `suggested` is "" when the router had nothing to say."""

    case: str
    text: str
    suggested: str
    confidence: float
    department: str
    received_at: datetime
    routed_alone: bool = False
    """Whether the router was sure enough to route it without a dispatcher."""

    @property
    def right(self) -> bool:
        """Whether the first suggestion was the department that answered."""
        return self.suggested == self.department


@dataclass(frozen=True, kw_only=True)
class DepartmentScore:
    """`answered` cases were this department's; of them `found` were suggested to it at first.

    `suggested` cases were suggested to it, rightly or not.
    """

    department: str
    answered: int
    suggested: int
    found: int

    @property
    def recall(self) -> float | None:
        """Of its own cases, the share suggested to it; None when it had none."""
        return self.found / self.answered if self.answered else None

    @property
    def precision(self) -> float | None:
        """Of the cases suggested to it, the share that was its own; None when there were none."""
        return self.found / self.suggested if self.suggested else None


@dataclass(frozen=True, kw_only=True)
class RoutingRecord:
    """All of it; `confusion` has a row for each department that answered (in `departments`'
    order) and a column for each suggestion, the last column for "nothing suggested"."""

    cases: int
    right: int
    departments: tuple[str, ...]
    scores: tuple[DepartmentScore, ...]
    confusion: tuple[tuple[int, ...], ...]
    misroutes: tuple[RoutedMatter, ...]


MISROUTES_SHOWN = 20


def routing_record(matters: Sequence[RoutedMatter]) -> RoutingRecord:
    """Counts suggestions against what came of them; `matters` newest first."""
    pairs = Counter((each.department, each.suggested) for each in matters)
    names = tuple(sorted({name for pair in pairs for name in pair if name}))
    answered = Counter(each.department for each in matters)
    suggested = Counter(each.suggested for each in matters)
    scores = tuple(
        DepartmentScore(
            department=name,
            answered=answered[name],
            suggested=suggested[name],
            found=pairs[name, name],
        )
        for name in names
    )
    wrong = tuple(each for each in matters if not each.right)
    return RoutingRecord(
        cases=len(matters),
        right=len(matters) - len(wrong),
        departments=names,
        scores=scores,
        confusion=tuple(tuple(pairs[a, b] for b in (*names, "")) for a in names),
        misroutes=wrong[:MISROUTES_SHOWN],
    )
