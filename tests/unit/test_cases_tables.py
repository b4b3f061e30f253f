"""What is imported: the table of departments and the notices on holidays."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cases.department_table import TableNotFit, _cell, read_departments
from cases.notice import NoticeNotFit, read_notice

SAMPLE = Path(__file__).parents[2] / "bot" / "sample_county" / "departments.csv"
NOTICE = {
    "year": 2027,
    "source": "国办发明电〔2026〕0号",
    "off": ["2027-01-01", "2026-12-31"],
    "work": ["2027-01-03"],
}


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_table_with_chinese_headers_in_any_order(tmp_path: Path, encoding: str) -> None:
    text = "电话,部门名称,关键词,职责,备注\n0500-1,住建局,物业、漏水 路灯，物业,管房子,x\n"
    table = read_departments(write(tmp_path / "t.csv", text, encoding))
    assert table.rejected == ()
    assert table.departments[0].name == "住建局"
    assert table.departments[0].keywords == ("物业", "漏水", "路灯")
    assert table.unknown == ("备注",)


@pytest.mark.parametrize("delimiter", ["\t", ";"])
def test_a_table_may_be_parted_as_other_spreadsheets_do(tmp_path: Path, delimiter: str) -> None:
    text = "\n名称,电话,职责\n住建局,0500-1,管房子\n".replace(",", delimiter).lstrip()
    table = read_departments(write(tmp_path / "t.csv", text))
    assert [(d.name, d.phone, d.duties) for d in table.departments] == [
        ("住建局", "0500-1", "管房子")
    ]


def test_a_spreadsheet_with_english_headers(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Name", "phone", "parent", None])
    book.active.append(["住建局", "12345", None, 0.5])
    book.active.append([None, None, None, None])
    book.save(tmp_path / "t.xlsx")
    table = read_departments(tmp_path / "t.xlsx")
    assert [(d.name, d.phone, d.parent) for d in table.departments] == [("住建局", "12345", "")]


def test_the_sample_county_has_fourteen_departments() -> None:
    table = read_departments(SAMPLE)
    assert len(table.departments) == 14
    assert table.rejected == ()


def test_rows_that_cannot_be_taken_are_named_with_their_reason(tmp_path: Path) -> None:
    text = f'name,phone\n住建局,1\n,2\n住建局,3\n{"长" * 51},4\n卫健局,"5\x07"\n短\n'
    table = read_departments(write(tmp_path / "t.csv", text))
    assert [(row.row, row.reason) for row in table.rejected] == [
        (3, "部门名称为空"),
        (4, "部门“住建局”前面已经有一行"),
        (5, "部门名称超过 50 字"),
        (6, "电话含有控制字符"),
    ]
    assert [department.name for department in table.departments] == ["住建局", "短"]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("t.csv", b"", "empty"),
        ("t.csv", "职责,电话\n".encode(), "no column for the name"),
        ("t.csv", "名称,name\n".encode(), "two columns"),
        ("t.csv", b"\xff\xff\xff", "t.csv"),
        ("t.csv", b'name\na\n"open', "row 3: a quotation mark without its other half"),
        ("t.csv", b"name\n" + b"x\n" * 5_002, "more than 5000 rows"),
        ("t.xlsx", b"no zip", "not an xlsx"),
        ("t.xlsx", b"PK\x05\x06" + bytes(18), "not an xlsx"),
    ],
)
def test_a_file_that_is_no_table_is_a_clear_error(
    tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(TableNotFit, match=says):
        read_departments(tmp_path / name)


def test_a_missing_or_enormous_table_is_a_clear_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(TableNotFit, match=r"none\.csv"):
        read_departments(tmp_path / "none.csv")
    monkeypatch.setattr("cases.department_table.MOST_BYTES", 3)
    with pytest.raises(TableNotFit, match=r"^\S+t\.csv: has 5 bytes"):
        read_departments(write(tmp_path / "t.csv", "name\n"))


def notice_file(tmp_path: Path, **changed: Any) -> Path:
    return write(tmp_path / "n.json", json.dumps(NOTICE | changed))


def test_a_notice_is_read_with_days_of_the_december_before(tmp_path: Path) -> None:
    notice = read_notice(notice_file(tmp_path))
    assert (notice.year, notice.work) == (2027, frozenset({date(2027, 1, 3)}))
    assert date(2026, 12, 31) in notice.off


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"extra": 1}, "extra is unknown: a notice is one object with exactly the keys"),
        ({"year": "2027"}, "year"),
        ({"year": True}, "year"),
        ({"year": 20270}, "year"),
        ({"source": " "}, "source"),
        ({"source": None}, "source"),
        ({"off": []}, "at least one day"),
        ({"off": "2027-01-01"}, "not a list"),
        ({"off": None}, "off"),
        ({"off": ["2027-13-01"]}, "2027-13-01"),
        ({"off": ["20270101"]}, "20270101"),
        ({"off": [20270101]}, "20270101"),
        ({"off": ["2028-01-01"]}, "neither in 2027"),
        ({"off": ["2026-11-30"]}, "neither in 2027"),
        ({"off": ["2027-01-01", "2027-01-01"]}, "twice"),
        ({"work": ["2027-01-01"]}, "in off and in work"),
    ],
)
def test_a_wrong_notice_is_refused_with_its_place(
    tmp_path: Path, changed: dict[str, Any], says: str
) -> None:
    path = notice_file(tmp_path, **changed)
    with pytest.raises(NoticeNotFit, match=says):
        read_notice(path)


@pytest.mark.parametrize("text", ["", "[]", "null", "[" * 5000, "{"])
def test_a_file_that_is_no_notice_is_a_clear_error(tmp_path: Path, text: str) -> None:
    with pytest.raises(NoticeNotFit):
        read_notice(write(tmp_path / "n.json", text))


def test_a_notice_that_says_something_twice_is_refused(tmp_path: Path) -> None:
    text = json.dumps(NOTICE)[:-1] + ', "off": []}'
    with pytest.raises(NoticeNotFit, match="the key off stands twice"):
        read_notice(write(tmp_path / "n.json", text))


def test_a_notice_in_another_encoding_is_told_how_to_save_it(tmp_path: Path) -> None:
    (tmp_path / "n.json").write_bytes('{"source": "国务院"}'.encode("gb18030"))
    with pytest.raises(NoticeNotFit, match="save it as UTF-8"):
        read_notice(tmp_path / "n.json")


def test_a_missing_notice_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(NoticeNotFit, match=r"none\.json"):
        read_notice(tmp_path / "none.json")


def test_a_phone_that_a_spreadsheet_took_for_a_quantity_stays_a_number() -> None:
    assert _cell(1.38e10) == "13800000000"
    assert _cell(0.5) == "0.5"
