"""Supervision in the console: reminders, a department's page, talks with their printable notice."""

import re
from dataclasses import replace
from datetime import timedelta

from cases.supervision.reminder import Message, Raised, Recipient, ReminderKind
from cases.wording import text_hash
from tests.values.console import MORNING, PEOPLE, POLICE, SCHOOLS
from tests.worlds.console import World
from tests.worlds.console_cases import late
from tests.worlds.console_client import Browser, post, read, sign_in

HOME = f"/console/departments/{SCHOOLS}"
OFFICER = Recipient(person="officer")


class TestReminders:
    async def test_an_overdue_case_stands_in_the_supervisors_list_and_menu(
        self, desk: World, client: Browser
    ) -> None:
        (number,) = await late(desk, 1)
        await sign_in(client, "supervisor")
        page = await read(client, "/console/reminders")
        assert f"来信 {number} 已逾期" in page
        assert "条未读" in page
        status, page = await post(client, "/console/reminders", "/console/reminders/read")
        assert status == 200
        assert "条未读" not in page

    async def test_older_ones_are_on_the_next_page(self, desk: World, client: Browser) -> None:
        for n in range(52):
            message = Message(kind=ReminderKind.DUE, title=f"第{n}条", text="。", link="/console/")
            raised = Raised(key=f"k{n}", at=MORNING, send_at=MORNING, parts=[(message, OFFICER)])
            await desk.storage.raise_once(raised)
        await sign_in(client, "officer")
        newest = await read(client, "/console/reminders")
        assert ("第51条<" in newest, "第2条<" in newest, "第1条<" in newest) == (True, True, False)
        (before,) = re.findall(r'href="(\?before=\d+)"', newest)
        oldest = await read(client, f"/console/reminders{before}")
        assert ("第2条<" in oldest, "第1条<" in oldest, "第0条<" in oldest) == (False, True, True)

    async def test_a_mailbox_is_checked_and_kept(self, desk: World, client: Browser) -> None:
        await sign_in(client, "officer")
        where = "/console/reminders/mailbox"
        status, page = await post(client, "/console/reminders", where, email="王 @x")
        assert (status, "邮箱的写法不对" in page, "王 @x" in page) == (422, True, True)
        status, page = await post(client, "/console/reminders", where, email=" wang@example.com ")
        assert "邮箱已保存" in page
        assert await desk.storage.mailboxes() == {"officer": "wang@example.com"}
        await post(client, "/console/reminders", where, email="")
        assert await desk.storage.mailboxes() == {}

    async def test_nobody_reads_anothers_reminders(self, desk: World, client: Browser) -> None:
        (number,) = await late(desk, 1)
        await sign_in(client, "officer2")
        assert number not in await read(client, "/console/reminders")


