"""What keeps an entry from being offered at all: a negative that lies nearer, another region."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from knowledge_base.index import KnowledgeIndex
from knowledge_base.lexical import telling_words
from knowledge_base.outcome import Candidate, Veto
from knowledge_base.parts import names_another
from knowledge_base.places import Region, places_in
from knowledge_base.synonyms import official
from knowledge_base.vocabulary import ASKED

_NEAR = 60.0
"""Likeness in per cent from which a negative speaks of the question at all."""
_CLAUSE = re.compile(r"[,;?!。、:]")


def veto(index: KnowledgeIndex, texts: tuple[str, str], candidate: Candidate) -> Veto | None:
    """What excludes an entry: itself, or a negative that the question has a word of is nearer.

    `texts` are the question and the whole message it stands in, both normalised.
    """
    number = index.numbers[candidate.entry.id]
    if found := excluded(index, texts, number):
        return found
    question = texts[0]
    own = list(_wordings(index, number))
    named = (text for text in _negatives(index, number) if _names_it(question, text, own))
    nearer = _nearer(question, named, own)
    return Veto(negative=nearer) if nearer else None


def is_doubted(index: KnowledgeIndex, question: str, candidate: Candidate) -> bool:
    """Whether any negative is nearer, with or without a word of its own: to be offered at most."""
    number = index.numbers[candidate.entry.id]
    return bool(_nearer(question, _negatives(index, number), _wordings(index, number)))


def _nearer(question: str, negatives: Iterable[str], own: Iterable[str]) -> str:
    """The nearest negative, if it is nearer than an entry's own wordings; or ""."""
    against, negative = _nearest(question, negatives)
    is_nearer = against >= _NEAR and against > _nearest(question, own)[0]
    return negative if is_nearer else ""


def excluded(index: KnowledgeIndex, texts: tuple[str, str], number: int) -> Veto | None:
    """A negative that is the question itself, or another place that the entry is for."""
    region = index.entries[number].region
    if region and _names_another_part(index, texts[1], region):
        return Veto(region=region)
    negatives = _negatives(index, number)
    return next((Veto(negative=text) for text in texts if text in negatives), None)


def _negatives(index: KnowledgeIndex, number: int) -> list[str]:
    negatives = index.texts.negatives
    return [negatives.texts[row] for row in negatives.rows_of(number)]


def _wordings(index: KnowledgeIndex, number: int) -> Iterable[str]:
    """The entry's wordings and the clauses of those that ask several things at once."""
    wordings = index.texts.wordings
    for row in wordings.rows_of(number):
        text = wordings.texts[row]
        yield text
        yield from _CLAUSE.split(text)


def _names_it(question: str, negative: str, wordings: Sequence[str]) -> bool:
    """Whether a question has a word that sets a negative apart from all of an entry's wordings.

    体检去哪里做 has none of 入职体检去哪里做. A word of what is asked for counts only where the
    matter is the same: 离婚要带什么 is not set apart by 领结婚证要带什么. Where no word sets it
    apart, the likeness decides alone.
    """
    own = "".join(f"{text}{official(text)}" for text in wordings)
    apart = [word for word in telling_words(official(negative)) if word not in own]
    matter = [word for word in apart if not any(asks.search(word) for asks in ASKED)]
    asked = question + official(question)
    return not apart or any(word in asked for word in matter or apart)


def _nearest(question: str, texts: Iterable[str]) -> tuple[float, str]:
    """The nearest text, with the likeness in per cent of the words that tell the matter, not of
    how it is asked for; 0 and "" of none.
    """
    told = _told(question, official(question))
    found = [(_told(text, official(text)), text) for text in texts if text.strip()]
    return max(
        (
            (fuzz.ratio(told, other) + fuzz.ratio(question, text) / 100, text)
            for other, text in found
        ),
        default=(0.0, ""),
    )


@lru_cache(maxsize=65536)
def _told(text: str, translated: str) -> str:
    """The telling words of a text in official words; the text itself where it has none."""
    return "".join(telling_words(translated)) or text


def _names_another_part(index: KnowledgeIndex, question: str, region: str) -> bool:
    """Whether the question names a place, and the entry is for another one."""
    if names_another(question, region, index.regions):
        return True
    named = places_in(question)
    own = Region(region)
    return bool(named) and not any(own.is_own(name) or name in region for name in named)
