"""The figures of a quarter or a year on paper: workbook, docx, PDF, print."""

import io
import re
from html import escape
from urllib.parse import urlencode

import docx
import openpyxl
import pypdf
import pytest

from console.reports import periodical
from console.reports.paper_pdf import fonts
from tests.values.console import SCHOOLS
from tests.worlds.console import World
from tests.worlds.console_client import Browser, sign_in
from tests.worlds.console_figures import busy, text_of


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
