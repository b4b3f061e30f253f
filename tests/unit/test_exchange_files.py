"""Exchange files as people make them: with Excel, WPS, a text editor, a script."""

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from knowledge_base.entry import Entry, Source
from knowledge_base.exchange import (
    ImportFile,
    ImportPlan,
    plan_import,
    read_rows,
    write_entries,
    write_rejected,
)

ENTRY = Entry(
    id="zj-001",
    question="住房公积金怎么提取？",
    variants=("公积金咋取", "提取公积金要啥"),
    negatives=("公积金贷款怎么办",),
    answer="登录手机公积金，选择提取。\n三个工作日到账。",
    department="住房公积金管理中心",
    topic="公积金",
    region="云和县",
    audience="个人",
    source=Source(
        title="《住房公积金管理条例》第二十四条",
        number="国务院令第350号",
        url="https://www.gov.cn/zhengce/a.htm",
    ),
    checked_on=date(2026, 11, 1),
    valid_from=date(2022, 5, 19),
    valid_until=date(2027, 12, 31),
)


def plan_of(path: Path) -> ImportPlan:
    return plan_import(read_rows(path).rows, [])


def only(path: Path) -> Entry:
    plan = plan_of(path)
    assert plan.rejected == ()
    (entry,) = plan.added
    return entry


def save_xlsx(path: Path, *lines: list[object]) -> Path:
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    book.save(path)
    return path


