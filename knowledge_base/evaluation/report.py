"""All figures of an evaluation, as one object."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from knowledge_base.evaluation.figures import decision_figures, group_figures, ranking_figures
from knowledge_base.evaluation.judged import Judged
from knowledge_base.evaluation.reliability import reliability
from knowledge_base.evaluation.row import Row
from knowledge_base.evaluation.share import Share

WORST = 20


@dataclass(frozen=True, kw_only=True)
class Report:
    """All figures of an evaluation; `rows` in the order of the queries.

    `departments`, `topics` and `texts` are by entry id; figures by department and topic are those
    of a question's right entry.
    """

    judged: tuple[Judged, ...]
    departments: Mapping[str, str] = field(default_factory=dict)
    topics: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    degraded: str = ""

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(item.row for item in self.judged)

    def as_json(self) -> dict[str, Any]:
        """One object: counts, ranking, decision, reliability, groups, misses."""
        labelled = [item for item in self.judged if not item.query.is_open]
        answerable = [item for item in labelled if item.query.pos]
        silent = [item for item in labelled if not item.query.pos]
        unlabelled = (item.is_answered for item in self.judged if item.query.is_open)
        return {
            "queries": len(self.judged),
            "answerable": len(answerable),
            "without_known_entry": self._without_known_entry(),
            "degraded": self.degraded,
            "ranking": ranking_figures(answerable),
            "decision": decision_figures(answerable, silent),
            "unlabelled_answered": Share.among(unlabelled).as_json(),
            "reliability": reliability(labelled),
            "by_kind": self._by(lambda item: item.query.kind),
            "by_department": self._by(lambda item: self._of(item, self.departments)),
            "by_topic": self._by(lambda item: self._of(item, self.topics)),
            "misses": self._misses(),
        }

    def _without_known_entry(self) -> int:
        """Questions none of whose right entries were among those asked: a wrong file, perhaps."""
        if not self.texts:
            return 0
        return sum(bool(i.query.pos) and i.query.pos.isdisjoint(self.texts) for i in self.judged)

    def _of(self, item: Judged, names: Mapping[str, str]) -> str:
        return next((names[entry] for entry in sorted(item.query.pos) if entry in names), "")

    def _by(self, key: Callable[[Judged], str]) -> dict[str, Any]:
        groups: dict[str, list[Judged]] = {}
        for item in self.judged:
            groups.setdefault(key(item), []).append(item)
        return {name: group_figures(items) for name, items in sorted(groups.items()) if name}

    def _misses(self) -> list[dict[str, Any]]:
        """The worst: wrong direct answers by confidence, then right entries ranked low."""
        wrong = sorted((i for i in self.judged if i.is_wrong), key=lambda i: -i.row.p)
        low = [i for i in self.judged if i.query.pos and i.place != 0 and not i.is_wrong]
        low.sort(key=lambda i: (i.place >= 0, -(i.place % 100), -i.row.p))
        return [self._miss(item) for item in (wrong + low)[:WORST]]

    def _miss(self, item: Judged) -> dict[str, Any]:
        first = item.row.ranking[0] if item.row.ranking else ""
        return {
            "qid": item.query.qid,
            "text": item.query.text[:120],
            "decision": item.row.decision,
            "p": item.row.p,
            "first": first,
            "first_question": self.texts.get(first, ""),
            "right": sorted(item.query.pos),
            "right_question": [self.texts.get(entry, "") for entry in sorted(item.query.pos)][:3],
            "place": item.place + 1 if item.place >= 0 else None,
        }
