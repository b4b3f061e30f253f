"""Work that takes longer than a page, where every worker finds it."""

import json
from datetime import datetime, timedelta

from knowledge_base.jobs import Job, JobResult, JobState
from storage.operation import Operation, Row, one, rows, run, the
from storage.rows.plain import bars, moment, stamp

FILES_KEPT = timedelta(days=30)


def start_job(kind: str, name: str, *, actor: str, now: datetime) -> Operation[int]:
    """A new running job; files of jobs long ago go."""
    yield from run("forget_job_files", before=stamp(now - FILES_KEPT))
    row = yield from the("add_job", kind=kind, name=name, actor=actor, now=stamp(now))
    return int(row["id"])


def tell_job(job_id: int, *, done: int, total: int, now: datetime) -> Operation[None]:
    yield from run("tell_job", id=job_id, done=done, total=total, now=stamp(now))


def end_job(job_id: int, state: JobState, result: JobResult, *, now: datetime) -> Operation[None]:
    """Its end is written once."""
    yield from run(
        "end_job",
        id=job_id,
        state=state.value,
        result=json.dumps(result.figures, ensure_ascii=False),
        file_name=result.file_name,
        file=result.file,
        now=stamp(now),
    )


def job(job_id: int) -> Operation[Job | None]:
    row = yield from one("job", id=job_id)
    return _job_from(row) if row is not None else None


def job_file(job_id: int) -> Operation[bytes]:
    """Its file; empty when it has none, or none any more."""
    row = yield from one("job_file", id=job_id)
    return bytes(row["file"] or b"") if row is not None else b""


def jobs(kinds: tuple[str, ...], *, limit: int) -> Operation[list[Job]]:
    """The newest first."""
    return [_job_from(row) for row in (yield from rows("jobs", kinds=bars(kinds), limit=limit))]


def _job_from(row: Row) -> Job:
    return Job(
        id=row["id"],
        kind=row["kind"],
        name=row["name"],
        actor=row["actor"],
        started_at=moment(row["started_at"]),
        looked_at=moment(row["looked_at"]),
        state=JobState(row["state"]),
        done=row["done"],
        total=row["total"],
        result=json.loads(row["result"]) or {},
        file_name=row["file_name"],
    )
