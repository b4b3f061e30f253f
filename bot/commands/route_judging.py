"""Evaluating the router: the work behind route eval."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from bot.commands.common import progress_bar, refuse, teller
from bot.commands.judging import chosen_encoder, read_objects
from cases.department import Department
from cases.department_table import TableNotFit, read_departments
from cases.routing_eval import RowsNotFit, cold_eval, route_eval
from knowledge_base.ports import Encoder, Vectors

BATCH = 64


def evaluate_files(
    train: Path, test: Path, encoder: str, per_row: Path | None, departments: Path | None = None
) -> dict[str, Any]:
    """The figures of `route eval`; writes one row a message where asked to.

    With a table of departments also "cold": what duties and keywords alone would do.
    """
    rows = read_objects(train), read_objects(test)
    known = _departments(departments) if departments else ()
    chosen = chosen_encoder(encoder)
    try:
        with progress_bar() as bar:
            reader = _Showing(chosen, teller(bar, "encoding")) if chosen else None
            report, results = route_eval(*rows, reader, known)
            cold = asdict(cold_eval(known, rows[1], reader)) if known else None
    except RowsNotFit as error:
        refuse(str(error))
    if per_row is not None:
        lines = (json.dumps(_row(each), ensure_ascii=False) for each in results)
        per_row.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return asdict(report) | ({"cold": cold} if cold else {})


def _departments(path: Path) -> tuple[Department, ...]:
    try:
        return read_departments(path).departments
    except TableNotFit as error:
        refuse(str(error))


class _Showing:
    """An encoder that shows how far it is."""

    def __init__(self, encoder: Encoder, tell: Any) -> None:
        self._encoder = encoder
        self._tell = tell

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        parts = []
        for start in range(0, len(texts), BATCH):
            parts.append(self._encoder.encode_query(texts[start : start + BATCH]))
            self._tell(min(start + BATCH, len(texts)), len(texts))
        return np.concatenate(parts)


def _row(result: Any) -> dict[str, Any]:
    return {**asdict(result), "ranking": list(result.ranking)}


def report_lines(figures: dict[str, Any]) -> str:
    """The figures for a person."""
    alone = f"{figures['alone_share']:.3f} of them, {figures['alone_accuracy']:.3f} right"
    lines = [
        f"{figures['test']:,} messages, learnt from {figures['train']:,}",
        f"accuracy            {figures['accuracy']:.3f}",
        f"macro-F1            {figures['macro_f1']:.3f}",
        f"without dispatcher  {alone} (from p {figures['alone_confidence']:.2f})",
    ]
    if cold := figures.get("cold"):
        lines += [
            f"duties alone, {cold['test']:,} of the messages:",
            f"accuracy            {cold['accuracy']:.3f}",
            f"macro-F1            {cold['macro_f1']:.3f}",
            f"without dispatcher  {cold['alone_share']:.3f} of them, "
            f"{cold['alone_accuracy']:.3f} right",
        ]
    return "\n".join(lines)
