"""What speaks for and against an entry as the answer to a question, as numbers."""

from collections.abc import Mapping, Sequence
from math import exp, log

import numpy as np
from numpy.typing import NDArray

from knowledge_base.difference import NAMES as DIFFERENCES
from knowledge_base.difference import differences
from knowledge_base.embedding import DenseIndex
from knowledge_base.entry_words import NearWordings
from knowledge_base.fuzzy import likeness
from knowledge_base.index import Candidates, KnowledgeIndex, Numbers
from knowledge_base.kinds import is_of_another_kind
from knowledge_base.lexical import Floats
from knowledge_base.ports import Vectors
from knowledge_base.taken_apart import spans
from knowledge_base.wording import Reals, Wording

ASKS_OTHERWISE = "asks_otherwise"
"""1 where question and wording ask for different things (where and how much): a rule keeps such
an entry from being the direct answer, however near it is in all else."""
OTHER_KIND = "other_kind"
"""1 where the question names one kind of a thing (地铁) and the entry is about another (公交车):
kept from being the direct answer like the former."""
COSINE = "cosine"
"""Likeness of meaning to the nearest wording: 0 where the question was not encoded."""
COVERED = "covered"
"""The weighted share of the question's telling words that the wording has: where it has none, a
likeness of meaning alone ("红烧肉的做法", "御寒养生汤怎么做") is not enough for a direct answer."""
WORDING_COVERED = "wording_covered"
"""The weighted share of the wording's telling words that the question has."""
MEANING = (COSINE, "cosine_z", "passage", "passage_z", "cosine_gap", "passage_gap", "mean_gap")
"""Features that need an encoder; 0 without one."""
WORDS = (
    "bm25",
    "bm25_passage",
    "bm25_gap",
    "bm25_passage_gap",
    "whole",
    "part",
    "kept",
    "pairs",
    COVERED,
    "covered_by_entry",
    "rarest_missing",
    "rarest_missing_in_entry",
    WORDING_COVERED,
    "wording_rarest_missing",
    "words_missing",
    "words_missing_in_entry",
    "wording_words_missing",
    "asks_the_same",
    ASKS_OTHERWISE,
    OTHER_KIND,
    "other_deed",
    "same_deed",
    "condition_missing",
    "condition_added",
    "number_missing",
    "number_added",
    "evidence",
    "no_evidence",
    "length",
    "longer",
    "shorter",
    *DIFFERENCES,
    "translated",
)
NAMES = (*MEANING, *WORDS, "bare")
"""`bare` is 1 for an entry without an answer of its own: it chooses the ranking."""


_WELL_TOLD = 0.5
_CAUTION = 4.0


def may_answer(seen: Mapping[str, float]) -> bool:
    """Whether a candidate with these features may be the direct answer, however likely it is."""
    held = seen.get(ASKS_OTHERWISE, 0.0) or seen.get(OTHER_KIND, 0.0)
    return not held and seen.get(COVERED, 1.0) > 0


def sure(chance: float, covered: float, cosine: float) -> float:
    """The chance as it counts for a direct answer: less where little of the question is told.

    Where a wording has less than half of the question's telling words (`covered`), likeness of
    meaning speaks alone, and is wrong more often than its chance says: the log-odds fall, by 4
    where it has none. In cross-validation the same number of right answers comes with half as
    many wrong ones (docs/answers.md). A question that was not encoded has its words alone.
    """
    if not cosine:
        return chance
    untold = max(0.0, 1 - covered / _WELL_TOLD)
    odds = max(chance, 1e-12) / max(1 - chance, 1e-12) * exp(-_CAUTION * untold)
    return odds / (1 + odds)


def best_rows(index: KnowledgeIndex, found: Candidates) -> Numbers:
    """For each candidate the row of its nearest wording; -1 for an entry without wordings."""
    wordings = index.texts.wordings
    starts = wordings.starts[found.entries]
    counts = wordings.starts[found.entries + 1] - starts
    rows = spans(starts, counts)
    if not len(rows):
        return np.full(len(counts), -1, np.int64)
    score = found.by_question[rows]
    if found.vector is not None and index.meaning is not None and index.meaning.wordings:
        score = score + 2 * index.meaning.wordings.cosines(found.vector, rows)
    owners = np.repeat(np.arange(len(counts)), counts)
    order = np.lexsort((-score, owners))  # stable: of equal scores the first row
    best = np.full(len(counts), -1, np.int64)
    firsts = (np.cumsum(counts) - counts)[counts > 0]
    best[counts > 0] = rows[order[firsts]]
    return best


def matrix(index: KnowledgeIndex, found: Candidates) -> tuple[Floats, Numbers]:
    """Features of shape (len(found.entries), len(NAMES)), and each candidate's nearest row."""
    rows = best_rows(index, found)
    bm25 = np.zeros(len(rows), np.float32)
    bm25[rows >= 0] = found.by_question[rows[rows >= 0]]
    passage = found.by_passage[found.entries]
    parts = [
        _by_meaning(index, found, rows),
        np.stack([bm25, passage, _gap(bm25), _gap(passage)], axis=1),
        _by_words(index, found, rows),
        index.bare[found.entries].astype(np.float32)[:, None],
    ]
    return np.concatenate(parts, axis=1).astype(np.float32), rows


