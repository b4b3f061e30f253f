"""The cascade: from a prepared question and an index to an answer, a short choice, or nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from knowledge_base import features
from knowledge_base.asked import Asked
from knowledge_base.calibration import Block, Model, are_bare
from knowledge_base.condition import separation
from knowledge_base.entry import Entry
from knowledge_base.holding import why_held
from knowledge_base.index import KnowledgeIndex, Numbers
from knowledge_base.intent import Intent
from knowledge_base.lexical import Floats
from knowledge_base.outcome import (
    Answer,
    Candidate,
    Finding,
    Held,
    Nothing,
    Suggestions,
    Veto,
)
from knowledge_base.ports import Vectors
from knowledge_base.text import normalise
from knowledge_base.topic import is_one_word, on_topic, topic_of
from knowledge_base.vetoes import excluded, veto

Reals = NDArray[np.float64]

CHOICES = 3
RANKED = 10
_LIKELY_WITHOUT_WORDS = 0.15
"""From this chance in three on meaning alone is enough to be offered."""
_LEAST_TOLD = 0.15
"""Share of the question's telling words, weighed by rarity, that an unlikelier entry has."""
_LEAST_LINE = 0.02
"""The least chance of a further line in a list."""
_SAME_ANSWER = 92.0
"""Answers this alike (rapidfuzz ratio of their beginnings, per cent) are one matter."""


class Reason(StrEnum):
    """Why nothing is offered."""

    UNLIKELY = "unlikely"
    EMPTY = "empty"
    SMALL_TALK = "small_talk"
    OTHER_PLACE = "other_place"
    VETOED = "vetoed"


def find(index: KnowledgeIndex, model: Model, asked: Asked, vector: Vectors | None) -> Finding:
    """The whole cascade on an index, `vector` being the question's encoding or None."""
    exact = exact_finding(index, asked)
    if exact is not None:
        return exact
    if not asked.question or not len(index):
        return Nothing(reason=Reason.EMPTY)
    if asked.intent.is_small_talk and asked.intent is not Intent.CHAT:
        return Nothing(reason=Reason.SMALL_TALK)
    ranking = rank(index, model, asked, vector)
    return decide(index, model, asked, ranking, has_vector=vector is not None)


def exact_finding(index: KnowledgeIndex, asked: Asked) -> Finding | None:
    """Stage 1: a wording that is exactly the question; several different matters are a choice."""
    numbers = index.exact(asked.whole) or index.exact(asked.question) or _said(index, asked)
    found = tuple(
        Candidate(entry=index.entries[number], probability=1.0, matched=asked.question)
        for number in numbers
        if index.entries[number].is_valid_on(asked.today)
        and not excluded(index, asked.texts, number)
    )
    choices = different_matters(index, found)
    if not choices:
        return None
    if len(choices) == 1 and asked.leaves_open_where(choices[0].entry):
        return Suggestions(choices=choices, ranking=found, held=Held.PART)
    if len(choices) == 1 and (asked.intent is Intent.GRIEVANCE or not asked.intent.wants_a_person):
        return Answer(best=choices[0], ranking=found, exact=True)
    return Suggestions(choices=choices, ranking=found)


def _said(index: KnowledgeIndex, asked: Asked) -> tuple[int, ...]:
    """The entries whose wording is the one sentence of the message that asks something."""
    return index.exact(asked.sentences[0]) if len(asked.sentences) == 1 else ()


def rank(
    index: KnowledgeIndex, model: Model, asked: Asked, vector: Vectors | None
) -> tuple[Candidate, ...]:
    """Stages 2 to 4: the ten likeliest entries, best first, each with its probability."""
    found = index.candidates(asked.question, vector)
    valid = [n for n in found.entries if index.entries[n].is_valid_on(asked.today)]
    found = replace(found, entries=np.array(valid, np.int64))
    if not valid:
        return ()
    values, rows = features.matrix(index, found)
    block = model.block(vector is not None)
    scores = block.rank_scores(values)
    chances, in_three = block.probabilities(values, scores, index.matters[found.entries])
    order = _order(values, scores, chances)
    return tuple(
        Candidate(
            entry=index.entries[int(found.entries[place])],
            probability=float(chances[place]),
            matched=index.texts.wordings.texts[rows[place]] if rows[place] >= 0 else "",
            features=dict(zip(features.NAMES, map(float, values[place]), strict=True)),
            in_three=float(in_three[place]),
        )
        for place in order
    )


def _order(values: Floats, scores: Reals, chances: Reals) -> Numbers:
    """The best ten: the first by the ranking, the others by their chance of being the answer.

    Bare questions keep the ranking fitted to them; chances were fitted beside the common one.
    """
    order = np.argsort(-scores, kind="stable")[:RANKED]
    if not are_bare(values):
        others = order[1:]
        order[1:] = others[np.argsort(-chances[others], kind="stable")]
    return order


