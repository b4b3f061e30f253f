"""The header of a bureau's table: grouped columns, other words for them, printed pages."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from knowledge_base.entry import Entry
from knowledge_base.exchange import ImportFile, plan_import, read_rows

GROUPS = [
    *("序号", "业务类别", "问题", None, "答复内容", "责任单位（科室）", "咨询电话"),
    *("政策依据", None, "有效期", None),
]
NAMES = [*[None] * 2, "标准问题", "其他问法", *[None] * 3, "文件名称", "文号", "起", "止"]
ROW = [
    *(1, "社会保险", "失业金领多久", "失业金能领几个月", "最长24个月。\n电话0578-5550124"),
    *("社保中心", "5550124", "失业保险条例", "国务院令第258号", "1999年1月22日", "长期有效"),
]


def saved(path: Path, *lines: list[object], merged: str = "") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in lines:
        sheet.append(line)
    for area in merged.split():
        sheet.merge_cells(area)
    book.save(path)
    return path


def only(file: ImportFile) -> Entry:
    plan = plan_import(file.rows, [])
    assert plan.rejected == ()
    (entry,) = plan.added
    return entry


@pytest.mark.parametrize(
    "merged", ["", "A1:K1 C3:D3 H3:I3 J3:K3 A3:A4 B3:B4 E3:E4 F3:F4 G3:G4"], ids=["flat", "merged"]
)
def test_a_header_of_two_rows_with_a_title_above_is_one_header(tmp_path: Path, merged: str) -> None:
    title = ["常见问题解答汇总表（2026年3月）"], ["填报单位：人社局", None, "填报人：张三"]
    read = read_rows(saved(tmp_path / "a.xlsx", *title, GROUPS, NAMES, ROW, merged=merged))
    entry = only(read)
    assert (entry.question, entry.variants) == ("失业金领多久", ("失业金能领几个月",))
    assert (entry.answer, entry.topic) == (ROW[4], "社会保险")
    assert (entry.valid_from, entry.valid_until) == (date(1999, 1, 22), None)
    assert (entry.source.title, entry.source.number) == ("失业保险条例", "国务院令第258号")
    assert read.unknown == ("咨询电话",)


def test_a_header_that_comes_again_on_every_page_is_no_row(tmp_path: Path) -> None:
    lines = GROUPS, NAMES, ROW, GROUPS, NAMES
    assert only(read_rows(saved(tmp_path / "a.xlsx", *lines))).question == "失业金领多久"


def test_a_row_without_an_answer_is_no_second_header(tmp_path: Path) -> None:
    header: list[object] = ["问题", "答案", "部门"]
    path = saved(tmp_path / "a.xlsx", header, ["试用期多久", None, "单位"], ["甲", "乙", "丙"])
    plan = plan_import(read_rows(path).rows, [])
    assert [each.sentence for each in plan.rejected] == ["第 2 行“答案”：答案不能为空"]
    assert [each.question for each in plan.added] == ["甲"]


@pytest.mark.parametrize("name", ["答复内容", "回复", "解答", "参考答案", "政策解答（口径）"])
def test_an_answer_is_found_by_what_bureaus_call_it(tmp_path: Path, name: str) -> None:
    assert (
        only(read_rows(saved(tmp_path / "a.xlsx", ["常见问题", name], ["甲", "乙"]))).answer == "乙"
    )


def test_one_question_twice_is_told_by_its_row_and_whether_the_answers_agree(
    tmp_path: Path,
) -> None:
    header: list[object] = ["问题", "答案"]
    rows = ["几点开门", "九点"], ["几点开门？", "九点"], ["请问几点开门", "八点"]
    plan = plan_import(read_rows(saved(tmp_path / "a.xlsx", header, *rows)).rows, [])
    assert [each.sentence for each in plan.rejected] == [
        "第 3 行“问题”：和第 2 行是同一个问题，答案也一样，删去一行就行",
        "第 4 行“问题”：和第 2 行是同一个问题，答案却不同，请核对，留下对的，或写明各自的地区",
    ]
