"""Questions that mean the same, gathered: what the knowledge base lacks, and how much."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from knowledge_base.embedding import Space
from knowledge_base.lexical import terms
from knowledge_base.ports import Vectors
from knowledge_base.synonyms import official
from knowledge_base.text import question_of
from knowledge_base.unmet import Unmet, Why

NEAR_IN_MEANING = 0.6
"""Mean cosine, after centring, of two groups that are one; on open questions with known entries
four fifths of the pairs of one entry are found, and questions of different entries stay apart."""
NEAR_IN_WORDS = 0.3
WEEKS = 8
WEEK = timedelta(days=7)
Matrix = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """One matter: its members newest first, `wordings` the different texts, most telling first.

    `weeks` counts the members of the last eight weeks, the present one last.
    """

    wordings: tuple[str, ...]
    members: tuple[Unmet, ...]
    weeks: tuple[int, ...]

    @property
    def id(self) -> str:
        """Stays the same as long as the most telling wording does."""
        return hashlib.sha256(self.wordings[0].encode("utf-8", "replace")).hexdigest()[:12]

    @property
    def trend(self) -> int:
        """How many more came this week than the week before."""
        return self.weeks[-1] - self.weeks[-2]

    @property
    def reply(self) -> Unmet | None:
        """The best case reply: the best rated, then the newest; never one that did not help."""
        answered = [m for m in self.members if m.reply and m.why is not Why.BADLY_RATED]
        return max(answered, key=lambda m: (m.rating or 3, m.at), default=None)

    @property
    def department(self) -> str:
        """The one most of its cases belong to; "" when none has a case."""
        counts = Counter(m.department for m in self.members if m.department)
        return counts.most_common(1)[0][0] if counts else ""

    def within(self, department: str, *, now: datetime) -> "Cluster | None":
        """What of it a department's own cases asked; None when nothing did."""
        members = tuple(each for each in self.members if each.department == department)
        asked = {question_of(each.text) for each in members}
        wordings = tuple(text for text in self.wordings if text in asked)
        if not wordings:
            return None
        return Cluster(wordings=wordings, members=members, weeks=_weeks(members, now))

    def count(self, why: Why) -> int:
        return sum(member.why == why for member in self.members)


def similarities(
    texts: Sequence[str], vectors: Vectors | None, background: Vectors | None
) -> tuple[Matrix, float]:
    """How alike texts are, shape (n, n), and from where on two groups are one.

    `vectors` of shape (n, dimension) are their encodings; by words alone where there are none.
    """
    if vectors is not None and background is not None and len(texts):
        placed = Space.around(vectors, background).place(vectors)
        return placed @ placed.T, NEAR_IN_MEANING
    if not texts:
        return np.zeros((0, 0), np.float32), NEAR_IN_WORDS
    # scikit-learn takes seconds to import; only this page needs it.
    from sklearn.feature_extraction.text import TfidfVectorizer

    bags = [terms(official(text)) or [text] for text in texts]
    weights = TfidfVectorizer(analyzer=_itself, sublinear_tf=True).fit_transform(bags)
    return np.asarray((weights @ weights.T).toarray(), np.float32), NEAR_IN_WORDS


def _itself(terms_of_text: list[str]) -> list[str]:
    return terms_of_text


def groups(alike: Matrix, near: float) -> list[list[int]]:
    """Rows that belong together (average linkage), the largest group first."""
    if len(alike) < 2:
        return [[row] for row in range(len(alike))]
    from sklearn.cluster import AgglomerativeClustering

    model = AgglomerativeClustering(
        n_clusters=None, metric="precomputed", linkage="average", distance_threshold=1 - near
    )
    labels = model.fit_predict(1 - np.clip(alike, -1, 1))
    found: dict[int, list[int]] = {}
    for row, label in enumerate(labels):
        found.setdefault(int(label), []).append(row)
    return sorted(found.values(), key=len, reverse=True)


def dismissed_rows(alike: Matrix, near: float, rows: int) -> frozenset[int]:
    """Which of the first `rows` texts are near to one of the rest, the dismissed ones."""
    if not rows or alike.shape[0] == rows:
        return frozenset()
    nearest = alike[:rows, rows:].max(axis=1)
    return frozenset(np.flatnonzero(nearest >= near).tolist())


def clusters_of(
    by_text: Mapping[str, Sequence[Unmet]], alike: Matrix, near: float, *, now: datetime
) -> list[Cluster]:
    """The clusters of the texts in the order of `alike`'s rows, the most asked first."""
    texts = list(by_text)
    found = []
    for rows in groups(alike, near):
        inside = alike[np.ix_(rows, rows)].sum(axis=1)
        weight = [inside[place] + len(by_text[texts[row]]) for place, row in enumerate(rows)]
        order = sorted(range(len(rows)), key=lambda place: (-weight[place], texts[rows[place]]))
        members = [member for row in rows for member in by_text[texts[row]]]
        members.sort(key=lambda member: member.at, reverse=True)
        found.append(
            Cluster(
                wordings=tuple(texts[rows[place]] for place in order),
                members=tuple(members),
                weeks=_weeks(members, now),
            )
        )
    return sorted(found, key=lambda each: (-len(each.members), -each.trend, each.wordings))


def _weeks(members: Sequence[Unmet], now: datetime) -> tuple[int, ...]:
    counts = [0] * WEEKS
    for member in members:
        ago = int((now - member.at) / WEEK)
        if 0 <= ago < WEEKS:
            counts[WEEKS - 1 - ago] += 1
    return tuple(counts)
