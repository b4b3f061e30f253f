"""What the pages of the knowledge base keep: golden questions and jobs."""

from datetime import timedelta

from knowledge_base.jobs import JobResult, JobState
from storage import Storage
from tests.storage_values import DAY, NOW, by_hand


class TestGoldenQuestions:
    async def test_a_text_is_golden_once_until_it_is_retired(self, storage: Storage):
        assert await storage.add_golden("怎么办证", "e1", actor="ann", now=NOW)
        assert not await storage.add_golden("怎么办证", "e2", actor="ben", now=NOW)
        (one,) = await storage.golden_questions()
        assert (one.text, one.entry, one.added_by, one.added_at) == ("怎么办证", "e1", "ann", NOW)
        await storage.retire_golden(one.id, actor="ben", now=NOW)
        assert await storage.golden_questions() == []
        assert await storage.add_golden("怎么办证", "e2", actor="ben", now=NOW)

    async def test_each_change_is_in_the_audit_log(self, storage: Storage, database_url: str):
        await storage.add_golden("怎么办证", "e1", actor="ann", now=NOW)
        (one,) = await storage.golden_questions()
        for _ in range(2):
            await storage.retire_golden(one.id, actor="ben", now=NOW)
        logged = by_hand(database_url, "SELECT actor, action FROM audit_log ORDER BY number")
        assert [tuple(row) for row in logged] == [
            ("ann", "golden question added"),
            ("ben", "golden question retired"),
        ]


class TestJobs:
    async def test_a_job_tells_how_far_it_is_and_ends_once(self, storage: Storage):
        number = await storage.start_job("batch", "a.csv", actor="ann", now=NOW)
        await storage.tell_job(number, done=3, total=9, now=NOW + timedelta(minutes=1))
        job = await storage.job(number)
        assert job is not None
        assert (job.state, job.done, job.total) == (JobState.RUNNING, 3, 9)
        assert not job.is_lost(NOW + timedelta(minutes=2))
        assert job.is_lost(NOW + timedelta(minutes=4))
        result = JobResult(figures={"数": [1, {"x": None}]}, file_name="r.csv", file=b"\x00\xff")
        await storage.end_job(number, JobState.DONE, result, now=NOW)
        await storage.end_job(number, JobState.FAILED, JobResult(figures={}), now=NOW)
        job = await storage.job(number)
        assert job is not None
        assert (job.state, job.result, job.file_name) == (JobState.DONE, result.figures, "r.csv")
        assert await storage.job_file(number) == b"\x00\xff"

    async def test_jobs_are_listed_by_kind_newest_first(self, storage: Storage):
        for kind in ("batch", "import", "golden"):
            await storage.start_job(kind, kind, actor="ann", now=NOW)
        assert [j.kind for j in await storage.jobs(("batch", "golden"), limit=9)] == [
            "golden",
            "batch",
        ]
        assert await storage.job(999) is None
        assert await storage.job_file(999) == b""

    async def test_files_of_jobs_long_ago_are_forgotten(self, storage: Storage):
        old = await storage.start_job("batch", "a", actor="ann", now=NOW)
        done = JobResult(figures={"n": 1}, file_name="r.csv", file=b"rows")
        await storage.end_job(old, JobState.DONE, done, now=NOW)
        await storage.start_job("batch", "b", actor="ann", now=NOW + 31 * DAY)
        assert await storage.job_file(old) == b""
        kept = await storage.job(old)
        assert kept is not None
        assert (kept.result, kept.file_name) == ({"n": 1}, "")
