"""Work on the knowledge base that takes longer than a page: evaluations, imports."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

SILENT = timedelta(minutes=2)
"""A running job that was not heard of for so long has died with its worker."""


class JobState(StrEnum):
    """Where a job stands."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True)
class Job:
    """One piece of work: `done` of `total` steps, and what came of it."""

    id: int
    kind: str
    name: str
    actor: str
    started_at: datetime
    looked_at: datetime
    state: JobState = JobState.RUNNING
    done: int = 0
    total: int = 0
    result: Mapping[str, Any] = field(default_factory=dict)
    file_name: str = ""

    def is_lost(self, now: datetime) -> bool:
        """Whether its worker ended before it did."""
        return self.state is JobState.RUNNING and now - self.looked_at > SILENT


@dataclass(frozen=True, kw_only=True)
class JobResult:
    """What a job leaves: figures for its page, and a file to download ("" for none)."""

    figures: Mapping[str, Any]
    file_name: str = ""
    file: bytes = b""


class JobStore(Protocol):
    """Keeps jobs where every worker's pages find them."""

    async def start_job(self, kind: str, name: str, *, actor: str, now: datetime) -> int: ...

    async def tell_job(self, job_id: int, *, done: int, total: int, now: datetime) -> None: ...

    async def end_job(
        self, job_id: int, state: JobState, result: JobResult, *, now: datetime
    ) -> None: ...

    async def job(self, job_id: int) -> Job | None: ...

    async def job_file(self, job_id: int) -> bytes: ...

    async def jobs(self, kinds: tuple[str, ...], *, limit: int) -> list[Job]:
        """The newest first."""
