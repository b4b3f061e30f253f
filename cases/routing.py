"""Which department a message is for: a suggestion, how sure it is, and who comes next."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from cases.department import Department, Routing
from cases.ports import MatterEncoder
from cases.routing_cold import ColdStart
from cases.routing_text import for_encoder, plain

if TYPE_CHECKING:
    from cases.routing_model import Guess, LearntRouter

Vectors = NDArray[np.float32]

ENOUGH: Final = 40
"""Examples from which the router learns; below, duties and keywords say more."""
FEWEST_EACH: Final = 5
"""Examples a department needs for what was learnt to outweigh its duties beyond doubt."""
MOST: Final = 5_000
"""Examples that are learnt from, the newest: more takes minutes and adds little."""


@dataclass(frozen=True, kw_only=True)
class Example:
    """A message and the department that answered it in the end."""

    text: str
    department: str


@dataclass(frozen=True, kw_only=True)
class _Knowledge:
    cold: ColdStart | None
    learnt: "LearntRouter | None"
    often: frozenset[str] = frozenset()
    """Departments with examples enough."""


class Router:
    """Suggests a department; `load` replaces what it knows at once, `suggest` is thread-safe.

    Both block: they belong on a worker thread. The encoder is optional.
    """

    def __init__(self, encoder: MatterEncoder | None = None) -> None:
        self._encoder = encoder
        self._encoded: dict[str, NDArray[np.float32]] = {}
        """The vectors of the examples last learnt from: learning again encodes only new ones."""
        self._knowledge = _Knowledge(cold=None, learnt=None)

    def load(self, departments: Sequence[Department], examples: Sequence[Example] = ()) -> None:
        """Reads the departments' duties and keywords, and learns when there are examples enough.

        Examples of departments that no longer exist are left out; pass the newest last.
        """
        cold = ColdStart(departments, self._encoder) if departments else None
        names = {department.name for department in departments}
        known = [each for each in examples if each.department in names and plain(each.text)]
        learnt = self._learn(known[-MOST:], cold) if cold else None
        counts = Counter(each.department for each in known[-MOST:])
        often = frozenset(name for name, count in counts.items() if count >= FEWEST_EACH)
        self._knowledge = _Knowledge(cold=cold, learnt=learnt, often=often)

    def suggest(self, text: str) -> Routing:
        """Where a message should go; department "" and confidence 0 when nothing is known."""
        knowledge = self._knowledge
        if knowledge.cold is None or not plain(text):
            return Routing(department="", confidence=0.0)
        vectors = self._vectors([text])
        fresh = _cold(knowledge.cold, text, vectors)
        beyond_doubt = fresh.sure and fresh.department not in knowledge.often
        if knowledge.learnt is None or beyond_doubt:
            return fresh
        guess = knowledge.learnt.guess([text], vectors)[0]
        names = fresh.ranking or knowledge.cold.names
        return _learnt(fresh, guess, knowledge.learnt.threshold, names)

    def _learn(self, examples: Sequence[Example], cold: ColdStart) -> "LearntRouter | None":
        """What the examples teach; None while duties and keywords still say more.

        Both are judged on the same examples, the learnt one on those it was not shown.
        """
        own = [each.department for each in examples]
        if len(examples) < ENOUGH or len(set(own)) < 2:
            return None
        # scikit-learn takes a second to import; a desk without examples never needs it.
        from cases.routing_model import LearntRouter

        texts = [each.text for each in examples]
        vectors = self._remembered(texts)
        learnt = LearntRouter(texts, own, vectors, cold)
        guessed = cold.scores(texts, vectors).argmax(axis=1)
        by_duties = np.mean([cold.names[n] == name for n, name in zip(guessed, own, strict=True)])
        return learnt if learnt.accuracy >= by_duties else None

    def _remembered(self, texts: Sequence[str]) -> Vectors | None:
        """As `_vectors`, of examples: most were there when last it learnt."""
        new = [text for text in dict.fromkeys(texts) if text not in self._encoded]
        found = self._vectors(new) if new else None
        if self._encoder is None:
            return None
        known = self._encoded | (dict(zip(new, found, strict=True)) if found is not None else {})
        self._encoded = {text: known[text] for text in texts}
        return np.stack([self._encoded[text] for text in texts])

    def _vectors(self, texts: Sequence[str]) -> Vectors | None:
        if self._encoder is None:
            return None
        return self._encoder.encode_query([for_encoder(text) for text in texts])


def _cold(cold: ColdStart, text: str, vectors: Vectors | None) -> Routing:
    every, sure = cold.guess([text], vectors)
    if not every.any():
        return Routing(department="", confidence=0.0)
    order = np.argsort(-every[0], kind="stable")
    first = cold.names[order[0]]
    return Routing(
        department=first,
        confidence=float(sure[0]),
        ranking=tuple(cold.names[n] for n in order),
        threshold=cold.threshold(first),
    )


def _learnt(fresh: Routing, guess: "Guess", threshold: float, names: Sequence[str]) -> Routing:
    """What was learnt decides; departments nobody has examples of yet follow. Duties that say
    beyond doubt what was learnt too need no dispatcher."""
    others = tuple(name for name in names if name not in guess.ranking)
    agreed = fresh.sure and fresh.department == guess.ranking[0]
    by_duties = agreed and guess.confidence < threshold
    return Routing(
        department=guess.ranking[0],
        confidence=fresh.confidence if by_duties else guess.confidence,
        ranking=guess.ranking + others,
        threshold=fresh.threshold if by_duties else threshold,
    )
