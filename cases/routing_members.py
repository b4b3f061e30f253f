"""The views that vote on a message's department, each a small classifier of its own.

- `PlaneVotes`: a linear SVM over characters, words and, where there are any, vectors
  (TF-IDF, Joachims 1998);
- `RatioVotes`: NB-SVM, characters and words weighted by naive Bayes log-count ratios
  (Wang & Manning 2012, "Baselines and Bigrams");
- `MeaningVotes`: a Gaussian SVM over an encoder's vectors;
- `NeighbourVotes`: the labels of the nearest examples by those vectors;
- `FieldVotes`: logistic regression on the signs of the usual fields of government;
- `DutyVotes`: what the departments' names, duties and keywords say, without examples.
Scores have shape (rows, classes) and no common scale; `routing_stack` weighs them.
"""

from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.svm import SVC, LinearSVC

from cases.routing_rows import Sparse

Scores = NDArray[np.float64]
Labels = NDArray[np.intp]
LOOSELY: Final = 0.05
"""How exactly planes are fitted: 500 times finer moves no score by 0.1 %, and takes seven times
as long."""
NEVER: Final = -20.0
"""The score of a class that a part of the examples has no example of."""


class Fitted(Protocol):
    """A view that has learnt."""

    def scores(self, rows: Any) -> Scores: ...


class Votes(Fitted, Protocol):
    """A view: learns from rows of its own kind of input, then scores others."""

    def fit(self, rows: Any, labels: Labels, classes: int) -> None: ...


class LinearVotes:
    """A plane per class; that of a class without an example says NEVER."""

    planes: NDArray[np.float32]
    """Shape (features, classes)."""
    offset: NDArray[np.float64]

    def scores(self, rows: Sparse) -> Scores:
        """Distances from each class's plane."""
        found: Scores = np.asarray(rows @ self.planes, dtype=np.float64) + self.offset
        return found


class PlaneVotes(LinearVotes):
    """One against the rest, classes weighed alike; rows are TF-IDF, with or without vectors."""

    def fit(self, rows: Sparse, labels: Labels, classes: int) -> None:
        """Learns; needs two classes."""
        model = LinearSVC(C=0.2, class_weight="balanced", tol=LOOSELY, random_state=0)
        model.fit(rows, labels)
        self.planes = np.zeros((rows.shape[1], classes), dtype=np.float32)
        self.planes[:, model.classes_] = _both_sides(model.coef_.T)
        self.offset = _spread(_both_sides(model.intercept_[None]), model.classes_, classes)[0]


class RatioVotes(LinearVotes):
    """NB-SVM, one plane per class; rows are TF-IDF, the ratios count presence."""

    def fit(self, rows: Sparse, labels: Labels, classes: int) -> None:
        """Learns one plane per class that has examples."""
        present = rows.copy()
        present.data = np.ones_like(present.data)
        total = np.asarray(present.sum(axis=0)).ravel()
        self.planes = np.zeros((rows.shape[1], classes), dtype=np.float32)
        self.offset = np.full(classes, NEVER)
        for label in np.unique(labels):
            own = labels == label
            inside = np.asarray(present[own].sum(axis=0)).ravel()
            yes = (inside + 1) / (own.sum() + 2)
            no = (total - inside + 1) / ((~own).sum() + 2)
            ratio = np.log(yes / no).astype(np.float32)
            model = LinearSVC(C=1.0, class_weight="balanced", tol=LOOSELY, random_state=0)
            model.fit(rows.multiply(ratio).tocsr(), own)
            self.planes[:, label] = ratio * model.coef_.ravel()
            self.offset[label] = float(model.intercept_[0])


