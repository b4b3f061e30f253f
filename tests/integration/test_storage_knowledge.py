"""What the pages of the knowledge base keep: golden questions and jobs."""

from datetime import timedelta

from cases.case import Kind, State
from handlers.settlement import Outcome
from knowledge_base.jobs import JobResult, JobState
from knowledge_base.unmet import Why
from storage import Storage
from tests.values.storage import (
    DAY,
    MINUTE,
    NOW,
    accept,
    by_hand,
    given,
    message,
    opening,
    replied,
    settlement,
    step,
)


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


class TestPairs:
    async def test_a_pair_is_settled_once_until_it_is_reopened(
        self, storage: Storage, database_url: str
    ):
        for actor in ("ann", "ben"):
            await storage.settle_pair("m1", one="e1", other="e2", actor=actor, now=NOW)
        assert await storage.settled_pairs() == {"m1"}
        for _ in range(2):
            await storage.reopen_pair("m1", actor="ben", now=NOW)
        assert await storage.settled_pairs() == frozenset()
        await storage.settle_pair("m1", one="e1", other="e2", actor="ben", now=NOW)
        assert await storage.settled_pairs() == {"m1"}
        logged = by_hand(database_url, "SELECT actor, action FROM audit_log ORDER BY number")
        assert [tuple(row) for row in logged] == [
            ("ann", "pair of entries settled"),
            ("ben", "pair of entries reopened"),
            ("ben", "pair of entries settled"),
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


class TestUnmetQuestions:
    async def test_a_question_a_person_had_to_answer_comes_masked_with_its_reply(
        self, storage: Storage
    ):
        asked = opening(text="公租房怎么申请，我电话13812345678", department="住建局")
        await replied(storage, asked, "到窗口申请。")
        complaint = opening("HY20261118-0002", kind=Kind.COMPLAINT, text="公租房漏水")
        await storage.write_change(complaint)
        (one,) = await storage.unmet_questions(since=NOW - DAY, limit=9)
        assert "13812345678" not in one.text
        assert (one.why, one.reply, one.department) == (Why.UNANSWERED, "到窗口申请。", "住建局")

    async def test_a_poor_rating_says_that_the_reply_did_not_help(self, storage: Storage):
        case = await replied(storage, opening())
        await storage.write_change(step(case, State.CLOSED, actor="citizen", rating=1))
        (one,) = await storage.unmet_questions(since=NOW - DAY, limit=9)
        assert (one.why, one.rating) == (Why.BADLY_RATED, 1)

    async def test_a_choice_nobody_took_is_unmet_and_one_taken_is_not(self, storage: Storage):
        for number, citizen in ((1, "o-1"), (2, "o-2")):
            accepted = await accept(storage, message(number, citizen, text=f"问题{number}"))
            await storage.settle(accepted.id, settlement(accepted, outcome=Outcome.SUGGESTED))
        later = NOW + MINUTE
        picked = await accept(storage, message(3, "o-2", text="1"), later)
        answered = settlement(picked, outcome=Outcome.ANSWERED, given=given(), settled_at=later)
        await storage.settle(picked.id, answered)
        (one,) = await storage.unmet_questions(since=NOW - DAY, limit=9)
        assert (one.text, one.why) == ("问题1", Why.NOT_CHOSEN)

    async def test_what_was_asked_long_ago_is_left_alone(self, storage: Storage):
        await storage.write_change(opening())
        assert await storage.unmet_questions(since=NOW + DAY, limit=9) == []

    async def test_what_is_dismissed_stays_so_until_somebody_takes_it_up_again(
        self, storage: Storage
    ):
        await storage.dismiss(("甲", "乙"), actor="ann", reason="个案", now=NOW)
        (one,) = await storage.dismissed()
        assert (one.wordings, one.actor, one.reason) == (("甲", "乙"), "ann", "个案")
        await storage.restore_dismissed(one.id, actor="ben", now=NOW)
        assert await storage.dismissed() == []
