"""Each role lands on its own work, and every number leads to a list that counts the same."""

import html
import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from cases.case import Kind
from console.dashboards.machine import Machine, Ran
from handlers.message import Message, MessageKind
from handlers.settlement import Given, Outcome, Settlement
from knowledge_base.jobs import JobResult, JobState
from tests.browser.screens import Screens
from tests.integration.test_console_matrix import told
from tests.values.console import ENTRIES, MORNING, PEOPLE, POLICE, SCHOOLS
from tests.worlds.console import World
from tests.worlds.console_client import Browser, browser, read, sign_in

FIGURE = re.compile(
    r'<a class="figure[^"]*" href="([^"]+)"><span>([^<]*)</span><b[^>]*>([^<]*)</b>'
)
CELL = re.compile(r'<td data-label="([^"]*)"[^>]*><a href="([^"]+)">(\d+)</a></td>')
COUNTED = re.compile(r"共 (\d+) [条件]|：(\d+) 件</h1>")


def figures(page: str) -> dict[str, tuple[str, str]]:
    """The big numbers by title: (address, value)."""
    return {title: (html.unescape(path), value) for path, title, value in FIGURE.findall(page)}


def cells(page: str) -> list[tuple[str, str, int]]:
    """The numbers in tables that lead somewhere: (column, address, value)."""
    return [(title, html.unescape(path), int(n)) for title, path, n in CELL.findall(page)]


async def listed(client: Browser, path: str) -> int:
    """How many the list behind an address says there are."""
    found = COUNTED.search(await read(client, path))
    return int(found[1] or found[2]) if found else 0


async def test_the_supervisors_numbers_are_those_of_their_lists(
    desk: World, client: Browser
) -> None:
    for department in (SCHOOLS, POLICE):
        await told(desk, department)
        late = MORNING - timedelta(days=20)
        await desk.opened("逾期", department=department, kind=Kind.COMPLAINT, received_at=late)
    await sign_in(client, "supervisor")
    page = await read(client, "/console/")
    numbers = figures(page)
    assert numbers["已逾期"][1] == "4"
    for title in ("未办结", "今天到期", "已逾期", "待批延期", "评价低"):
        path, value = numbers[title]
        assert await listed(client, path) == int(value), title
    linked = cells(page)
    assert {title for title, _, _ in linked} >= {"收到", "已答复", "来信", "逾期未办"}
    for title, path, value in linked:
        assert await listed(client, path) == value, (title, path)
    assert numbers["按期答复率"][1] == "50%"


@pytest.mark.parametrize("name", ["officer", "reviewer", "dispatcher"])
async def test_helping_with_a_draft_makes_it_nobodys_to_review(
    desk: World, client: Browser, name: str
) -> None:
    await desk.drafted("入学怎么办", "请到学校报名。")
    other = await desk.drafted("户口怎么迁", "请带户口簿。", department=POLICE)
    boss = PEOPLE["dispatcher"]
    await desk.desk.ask_for_help(
        other.number, SCHOOLS, "请看看", version=other.version, actor=boss, now=MORNING
    )
    await sign_in(client, name)
    numbers = figures(await read(client, "/console/"))
    assert numbers["待审核"][1] == {"reviewer": "1"}.get(name, "2")
    for title, (path, value) in numbers.items():
        assert await listed(client, path) == int(value), title


async def test_the_auditors_numbers_are_those_of_the_log(desk: World, client: Browser) -> None:
    for _ in range(3):
        await sign_in(client, "officer", "falsch")
    case = await desk.opened("电话13812345678", department=SCHOOLS)
    await sign_in(client, "officer")
    await desk.storage.log("officer", "reveal", {"case": case.number}, MORNING)
    await desk.storage.log("officer", "export", {}, MORNING - timedelta(days=9))
    await sign_in(client, "auditor")
    page = await read(client, "/console/")
    numbers = figures(page)
    assert [numbers[each][1] for each in ("登录失败", "查看个人信息", "导出")] == ["3", "1", "1"]
    assert numbers["日志核验"][1] == "还没有"
    for title in ("登录失败", "查看个人信息", "导出", "人员和密码", "全部记录"):
        path, value = numbers[title]
        assert await listed(client, path) == int(value), title
    linked = cells(page)
    assert len(linked) > 8
    for title, path, value in linked:
        assert await listed(client, path) == value, (title, path)


async def test_the_auditor_sees_when_the_log_was_verified_and_what_was_found(
    desk: World, client: Browser
) -> None:
    await sign_in(client, "auditor")
    found = {"records": "12", "wrong": "0"}
    await desk.storage.log("auditor", "log_verified", found, MORNING)
    page = await read(client, "/console/")
    assert figures(page)["日志核验"][1] == "完整"
    assert "今天 09:30，12 条" in page
    broken = {"records": "12", "wrong": "2"}
    await desk.storage.log("auditor", "log_verified", broken, MORNING + timedelta(minutes=1))
    assert figures(await read(client, "/console/"))["日志核验"][1] == "有问题"


async def test_the_administrators_numbers_are_those_of_the_lists(
    desk: World, client: Browser
) -> None:
    await desk.storage.sign_in_failed("officer", locked_until=MORNING + timedelta(minutes=9))
    account = await desk.storage.account("auditor")
    assert account is not None
    await desk.storage.save_account(replace(account, must_change=True, totp_secret="X" * 32))
    await sign_in(client, "administrator")
    numbers = figures(await read(client, "/console/"))
    shown = {"登录被锁定": "1", "没开动态口令": "9", "首次密码没改": "1"}
    for title, expected in shown.items():
        path, value = numbers[title]
        assert value == expected
        page = await read(client, path)
        assert f'<span class="tally">{value}</span></a>' in page.split("aria-current")[-1]
        assert page.count('data-label="角色"') == int(value)
    assert numbers["放假通知"] == ("/console/calendar?year=2027", "缺 2027 年")


