"""A report as a docx, to be finished in Word or WPS."""

import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from console.reports.paper import Figure, Heading, Paper, Paragraph, Part, Table, text_of

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# 公文格式 (GB/T 9704): 小标宋 for the title, 黑体 for headings, 仿宋 三号 for the text.
TITLE_FONT, HEADING_FONT, TEXT_FONT = "方正小标宋简体", "黑体", "仿宋"
NUMBER_FONT: Final = "宋体"
HYPERLINK: Final = RELATIONSHIP_TYPE.HYPERLINK
TEXT, CENTER, RIGHT = Pt(16), WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
WIDTH: Final = Cm(15.6)
FIRST_COLUMN: Final = Cm(3.6)


def docx_of(paper: Paper, *, address: str) -> bytes:
    """The file, on A4 with the margins and page numbers of an official document.

    Its numbers lead to their cases at `address`, and look like the text around them.
    """
    document = Document()
    _set_up(document, paper.title)
    _title(document, paper.lines)
    for block in paper.blocks:
        match block:
            case Heading(text=text):
                # Never the last line of a page.
                _write(document, [text], HEADING_FONT, indent=True, keep=True)
            case Paragraph(parts=parts, flush=flush):
                linked = [_linked(part, address) for part in parts]
                _write(document, linked, TEXT_FONT, indent=not flush)
            case Table():
                _table(document, block, address)
    _write(document, [""], TEXT_FONT, keep=True)
    for line in paper.signed:
        signed = _write(document, [line], TEXT_FONT, align=RIGHT, keep=True)
        signed.paragraph_format.right_indent = TEXT * 4
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _set_up(document: Any, title: str) -> None:
    document.core_properties.title = title
    document.core_properties.author = document.core_properties.comments = ""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    section.footer_distance = Cm(2.3)
    _number(section.footer, RIGHT)
    _number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)


def _number(footer: Any, side: Any) -> None:
    """— 1 — on the outer side, a character from the margin."""
    paragraph = footer.paragraphs[0]
    paragraph.alignment, size = side, Pt(14)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = size
    _run(paragraph, "— ", NUMBER_FONT, size)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    run = _run(paragraph, "1", NUMBER_FONT, size)
    field.append(run._element)
    _run(paragraph, " —", NUMBER_FONT, size)


def _title(document: Any, lines: Sequence[str]) -> None:
    title = _write(document, [], TITLE_FONT, align=CENTER)
    title.paragraph_format.line_spacing, title.paragraph_format.space_after = Pt(35), Pt(29)
    for number, line in enumerate(lines):
        run = _run(title, line, TITLE_FONT, Pt(22))
        if number < len(lines) - 1:
            run.add_break()


def _write(
    where: Any,
    parts: Sequence[Part],
    font: str,
    size: Any = TEXT,
    *,
    align: Any = None,
    indent: bool = False,
    keep: bool = False,
) -> Any:
    """A paragraph; one to `keep` stands on the page of what follows."""
    paragraph = where.add_paragraph()
    paragraph.paragraph_format.line_spacing = Pt(29)
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.keep_with_next = keep
    if align is not None:
        paragraph.alignment = align
    if indent:
        paragraph.paragraph_format.first_line_indent = size * 2
    for part in parts:
        _part(paragraph, part, font, size)
    return paragraph


def _part(paragraph: Any, part: Part, font: str, size: Any) -> None:
    run = _run(paragraph, text_of(part), font, size)
    if isinstance(part, Figure) and part.link:
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), paragraph.part.relate_to(part.link, HYPERLINK, is_external=True))
        run._element.addprevious(link)
        link.append(run._element)


def _linked(part: Part, address: str) -> Part:
    """The same, with the whole address."""
    if isinstance(part, Figure) and part.link:
        return replace(part, link=f"{address}{part.link}")
    return part


def _run(paragraph: Any, text: str, font: str, size: Any) -> Any:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = font, size
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    return run


def _table(document: Any, block: Table, address: str) -> None:
    _write(document, [block.caption], HEADING_FONT, Pt(14), align=CENTER, keep=True)
    table = document.add_table(rows=0, cols=len(block.columns))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    margins = OxmlElement("w:tblCellMar")
    for side in ("w:left", "w:right"):
        margin = OxmlElement(side)
        margin.set(qn("w:w"), "40")  # twentieths of a point: 100% fits into one line
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)
    others = (WIDTH - FIRST_COLUMN) // (len(block.columns) - 1)
    widths = [FIRST_COLUMN, *(others for _ in block.columns[1:])]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    _row(table, block.columns, HEADING_FONT, widths, "w:tblHeader")
    for row in block.rows:
        _row(table, [_linked(part, address) for part in row], TEXT_FONT, widths)


def _row(table: Any, parts: Sequence[Part], font: str, widths: Sequence[Any], *marks: str) -> None:
    """A row that no page cuts in two; the titles' stand on each page."""
    row = table.add_row()
    row.height = Cm(0.65)  # at least
    for mark in ("w:cantSplit", *marks):
        row._tr.get_or_add_trPr().append(OxmlElement(mark))
    for place, (cell, part, width) in enumerate(zip(row.cells, parts, widths, strict=True)):
        cell.width, cell.vertical_alignment = width, WD_CELL_VERTICAL_ALIGNMENT.CENTER
        if place:
            cell.paragraphs[0].alignment = CENTER
        _part(cell.paragraphs[0], part, font, Pt(10.5))
