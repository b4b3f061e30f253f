"""What the benchmarks share: a folder, how long to measure, and the desk with 2,300 entries."""

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.benchmarks.county import write_entries
from bot.benchmarks.process import Desk

ENTRIES = 2_300
CURATORS = ("--published-by", "curator", "--reviewed-by", "reviewer")


@dataclass(frozen=True, kw_only=True)
class Workshop:
    """Where and how much is measured; `tell` writes progress."""

    folder: Path
    rounds: int
    seconds: float
    tell: Callable[[str], None]

    @property
    def desk(self) -> Desk:
        """The desk all benchmarks share; `stocked_desk` fills it."""
        return Desk(self.folder / "desk")

    def stocked_desk(self) -> Desk:
        """The desk with its entries published and all their vectors stored, made on first use."""
        if not self._mark.exists():
            self.import_first()
            self.encode_answers()
        return self.desk

    def import_first(self) -> float:
        """Empties the desk and imports all entries; returns the seconds it took."""
        shutil.rmtree(self.desk.folder, ignore_errors=True)
        self.desk.configure()
        return self.import_again()

    def encode_answers(self) -> float:
        """Lets a service encode what the import left to it; returns the seconds it took."""
        self.tell("encoding the answers, as a running service does")
        started = time.perf_counter()
        with self.desk.server(pinned=False) as server:
            server.wait_for_meaning()
        self._mark.touch()
        return time.perf_counter() - started

    def import_again(self) -> float:
        """Imports the same file; returns the seconds it took."""
        file = write_entries(self.folder / "entries.jsonl", ENTRIES)
        self.tell(f"importing {ENTRIES:,} entries")
        started = time.perf_counter()
        counts = self.desk.run("kb", "import", str(file), *CURATORS)
        seconds = time.perf_counter() - started
        # What may not be public stays a draft, and counts as changed the next time.
        if counts["added"] + counts["unchanged"] + counts["changed"] != ENTRIES:
            raise RuntimeError(f"the import lost entries: {counts}")
        return seconds

    @property
    def _mark(self) -> Path:
        return self.desk.folder / "stocked"
