"""What a desk knows about its own questions: labels from its log, settled into labelled queries.

A label is used once per question. Golden questions (a curator's verdict) come first, then the
entry an officer's approved reply was drafted from, then what citizens did. What contradicts itself
is left out: two different entries, or an entry that one citizen took and another did not find
helpful. Exact wordings of an entry are left out too: they are answered without the model.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from knowledge_base.entry import Entry
from knowledge_base.evaluation import Query
from knowledge_base.golden import GoldenQuestion
from knowledge_base.text import normalise, question_of

MOST = 4_000
"""Questions a fit uses at most: golden ones and cases first, then the newest."""


class Kind(StrEnum):
    """Where a label comes from, the surest first."""

    GOLDEN = "golden"
    CASE = "case"  # an approved reply was drafted from the entry
    CHOSEN = "chosen"  # the citizen took this line of a list
    ANSWERED = "answered"  # answered directly, and the citizen said nothing against it
    UNSOLVED = "unsolved"  # the citizen said that this entry did not help


_SUREST_FIRST = tuple(Kind)


class Left(StrEnum):
    """Why a question that has a label is not used."""

    EXACT = "exact_wording"
    CONTRADICTORY = "contradictory"
    OUTDATED = "outdated"  # the entry was withdrawn, or changed since a citizen rejected it
    TOO_MANY = "too_many"


@dataclass(frozen=True, kw_only=True)
class Label:
    """What one event says about a citizen's words: `entry` in this `version` was right, or with
    `UNSOLVED` was not."""

    text: str
    entry: str
    version: int
    kind: Kind


@dataclass(frozen=True, kw_only=True)
class DeskLabels:
    """Labelled queries, the surest and newest first; `kind` of each is its `Kind`."""

    queries: tuple[Query, ...]
    left_out: Mapping[str, int]

    @property
    def counts(self) -> dict[str, int]:
        """How many queries each kind of label gave."""
        found = Counter(query.kind for query in self.queries)
        return {kind.value: found[kind] for kind in Kind}

    @property
    def answerable(self) -> int:
        """How many have a known entry."""
        return sum(bool(query.pos) for query in self.queries)


def settled(
    labels: Sequence[Label], golden: Sequence[GoldenQuestion], entries: Sequence[Entry]
) -> DeskLabels:
    """One query per question; `labels` come newest first, `entries` are the published ones."""
    by_text: dict[str, list[Label]] = {}
    for label in (*map(_of_golden, golden), *labels):
        by_text.setdefault(question_of(label.text), []).append(label)
    exact = _exact(entries)
    versions = {entry.id: entry.version for entry in entries}
    queries: list[Query] = []
    left: Counter[str] = Counter()
    for number, (text, about) in enumerate(by_text.items()):
        is_exact = text in exact or normalise(about[0].text) in exact
        found = Left.EXACT if is_exact else _verdict(about, versions)
        if isinstance(found, Left):
            left[found] += 1
            continue
        queries.append(_query(f"label {number}", found))
    queries.sort(key=_rank)
    left[Left.TOO_MANY] = max(0, len(queries) - MOST)
    return DeskLabels(queries=tuple(queries[:MOST]), left_out={each: left[each] for each in Left})


def _query(qid: str, label: Label) -> Query:
    """Of what was not right, no entry is known: it must not be answered directly."""
    is_answerable = label.entry and label.kind is not Kind.UNSOLVED
    pos = frozenset({label.entry}) if is_answerable else frozenset[str]()
    return Query(qid=qid, text=label.text, pos=pos, kind=label.kind)


def _rank(query: Query) -> int:
    """What is kept first: the surest, and after the golden ones whatever teaches silence."""
    is_silence = query.kind == Kind.UNSOLVED
    return 1 if is_silence else _SUREST_FIRST.index(Kind(query.kind))


def _of_golden(question: GoldenQuestion) -> Label:
    return Label(text=question.text, entry=question.entry, version=0, kind=Kind.GOLDEN)


def _exact(entries: Iterable[Entry]) -> frozenset[str]:
    """The wordings that are answered without the model."""
    return frozenset(normalise(text) for entry in entries for text in entry.wordings)


def _verdict(about: Sequence[Label], versions: Mapping[str, int]) -> Label | Left:
    """The one label that stands for a question, or why there is none."""
    golden = next((label for label in about if label.kind is Kind.GOLDEN), None)
    if golden is not None:
        return golden if golden.entry in {"", *versions} else Left.OUTDATED
    current = [label for label in about if _is_current(label, versions)]
    if not current:
        return Left.OUTDATED
    rejected = {label.entry for label in current if label.kind is Kind.UNSOLVED}
    officers = [label for label in current if label.kind is Kind.CASE]
    right = officers or [label for label in current if label.kind is not Kind.UNSOLVED]
    named = {label.entry for label in right}
    if len(named) > 1 or named & rejected:
        return Left.CONTRADICTORY
    return min(right, key=lambda label: _SUREST_FIRST.index(label.kind), default=current[0])


def _is_current(label: Label, versions: Mapping[str, int]) -> bool:
    """What a citizen rejected may have been mended since; what was right once mostly stays so."""
    if label.kind is Kind.UNSOLVED:
        return versions.get(label.entry) == label.version
    return label.entry in versions
