"""The figures as a table for people and as JSON for machines."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.benchmarks.figure import Figure

MET = {True: "met", False: "MISSED", None: ""}
Figures = Mapping[str, Sequence[Figure]]


def show(console: Console, notes: Mapping[str, str], figures: Figures) -> None:
    """One table; what is missed says so."""
    for name, note in notes.items():
        console.print(f"{name}: {note}", highlight=False)
    table = Table(show_lines=False)
    for column in ("benchmark", "figure", "value", "target", "", "note"):
        table.add_column(column, justify="right" if column == "value" else "left")
    for benchmark, found in figures.items():
        for figure in found:
            value, met = f"{number(figure.value)} {figure.unit}", MET[figure.is_met]
            table.add_row(benchmark, figure.name, value, figure.target, met, figure.note)
        table.add_section()
    console.print(table)


def number(value: float) -> str:
    """Three significant digits, thousands parted."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def write(file: Path, notes: Mapping[str, str], figures: Figures) -> None:
    """Everything, unrounded."""
    rows = [
        {"benchmark": benchmark, **asdict(figure), "met": figure.is_met}
        for benchmark, found in figures.items()
        for figure in found
    ]
    whole = {"machine": dict(notes), "figures": rows}
    file.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
