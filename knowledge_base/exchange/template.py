"""The workbook that staff fill in: an empty sheet with the header, an example, and a guide."""

import io
from pathlib import Path

import openpyxl
from openpyxl.styles import Alignment, Font

from knowledge_base.entry_check import WORDINGS_LIMIT
from knowledge_base.exchange.columns import CHINESE
from knowledge_base.whole_file import unfinished

GUIDE: dict[str, str] = {
    "id": "可不填。填了就更新同一编号的条目；不填就按“问题”和“地区”找，找不到就新建。",
    "question": "必填。群众最常用的一句问法。",
    "variants": f"其他问法，一行一种（Alt+Enter 换行）或用 | 隔开，至多 {WORDINGS_LIMIT} 种",
    "negatives": "看着像、其实不是这个问题的问法，写法同上。",
    "answer": "必填。先说结论，再说在哪里办、带什么、多久、问谁。",
    "department": "负责的部门，写全称。",
    "topic": "主题，例如：户籍、教育。",
    "region": "只适用于某个乡镇、街道时才填。",
    "audience": "适用对象，例如：本地户籍、个体工商户。",
    "source_title": "依据的法规、政策文件或办事指南的名称。",
    "source_number": "例如：国务院令第586号。",
    "source_url": "以 http:// 或 https:// 开头。",
    "checked_on": "最近一次核对的日期，写成 2026-01-31 或 2026年1月31日。",
    "valid_from": "从哪天起有效，可不填。",
    "valid_until": "到哪天失效，可不填；过期自动撤下。",
}
EXAMPLE: dict[str, str] = {
    "question": "居住证怎么办理",
    "variants": "办居住证要什么\n外地人怎么办居住证",
    "negatives": "居住证丢了怎么补",
    "answer": "带身份证和租房合同，到居住地派出所办理，十五个工作日内领证。",
    "department": "公安局",
    "topic": "户籍",
    "source_title": "居住证暂行条例",
    "source_number": "国务院令第663号",
    "checked_on": "2026-01-31",
}
_WIDTHS = {"question": 30, "variants": 40, "negatives": 30, "answer": 60, "source_title": 30}


def write_template(path: Path) -> None:
    """Three sheets: the one to fill in comes first, and is the one an import reads.

    Raises `OSError`; what was there then stays.
    """
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "知识库"
    _headed(sheet)
    sheet.freeze_panes = "A2"
    example = book.create_sheet("示例")
    _headed(example)
    for column, field in enumerate(CHINESE, start=1):
        cell = example.cell(row=2, column=column, value=EXAMPLE.get(field, ""))
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    guide = book.create_sheet("填写说明")
    guide.column_dimensions["A"].width, guide.column_dimensions["B"].width = 14, 90
    for row, (field, name) in enumerate(CHINESE.items(), start=1):
        guide.cell(row=row, column=1, value=name).font = Font(bold=True)
        guide.cell(row=row, column=2, value=GUIDE[field])
    whole = io.BytesIO()
    book.save(whole)  # what cannot be written breaks off here, not inside openpyxl
    with unfinished(path) as part:
        part.write_bytes(whole.getvalue())


def _headed(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
    for column, (field, name) in enumerate(CHINESE.items(), start=1):
        sheet.cell(row=1, column=column, value=name).font = Font(bold=True)
        letter = openpyxl.utils.get_column_letter(column)
        sheet.column_dimensions[letter].width = _WIDTHS.get(field, 14)
