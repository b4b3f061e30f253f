"""Reports in the console: every number leads to its cases, and files say the same."""

import io
import re
from datetime import UTC, datetime, timedelta
from html import escape, unescape
from urllib.parse import urlencode

import docx
import openpyxl
import pypdf
import pytest

from cases.department import Department
from cases.people import Person
from cases.records import RecordFilter
from cases.wording import text_hash
from console.reports import periodical
from console.reports.paper_pdf import fonts
from tests.values.console import MORNING, PEOPLE, POLICE, SCHOOLS
from tests.worlds.console import World
from tests.worlds.console_client import Browser, sign_in

LINK = re.compile(r'href="(/console/reports/cases\?[^"]*)">(\d+)(%?)<')
LETTER = "=我的电话13812345678，入学怎么办"


async def busy(desk: World) -> None:
    """Answered, late and open cases of two departments, one without any."""
    await desk.opened("不知道归谁")
    await desk.opened("户口怎么迁", department=POLICE, received_at=MORNING - timedelta(days=20))
    for text in (LETTER, "学籍怎么转"):
        case = await desk.drafted(text, "请到教育局一楼办理。")
        await desk.desk.review(
            case.number,
            version=case.version,
            draft_hash=text_hash(case.draft),
            actor=PEOPLE["reviewer"],
            now=MORNING,
        )
    await desk.opened("入学报名", department=SCHOOLS)


async def text_of(client: Browser, path: str) -> str:
    async with client.get(path) as answer:
        assert answer.status == 200, path
        return await answer.text()


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


async def test_the_figures_are_a_workbook_that_says_what_the_page_says(
    desk: World, client: Browser
) -> None:
    await busy(desk)
    await sign_in(client, "officer2")
    assert "导出统计表" in await text_of(client, "/console/reports?period=2026")
    async with client.get("/console/reports/figures?period=2026") as answer:
        own = openpyxl.load_workbook(io.BytesIO(await answer.read()))
    assert "按部门" not in own.sheetnames
    await sign_in(client, "supervisor")
    async with client.get("/console/reports/figures?period=2026") as answer:
        book = openpyxl.load_workbook(io.BytesIO(await answer.read()))
    rows = {row[0].value: [cell.value for cell in row] for row in book["按部门"].rows}
    assert rows["部门"][:4] == ["部门", "来信", "已转部门", "已答复"]
    assert rows[SCHOOLS][1:4] == [3, 3, 2]
    assert rows["待分派"][1:3] == [1, 0]
    (cell,) = (row[3] for row in book["按部门"].rows if row[0].value == SCHOOLS)
    asked = {"period": "2026", "measure": "replied", "by": "department", "key": SCHOOLS}
    path = f"/console/reports/cases?{urlencode(asked)}"
    assert cell.hyperlink.target == desk.deps.public_url + path
    assert cell.hyperlink.ref == cell.coordinate
    assert "：2 件</h1>" in await text_of(client, path)
    assert rows["合计"][1] == sum(
        row[1] for name, row in rows.items() if name not in {"部门", "合计"}
    )


async def test_the_docx_says_what_the_page_says(desk: World, client: Browser) -> None:
    await busy(desk)
    await sign_in(client, "supervisor")
    page = await text_of(client, "/console/reports/periodical?period=2026-Q4")
    async with client.get("/console/reports/periodical/docx?period=2026-Q4") as answer:
        document = docx.Document(io.BytesIO(await answer.read()))
    seen = re.sub(r"<[^>]+>", "", page)
    texts = [each.text for each in document.paragraphs if each.text]
    assert texts[0] == "关于清禾县2026年第四季度\n公众号留言办理情况的通报"
    assert all(line in seen for text in texts for line in text.splitlines())
    (table,) = document.tables
    assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")  # on each page that it goes on to
    assert "PAGE" in document.sections[0].footer._element.xml
    assert document.core_properties.author == ""
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    assert [SCHOOLS, "3", "2", "100%", "0", "0", "0", "0", "0", "—"] in cells
    leads = [link.url for each in document.paragraphs for link in each.hyperlinks]
    assert len(leads) > 8
    assert all(escape(lead.removeprefix(desk.deps.public_url)) in page for lead in leads)


@pytest.mark.skipif(not fonts(), reason="needs a font with Chinese characters (fonts-noto-cjk)")
async def test_the_pdf_says_what_the_page_says_and_leads_to_its_cases(
    desk: World, client: Browser
) -> None:
    await busy(desk)
    await sign_in(client, "supervisor")
    path = "/console/reports/periodical"
    page = await text_of(client, f"{path}?period=2026-Q4")
    assert "下载 PDF" in page
    async with client.get(f"{path}/pdf?period=2026-Q4") as answer:
        assert answer.content_type == "application/pdf"
        reader = pypdf.PdfReader(io.BytesIO(await answer.read()))
    said = "".join("".join(each.extract_text().split()) for each in reader.pages)
    assert "关于清禾县2026年第四季度公众号留言办理情况的通报" in said
    assert f"{SCHOOLS}32100%" in said
    leads = [note.get_object()["/A"]["/URI"] for note in reader.pages[0]["/Annots"]]
    address = desk.deps.public_url
    assert leads
    assert all(escape(lead.removeprefix(address)) in page for lead in leads)


async def test_without_a_chinese_font_the_page_says_to_print_it(
    desk: World, client: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(periodical, "fonts", dict)
    await sign_in(client, "supervisor")
    page = await text_of(client, "/console/reports/periodical/pdf?period=2026-Q4")
    assert "请用浏览器打印" in page
    assert "下载 PDF" not in page


@pytest.mark.parametrize("period", ["", "2026-11", "2026-11-01~2026-11-18"])
async def test_a_paper_is_a_quarters_or_a_years(client: Browser, period: str) -> None:
    await sign_in(client, "supervisor")
    page = await text_of(client, f"/console/reports/periodical?period={period}")
    assert "2026年第三季度" in page
    async with client.get(f"/console/reports/periodical/docx?period={period}") as answer:
        document = docx.Document(io.BytesIO(await answer.read()))
    assert document.paragraphs[0].text.startswith("关于清禾县2026年第三季度")


async def test_a_quarter_without_letters_reads_as_one(desk: World, client: Browser) -> None:
    await sign_in(client, "supervisor")
    page = await text_of(client, "/console/reports/periodical?period=2025-Q1")
    said = re.sub(r"<[^>]+>", "", page)
    assert "没有登记来信。" in said
    assert "—" not in said
    assert "中位数" not in said


async def test_a_quarter_whose_letters_nobody_has_answered_yet_gives_no_time_taken(
    desk: World, client: Browser
) -> None:
    await desk.opened("入学怎么办", department=SCHOOLS)
    await sign_in(client, "supervisor")
    page = await text_of(client, "/console/reports/periodical?period=2026-Q4")
    said = re.sub(r"<[^>]+>", "", page)
    assert "这一时段还没有到答复期限的来信，不计按期率。" in said
    assert "中位数" not in said


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
