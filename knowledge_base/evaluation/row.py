"""What came of one question, as `--per-query` writes it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from knowledge_base.decision import RANKED
from knowledge_base.outcome import Answer, Candidate, Finding, Nothing, Suggestions


@dataclass(frozen=True, kw_only=True)
class Row:
    """One query's outcome, as `--per-query` writes it."""

    qid: str
    decision: str
    p: float
    ranking: tuple[str, ...]
    entry: str | None = None
    suggestions: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "qid": self.qid,
            "decision": self.decision,
            "entry": self.entry,
            "p": self.p,
            "ranking": list(self.ranking),
            "suggestions": list(self.suggestions),
        }


def row_of(qid: str, finding: Finding) -> Row:
    """The outcome of a search as a row."""
    ranking = finding.ranking
    row = Row(
        qid=qid,
        decision="none",
        p=round(ranking[0].probability, 6) if ranking else 0.0,
        ranking=_ids(ranking)[:RANKED],
    )
    match finding:
        case Answer(best=best):
            p = round(best.probability, 6)
            return replace(row, decision="answer", entry=best.entry.id, p=p)
        case Suggestions(choices=choices):
            return replace(row, decision="suggest", suggestions=_ids(choices))
        case Nothing():
            return row


def _ids(candidates: Iterable[Candidate]) -> tuple[str, ...]:
    return tuple(candidate.entry.id for candidate in candidates)
