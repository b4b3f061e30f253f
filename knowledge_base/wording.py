"""A question taken apart for comparison, and what it shares with entries' wordings."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log1p

import numpy as np
from numpy.typing import NDArray

from knowledge_base.characters import Numbers
from knowledge_base.facts import Facts, facts_of, numbers_in
from knowledge_base.lexical import telling_words
from knowledge_base.taken_apart import Words
from knowledge_base.vocabulary import ASKED, CONDITIONS, EVIDENCE
from knowledge_base.whole_texts import Has

Reals = NDArray[np.float64]


@dataclass(frozen=True)
class Wording:
    """A question in official words, its telling words with their rarity (0 to 1), its facts."""

    text: str
    words: tuple[tuple[str, float], ...]
    facts: Facts
    numbers: frozenset[str]

    @classmethod
    def of(cls, text: str, rarities: Callable[[Sequence[str]], Sequence[float]]) -> "Wording":
        """`rarities` gives words' weights, 1 for a word the knowledge base does not know."""
        telling = telling_words(text)
        return cls(
            text=text,
            words=tuple(zip(telling, rarities(telling), strict=True)),
            facts=Facts.of(np.array(facts_of(text))),
            numbers=numbers_in(text),
        )

    def stands_in(self, texts: Sequence[str]) -> NDArray[np.bool_]:
        """Which of its words stand in which texts, shape (len(texts), len(words))."""
        own = [word for word, _ in self.words]
        found = np.array([word in text for text in texts for word in own], np.bool_)
        return found.reshape(len(texts), len(own))

    def covered(self, stands: NDArray[np.bool_]) -> tuple[Reals, Reals, Reals]:
        """What `stands_in` says of each text: the weighted share of the words in it, the weight
        of the rarest one missing, and how many are missing, as log(1 + n).
        """
        owners, words = np.divmod(np.arange(stands.size), max(1, stands.shape[1]))
        rarities = np.array([rarity for _, rarity in self.words], np.float64)[words]
        return _coverage(owners, rarities, stands.ravel(), len(stands))

    def covers(self, there: Words, count: int) -> tuple[Reals, Reals, Reals]:
        """The same the other way round: what of each of `count` texts' words stands in its own."""
        stands = np.array([word in self.text for word in there.texts], np.bool_)[there.places]
        return _coverage(there.owners, there.rarities, stands, count)

    def conditions_lacking(self, has: Has, count: int) -> Reals:
        """How many of the conditions it names each of `count` texts does not name."""
        bits = int(self.facts.conditions)
        return _missing([one for n, one in enumerate(CONDITIONS) if bits >> n & 1], has, count)

    def answered_in(self, has: Has, count: int) -> tuple[Reals, Reals]:
        """How much of what it asks for each of `count` texts gives, and how much it does not."""
        wanted = [gives for asks, gives in EVIDENCE if self._asks(asks)]
        missing = _missing(wanted, has, count)
        return len(wanted) - missing, missing

    def numbers_lacking(self, texts: Sequence[str]) -> Reals:
        """How many of its numbers each text has not."""
        if not self.numbers:
            return np.zeros(len(texts))
        return np.array([self._numbers_lacking(text) for text in texts], np.float64)

    def _numbers_lacking(self, text: str) -> int:
        near = any(number in text for number in self.numbers)  # 5 is in 65, and no number of it
        return len(self.numbers - numbers_in(text)) if near else len(self.numbers)

    def numbers_added(self, texts: Sequence[str], have: NDArray[np.bool_]) -> Reals:
        """How many numbers each text has that it has not; `have` says which have figures."""
        added = np.zeros(len(texts))
        for place in np.flatnonzero(have).tolist():
            added[place] = len(numbers_in(texts[place]) - self.numbers)
        return added

    def _asks(self, pattern: re.Pattern[str]) -> bool:
        return bool(int(self.facts.asked) >> ASKED.index(pattern) & 1)


def _missing(patterns: Sequence[re.Pattern[str]], has: Has, count: int) -> Reals:
    """How many of the patterns do not occur in each of `count` texts."""
    missing = np.zeros(count)
    for pattern in patterns:
        missing += ~has(pattern)
    return missing


def _coverage(
    owners: Numbers, rarities: Reals, stands: NDArray[np.bool_], count: int
) -> tuple[Reals, Reals, Reals]:
    whole = np.bincount(owners, rarities, count)
    missing = ~stands
    lost = np.bincount(owners[missing], rarities[missing], count)
    rarest = np.zeros(count)
    np.maximum.at(rarest, owners[missing], rarities[missing])
    share = np.divide(whole - lost, whole, out=np.zeros(count), where=whole > 0)
    amounts = np.bincount(owners[missing], minlength=count).tolist()
    return share, rarest, np.array([log1p(amount) for amount in amounts])