class TestDepartment:
    async def test_its_own_people_and_the_supervisor_see_alarms_and_others_do_not(
        self, desk: World, client: Browser
    ) -> None:
        numbers = await late(desk)
        for name, sees in (
            ("officer", True),
            ("reviewer", True),
            ("supervisor", True),
            ("dispatcher", True),
            ("officer2", False),
            ("administrator", False),
            ("auditor", False),
            ("curator", False),
        ):
            await sign_in(client, name)
            page = await read(client, HOME)
            assert "管幼儿园、中小学招生和学籍" in page
            assert (numbers[0] in page) == sees, name
            assert ("逾期未答复" in page) == sees, name

    async def test_an_unknown_department_is_not_found(self, client: Browser) -> None:
        await sign_in(client, "supervisor")
        await read(client, "/console/departments/没有的局", 404)

    async def test_leave_moves_cases_and_shows_on_the_page(
        self, desk: World, client: Browser
    ) -> None:
        account = await desk.storage.account("officer")
        assert account is not None
        colleague = replace(account.person, name="colleague")
        await desk.storage.save_account(replace(account, person=colleague))
        case = await desk.opened("校车", department=SCHOOLS)
        officer = PEOPLE["officer"]
        await desk.desk.accept(case.number, version=1, actor=officer, now=MORNING)
        await sign_in(client, "officer")
        form = {"person": "officer", "substitute": "colleague", "first_day": "2026-11-18"}
        where = f"{HOME}/absences"
        status, page = await post(client, HOME, where, last_day="2026-11-17", **form)
        assert (status, "结束日期早于开始日期" in page) == (422, True)
        status, page = await post(client, HOME, where, last_day="2026-11-20", **form)
        assert (status, "由colleague代班" in page) == (200, True)
        await desk.deps.watch.round(desk.clock.now)
        assert (await desk.storage.case(case.number)).officer == "colleague"
        page = await read(client, f"/console/cases/{case.number}")
        assert "请假代办，转给同事" in page

    async def test_a_reviewers_leave_needs_no_stand_in_and_an_officers_does(
        self, desk: World, client: Browser
    ) -> None:
        await sign_in(client, "reviewer")
        where, days = f"{HOME}/absences", {"first_day": "2026-11-18", "last_day": "2026-11-20"}
        status, page = await post(client, HOME, where, person="officer", **days)
        assert (status, "请选择代班人" in page) == (422, True)
        status, page = await post(client, HOME, where, person="reviewer", **days)
        assert (status, "没有代班人" in page) == (200, True)
        status, page = await post(
            client, HOME, where, person="officer", substitute="reviewer", **days
        )
        assert (status, "由reviewer代班" in page) == (200, True)
        assert "officer和代班人都不在，手里的来信没有人接" in page  # the reviewer is away as well
        status, page = await post(client, HOME, where, person="officer2", **days)
        assert (status, "请选择请假人" in page) == (422, True)

    async def test_only_its_own_people_change_the_rota(self, desk: World, client: Browser) -> None:
        form = {"main": "officer", "first_day": "2026-11-18", "last_day": "2026-11-20"}
        await sign_in(client, "officer2")
        status, _ = await post(client, HOME, f"{HOME}/shifts", **form)
        assert status == 404
        await sign_in(client, "reviewer")
        status, page = await post(client, HOME, f"{HOME}/shifts", **form | {"main": "officer2"})
        assert (status, "本部门的经办人" in page) == (422, True)
        status, page = await post(client, HOME, f"{HOME}/shifts", **form)
        assert (status, "今天由 <b>officer</b> 值班" in page) == (200, True)

    async def test_contacts_are_kept(self, desk: World, client: Browser) -> None:
        await sign_in(client, "administrator")
        form = {"post": "liaison", "name": "李联络", "phone": "0500-1", "email": "li@example.com"}
        status, page = await post(client, HOME, f"{HOME}/contacts", **form)
        assert (status, "李联络" in page) == (200, True)
        (kept,) = await desk.storage.contacts()
        assert (kept.department, kept.name, kept.email) == (SCHOOLS, "李联络", "li@example.com")

    async def test_the_administrator_rewrites_duties_and_keywords(
        self, desk: World, client: Browser
    ) -> None:
        await sign_in(client, "administrator")
        form = {"duties": "管校车和食堂。", "keywords": "校车、食堂 校车"}
        status, page = await post(client, HOME, f"{HOME}/duties", **form)
        assert (status, "管校车和食堂。" in page) == (200, True)
        kept = next(d for d in await desk.storage.departments() if d.name == SCHOOLS)
        assert (kept.keywords, kept.phone) == (("校车", "食堂"), "0500-00000109")

    async def test_the_administrator_keeps_what_the_public_directory_says(
        self, desk: World, client: Browser
    ) -> None:
        await sign_in(client, "administrator")
        where, found = f"{HOME}/duties", "机密文件由办公室保管，学籍卡上的号码 11010519491231002X"
        status, page = await post(client, HOME, where, duties=found, phone="0500-7")
        assert (status, "身份证号码" in page, 'value="0500-7"' in page) == (422, True, True)
        form = {"duties": "管机密文件、扫文盲。", "phone": "0500-7", "hours": "工作日 9:00—17:00"}
        assert (await post(client, HOME, where, **form))[0] == 200
        kept = next(d for d in await desk.storage.departments() if d.name == SCHOOLS)
        assert (kept.phone, kept.hours) == ("0500-7", "工作日 9:00—17:00")
        assert (kept.address, kept.keywords[0]) == ("清禾县书院路3号", "上学")

    async def test_a_violation_is_written_down_and_revoked(
        self, desk: World, client: Browser
    ) -> None:
        await sign_in(client, "supervisor")
        where = f"{HOME}/alarms"
        status, page = await post(client, HOME, where, reason="答非所问", case="HY20990101-0001")
        assert (status, "没有这个编号的来信" in page, "答非所问" in page) == (422, True, True)
        status, page = await post(client, HOME, where, reason="答非所问")
        assert (status, "2026 年警示 1 次" in page) == (200, True)
        await desk.deps.watch.round(desk.clock.now)
        (told, *_) = await desk.storage.reminders_of("officer", limit=5)
        await sign_in(client, "officer")
        assert "答非所问" in await read(client, told.message.link)
        await sign_in(client, "supervisor")
        (alarm,) = await desk.storage.alarms(year=2026, viewer=PEOPLE["supervisor"])
        revoke = f"/console/alarms/{alarm.id}/revoke"
        status, page = await post(client, HOME, revoke, reason="核实后\x07\x01不成立")
        assert (status, "看不见的控制字符" in page, "您刚才写的内容还在这里" in page) == (
            422,
            True,
            True,
        )
        _, page = await post(client, HOME, revoke, reason="核实后不成立")
        assert "2026 年警示 0 次" in page
        assert "核实后不成立" in page


