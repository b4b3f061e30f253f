"""Reports in the console: every number leads to its cases, and files say the same."""

import io
import re
from datetime import UTC, datetime, timedelta
from html import unescape

import openpyxl
import pytest

from cases.department import Department
from cases.people import Person
from cases.records import RecordFilter
from cases.wording import text_hash
from tests.values.console import PEOPLE, POLICE, SCHOOLS
from tests.worlds.console import World
from tests.worlds.console_client import Browser, sign_in
from tests.worlds.console_figures import busy, text_of

LINK = re.compile(r'href="(/console/reports/cases\?[^"]*)">(\d+)(%?)<')


async def test_long_topics_that_begin_alike_are_two(desk: World, client: Browser) -> None:
    words = ["长" * 100 + last for last in "甲乙"]
    await desk.storage.save_departments([Department(name=SCHOOLS, keywords=tuple(words))])
    for word in words:
        await desk.opened(f"{word}怎么办", department=SCHOOLS)
    await sign_in(client, "supervisor")
    page = await text_of(client, "/console/reports?by=topic")
    for link, number, _ in LINK.findall(page[page.index("<tbody>") : page.index("<tfoot>")]):
        assert f"：{number} 件</h1>" in await text_of(client, unescape(link))


async def test_a_week_is_told_with_its_year(desk: World, client: Browser) -> None:
    for day in (datetime(2026, 12, 31, 15, 59, tzinfo=UTC), datetime(2027, 1, 4, tzinfo=UTC)):
        await desk.opened("入学怎么办", department=SCHOOLS, received_at=day)
    await sign_in(client, "supervisor")
    asked = "period=2026-12-31~2027-01-04&by=week"
    page = await text_of(client, f"/console/reports?{asked}")
    assert "2026年第53周（12月28日起）" in page
    assert "2027年第1周（1月4日起）" in page


@pytest.mark.parametrize("by", ["week", "month", "kind", "channel", "topic"])
async def test_a_group_that_there_is_not_has_no_cases(client: Browser, by: str) -> None:
    await sign_in(client, "supervisor")
    listed = await text_of(client, f"/console/reports/cases?by={by}&key=x")
    assert "：0 件</h1>" in listed


async def test_a_list_tells_how_the_rate_beside_it_comes_of_its_cases(
    desk: World, client: Browser
) -> None:
    await busy(desk)
    await sign_in(client, "supervisor")
    for measure, told in (
        ("on_time", "按期率 66% = 按期答复 2 ÷（已答复 2 + 逾期未办 1）"),
        ("replied", "用时是从收到到答复的工作日：中位 0，九成在 0 之内"),
        ("returned", "转办有误率 0% = 被退回 0 ÷ 来信 5"),
    ):
        page = await text_of(client, f"/console/reports/cases?measure={measure}")
        assert told in re.sub(r"<[^>]+>", "", page)
    own = await text_of(
        client, f"/console/reports/cases?measure=on_time&by=department&key={POLICE}"
    )
    assert "按期率 0% = 按期答复 0 ÷（已答复 0 + 逾期未办 1）" in re.sub(r"<[^>]+>", "", own)


async def test_a_letter_done_again_counts_by_its_last_round(desk: World, client: Browser) -> None:
    case = await desk.drafted("学籍怎么转", "请到教育局一楼办理。")
    desk.clock.now += timedelta(days=25)  # late
    boss, officer, reviewer = (PEOPLE[name] for name in ("supervisor", "officer", "reviewer"))

    async def step(name: str, *said: str, by: Person, **more: str) -> None:
        nonlocal case
        take = getattr(desk.desk, name)
        case = await take(
            case.number, *said, version=case.version, actor=by, now=desk.clock.now, **more
        )

    await step("review", by=reviewer, draft_hash=text_hash(case.draft))
    await step("reopen", "请再答一次", by=boss)
    await step("accept", by=officer)
    await step("draft", "请带户口簿到教育局一楼办理。", by=officer)
    await step("review", by=reviewer, draft_hash=text_hash(case.draft))
    await sign_in(client, "supervisor")
    assert "重新办理的按最后一次算" in await text_of(client, "/console/reports")
    for measure, amount in (("on_time", 1), ("late", 0), ("reopened", 1)):
        listed = await text_of(client, f"/console/reports/cases?measure={measure}")
        assert f"：{amount} 件</h1>" in listed


