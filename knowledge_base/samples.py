"""Labelled questions as the fitting sees them: their candidates' features, and which are right."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

import numpy as np
from numpy.typing import NDArray

from knowledge_base import features
from knowledge_base.asked import Asked
from knowledge_base.evaluation import Query
from knowledge_base.index import Candidates, KnowledgeIndex
from knowledge_base.intent import Intent
from knowledge_base.places import Region
from knowledge_base.ports import Vectors


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One question with its candidates: features (n, len(NAMES)), right (n,), matters (n,).

    `decides` is false for what the rules keep from a direct answer (another place, a complaint),
    `ranks_only` is true where nothing can be learnt about silence. `weight` is its say.
    What is not `is_measured` is learnt from, stands in no figure, and counts little in thresholds.
    """

    group: str
    features: NDArray[np.float32]
    right: NDArray[np.bool_]
    matters: NDArray[np.int64]
    is_answerable: bool
    decides: bool = True
    left_out: bool = False
    ranks_only: bool = False
    is_measured: bool = True
    weight: float = 1.0


def samples_of(
    index: KnowledgeIndex,
    queries: Sequence[Query],
    vectors: Vectors | None,
    *,
    region: Region,
    ranks_only: bool = False,
    is_measured: bool = True,
    weight: float = 1.0,
) -> list[Sample]:
    """Samples of queries; `vectors` has one row per query, or is None for words alone."""
    make = partial(_sample, index, ranks_only=ranks_only, is_measured=is_measured, weight=weight)
    found: list[Sample] = []
    for number, query in enumerate(queries):
        asked = Asked.of(query.text, region=region, today=date.min)
        if not asked.question:
            continue
        vector = None if vectors is None else vectors[number]
        near = index.candidates(asked.question, vector)
        known = sorted(index.numbers[each] for each in query.pos if each in index.numbers)
        right = np.array(known, np.int64)  # in order: the first one names the group
        found.append(make(query, asked, near, right))
        if len(right) and not ranks_only:
            own = np.isin(index.matters[near.entries], index.matters[right])
            rest = replace(near, entries=near.entries[~own])
            found.append(make(query, asked, rest, right, left_out=True))
    return [sample for sample in found if len(sample.right)]


def _sample(
    index: KnowledgeIndex,
    query: Query,
    asked: Asked,
    near: Candidates,
    right: NDArray[np.int64],
    *,
    left_out: bool = False,
    ranks_only: bool = False,
    is_measured: bool = True,
    weight: float = 1.0,
) -> Sample:
    values, _ = features.matrix(index, near)
    return Sample(
        group=index.entries[int(right[0])].id if len(right) else query.qid,
        features=values,
        right=np.isin(near.entries, right),
        matters=index.matters[near.entries],
        is_answerable=bool(len(right)) and not left_out,
        decides=asked.intent is Intent.QUESTION and not asked.elsewhere and not ranks_only,
        left_out=left_out,
        ranks_only=ranks_only,
        is_measured=is_measured,
        weight=weight,
    )
