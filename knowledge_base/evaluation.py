"""What `kb eval` reports: how well questions are ranked, and how well the desk decides."""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np
from scipy.special import betaincinv  # type: ignore[import-untyped]  # ships no types

from knowledge_base.decision import RANKED
from knowledge_base.entry import Entry
from knowledge_base.outcome import Answer, Candidate, Finding, Nothing, Suggestions
from knowledge_base.search import KnowledgeBase

_WORST = 20
_BINS = 10
_AT_ONCE = 16


@dataclass(frozen=True, kw_only=True)
class Query:
    """A labelled question: `pos` are the ids that answer it, `neg` labelled near misses.

    An empty `pos` means that no entry may be given as the answer.
    """

    qid: str
    text: str
    pos: frozenset[str] = frozenset()
    neg: frozenset[str] = frozenset()
    kind: str = ""


def queries_of(rows: Iterable[Mapping[str, Any]]) -> list[Query]:
    """Reads rows `{"qid","text","pos":[ids]}`; raises `ValueError` naming the first wrong row."""
    found = []
    for number, row in enumerate(rows, start=1):
        is_query = isinstance(row.get("text"), str) and isinstance(row.get("pos", []), list)
        if not is_query:
            raise ValueError(f"row {number}: a query needs a text and a list of ids as pos")
        found.append(
            Query(
                qid=str(row.get("qid", number)),
                text=row["text"],
                pos=frozenset(map(str, row.get("pos", []))),
                neg=frozenset(map(str, row.get("neg") or [])),
                kind=str(row.get("kind", "")),
            )
        )
    return found


@dataclass(frozen=True, kw_only=True)
class Share:
    """`hits` of `of`, with the Clopper-Pearson interval at 95 %."""

    hits: int
    of: int

    @property
    def value(self) -> float | None:
        return self.hits / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float]:
        """Clopper & Pearson (1934): exact, never too narrow; (0, 1) where there is no data."""
        if not self.of:
            return 0.0, 1.0
        low = float(betaincinv(self.hits, self.of - self.hits + 1, 0.025)) if self.hits else 0.0
        high = 1.0
        if self.hits < self.of:
            high = float(betaincinv(self.hits + 1, self.of - self.hits, 0.975))
        return low, high

    def as_json(self) -> dict[str, Any]:
        low, high = self.interval
        return {"value": self.value, "low": low, "high": high, "hits": self.hits, "of": self.of}


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
        return self.is_answered and not self.is_right

    @property
    def offers(self) -> bool:
        """Whether the citizen sees a right entry, as the answer or among the choices."""
        return self.is_right or bool(self.query.pos & set(self.row.suggestions))


@dataclass(frozen=True, kw_only=True)
class Report:
    """All figures of an evaluation; `rows` in the order of the queries."""

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
        answerable = [item for item in self.judged if item.query.pos]
        silent = [item for item in self.judged if not item.query.pos]
        return {
            "queries": len(self.judged),
            "answerable": len(answerable),
            "degraded": self.degraded,
            "ranking": ranking_figures(answerable),
            "decision": decision_figures(answerable, silent),
            "reliability": reliability(self.judged),
            "by_kind": self._by(lambda item: item.query.kind),
            "by_department": self._by(lambda item: self._of(item, self.departments)),
            "by_topic": self._by(lambda item: self._of(item, self.topics)),
            "misses": self._misses(),
        }

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
        return [self._miss(item) for item in (wrong + low)[:_WORST]]

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


def _share(items: Iterable[bool]) -> Share:
    flags = list(items)
    return Share(hits=sum(flags), of=len(flags))


def ranking_figures(answerable: Sequence[Judged]) -> dict[str, Any]:
    """top-1, top-3, MRR@10, and the share with a right entry above all labelled near misses."""
    gains = np.array([1 / (i.place + 1) if i.place >= 0 else 0.0 for i in answerable])
    labelled = [i for i in answerable if i.query.neg]
    return {
        "top1": _share(i.place == 0 for i in answerable).as_json(),
        "top3": _share(0 <= i.place < 3 for i in answerable).as_json(),
        "mrr10": _mean(gains),
        "above_near_misses": _share(map(_is_above_near_misses, labelled)).as_json(),
    }


