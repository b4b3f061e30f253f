"""What speaks for and against an entry as the answer to a question, as numbers."""

from math import log

import numpy as np

from knowledge_base.difference import NAMES as DIFFERENCES
from knowledge_base.difference import differences
from knowledge_base.embedding import DenseIndex
from knowledge_base.fuzzy import likeness
from knowledge_base.index import Candidates, KnowledgeIndex, Numbers
from knowledge_base.lexical import Floats
from knowledge_base.ports import Vectors
from knowledge_base.wording import WholeEntry, Wording

ASKS_OTHERWISE = "asks_otherwise"
"""1 where question and wording ask for different things (where and how much): a rule keeps such
an entry from being the direct answer, however near it is in all else."""
MEANING = ("cosine", "cosine_z", "passage", "passage_z", "cosine_gap", "passage_gap", "mean_gap")
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
    "covered",
    "covered_by_entry",
    "rarest_missing",
    "rarest_missing_in_entry",
    "wording_covered",
    "wording_rarest_missing",
    "words_missing",
    "words_missing_in_entry",
    "wording_words_missing",
    "asks_the_same",
    ASKS_OTHERWISE,
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


def best_rows(index: KnowledgeIndex, found: Candidates) -> Numbers:
    """For each candidate the row of its nearest wording; -1 for an entry without wordings."""
    wordings = index.texts.wordings
    counts = wordings.starts[found.entries + 1] - wordings.starts[found.entries]
    if not counts.any():
        return np.full(len(counts), -1, np.int64)
    rows = np.concatenate([wordings.rows_of(int(entry)) for entry in found.entries]).astype(
        np.int64
    )
    score = found.by_question[rows]
    if found.vector is not None and index.meaning is not None and index.meaning.wordings:
        score = score + 2 * index.meaning.wordings.cosines(found.vector, rows)
    best, start = [], 0
    for count in counts.tolist():
        best.append(
            int(rows[start + int(np.argmax(score[start : start + count]))]) if count else -1
        )
        start += count
    return np.array(best, np.int64)


def matrix(index: KnowledgeIndex, found: Candidates) -> tuple[Floats, Numbers]:
    """Features of shape (len(found.entries), len(NAMES)), and each candidate's nearest row."""
    rows = best_rows(index, found)
    asked = Wording.of(found.official, index.rarity)
    plain = index.plain_of(found.question)
    words = [
        (
            *_by_words(index, asked, entry, row),
            *differences(plain, index.plain(entry, row)),
            _translated(asked, plain.text, index.wording(entry, row)),
        )
        for entry, row in zip(found.entries.tolist(), rows.tolist(), strict=True)
    ]
    bm25 = np.zeros(len(rows), np.float32)
    bm25[rows >= 0] = found.by_question[rows[rows >= 0]]
    passage = found.by_passage[found.entries]
    parts = [
        _by_meaning(index, found, rows),
        np.stack([bm25, passage, _gap(bm25), _gap(passage)], axis=1),
        np.array(words, np.float32).reshape(len(rows), len(WORDS) - 4),
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


def _by_words(index: KnowledgeIndex, asked: Wording, entry: int, row: int) -> tuple[float, ...]:
    there, whole = index.wording(entry, row), index.whole(entry)
    return (
        *likeness(asked, there),
        *_coverage(asked, there, whole),
        *_agreement(asked, there, whole),
        *_lengths(len(asked.text), len(there.text)),
    )


def _translated(asked: Wording, plain: str, there: Wording) -> float:
    """The rarest official word that only the table of synonyms gave the question, if shared."""
    shared = (rarity for word, rarity in asked.words if word not in plain and word in there.text)
    return max(shared, default=0.0)


def _coverage(asked: Wording, there: Wording, whole: WholeEntry) -> tuple[float, ...]:
    covered, missing = asked.covered(there.text)
    covered_by_entry, missing_in_entry = asked.covered(whole.text)
    return (
        covered,
        covered_by_entry,
        missing,
        missing_in_entry,
        *there.covered(asked.text),
        asked.missing_words(there.text),
        asked.missing_words(whole.text),
        there.missing_words(asked.text),
    )


def _agreement(asked: Wording, there: Wording, whole: WholeEntry) -> tuple[float, ...]:
    """Do both ask for the same, do the same, for the same people and things, in figures too."""
    same, deeds = asked.asked & there.asked, asked.deeds & there.deeds
    return (
        float(bool(same)),
        float(bool(asked.asked and there.asked and not same)),
        float(bool(asked.deeds and there.deeds and not deeds)),
        float(bool(deeds)),
        float(len(asked.conditions - whole.conditions)),
        float(len(there.conditions - asked.conditions)),
        float(len(asked.numbers - whole.numbers)),
        float(len(there.numbers - asked.numbers)),
        float(len(asked.wants & whole.gives)),
        float(len(asked.wants - whole.gives)),
    )


def _lengths(asked: int, there: int) -> tuple[float, ...]:
    ratio = log(max(1, asked) / max(1, there))
    return min(asked, 60) / 60, max(0.0, ratio), max(0.0, -ratio)