class MeanVotes:
    """The mean of linear views that were fitted to parts of the examples.

    A view fitted to more examples than the weights were learnt with is bolder, and not as much
    more often right; the mean is as bold as its parts, and as good as one fitted to all.
    """

    def __init__(self, first: LinearVotes) -> None:
        self._planes, self._parts = first.planes, np.zeros(len(first.offset))
        self._offset = np.zeros(len(first.offset))
        self._count(first)

    def add(self, part: LinearVotes) -> None:
        """Takes in another part, of rows and classes like the first."""
        self._planes += part.planes
        self._count(part)

    def scores(self, rows: Sparse) -> Scores:
        """Of each class, the mean over the parts that had examples of it."""
        found = np.asarray(rows @ self._planes, dtype=np.float64) + self._offset
        return np.where(self._parts > 0, found / np.maximum(self._parts, 1), NEVER)

    def _count(self, part: LinearVotes) -> None:
        has = part.offset > NEVER
        self._parts += has
        self._offset += np.where(has, part.offset, 0)


class MeaningVotes:
    """An SVM with a Gaussian kernel over standardised vectors, classes weighed alike."""

    def fit(self, rows: NDArray[np.float32], labels: Labels, classes: int) -> None:
        """Learns; needs two classes. The kernel's width is 0.7 of scikit-learn's "auto"."""
        self._classes = classes
        self._mean, self._scale = rows.mean(axis=0), rows.std(axis=0) + 1e-6
        self._model = SVC(C=3.0, gamma=0.7 / rows.shape[1], class_weight="balanced")
        self._model.fit((rows - self._mean) / self._scale, labels)

    def scores(self, rows: NDArray[np.float32]) -> Scores:
        """One against the others: how many classes a class beats, and by how much."""
        found = self._model.decision_function((rows - self._mean) / self._scale)
        return _spread(_both_sides(found), self._model.classes_, self._classes)


class NeighbourVotes:
    """Examples vote by nearness; a common class's many votes count for less."""

    def fit(self, rows: NDArray[np.float32], labels: Labels, classes: int) -> None:
        """Keeps the examples, without what all vectors have in common."""
        self._mean = rows.mean(axis=0)
        self._rows = self._towards(rows)
        own = np.eye(classes)[labels]
        self._own = own / np.maximum(own.sum(axis=0), 1) ** 0.7

    def scores(self, rows: NDArray[np.float32]) -> Scores:
        """Logarithms of each class's share of the votes."""
        near = np.exp(12 * (self._towards(rows) @ self._rows.T))
        votes = near @ self._own
        found: Scores = np.log(votes / votes.sum(axis=1, keepdims=True) + 1e-9)
        return found

    def _towards(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        centred = rows - self._mean
        return np.asarray(
            centred / (np.linalg.norm(centred, axis=1, keepdims=True) + 1e-9), dtype=np.float32
        )


class FieldVotes:
    """Logistic regression on few signs, `UsualSigns` rows: it learns from few examples."""

    def fit(self, rows: Scores, labels: Labels, classes: int) -> None:
        """Learns; needs two classes."""
        self._classes = classes
        self._model = LogisticRegression(max_iter=200, tol=1e-3).fit(rows, labels)

    def scores(self, rows: Scores) -> Scores:
        """Logarithms of each class's probability."""
        found = self._model.predict_log_proba(rows)
        return _spread(np.maximum(found, NEVER), self._model.classes_, self._classes)


class DutyVotes:
    """Scores that were there before the first example; rows are `ColdStart`'s."""

    def fit(self, rows: Scores, labels: Labels, classes: int) -> None:
        """Nothing to learn."""

    def scores(self, rows: Scores) -> Scores:
        """The rows themselves."""
        return rows


def _both_sides(found: Scores) -> Scores:
    """Two classes have one plane between them: its other side is the first class's."""
    one = found.ndim == 1 or found.shape[1] == 1
    return np.column_stack((-found, found)) if one else found


def _spread(found: Scores, present: NDArray[np.intp], classes: int) -> Scores:
    wide = np.full((found.shape[0], classes), NEVER)
    wide[:, present] = found
    return wide