def _is_above_near_misses(item: Judged) -> bool:
    misses = (i for i, entry in enumerate(item.row.ranking) if entry in item.query.neg)
    return 0 <= item.place < next(misses, RANKED + 1)


def _mean(values: "np.typing.NDArray[np.float64]") -> dict[str, Any]:
    """A mean with its normal 95 % interval."""
    if not len(values):
        return {"value": None, "low": 0.0, "high": 1.0, "of": 0}
    mean, error = float(values.mean()), float(1.96 * values.std() / np.sqrt(len(values)))
    low, high = max(0.0, mean - error), min(1.0, mean + error)
    return {"value": mean, "low": low, "high": high, "of": len(values)}


def decision_figures(answerable: Sequence[Judged], silent: Sequence[Judged]) -> dict[str, Any]:
    """What the citizen gets: direct answers and how many are wrong, choices, silence."""
    both = [*answerable, *silent]
    return {
        "coverage": _share(i.is_answered for i in both).as_json(),
        "right_direct": _share(i.is_right for i in answerable).as_json(),
        "wrong_answers": _share(i.is_wrong for i in both if i.is_answered).as_json(),
        "suggestion_hits": _share(
            i.offers for i in answerable if i.row.decision == "suggest"
        ).as_json(),
        "offered": _share(i.offers for i in answerable).as_json(),
        "leak": _share(i.is_answered for i in silent).as_json(),
        "suggested_without_entry": _share(i.row.decision == "suggest" for i in silent).as_json(),
    }


def group_figures(items: Sequence[Judged]) -> dict[str, Any]:
    """The short form for one kind, department or topic."""
    answerable = [i for i in items if i.query.pos]
    return {
        "queries": len(items),
        "top1": _share(i.place == 0 for i in answerable).value,
        "top3": _share(0 <= i.place < 3 for i in answerable).value,
        "answered": _share(i.is_answered for i in items).value,
        "wrong": sum(i.is_wrong for i in items),
        "offered": _share(i.offers for i in answerable).value,
    }


def reliability(judged: Sequence[Judged]) -> dict[str, Any]:
    """Ten bins of p against the share that was right, and the expected calibration error."""
    ranked = [i for i in judged if i.row.ranking]
    p = np.array([i.row.p for i in ranked])
    right = np.array([i.place == 0 for i in ranked], float)
    bins, error = [], 0.0
    for number in range(_BINS):
        inside = np.minimum((p * _BINS).astype(int), _BINS - 1) == number
        if not inside.any():
            continue
        said, was = float(p[inside].mean()), float(right[inside].mean())
        error += float(inside.mean()) * abs(said - was)
        bins.append({"from": number / _BINS, "n": int(inside.sum()), "said": said, "was": was})
    return {"ece": error if ranked else None, "bins": bins}


async def evaluate(
    entries: Sequence[Entry],
    queries: Sequence[Query],
    kb: KnowledgeBase,
    *,
    today: date | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Loads `entries` into `kb` and asks every query; raises nothing for any text."""
    await kb.load(entries, progress)
    judged: list[Judged] = []
    day = today or date.today()
    for start in range(0, len(queries), _AT_ONCE):
        batch = queries[start : start + _AT_ONCE]
        findings = await asyncio.gather(*(kb.search(query.text, today=day) for query in batch))
        judged += [
            Judged(query=query, row=row_of(query.qid, finding))
            for query, finding in zip(batch, findings, strict=True)
        ]
        if progress is not None:
            progress(len(judged), len(queries))
    return Report(
        judged=tuple(judged),
        departments={entry.id: entry.department for entry in entries},
        topics={entry.id: entry.topic for entry in entries},
        texts={entry.id: entry.question or entry.answer[:40] for entry in entries},
        degraded=kb.degraded,
    )