async def test_the_administrator_sees_accounts_queues_machine_and_chores(
    desk: World, client: Browser
) -> None:
    await told(desk, SCHOOLS)
    chores = (
        Ran(name="watch deadlines", done_at=MORNING),
        Ran(name="push deliveries", failed_at=MORNING, fault="TimeoutError"),
    )

    async def machine() -> Machine:
        return Machine(chores=chores, disk_free=1 << 29, disk_size=1 << 36)

    await desk.storage.log("system", "backup", {"file": "x"}, MORNING - timedelta(days=1))
    await desk.storage.keep_token("main", "secret-token", MORNING + timedelta(hours=2))
    deps = replace(desk.deps, machine=machine)
    async with browser(replace(desk, deps=deps)) as visitor:
        await sign_in(visitor, "administrator")
        page = await read(visitor, "/console/")
    assert figures(page)["磁盘剩余"][1] == "512.0 MB"
    assert figures(page)["上次备份"][1] == "昨天"
    assert "secret-token" not in page
    said = " ".join(re.sub(r"<[^>]*>", " ", page).split())
    assert "main 安全模式 11:30 前有效 今天 09:30 0 0 1 正常" in said
    assert "要送给市民的答复 1 0 今天 09:30" in said
    assert "推送答复 还没有 今天 09:30 出错：TimeoutError 盯期限 今天 09:30 — 正常" in said


async def test_every_dashboard_is_accessible_on_any_screen(screen: Screens) -> None:
    await told(screen.desk, SCHOOLS)
    for name in ("supervisor", "auditor", "curator", "administrator"):
        visitor = await screen.visitor()
        await visitor.sign_in(name)
        await visitor.go("/console/")
        for summary in await visitor.page.query_selector_all("main summary"):
            await summary.click()
        await visitor.looks_right_everywhere()


async def test_the_curators_numbers_are_those_of_their_lists(desk: World, client: Browser) -> None:
    await sign_in(client, "curator")
    numbers = figures(await read(client, "/console/"))
    for title in ("待审核", "草稿", "已发布", "该复核的"):
        path, value = numbers[title]
        page = await read(client, path)
        assert f'aria-current="true">{title}<span class="tally">{value}</span>' in page, title
    assert numbers["答错不超过"][1].endswith("%")
    assert numbers["待补的问题"][1] == "—"


async def test_the_curator_sees_what_is_asked_most_and_not_answered(
    desk: World, client: Browser
) -> None:
    for number in range(3):
        await desk.opened("校车几点到站，电话13812345678", department=SCHOOLS, citizen=f"o{number}")
    await desk.deps.curating.learning.matters(now=desk.clock(), patience=60)
    await sign_in(client, "curator")
    page = await read(client, "/console/")
    assert figures(page)["待补的问题"][1] == "1"
    assert "校车几点到站" in page
    assert "13812345678" not in page
    assert "多 3" in page


async def test_the_curator_sees_how_many_golden_questions_were_lost(
    desk: World, client: Browser
) -> None:
    await sign_in(client, "curator")
    assert figures(await read(client, "/console/"))["必答题"] == ("/console/golden", "0")
    job = await desk.storage.start_job("golden", "考一考", actor="curator", now=MORNING)
    result = JobResult(figures={"queries": 12, "kept": 10})
    await desk.storage.end_job(job, JobState.DONE, result, now=MORNING)
    page = await read(client, "/console/")
    assert figures(page)["必答题没答对"] == (f"/console/evaluations/{job}", "2")
    assert "共 12 题，今天 09:30考的" in page


async def test_a_weeks_direct_answers_are_listed_by_entry(desk: World, client: Browser) -> None:
    for number, at in enumerate((MORNING, MORNING, MORNING - timedelta(days=7))):
        await answered(desk, number, at)
    await sign_in(client, "curator")
    linked = [each for each in cells(await read(client, "/console/")) if each[0] == "直接答复"]
    assert [value for _, _, value in linked] == [1, 2]
    for _, path, value in linked:
        assert await listed(client, path) == value
    assert "没有直接答复" in await read(client, "/console/given?week=2026-01-05")
    assert "孩子上小学要带什么材料" in await read(client, "/console/given?week=x")


async def test_the_topics_answered_most_lead_to_their_entries(desk: World, client: Browser) -> None:
    topical = replace(ENTRIES[0], id="e9", topic="入学", question="转学怎么办", variants=())
    await desk.storage.save_versions([topical], actor="curator", reason="试")
    await answered(desk, 1, MORNING, entry="e9")
    await sign_in(client, "supervisor")
    told = re.search(
        r'href="(/console/entries\?q=[^"]+)"[^>]*>(\d+)</a>', await read(client, "/console/reports")
    )
    assert told is not None
    assert told[2] == "1"
    page = await read(client, told[1])
    assert "转学怎么办" in page
    assert "身份证丢了怎么补办" not in page


async def answered(desk: World, number: int, at: datetime, *, entry: str = "e1") -> None:
    """A citizen asks and is given an entry."""
    message = Message(
        account="main",
        citizen="o-1",
        receiver="gh_main",
        kind=MessageKind.TEXT,
        created_at=at,
        text="上小学要带什么",
        message_id=f"answered-{number}",
    )
    accepted = await desk.storage.accept(message, now=at, claim_until=at + timedelta(minutes=1))
    settlement = Settlement(
        outcome=Outcome.ANSWERED,
        reply="带户口簿。",
        citizen=accepted.citizen,
        settled_at=at,
        given=(Given(entry=entry, version=1),),
    )
    await desk.storage.settle(accepted.id, settlement)