class TestRouting:
    async def answered(self, desk: World, text: str, by: str) -> str:
        """A case suggested to the schools' department, answered by `by` in the end."""
        case = await desk.opened(text, department=SCHOOLS)
        officer = PEOPLE["officer" if by == SCHOOLS else "officer2"]
        reviewer = PEOPLE["reviewer" if by == SCHOOLS else "reviewer2"]
        deed, now = desk.desk, desk.clock.now
        if by != SCHOOLS:
            case = await deed.route(
                case.number, by, version=case.version, actor=PEOPLE["dispatcher"], now=now
            )
        case = await deed.accept(case.number, version=case.version, actor=officer, now=now)
        case = await deed.draft(
            case.number, "请到窗口办理。", version=case.version, actor=officer, now=now
        )
        digest = text_hash(case.draft)
        await deed.review(
            case.number, version=case.version, draft_hash=digest, actor=reviewer, now=now
        )
        return case.number

    async def test_what_was_suggested_is_held_against_who_answered(
        self, desk: World, client: Browser
    ) -> None:
        await self.answered(desk, "小学报名", SCHOOLS)
        wrong = await self.answered(desk, "孩子落户，电话13812345678", POLICE)
        await sign_in(client, "supervisor")
        page = await read(client, "/console/routing")
        assert "50%" in page
        assert wrong in page.partition("最近推荐错的")[2]
        assert "13812345678" not in page
        assert "推荐 教育局（90%）" in page
        await sign_in(client, "officer2")
        page = await read(client, f"/console/departments/{POLICE}")
        assert "1 件已答复，其中 0 件一开始就推荐给了本部门（0%）" in page

    async def test_before_the_first_answer_the_page_says_what_happens_meanwhile(
        self, client: Browser
    ) -> None:
        await sign_in(client, "dispatcher")
        assert "按各部门的职责和关键词推荐" in await read(client, "/console/routing")


class TestNumbers:
    async def test_every_number_of_alarms_leads_to_as_many(
        self, desk: World, client: Browser
    ) -> None:
        await late(desk, 13)
        await desk.opened("没人分派", received_at=desk.clock.now - timedelta(days=30))
        await desk.deps.watch.raise_alarms(desk.clock.now)
        await sign_in(client, "supervisor")
        page = await read(client, "/console/supervision")
        links = re.findall(
            r'href="(\?year=\d+&amp;(?:of|all)=[^"#]*)[^"]*">(?:<span>警示</span><b>)?(\d+)', page
        )
        assert sorted(int(amount) for _, amount in links) == [1, 13, 14]
        for path, amount in links:
            shown = await read(client, "/console/supervision" + path.replace("&amp;", "&"))
            assert shown.count("<b>逾期未答复</b>") == int(amount)
