"""How good the router is on messages it has not seen (`huiying route eval`)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.metrics import confusion_matrix, f1_score

from cases.department import Department
from cases.ports import MatterEncoder
from cases.routing_cold import ColdStart
from cases.routing_model import Guess, LearntRouter
from cases.routing_text import for_encoder


class RowsNotFit(ValueError):
    """Rows that cannot be used; the message names the row and what is missing."""


@dataclass(frozen=True, kw_only=True)
class RowResult:
    """What the router said of one row; `p` is the probability that `label` is right."""

    id: str
    label: str
    p: float
    ranking: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RouteReport:
    """Shares are 0 … 1. "Alone" is what would go without a dispatcher: the confidence was chosen
    on the training rows, by cross-validation, so that at least 97 % of it is right."""

    train: int
    test: int
    accuracy: float
    macro_f1: float
    alone_confidence: float
    alone_share: float
    alone_accuracy: float
    labels: tuple[str, ...]
    confusion: tuple[tuple[int, ...], ...]
    """Rows are the right labels, columns the router's, both in the order of `labels`."""


def route_eval(
    train: Sequence[Mapping[str, Any]],
    test: Sequence[Mapping[str, Any]],
    encoder: MatterEncoder | None = None,
    departments: Sequence[Department] = (),
) -> tuple[RouteReport, list[RowResult]]:
    """Learns from `train`, judges `test`; rows are {"id", "text", "label", "title"?}.

    As on the desk, what the departments' duties and keywords say is weighed with the examples;
    of a label that is no department's, its name and what that usually stands for are known.

    RowsNotFit: a row without these, nothing to test, or fewer than two labels to learn.
    """
    texts, labels = _read(train, "train")
    asked, right = _read(test, "test")
    if len(set(labels)) < 2:
        raise RowsNotFit("train: fewer than two labels; there is nothing to tell apart")
    cold = ColdStart(_departments(labels, departments), encoder)
    router = LearntRouter(texts, labels, _vectors(encoder, texts), cold)
    guesses = router.guess(asked, _vectors(encoder, asked))
    results = [
        RowResult(id=str(row["id"]), label=g.ranking[0], p=g.confidence, ranking=g.ranking)
        for row, g in zip(test, guesses, strict=True)
    ]
    return _report(router, len(train), guesses, right), results


def _departments(labels: Sequence[str], known: Sequence[Department]) -> list[Department]:
    by_name = {department.name: department for department in known}
    return [by_name.get(label, Department(name=label)) for label in sorted(set(labels))]


@dataclass(frozen=True, kw_only=True)
class ColdReport:
    """As `RouteReport`, before the first example: duties and keywords alone.

    `test` counts the rows whose label is one of the departments; others are left out.
    """

    test: int
    accuracy: float
    macro_f1: float
    alone_share: float
    alone_accuracy: float


def named(train: Sequence[Mapping[str, Any]]) -> list[Department]:
    """The labels as departments of which nothing but the name is known. RowsNotFit: no rows."""
    return _departments(_read(train, "train")[1], ())


def cold_eval(
    departments: Sequence[Department],
    test: Sequence[Mapping[str, Any]],
    encoder: MatterEncoder | None = None,
) -> ColdReport:
    """Routes `test` by the departments' table alone. RowsNotFit: no row is about one of them."""
    asked, right = _read(test, "test")
    names = {department.name for department in departments}
    known = [(text, label) for text, label in zip(asked, right, strict=True) if label in names]
    if not known:
        raise RowsNotFit("test: no label is the name of a known department")
    cold = ColdStart(departments, encoder)
    scores, sure = cold.guess([text for text, _ in known])
    given = [cold.names[n] for n in scores.argmax(axis=1)]
    hit = np.array([a == b for a, (_, b) in zip(given, known, strict=True)])
    needed = np.array([cold.threshold(name) for name in given])
    alone = (sure >= needed) & scores.any(axis=1)
    labels = [label for _, label in known]
    return ColdReport(
        test=len(known),
        accuracy=float(hit.mean()),
        macro_f1=float(
            f1_score(labels, given, labels=sorted(set(labels)), average="macro", zero_division=0)
        ),
        alone_share=float(alone.mean()),
        alone_accuracy=float(hit[alone].mean()) if alone.any() else 0.0,
    )


def _report(
    router: LearntRouter, train: int, guesses: Sequence[Guess], right: Sequence[str]
) -> RouteReport:
    given = [guess.ranking[0] for guess in guesses]
    hit = np.array([a == b for a, b in zip(given, right, strict=True)])
    alone = np.array([guess.confidence >= router.threshold for guess in guesses])
    labels = tuple(sorted({*right, *router.labels}))
    table = confusion_matrix(right, given, labels=list(labels))
    return RouteReport(
        train=train,
        test=len(right),
        accuracy=float(hit.mean()),
        macro_f1=float(f1_score(right, given, average="macro", zero_division=0)),
        alone_confidence=router.threshold,
        alone_share=float(alone.mean()),
        alone_accuracy=float(hit[alone].mean()) if alone.any() else 0.0,
        labels=labels,
        confusion=tuple(tuple(int(n) for n in row) for row in table),
    )


def _read(rows: Sequence[Mapping[str, Any]], name: str) -> tuple[list[str], list[str]]:
    if not rows:
        raise RowsNotFit(f"{name}: no rows")
    texts, labels = [], []
    for number, row in enumerate(rows, start=1):
        for key in ("id", "text", "label"):
            if not isinstance(row.get(key), str | int) or str(row[key]).strip() == "":
                raise RowsNotFit(f"{name}: row {number} has no {key}")
        title = row.get("title") or ""
        texts.append(f"{title}\n{row['text']}" if title else str(row["text"]))
        labels.append(str(row["label"]))
    return texts, labels


def _vectors(encoder: MatterEncoder | None, texts: Sequence[str]) -> Any:
    return None if encoder is None else encoder.encode_query([for_encoder(t) for t in texts])
