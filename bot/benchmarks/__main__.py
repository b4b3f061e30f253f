"""`python -m bot.benchmarks`: measures everything in one run and prints one table."""

import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.benchmarks import (
    comments,
    gateway,
    importing,
    inbox,
    machine,
    publishing,
    report,
    search,
    size,
    start,
    storage,
)
from bot.benchmarks.figure import Figure
from bot.benchmarks.load import NoLoad, need_wrk
from bot.benchmarks.workshop import Workshop

BENCHMARKS: Mapping[str, Callable[[Workshop], Iterator[Figure]]] = {
    "import": importing.measure,
    "start": start.measure,
    "gateway": gateway.measure,
    "search": search.measure,
    "size": size.measure,
    "publishing": publishing.measure,
    "storage": storage.measure,
    "inbox": inbox.measure,
    "comments": comments.measure,
}


def bench(
    only: Annotated[list[str] | None, typer.Option(help="One benchmark; may be repeated.")] = None,
    rounds: Annotated[int, typer.Option(min=1, help="Figures are medians over these.")] = 3,
    seconds: Annotated[float, typer.Option(min=1, help="Length of a round of load.")] = 5,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write all figures.")] = None,
    folder: Annotated[Path | None, typer.Option(help="Keep the desk here and reuse it.")] = None,
) -> None:
    """Measures the desk. Needs wrk for the gateway; takes about half an hour on two cores."""
    chosen = only or list(BENCHMARKS)
    unknown = [name for name in chosen if name not in BENCHMARKS]
    if unknown:
        raise typer.BadParameter(f"{unknown[0]} is none of {', '.join(BENCHMARKS)}")
    try:
        if "gateway" in chosen:
            need_wrk()
        _measure(chosen, rounds, seconds, json_file, folder)
    except NoLoad as reason:
        _tell(f"{reason}\nNo figure was kept; `--only` chooses benchmarks that need no load.")
        raise typer.Exit(2) from None


def _measure(
    chosen: list[str], rounds: int, seconds: float, json_file: Path | None, folder: Path | None
) -> None:
    with _folder(folder) as place:
        notes = machine.notes(place)
        shop = Workshop(folder=place, rounds=rounds, seconds=seconds, tell=_tell)
        figures = {name: list(BENCHMARKS[name](shop)) for name in chosen}
    report.show(Console(width=None if sys.stdout.isatty() else 140), notes, figures)
    if json_file is not None:
        report.write(json_file, notes, figures)


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    """The given folder, or one that is gone afterwards."""
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="huiying-bench-") as made:
        yield Path(made)


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    typer.run(bench)
