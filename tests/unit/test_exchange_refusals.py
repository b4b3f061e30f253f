"""Files that are no table, too large, or in no known encoding: refused with what to do."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

from knowledge_base.exchange import (
    UnreadableFile,
    archive,
    files,
    read_rows,
    write_entries,
    write_rejected,
)
from tests.unit.test_exchange_files import plan_of, save_csv, save_xlsx


def old_workbook(path: Path) -> None:
    path.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 100)


def no_archive(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04 nothing")


def no_workbook(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "a")


def no_header(path: Path) -> None:
    save_xlsx(path, ["问", "什么"], *([["一", "二"]] * 20))


def broken_sheet(path: Path) -> None:
    save_xlsx(path.with_suffix(".full.xlsx"), ["问题", "答案"], ["一", "好"])
    with zipfile.ZipFile(path.with_suffix(".full.xlsx")) as full, zipfile.ZipFile(path, "w") as cut:
        for item in full.infolist():
            data = full.read(item)
            cut.writestr(item.filename, data[:-40] if "sheet1" in item.filename else data)


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (old_workbook, "另存为不带密码的 xlsx"),
        (no_archive, "打不开或已损坏"),
        (no_workbook, "打不开或已损坏"),
        (no_header, "找不到表头"),
        (broken_sheet, "打不开或已损坏"),
    ],
)
def test_a_file_that_is_no_table_says_what_to_do(
    tmp_path: Path, make: Callable[[Path], None], told: str
) -> None:
    path = tmp_path / "a.xlsx"
    make(path)
    with pytest.raises(UnreadableFile) as caught:
        read_rows(path)
    assert told in caught.value.tell


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "LARGEST_UNPACKED", 5_000)
    path = save_xlsx(tmp_path / "a.xlsx", ["问题", "答案"], ["一", "好" * 10_000])
    with pytest.raises(UnreadableFile) as caught:
        read_rows(path)
    assert "解压后过大" in caught.value.tell


def test_a_sheet_of_millions_of_empty_cells_is_refused_before_it_is_read(
    tmp_path: Path,
) -> None:
    path = save_xlsx(tmp_path / "a.xlsx", ["问题", "答案"])
    rows = b"<row/>" * 1_000_000
    with zipfile.ZipFile(path) as small, zipfile.ZipFile(tmp_path / "b.xlsx", "w", 8) as huge:
        for name in small.namelist():
            if not name.startswith("xl/worksheets/"):
                huge.writestr(name, small.read(name))
        with huge.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(13):
                part.write(rows)
    with pytest.raises(UnreadableFile) as caught:
        read_rows(tmp_path / "b.xlsx")
    assert "格子太多" in caught.value.tell


def test_lines_with_nothing_but_borders_end_a_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["问题", "答案"])
    sheet.append(["一", "好"])
    sheet.cell(row=21_000, column=1).font = Font(bold=True)
    sheet.cell(row=1_040_000, column=1, value="落在最底下")
    book.save(tmp_path / "a.xlsx")
    assert [row.number for row in read_rows(tmp_path / "a.xlsx").rows] == [2]


def test_entities_in_a_sheet_are_not_expanded(tmp_path: Path) -> None:
    bomb = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    sheet = (
        f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "lol">{bomb}]>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&l9;</t></is></c></row></sheetData>'
        "</worksheet>"
    )
    full, path = save_xlsx(tmp_path / "full.xlsx", ["问题", "答案"]), tmp_path / "a.xlsx"
    with zipfile.ZipFile(full) as source, zipfile.ZipFile(path, "w") as archive:
        for item in source.infolist():
            data = sheet.encode() if "sheet1" in item.filename else source.read(item)
            archive.writestr(item.filename, data)
    with pytest.raises(UnreadableFile):
        read_rows(path)


def test_a_file_over_the_limit_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LARGEST_FILE", 10)
    with pytest.raises(UnreadableFile) as caught:
        read_rows(save_csv(tmp_path / "a.csv", "问题,答案\n一,好\n"))
    assert "请拆成几个文件" in caught.value.tell


@pytest.mark.parametrize("name", ["a.xls", "a.docx", "a", "a.json"])
def test_another_format_is_refused_by_name(tmp_path: Path, name: str) -> None:
    for act in (read_rows, lambda path: write_entries(path, [])):
        with pytest.raises(UnreadableFile) as caught:
            act(tmp_path / name)
        assert "xlsx、csv 和 jsonl" in caught.value.tell


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_rows(tmp_path / "no.csv")
    assert caught.value.tell == "找不到这个文件"


def test_csv_that_cannot_be_decoded_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("问题,答案\n".encode() + b"\xff\xff\xff")
    with pytest.raises(UnreadableFile) as caught:
        read_rows(path)
    assert "CSV UTF-8" in caught.value.tell


@pytest.mark.parametrize(
    "spoilt",
    ['二,"好', '二,"好"啊', '二,"好\n' + "字" * 1_100_000],
    ids=["not closed", "closed too early", "longer than any cell"],
)
def test_an_odd_quotation_mark_spoils_its_own_line_alone(tmp_path: Path, spoilt: str) -> None:
    path = save_csv(tmp_path / "a.csv", f'问题,答案\n一,好\n{spoilt}\n三,"好,\n真好"\n四,好\n')
    plan = plan_of(path)
    assert [(each.question, each.answer) for each in plan.added] == [
        ("一", "好"),
        ("三", "好,\n真好"),
        ("四", "好"),
    ]
    assert plan.rejected[0].row.number == 3
    assert "双引号" in plan.rejected[0].reason
    assert "二" in read_back(write_rejected(path, plan.rejected))


def test_a_line_in_an_encoding_of_its_own_does_not_spoil_the_others(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    lines = ["问题,答案\n一,好\n".encode(), "二,好\n".encode("gb18030"), b"\xe4\xff,\xff\n"]
    path.write_bytes(b"".join([*lines, "四,好\n".encode()]))
    plan = plan_of(path)
    assert [each.question for each in plan.added] == ["一", "二", "四"]
    assert "编码" in plan.rejected[0].sentence
    assert "�" in read_back(write_rejected(path, plan.rejected))


def read_back(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig")
