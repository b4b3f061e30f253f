"""Workbooks: rows as high as their text, and no more links than a sheet may hold."""

import io
from typing import Any

import openpyxl

from console import sheets
from console.sheets import Cell, Led, Sheet, workbook


def made(*rows: list[Cell]) -> Any:
    columns = [("部门", 10), ("办理用时（工作日）", 10)]
    body = workbook([Sheet(title="统计", columns=columns, rows=rows)])
    return openpyxl.load_workbook(io.BytesIO(body))["统计"]


def test_a_row_is_as_high_as_its_longest_text() -> None:
    sheet = made(["教育局", 1], ["人力资源和社会保障局", 2], ["一\n二\nthree", 3])
    heights = [sheet.row_dimensions[number].height for number in (1, 2, 3, 4)]
    assert heights == [30, None, 30, 45]


def test_numbers_beyond_what_a_sheet_may_link_are_told_without(monkeypatch: Any) -> None:
    monkeypatch.setattr(sheets, "MOST_LINKS", 2)
    sheet = made(*(["教育局", Led(each, f"http://desk/{each}")] for each in range(4)))
    cells = [row[1] for row in sheet.iter_rows(min_row=2)]
    assert [each.value for each in cells] == [0, 1, 2, 3]
    assert [each.hyperlink and each.hyperlink.target for each in cells] == [
        "http://desk/0",
        "http://desk/1",
        None,
        None,
    ]
