"""What `kb fit` does: a new model from a knowledge base and its labelled questions."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from knowledge_base.calibration import Block, Model
from knowledge_base.embedding import Progress, between, encode_once
from knowledge_base.entry import Entry
from knowledge_base.evaluation import Query
from knowledge_base.fitting import FitRefused, fit_block
from knowledge_base.places import Region
from knowledge_base.ports import Encoder, Vectors, VectorStore
from knowledge_base.samples import Sample, samples_of
from knowledge_base.search import KnowledgeBase
from knowledge_base.synonyms import readings
from knowledge_base.text import question_of

_WORSE = 0.02
"""A new model may rank this much worse than the one in use (top-1, on the same questions)."""


@dataclass(frozen=True, kw_only=True)
class LabelledBase:
    """Entries with questions whose answers among them are known.

    `ranks_only` for questions that all have an answer and say nothing about staying silent;
    `weight` is the say of each of them. Figures rest on what `is_measured`
    alone, thresholds mostly (`trial.UNMEASURED_SAY`): its mix of questions should be as in life,
    with and without an answer.
    """

    entries: Sequence[Entry]
    queries: Sequence[Query]
    ranks_only: bool = False
    is_measured: bool = True
    weight: float = 1.0


async def fit(
    bases: Sequence[LabelledBase],
    *,
    encoder: Encoder | None,
    current: Model,
    store: VectorStore | None = None,
    region: str = "",
    bound: float = 0.02,
    progress: Progress | None = None,
) -> Model:
    """A model fitted to all `bases`; its `fitted` holds the figures of cross-validation.

    Without an encoder only the block for search by words is new. Raises `FitRefused` where the
    labels are too few, or the new model ranks worse than `current` does on the same questions.
    """
    full, words = await _samples(bases, encoder, current, store, region, progress)
    if encoder is not None:
        current = current.for_encoder(encoder.name)
    block, figures = current.full, dict(current.fitted.get("full", {}))
    if full:
        block, figures = await asyncio.to_thread(fit_block, full, with_meaning=True, bound=bound)
        _refuse_worse(block, full, current.full)
    words_block, words_figures = await asyncio.to_thread(
        fit_block, words, with_meaning=False, bound=bound
    )
    name = encoder.name if encoder else current.fitted.get("encoder", "")
    return Model(
        full=_with_bare(block, current.full),
        words=_with_bare(words_block, current.words),
        others=current.others,
        wrong_answer_bound=bound,
        transforms=current.transforms,
        folder=current.folder,
        fitted={**current.fitted, "encoder": name, "full": figures, "words": words_figures},
    )


def _with_bare(new: Block, current: Block) -> Block:
    """A desk has no bare questions to learn from: the ranking of such stays."""
    return new if new.rank_bare else replace(new, rank_bare=current.rank_bare)


async def _samples(
    bases: Sequence[LabelledBase],
    encoder: Encoder | None,
    current: Model,
    store: VectorStore | None,
    region: str,
    progress: Progress | None,
) -> tuple[list[Sample], list[Sample]]:
    full: list[Sample] = []
    words: list[Sample] = []
    place = Region(region)
    for base in bases:
        kb = KnowledgeBase(encoder, store, current, region, 60.0)
        try:
            await kb.load(base.entries, progress)
            sample = partial(
                samples_of,
                kb.index,
                base.queries,
                region=place,
                ranks_only=base.ranks_only,
                is_measured=base.is_measured,
                weight=base.weight,
            )
            words += await asyncio.to_thread(sample, vectors=None)
            if encoder is not None:
                vectors = await _encoded(base.queries, encoder, store, progress)
                full += await asyncio.to_thread(sample, vectors=vectors)
        finally:
            await kb.close()
    return full, words


async def _encoded(
    queries: Sequence[Query],
    encoder: Encoder,
    store: VectorStore | None,
    progress: Progress | None,
) -> Vectors:
    """As the search encodes them, shape (len(queries), dimension)."""
    asked = [readings(question_of(query.text)) for query in queries]
    texts = [text for wordings in asked for text in wordings]
    encoded = await encode_once(texts, "query", encoder=encoder, store=store, progress=progress)
    rows = iter(encoded)
    return np.stack([between([next(rows) for _ in wordings]) for wordings in asked])


def _refuse_worse(new: Block, samples: Sequence[Sample], current: Block) -> None:
    """Both are asked the very same questions: the one in use may have been fitted to them too."""
    before, after = _top1(current, samples), _top1(new, samples)
    if after < before - _WORSE:
        raise FitRefused(f"the new model ranks {after:.1%} first, the one in use {before:.1%}")


def _top1(block: Block, samples: Sequence[Sample]) -> float:
    asked = [s for s in samples if s.is_answerable and not s.ranks_only]
    hits = [bool(s.right[np.argmax(block.rank_scores(s.features))]) for s in asked]
    return float(np.mean(hits))