def save_csv(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("ending", ["xlsx", "csv", "jsonl"])
def test_every_field_survives_the_way_out_and_back(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"kb.{ending}"
    write_entries(path, [ENTRY])
    plan = plan_import(read_rows(path).rows, [ENTRY])
    assert plan == ImportPlan(unchanged=(ENTRY,))
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("ending", ["xlsx", "csv", "jsonl"])
def test_no_entries_make_a_file_with_nothing_but_its_header(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"kb.{ending}"
    write_entries(path, [])
    assert read_rows(path) == ImportFile(rows=())


def test_a_sheet_with_a_title_above_chinese_columns_in_another_order_is_understood(
    tmp_path: Path,
) -> None:
    path = save_xlsx(
        tmp_path / "a.xlsx",
        ["云和县知识库（2026年）"],
        [],
        ["序号", "答案（必填）", " 标准问题 *", "责任单位", "生效日期", "相似问1", "相似问2"],
        [1, "带身份证。", "护照怎么办", "公安局", datetime(2022, 5, 19), "出国证件", "护照 办理；"],
        [None, " ", None],
    )
    entry = only(path)
    assert (entry.question, entry.answer, entry.department) == (
        "护照怎么办",
        "带身份证。",
        "公安局",
    )
    assert entry.variants == ("出国证件", "护照 办理")
    assert entry.valid_from == date(2022, 5, 19)


def test_english_columns_and_numbers_in_text_cells_are_understood(tmp_path: Path) -> None:
    header = ["id", "question", "answer", "source_number", "valid_until"]
    path = save_xlsx(tmp_path / "a.xlsx", header, [1001, "热线电话？", 12345, 350.0, 46022])
    entry = only(path)
    assert (entry.id, entry.answer, entry.source.number) == ("1001", "12345", "350")
    assert entry.valid_until == date(2025, 12, 31)


def test_the_sheet_with_the_header_is_found_behind_a_cover_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["填表说明"])
    sheet = book.create_sheet("数据")
    sheet.append(["问题", "答案"])
    sheet.append(["问", "答"])
    book.save(tmp_path / "a.xlsx")
    assert only(tmp_path / "a.xlsx").answer == "答"


def several_sheets(path: Path) -> Path:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.title = "社保科"
    first.append(["问题", "答案"])
    first.append(["社保卡丢了怎么办", "先挂失。"])
    second = book.create_sheet("医保科")
    second.append(["医保科常见问题"])
    second.append(["问题", "答复"])
    second.append(["医保断缴了能补吗", "三个月内可以补。"])
    second.append(["社保卡丢了怎么办", "重复的。"])
    for name, lines in (("缴费标准", [["甲", "乙"]]), ("空白", []), ("填写说明", [["说明"]])):
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    hidden = book.create_sheet("旧稿")
    hidden.append(["问题", "答案"])
    hidden.append(["旧的问题", "旧的答案"])
    hidden.sheet_state = "hidden"
    book.save(path)
    return path


def test_every_sheet_with_a_header_is_read_and_the_others_are_named(tmp_path: Path) -> None:
    read = read_rows(several_sheets(tmp_path / "a.xlsx"))
    plan = plan_import(read.rows, [])
    assert [entry.question for entry in plan.added] == ["社保卡丢了怎么办", "医保断缴了能补吗"]
    assert read.unread == ("缴费标准", "旧稿")
    (told,) = (each.sentence for each in plan.rejected)
    assert told.startswith("“医保科”表第 4 行“问题”：和“社保科”表第 2 行是同一个问题")


def test_several_questions_in_a_cell_are_one_entry_and_its_wordings(tmp_path: Path) -> None:
    path = save_xlsx(
        tmp_path / "a.xlsx",
        ["问题", "答案", "相似问"],
        ["1.社保卡丢了怎么办？\n2、挂失打什么电话", "打 12333。", "社保卡不见了"],
        ["落户要什么？\n\n迁户口要什么？", "带户口簿。", ""],
        ["刚退休的人\n怎么领养老金", "每月发。", ""],
        ["2.5公里内接送吗", "接。", ""],
    )
    first, second, third, fourth = plan_of(path).added
    assert (first.question, first.variants) == (
        "社保卡丢了怎么办？",
        ("社保卡不见了", "挂失打什么电话"),
    )
    assert (second.question, second.variants) == ("落户要什么？", ("迁户口要什么？",))
    assert [third.question, fourth.question] == ["刚退休的人 怎么领养老金", "2.5公里内接送吗"]
    assert plan_import(read_rows(path).rows, plan_of(path).added).added == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_is_read_in_the_encodings_and_with_the_delimiters_that_spreadsheets_write(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    text = '问题,答案,相似问\r\n"怎么,办",第一行,甲|乙\r\n'.replace(",", delimiter)
    entry = only(save_csv(tmp_path / "a.csv", text, encoding))
    assert (entry.question, entry.variants) == (
        f"怎么{delimiter}办".replace("\t", " "),
        ("甲", "乙"),
    )


def test_csv_is_written_with_the_mark_by_which_excel_knows_utf_8(tmp_path: Path) -> None:
    write_entries(tmp_path / "a.csv", [ENTRY])
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    "text", ["=1+1", "+86 578 1234", "-5 度", "@所有人", "'=x", "''-y", "'引用'"]
)
def test_a_text_that_a_spreadsheet_would_compute_stays_text(tmp_path: Path, text: str) -> None:
    entry = Entry(id="a", question=text, answer=text, variants=(text,))
    for ending in ("csv", "xlsx"):
        path = tmp_path / f"a.{ending}"
        write_entries(path, [entry])
        assert len(plan_import(read_rows(path).rows, [entry]).unchanged) == 1
    assert ",=" not in (tmp_path / "a.csv").read_text(encoding="utf-8-sig")


def test_a_formula_is_rejected_with_its_place_and_the_rest_is_kept(tmp_path: Path) -> None:
    path = save_xlsx(
        tmp_path / "a.xlsx",
        ["序号", "问题", "答案"],
        ["=ROW()", "一", '=HYPERLINK("http://a","b")'],
        ["=ROW()", "二", "好"],
    )
    plan = plan_of(path)
    assert [entry.question for entry in plan.added] == ["二"]
    assert [one.sentence for one in plan.rejected] == ["第 2 行“答案”：单元格是公式，请粘贴为数值"]


def test_the_sign_excel_keeps_for_a_carriage_return_is_a_line_break(tmp_path: Path) -> None:
    path = save_xlsx(tmp_path / "a.xlsx", ["问题", "答案"], ["一", "先取号_x000D_再排队"])
    assert only(path).answer == "先取号\n再排队"


def test_an_error_value_in_a_cell_is_rejected(tmp_path: Path) -> None:
    path = save_xlsx(tmp_path / "a.xlsx", ["问题", "答案"], ["一", "#REF!"])
    assert "错误值 #REF!" in plan_of(path).rejected[0].reason


def test_a_comma_without_quotes_is_noticed_instead_of_shifting_the_columns(tmp_path: Path) -> None:
    path = save_csv(
        tmp_path / "a.csv", "问题,答案,部门\n一,先去窗口,再交钱,民政局\n二,好,民政局,,\n"
    )
    plan = plan_of(path)
    assert "比表头多出 1 列" in plan.rejected[0].reason
    assert [entry.question for entry in plan.added] == ["二"]


@pytest.mark.parametrize("ending", ["xlsx", "csv", "jsonl"])
def test_rejected_rows_come_back_in_the_same_format_and_can_be_mended_there(
    tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"kb.{ending}"
    long = Entry(id="b", question="二", answer="=答" * 10_001, topic="原样")
    write_entries(path, [ENTRY, long])
    target = write_rejected(path, plan_of(path).rejected)
    again = read_rows(target)
    assert (target.name, len(again.rows), again.unknown) == (f"kb.rejected.{ending}", 1, ())
    assert again.rows[0].fields["topic"] == "原样"
    assert "超过 20000 个字" in str(again.rows[0].original)


def test_headers_without_a_meaning_are_named(tmp_path: Path) -> None:
    path = save_csv(tmp_path / "a.csv", "问题,答案,相似說法,序号\n一,好,甲,1\n")
    assert read_rows(path).unknown == ("相似說法",)
    jsonl = tmp_path / "a.jsonl"
    jsonl.write_text('{"id":"1","answer":"a","varients":[]}', encoding="utf-8")
    assert read_rows(jsonl).unknown == ("varients",)


def test_progress_counts_the_rows(tmp_path: Path) -> None:
    written: list[int] = []
    read: list[int] = []
    write_entries(tmp_path / "a.xlsx", [ENTRY, ENTRY], written.append)
    read_rows(tmp_path / "a.xlsx", read.append)
    assert (written, read) == ([1, 2], [1, 2])


@pytest.mark.parametrize("ending", ["xlsx", "csv", "jsonl"])
def test_an_export_that_fails_leaves_the_earlier_file(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a.{ending}"
    write_entries(path, [ENTRY])
    before = path.read_bytes()

    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_entries(path, [ENTRY, ENTRY], stop)
    assert path.read_bytes() == before
    assert len(list(tmp_path.iterdir())) == 1


def test_more_wordings_than_a_cell_holds_are_spread_over_columns(tmp_path: Path) -> None:
    many = Entry(
        id="a", question="问", answer="答", variants=tuple(f"{n}" * 600 for n in range(100, 200))
    )
    for ending in ("xlsx", "csv"):
        write_entries(tmp_path / f"a.{ending}", [many, ENTRY])
        plan = plan_import(read_rows(tmp_path / f"a.{ending}").rows, [many, ENTRY])
        assert (len(plan.unchanged), plan.rejected) == (2, ())
