"""Questions and answers for everybody: nobody in them, two people behind them."""

from dataclasses import replace

import pytest

from cases.case import Case, StepNotPermitted, TextNotFit, UnknownCase
from cases.department import Department
from cases.publication import AlreadyDecided, PublicAnswer, Standing, check_decision, proposed
from cases.records import RecordFilter
from cases.wording import text_hash
from storage import Storage
from tests.values.console import DEPARTMENTS, MORNING, PEOPLE
from tests.values.storage import (
    AUDITOR,
    NOW,
    OFFICER,
    REVIEWER,
    SCHOOLS,
    STRANGER,
    SUPERVISOR,
    by_hand,
    opening,
    replied,
)
from tests.worlds.console import World
from tests.worlds.console_client import Browser, browser, post, sign_in

LETTER, REPLY = (
    "我叫张三，电话13812345678，入学带什么",
    "请带户口簿到书院路3号，电话 0500-00000109。",
)
PAGE = "/console/answers"


async def answered(desk: World) -> Case:
    case = await desk.drafted(LETTER, REPLY)
    return await desk.desk.review(
        case.number,
        version=case.version,
        draft_hash=text_hash(case.draft),
        actor=PEOPLE["reviewer"],
        now=MORNING,
    )


def made(case: Case, question: str = "入学带什么", answer: str = REPLY) -> PublicAnswer:
    return proposed(
        case, question, answer, departments=DEPARTMENTS, actor=PEOPLE["officer"], now=MORNING
    )


class TestWhatMayStandInIt:
    async def test_only_an_answered_case(self, storage: Storage) -> None:
        case = await storage.write_change(opening(department=SCHOOLS))
        with pytest.raises(StepNotPermitted):
            made(case)

    @pytest.mark.parametrize(
        ("question", "answer"),
        [
            (LETTER, REPLY),
            ("住书院路12号，入学带什么", REPLY),
            ("入学带什么", "请打 13812345678 找张老师。"),
            ("", REPLY),
            ("问" * 501, REPLY),
        ],
    )
    async def test_nobody_is_named(self, storage: Storage, question: str, answer: str) -> None:
        case = await replied(storage, opening(department=SCHOOLS))
        with pytest.raises(TextNotFit):
            made(case, question, answer)
        assert made(case).question == "入学带什么"

    async def test_nobody_decides_on_their_own(self, storage: Storage) -> None:
        answer = made(await replied(storage, opening(department=SCHOOLS)))
        check_decision(answer, PEOPLE["reviewer"])
        for person in (PEOPLE["officer"], PEOPLE["dispatcher"]):
            with pytest.raises(StepNotPermitted):
                check_decision(answer, person)
        with pytest.raises(StepNotPermitted, match="proposed"):
            check_decision(replace(answer, proposed_by="reviewer"), PEOPLE["reviewer"])