def decide(
    index: KnowledgeIndex,
    model: Model,
    asked: Asked,
    ranking: tuple[Candidate, ...],
    *,
    has_vector: bool,
) -> Finding:
    """Stage 5: answer, suggest or stay silent, after the vetoes."""
    block = model.block(has_vector)
    vetoed = {each.entry.id: veto(index, asked.texts, each) for each in ranking}
    vetoes = {entry: found for entry, found in vetoed.items() if found}
    finding = _decided(index, block, asked, ranking, vetoes)
    return replace(finding, vetoes=vetoes) if vetoes else finding


def _decided(
    index: KnowledgeIndex,
    block: Block,
    asked: Asked,
    ranking: tuple[Candidate, ...],
    vetoes: Mapping[str, Veto],
) -> Finding:
    allowed = tuple(candidate for candidate in ranking if candidate.entry.id not in vetoes)
    hopeful = tuple(filter(_is_hopeful, allowed))
    if not hopeful or hopeful[0].in_three < block.suggest_at:
        return _by_topic(index, asked, ranking, (), allowed)
    best = hopeful[0]
    held = why_held(index, block, asked, best, is_first=best is ranking[0])
    if held is None:
        return Answer(best=best, ranking=ranking)
    if asked.intent is Intent.CHAT:
        return Nothing(ranking=ranking, reason=Reason.SMALL_TALK)
    if topic_of(asked.question):
        return _by_topic(index, asked, ranking, hopeful, allowed)
    likely = (c for c in hopeful if c is best or c.probability >= _LEAST_LINE)
    return _suggested(asked, ranking, different_matters(index, likely), held)


def _suggested(
    asked: Asked,
    ranking: tuple[Candidate, ...],
    choices: tuple[Candidate, ...],
    held: Held,
) -> Suggestions:
    away = asked.is_elsewhere(choices[0].entry)
    return Suggestions(
        choices=choices,
        ranking=ranking,
        elsewhere=tuple(sorted(asked.elsewhere)) if away else (),
        separation=separation(asked.question, [normalise(c.entry.question) for c in choices]),
        held=held,
    )


def _is_hopeful(candidate: Candidate) -> bool:
    """Whether a line for it would not look absurd in a list.

    An unlikely one must at least have some of the question's telling words in it.
    """
    told = candidate.features.get("covered_by_entry", 1.0)
    return candidate.in_three >= _LIKELY_WITHOUT_WORDS or told >= _LEAST_TOLD


def _by_topic(
    index: KnowledgeIndex,
    asked: Asked,
    ranking: tuple[Candidate, ...],
    likely: tuple[Candidate, ...],
    allowed: tuple[Candidate, ...],
) -> Finding:
    """What is offered to a message that only names a matter ("社保"), else nothing.

    Of such a message every line must have its words: `likely` ones without them are offered only
    where the message is more than one word.
    """
    topic = "" if asked.elsewhere else topic_of(asked.question)
    named = [each for each in allowed if topic and on_topic(topic, each.entry)]
    if named:
        choices = different_matters(index, named)
        return Suggestions(choices=choices, ranking=ranking, topic=topic)
    if likely and not is_one_word(asked.question):
        return Suggestions(choices=different_matters(index, likely[:1]), ranking=ranking)
    return _nothing(asked, ranking, is_vetoed=bool(ranking) and not allowed)


def _nothing(asked: Asked, ranking: tuple[Candidate, ...], *, is_vetoed: bool) -> Nothing:
    if asked.elsewhere:
        places = tuple(sorted(asked.elsewhere))
        return Nothing(ranking=ranking, reason=Reason.OTHER_PLACE, elsewhere=places)
    return Nothing(ranking=ranking, reason=Reason.VETOED if is_vetoed else Reason.UNLIKELY)


def different_matters(
    index: KnowledgeIndex, candidates: Iterable[Candidate]
) -> tuple[Candidate, ...]:
    """Up to three candidates of which no two give (nearly) the same answer."""
    chosen: list[Candidate] = []
    for candidate in candidates:
        if not any(_is_same_matter(index, candidate.entry, other.entry) for other in chosen):
            chosen.append(candidate)
        if len(chosen) == CHOICES:
            break
    return tuple(chosen)


def _is_same_matter(index: KnowledgeIndex, first: Entry, second: Entry) -> bool:
    one, two = index.numbers[first.id], index.numbers[second.id]
    if index.matters[one] == index.matters[two]:
        return True
    return fuzz.ratio(index.texts.answers[one], index.texts.answers[two]) >= _SAME_ANSWER
