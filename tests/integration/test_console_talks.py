"""Talks after alarms, on the supervisor's and the department's pages."""

from cases.supervision.alarm import InterviewState
from tests.values.console import PEOPLE, POLICE, SCHOOLS
from tests.worlds.console import World
from tests.worlds.console_cases import late
from tests.worlds.console_client import Browser, post, read, sign_in

HOME = f"/console/departments/{SCHOOLS}"


class TestTalks:
    async def test_the_second_alarm_leads_to_a_notice_an_answer_and_an_end(
        self, desk: World, client: Browser
    ) -> None:
        numbers = await late(desk)
        await sign_in(client, "officer")
        page = await read(client, HOME)
        assert "第 2 次警示，约谈联络员" in page
        notice = await read(client, "/console/interviews/1")
        assert "网民来信办理整改通报" in notice
        assert "网民来信督办〔2026〕1 号" in notice
        assert "学校的事0" in notice
        assert all(number in notice for number in numbers)
        talk = "/console/interviews/1"
        status, page = await post(client, talk, f"{talk}/answer", text=" ")
        assert (status, "整改说明不能为空" in page) == (422, True)
        _, page = await post(client, talk, f"{talk}/answer", text="已补齐人手，今后每日核对。")
        assert "整改说明已提交" in page
        await sign_in(client, "supervisor")
        assert "待审阅" in await read(client, "/console/supervision")
        _, page = await post(client, talk, f"{talk}/send-back", text="请写明原因")
        assert "已退回部门重写" in page
        await sign_in(client, "reviewer")
        assert "请写明原因" in await read(client, talk)
        await post(client, talk, f"{talk}/answer", text="原因是值班脱节，已改。")
        await sign_in(client, "supervisor")
        _, page = await post(client, talk, f"{talk}/accept", text="")
        assert "已了结" in page
        (kept,) = await desk.storage.interviews(year=2026, viewer=PEOPLE["supervisor"])
        assert (kept.state, kept.answered_by) == (InterviewState.CLOSED, "reviewer")

    async def test_another_department_does_not_find_it(self, desk: World, client: Browser) -> None:
        await late(desk)
        await sign_in(client, "officer2")
        await read(client, "/console/interviews/1", 404)
        page = await read(client, f"/console/departments/{POLICE}")
        assert "2026 年警示 0 次" in page
        assert "/console/interviews/" not in page

    async def test_a_form_from_an_older_page_overwrites_nothing(
        self, desk: World, client: Browser
    ) -> None:
        await late(desk)
        await sign_in(client, "officer")
        talk = "/console/interviews/1"
        status, page = await post(client, talk, f"{talk}/answer", text="第二稿", version="7")
        assert (status, "刚刚有人处理过" in page, "第二稿" in page) == (409, True, True)
        (kept,) = await desk.storage.interviews(year=2026, viewer=PEOPLE["supervisor"])
        assert kept.state is InterviewState.OPEN

    async def test_words_for_a_talk_that_is_over_are_shown_though_their_form_is_gone(
        self, desk: World, client: Browser
    ) -> None:
        await late(desk)
        talk = "/console/interviews/1"
        await sign_in(client, "officer")
        await post(client, talk, f"{talk}/answer", text="已补齐人手。")
        await sign_in(client, "supervisor")
        await post(client, talk, f"{talk}/accept", text="")
        status, page = await post(
            client, talk, f"{talk}/send-back", text="原因没有写清", version="2"
        )
        assert (status, "现在是“已了结”" in page) == (409, True)
        assert '<p class="prose">原因没有写清</p>' in page
        assert "去改这一处" not in page

    async def test_the_overview_counts_by_department(self, desk: World, client: Browser) -> None:
        await late(desk, 3)
        await sign_in(client, "dispatcher")
        page = await read(client, "/console/supervision")
        assert "再 1 次约谈分管负责人" in page
        assert page.count("逾期未答复") == 3
        assert "撤销警示" not in page  # the supervisor's alone