class TestStorage:
    async def told(self, storage: Storage) -> PublicAnswer:
        await storage.save_departments([Department(name=SCHOOLS)])
        await storage.propose_answer(made(await replied(storage, opening(department=SCHOOLS))))
        (answer,) = await storage.public_answers(Standing.PROPOSED, viewer=REVIEWER)
        return answer

    async def test_the_public_reads_what_two_people_wanted(self, storage: Storage) -> None:
        answer = await self.told(storage)
        assert await storage.public_answers(Standing.PROPOSED, viewer=None) == []
        await storage.decide_answer(answer, publish=True, reason="", actor=REVIEWER, now=NOW)
        (shown,) = await storage.public_answers(Standing.PUBLISHED, viewer=None, text="入学")
        assert (shown.standing, shown.decided_by) == (Standing.PUBLISHED, "reviewer")
        assert await storage.count_public_answers(Standing.PUBLISHED, viewer=None, text="无") == 0
        assert (await storage.verify(now=NOW)).violations == []

    async def test_the_proposer_and_the_late_change_nothing(self, storage: Storage) -> None:
        answer = await self.told(storage)
        for actor in (OFFICER, REVIEWER, SUPERVISOR):
            decision = storage.decide_answer(answer, publish=False, reason="", actor=actor, now=NOW)
            if actor is REVIEWER:
                await decision
            else:
                with pytest.raises(AlreadyDecided):
                    await decision
        with pytest.raises(AlreadyDecided):
            await storage.withdraw_answer(answer, reason="", actor=SUPERVISOR, now=NOW)

    async def test_one_proposal_of_a_case_at_a_time(self, storage: Storage) -> None:
        answer = await self.told(storage)
        with pytest.raises(AlreadyDecided):
            await storage.propose_answer(answer)
        await storage.decide_answer(answer, publish=False, reason="x", actor=REVIEWER, now=NOW)
        await storage.propose_answer(answer)
        assert len(await storage.answers_of_case(answer.case, viewer=OFFICER)) == 2

    async def test_another_departments_proposals_are_not_there(self, storage: Storage) -> None:
        answer = await self.told(storage)
        for viewer in (STRANGER, AUDITOR):
            assert await storage.count_public_answers(Standing.PROPOSED, viewer=viewer) == 0
            with pytest.raises(UnknownCase):
                await storage.public_answer(answer.id, viewer=viewer)

    @pytest.mark.parametrize(
        "statement",
        ["UPDATE public_answers SET answer = 'x'", "DELETE FROM public_answers"],
    )
    async def test_what_was_proposed_is_what_is_shown(
        self, storage: Storage, database_url: str, statement: str
    ) -> None:
        await self.told(storage)
        with pytest.raises(Exception, match="never"):
            by_hand(database_url, statement)

    async def test_publishing_alone_is_found(self, storage: Storage, database_url: str) -> None:
        await self.told(storage)
        by_hand(
            database_url,
            "UPDATE public_answers SET state = 'published', decided_by = proposed_by,"
            " decided_at = proposed_at",
        )
        assert (await storage.verify(now=NOW)).violations == [
            "public answer 1 was published without a second person"
        ]


async def test_from_the_case_to_the_public_page_and_back(desk: World, client: Browser) -> None:
    case = await answered(desk)
    path = f"/console/cases/{case.number}/publish"
    await sign_in(client, "officer")
    assert "推荐公开" in await (await client.get(f"/console/cases/{case.number}")).text()
    form = await (await client.get(path)).text()
    assert "138＊＊＊＊78" in form
    status, page = await post(client, path, path, question=LETTER, answer=REPLY)
    assert (status, "像是个人信息" in page) == (422, True)
    assert "入学带什么" in page
    status, page = await post(client, path, path, question="入学带什么", answer=REPLY)
    assert (status, "已推荐" in page) == (200, True)
    desk.clock.now = MORNING.replace(hour=17)  # past midnight in China: the 19th
    await sign_in(client, "reviewer")
    _, page = await post(client, PAGE, f"{PAGE}/1/publish")
    assert "已公开" in page
    async with browser(desk) as citizen, citizen.get("/public/answers?q=入学") as answer:
        seen = await answer.text()
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert REPLY in seen
    assert "2026年11月19日公开" in seen
    assert case.number not in seen
    assert "张三" not in seen
    _, page = await post(client, PAGE, f"{PAGE}/1/withdraw", reason="政策变了")
    assert "已撤下" in page
    assert REPLY not in await (await client.get("/public/answers")).text()
    done = [each.action for each in await desk.storage.records(RecordFilter(limit=9))]
    wanted = ["answer_withdrawn", "answer_published", "answer_proposed"]
    assert [each for each in done if each.startswith("answer")] == wanted


async def test_refusing_takes_a_reason_that_the_proposer_reads(
    desk: World, client: Browser
) -> None:
    case = await answered(desk)
    await desk.storage.propose_answer(made(case))
    await sign_in(client, "supervisor")
    assert (await post(client, PAGE, f"{PAGE}/1/refuse", reason=" "))[0] == 422
    assert (await post(client, PAGE, f"{PAGE}/1/refuse", reason="太细了"))[0] == 200
    assert (await post(client, PAGE, f"{PAGE}/1/publish"))[0] == 409
    await sign_in(client, "officer")
    page = await (await client.get(f"/console/cases/{case.number}/publish")).text()
    assert "太细了" in page


async def test_a_reviewer_does_not_decide_on_what_they_proposed(
    desk: World, client: Browser
) -> None:
    answer = replace(made(await answered(desk)), proposed_by="reviewer")
    await desk.storage.propose_answer(answer)
    await sign_in(client, "reviewer")
    status, page = await post(client, PAGE, f"{PAGE}/1/publish")
    assert (status, "另一位同事" in page) == (409, True)
    await sign_in(client, "reviewer2")
    assert (await post(client, PAGE, f"{PAGE}/1/publish"))[0] == 404
