"""A report as a docx, to be finished in Word or WPS."""

import io
from collections.abc import Sequence
from typing import Any, Final

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from console.reports.paper import Heading, Paper, Paragraph, Table, text_of

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# 公文格式 (GB/T 9704): 小标宋 for the title, 黑体 for headings, 仿宋 三号 for the text.
TITLE_FONT, HEADING_FONT, TEXT_FONT = "方正小标宋简体", "黑体", "仿宋"


def docx_of(paper: Paper) -> bytes:
    """The file, on A4 with the margins of an official document."""
    document = Document()
    _set_up(document)
    _write(document, [paper.title], TITLE_FONT, Pt(22), align=WD_ALIGN_PARAGRAPH.CENTER)
    for block in paper.blocks:
        match block:
            case Heading(text=text):
                _write(document, [text], HEADING_FONT, Pt(16), indent=True)
            case Paragraph(parts=parts):
                _write(document, [text_of(part) for part in parts], TEXT_FONT, Pt(16), indent=True)
            case Table():
                _table(document, block)
    _write(document, [paper.signed], TEXT_FONT, Pt(16), align=WD_ALIGN_PARAGRAPH.RIGHT)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _set_up(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)


def _write(
    where: Any,
    texts: Sequence[str],
    font: str,
    size: Any,
    *,
    align: Any = None,
    indent: bool = False,
) -> None:
    paragraph = where.add_paragraph()
    paragraph.paragraph_format.line_spacing = Pt(29)
    paragraph.paragraph_format.space_after = Pt(0)
    if align is not None:
        paragraph.alignment = align
    if indent:
        paragraph.paragraph_format.first_line_indent = size * 2
    for text in texts:
        _run(paragraph, text, font, size)


def _run(paragraph: Any, text: str, font: str, size: Any) -> None:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = font, size
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _table(document: Any, block: Table) -> None:
    _write(document, [block.caption], HEADING_FONT, Pt(14), align=WD_ALIGN_PARAGRAPH.CENTER)
    table = document.add_table(rows=1, cols=len(block.columns))
    table.style = "Table Grid"
    for cell, title in zip(table.rows[0].cells, block.columns, strict=True):
        _run(cell.paragraphs[0], title, HEADING_FONT, Pt(10.5))
    for row in block.rows:
        for cell, part in zip(table.add_row().cells, row, strict=True):
            _run(cell.paragraphs[0], text_of(part), TEXT_FONT, Pt(10.5))