def _by_meaning(index: KnowledgeIndex, found: Candidates, rows: Numbers) -> Floats:
    if found.vector is None or index.meaning is None or not len(rows):
        return np.zeros((len(rows), len(MEANING)), np.float32)
    passage, passage_z = _cosines(index.meaning.passages, found.vector, found.entries)
    cosine, cosine_z = passage, passage_z
    if index.meaning.wordings is not None:
        cosine, cosine_z = _cosines(index.meaning.wordings, found.vector, rows)
        none = rows < 0
        cosine, cosine_z = np.where(none, passage, cosine), np.where(none, passage_z, cosine_z)
    gaps = [_gap(cosine), _gap(passage), _gap(cosine + passage)]
    return np.stack([cosine, cosine_z / 10, passage, passage_z / 10, *gaps], axis=1)


def _cosines(dense: DenseIndex, vector: Vectors, rows: Numbers) -> tuple[Floats, Floats]:
    cosines = dense.cosines(vector, rows)
    mean, deviation = dense.spread(vector)
    return cosines, (cosines - np.float32(mean)) / np.float32(deviation)


def _gap(scores: Floats) -> Floats:
    """How far each score lies below the highest; 0 for the highest."""
    return scores - scores.max() if len(scores) else scores


def _by_words(index: KnowledgeIndex, found: Candidates, rows: Numbers) -> Floats:
    asked = Wording.of(found.official, index.words.of_words)
    near = index.words.near(found.entries, rows)
    stands = asked.stands_in(near.official)
    columns = (
        *likeness(asked.text, near.official),
        *_coverage(asked, near, stands),
        *_agreement(asked, near, _of_another_kind(index, found, near)),
        *_lengths(len(asked.text), near.official),
    )
    plain = differences(found.question, near.plain, near.plain_words, index.words)
    translated = _translated(asked, found.question, stands)
    return np.column_stack([*columns, plain, translated]).astype(np.float32)


def _translated(asked: Wording, plain: str, stands: NDArray[np.bool_]) -> Reals:
    """The rarest official word that only the table of synonyms gave the question, if shared."""
    new = [rarity if word not in plain else 0.0 for word, rarity in asked.words]
    return np.asarray((stands * np.array(new, np.float64)).max(axis=1, initial=0.0), np.float64)


def _coverage(asked: Wording, near: NearWordings, stands: NDArray[np.bool_]) -> tuple[Reals, ...]:
    covered, missing, amount = asked.covered(stands)
    in_entry, missing_in_entry, amount_in_entry = asked.covered(asked.stands_in(near.whole))
    back, back_missing, back_amount = asked.covers(near.telling_words, len(near.official))
    return (
        covered,
        in_entry,
        missing,
        missing_in_entry,
        back,
        back_missing,
        amount,
        amount_in_entry,
        back_amount,
    )


def _agreement(
    asked: Wording, near: NearWordings, other_kind: NDArray[np.bool_]
) -> tuple[Reals, ...]:
    """Do both ask for the same, do the same, for the same people and things, in figures too."""
    own, there = asked.facts, near.facts
    same, deeds = (own.asked & there.asked) > 0, (own.deeds & there.deeds) > 0
    given, not_given = asked.answered_in(near.has, len(near.whole))
    return (
        same.astype(np.float64),
        ((own.asked > 0) & (there.asked > 0) & ~same).astype(np.float64),
        other_kind.astype(np.float64),
        ((own.deeds > 0) & (there.deeds > 0) & ~deeds).astype(np.float64),
        deeds.astype(np.float64),
        asked.conditions_lacking(near.has, len(near.whole)),
        np.bitwise_count(there.conditions & ~own.conditions).astype(np.float64),
        asked.numbers_lacking(near.whole),
        asked.numbers_added(near.official, there.has_figures),
        given,
        not_given,
    )


def _of_another_kind(
    index: KnowledgeIndex, found: Candidates, near: NearWordings
) -> NDArray[np.bool_]:
    texts = index.texts

    def whole(place: int) -> str:
        entry = int(found.entries[place])
        rows = texts.wordings.rows_of(entry)
        return " ".join([*texts.wordings.texts[rows.start : rows.stop], texts.answers[entry]])

    return is_of_another_kind(found.question, near.plain, whole)


def _lengths(asked: int, there: Sequence[str]) -> tuple[Reals, ...]:
    ratios = np.array([log(max(1, asked) / max(1, len(text))) for text in there])
    length = np.full(len(there), min(asked, 60) / 60)
    return length, np.maximum(0.0, ratios), np.maximum(0.0, -ratios)
