"""Workbooks as WPS and old Excel write them: each is read as its people see it on the screen."""

from datetime import date
from pathlib import Path

import pytest

from knowledge_base.exchange import ImportPlan, UnreadableFile, plan_import, read_rows
from tests.values.foreign_workbook import CHINESE_DAY, DAY, head, number, row, text, write_workbook

A_DAY = date(2022, 5, 19)


def plan_of(path: Path) -> ImportPlan:
    return plan_import(read_rows(path).rows, [])


def days_of(path: Path) -> list[date | None]:
    return [each.checked_on for each in plan_of(path).added]


def test_days_are_read_with_a_dates_format_without_and_as_text(tmp_path: Path) -> None:
    cells = (
        number("C2", "44700", DAY),
        number("C3", "44700", CHINESE_DAY),
        number("C4", "44700"),
        number("C5", "44700.5"),
        '<c r="C6" t="str"><v>44700</v></c>',
        text("C7", "二〇二二年五月十九日"),
        text("C8", "2022.5.19"),
        text("C9", "２０２２年５月１９日"),
    )
    rows = "".join(row(n, f"问{n}", "答。", cell) for n, cell in enumerate(cells, start=2))
    assert days_of(write_workbook(tmp_path / "a.xlsx", head() + rows)) == [A_DAY] * len(cells)


def test_a_workbook_that_counts_from_1904_keeps_its_days(tmp_path: Path) -> None:
    rows = row(2, "甲", "答。", number("C2", "43238", DAY)) + row(
        3, "乙", "答。", number("C3", "43238")
    )
    path = write_workbook(tmp_path / "mac.xlsx", head() + rows, marks=' date1904="1"')
    assert days_of(path) == [A_DAY, A_DAY]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("二○二二年十二月三十一日", date(2022, 12, 31)),
        ("二零二二年十月十号", date(2022, 10, 10)),
        ("二〇二二年 一月 廿一日", date(2022, 1, 21)),
    ],
)
def test_days_in_words_are_understood(tmp_path: Path, written: str, meant: date) -> None:
    rows = row(2, "甲", "答。", text("C2", written))
    assert days_of(write_workbook(tmp_path / "a.xlsx", head() + rows)) == [meant]


@pytest.mark.parametrize(
    "written", ["二〇二二年二月三十日", "二〇二二年十十月一日", "二二年五月一日"]
)
def test_a_day_that_is_none_spoils_its_row_alone(tmp_path: Path, written: str) -> None:
    rows = row(2, "甲", "答。", text("C2", written)) + row(3, "乙", "答。")
    plan = plan_of(write_workbook(tmp_path / "a.xlsx", head() + rows))
    assert [each.question for each in plan.added] == ["乙"]
    assert written in plan.rejected[0].sentence


def test_shared_strings_keep_their_runs_and_leave_out_their_readings(tmp_path: Path) -> None:
    strings = (
        "<t>问题</t>",
        "<t>答案</t>",
        "<r><t>低保</t></r><r><rPr><b/></rPr><t>怎么申请</t></r>"
        '<rPh sb="0" eb="1"><t>dibao</t></rPh>',
        '<t xml:space="preserve">第一步\n第二步</t>',
    )
    cells = [f'<c r="{place}" t="s"><v>{n}</v></c>' for n, place in enumerate(("A1", "B1"))]
    more = [f'<c r="{place}" t="s"><v>{n}</v></c>' for n, place in enumerate(("A2", "B2"), 2)]
    rows = f'<row r="1">{"".join(cells)}</row><row r="2">{"".join(more)}</row>'
    (entry,) = plan_of(write_workbook(tmp_path / "s.xlsx", rows, strings=strings)).added
    assert (entry.question, entry.answer) == ("低保怎么申请", "第一步\n第二步")


def test_numbers_stand_as_the_screen_shows_them(tmp_path: Path) -> None:
    def answered(place: int, value: str) -> str:
        return (
            f'<row r="{place}">{text(f"A{place}", f"问{place}")}{number(f"B{place}", value)}</row>'
        )

    values = ("12345", "1.2345678901E10", "0.30000000000000004", "2022.1")
    rows = "".join(answered(n, value) for n, value in enumerate(values, start=2))
    found = plan_of(write_workbook(tmp_path / "n.xlsx", head() + rows)).added
    assert [each.answer for each in found] == ["12345", "12345678901", "0.3", "2022.1"]


def test_hidden_rows_are_read_and_counted(tmp_path: Path) -> None:
    rows = (
        row(2, "看得见", "答。")
        + row(3, "筛选掉的", "答。", marks=' hidden="1"')
        + '<row hidden="1" r="4"/>'
        + row(5, "折叠的", "答。", marks=' outlineLevel="1" hidden="true"')
    )
    file = read_rows(write_workbook(tmp_path / "h.xlsx", head() + rows))
    assert (len(file.rows), file.hidden) == (3, 2)


def test_a_formula_spoils_its_row_alone_and_a_merged_answer_fills_all(tmp_path: Path) -> None:
    rows = (
        row(2, "甲", "同一个答案")
        + f'<row r="3">{text("A3", "乙")}<c r="B3"/></row>'
        + f'<row r="4">{text("A4", "丙")}<c r="B4" t="str"><f>B2&amp;1</f><v>答1</v></c></row>'
        + f'<row r="5">{text("A5", "丁")}<c r="B5" t="e"><v>#REF!</v></c></row>'
    )
    merged = '<mergeCells count="1"><mergeCell ref="B2:B3"/></mergeCells>'
    plan = plan_of(write_workbook(tmp_path / "f.xlsx", head() + rows, after=merged))
    assert [each.answer for each in plan.added] == ["同一个答案"] * 2
    assert ["公式" in plan.rejected[0].sentence, "#REF!" in plan.rejected[1].sentence] == [True] * 2


def test_big5_is_named_and_not_read_as_other_characters(tmp_path: Path) -> None:
    path = tmp_path / "tw.csv"
    path.write_bytes("問題,答案\n社保卡補辦,帶身份證到窗口辦理。\n".encode("big5"))
    with pytest.raises(UnreadableFile) as refused:
        read_rows(path)
    assert "Big5" in refused.value.tell


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_traditional_characters_in_a_known_encoding_are_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "tw.csv"
    path.write_bytes("问题,答案\n問題怎麼辦,找標準答案。\n".encode(encoding))
    assert len(plan_of(path).added) == 1
