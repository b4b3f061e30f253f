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
from cases.routing_eval import RowsNotFit, cold_eval, named, route_eval
from knowledge_base.ports import Encoder, Vectors

BATCH = 64


def evaluate_files(
    train: Path, test: Path, encoder: str, departments: Path | None = None
) -> tuple[dict[str, Any], list[str]]:
    """The figures of `route eval`, and one line of JSON a message.

    "cold" is what would be done before the first example: by the table of departments, its duties
    and keywords, or without a table by what the labels' names usually stand for ("by": "duties" or
    "names").
    """
    rows = read_objects(train), read_objects(test)
    known = _departments(departments) if departments else ()
    chosen = chosen_encoder(encoder)
    try:
        with progress_bar() as bar:
            reader = _Showing(chosen, teller(bar, "encoding")) if chosen else None
            report, results = route_eval(*rows, reader, known)
            cold = cold_eval(known or named(rows[0]), rows[1], reader)
    except RowsNotFit as error:
        refuse(str(error))
    given = {str(row["id"]): row["id"] for row in rows[1]}
    told = ({**_row(each), "id": given[each.id]} for each in results)
    by = "duties" if known else "names"
    figures = asdict(report) | {"cold": {"by": by, **asdict(cold)}}
    return figures, [json.dumps(row, ensure_ascii=False) for row in told]


def _departments(path: Path) -> tuple[Department, ...]:
    try:
        return read_departments(path).departments
    except TableNotFit as error:
        refuse(str(error))


class _Showing:
    """An encoder that shows how far it is, and encodes each text once."""

    def __init__(self, encoder: Encoder, tell: Any) -> None:
        self._encoder = encoder
        self._tell = tell
        self._known: dict[str, Any] = {}

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        for start in range(0, len(new), BATCH):
            part = new[start : start + BATCH]
            self._known.update(zip(part, self._encoder.encode_query(part), strict=True))
            self._tell(start + len(part), len(new))
        return np.stack([self._known[text] for text in texts])


def _row(result: Any) -> dict[str, Any]:
    return {**asdict(result), "ranking": list(result.ranking)}


def report_lines(figures: dict[str, Any]) -> str:
    """The figures for a person."""
    alone = f"{figures['alone_share']:.3f} of them, {figures['alone_accuracy']:.3f} right"
    cold = figures["cold"]
    before = {"duties": "duties and keywords", "names": "names and their usual duties"}[cold["by"]]
    return "\n".join(
        [
            f"{figures['test']:,} messages, learnt from {figures['train']:,}",
            f"accuracy            {figures['accuracy']:.3f}",
            f"macro-F1            {figures['macro_f1']:.3f}",
            f"without dispatcher  {alone} (from p {figures['alone_confidence']:.2f})",
            f"without an example, by {before}, {cold['test']:,} of the messages:",
            f"accuracy            {cold['accuracy']:.3f}",
            f"macro-F1            {cold['macro_f1']:.3f}",
            f"without dispatcher  {cold['alone_share']:.3f} of them, "
            f"{cold['alone_accuracy']:.3f} right",
        ]
    )