async def test_messages_add_up_to_their_number_down_to_a_day(desk: World, client: Browser) -> None:
    await busy(desk)
    await sign_in(client, "dispatcher")
    page = await text_of(client, "/console/reports?period=2026-Q4")
    assert 'href="/console/reports/messages?period=2026-Q4&amp;by=channel"' in page
    page = await text_of(client, "/console/reports/messages?period=2026-Q4&by=week")
    assert "收到消息：5 条</h1>" in page
    weeks = re.findall(r'data-label="收到"><a href="([^"]+)">(\d+)</a>', page)
    assert [number for _, number in weeks] == ["1", "4"]
    for path, number in weeks:
        assert f"收到消息：{number} 条</h1>" in await text_of(client, unescape(path))
    await sign_in(client, "officer")
    assert (await client.get("/console/reports/messages")).status == 403


async def test_the_rates_of_all_lead_to_their_cases(desk: World, client: Browser) -> None:
    await busy(desk)
    await sign_in(client, "supervisor")
    foot = (await text_of(client, "/console/reports?by=kind")).partition("<tfoot>")[2]
    path, rate, _ = LINK.findall(foot.partition("按期率")[2])[0]
    assert int(rate) == 66  # two in time, one overdue
    assert "按期答复：2 件" in await text_of(client, unescape(path))


async def test_a_department_sees_its_own_figures_alone(desk: World, client: Browser) -> None:
    await busy(desk)
    await sign_in(client, "officer2")
    page = await text_of(client, "/console/reports")
    assert "<span>来信</span><b>1</b>" in page
    assert "收到消息" not in page
    assert SCHOOLS not in page
    listed = await text_of(client, "/console/reports/cases?by=department&key=教育局")
    assert "：0 件</h1>" in listed
    assert (await client.get("/console/reports/periodical")).status == 403


async def test_overdue_cases_count_against_the_rate(desk: World, client: Browser) -> None:
    await busy(desk)
    await sign_in(client, "supervisor")
    page = await text_of(client, "/console/reports")
    assert re.search(r"按期答复率</span><b>66%", page)
    assert re.search(r"逾期未办</span><b>1<", page)


async def test_the_ledger_hides_personal_data_and_is_recorded(desk: World, client: Browser) -> None:
    await busy(desk)
    await sign_in(client, "supervisor")
    async with client.get("/console/reports/ledger?period=2026") as answer:
        assert "%E5%8F%B0%E8%B4%A6" in answer.headers["Content-Disposition"]
        book = openpyxl.load_workbook(io.BytesIO(await answer.read()))
    rows = [[cell.value for cell in row] for row in book["台账"].rows]
    assert len(rows) == 6
    texts = {row[15]: row for row in rows[1:]}
    line = texts["=我的电话138＊＊＊＊78，入学怎么办"]
    assert (line[2], line[3], line[4], line[10]) == ("咨询", "入学", SCHOOLS, "是")
    assert texts["户口怎么迁"][10] == "否"
    assert f"{line[7]:%Y-%m-%d}" == "2026-11-25"  # the last day, not the midnight after it
    sheet = book["台账"]
    assert (sheet.print_title_rows, sheet.page_setup.orientation) == ("$1:$1", "landscape")
    assert sheet.auto_filter.ref == "A1:Q6"
    (found,) = await desk.storage.records(RecordFilter(actions=("export",)))
    assert found.details == {"what": "台账", "period": "2026 年", "amount": "5"}


async def test_two_days_of_ones_own_choice(desk: World, client: Browser) -> None:
    await busy(desk)
    await sign_in(client, "dispatcher")
    page = await text_of(client, "/console/reports/span?first=2026-11-18&last=2026-11-18&by=kind")
    assert "<span>来信</span><b>4</b>" in page
    assert "2026-11-18 至 2026-11-18" in page
    page = await text_of(client, "/console/reports/span?first=2026-11-18&last=2026-11-01")
    assert "2026-11-01 至 2026-11-18 收到的来信" in page


async def test_an_empty_period_says_so(client: Browser) -> None:
    await sign_in(client, "supervisor")
    assert "这段时间没有来信" in await text_of(client, "/console/reports?period=2020")
    paper = await text_of(client, "/console/reports/periodical?period=2020")
    assert "没有逾期、超期、退回和不满意的来信" in paper
