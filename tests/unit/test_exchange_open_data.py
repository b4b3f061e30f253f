"""Merged cells, the template, and the published answers as open data."""

import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
import sqlite_utils

from knowledge_base.entry import Entry, Source, Status
from knowledge_base.exchange import read_rows, write_template
from knowledge_base.exchange.columns import CHINESE
from knowledge_base.exchange.open_data import write_open_data
from knowledge_base.exchange.template import GUIDE

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
TODAY = date(2026, 11, 21)
ENTRY = Entry(
    id="e1",
    question="居住证怎么办理",
    answer="到派出所办理。",
    variants=("办居住证要什么",),
    department="公安局",
    source=Source(title="居住证暂行条例"),
    author="李梅",
    reviewer="王强",
)


def snapshot(path: Path, *entries: Entry) -> int:
    return write_open_data(path, entries, place="云和县", made_at=NOW, today=TODAY)


def test_what_is_published_and_valid_is_open_and_nothing_else(tmp_path: Path) -> None:
    others = (
        replace(ENTRY, id="draft", status=Status.DRAFT),
        replace(ENTRY, id="gone", status=Status.WITHDRAWN),
        replace(ENTRY, id="over", valid_until=date(2026, 11, 20)),
        replace(ENTRY, id="not-yet", valid_from=date(2026, 11, 22)),
    )
    assert snapshot(tmp_path / "kb.db", ENTRY, *others) == 1
    database = sqlite_utils.Database(tmp_path / "kb.db")
    (row,) = database.table("entries").rows
    assert (row["id"], row["wordings"], row["source_title"]) == (
        "e1",
        "办居住证要什么",
        "居住证暂行条例",
    )
    database.close()
    everything = (tmp_path / "kb.db").read_bytes().decode("utf-8", "replace")
    assert "李梅" not in everything
    assert "王强" not in everything


def test_it_is_found_by_any_three_characters_in_a_row(tmp_path: Path) -> None:
    snapshot(tmp_path / "kb.db", ENTRY, replace(ENTRY, id="e2", question="别的", variants=()))
    database = sqlite_utils.Database(tmp_path / "kb.db")
    assert database.table("entries").detect_fts() == "entries_fts"
    for words in ("居住证怎", "派出所", "证要什"):
        assert "e1" in {row["id"] for row in database.table("entries").search(words)}
    assert {row["text"] for row in database.table("wordings").rows_where("entry = 'e1'")} == {
        "居住证怎么办理",
        "办居住证要什么",
    }
    database.close()


def test_it_is_found_by_words_of_two_characters_as_datasette_asks(tmp_path: Path) -> None:
    social = replace(
        ENTRY,
        id="s",
        question="社保卡丢了怎么办",
        answer="带身份证到医保大厅，或拨打12333热线（周一至周五）。ID card 也可以。",
        variants=("补社保卡",),
    )
    snapshot(tmp_path / "kb.db", ENTRY, social)
    database = sqlite_utils.Database(tmp_path / "kb.db")
    asked = (
        "SELECT id FROM entries WHERE rowid IN"
        " (SELECT rowid FROM entries_fts WHERE entries_fts MATCH ?)"
    )
    for word in ("社保", "医保", "卡", "12333", "12333热线", "card", "补社保卡", "医保大厅"):
        assert database.execute(asked, [f'"{word}"']).fetchall() == [("s",)], word
    assert database.execute(asked, ['"派出" "办理"']).fetchall() == [("e1",)]
    for word in ("社会", "保社", "1233"):
        assert database.execute(asked, [f'"{word}"']).fetchall() == [], word
    database.close()


def test_a_snapshot_that_fails_leaves_the_earlier_one(tmp_path: Path) -> None:
    path = tmp_path / "kb.db"
    snapshot(path, ENTRY)
    before = path.read_bytes()
    with pytest.raises(sqlite3.IntegrityError):
        snapshot(path, ENTRY, ENTRY)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_the_template_explains_every_column(tmp_path: Path) -> None:
    write_template(tmp_path / "t.xlsx")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert [cell.value for cell in book["知识库"][1]] == list(CHINESE.values())
    assert set(GUIDE) == set(CHINESE)
    assert book["填写说明"].max_row == len(CHINESE)


def test_a_merged_cell_stands_in_every_row_it_spans(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["知识库汇总表"])
    sheet.merge_cells("A1:C1")
    sheet.append(["部门", "问题", "答案"])
    for number in range(3):
        sheet.append(["公安局" if not number else None, f"第{number}问", f"第{number}答"])
    sheet.append(["民政局", "第3问", "第3答"])
    sheet.merge_cells("A3:A5")
    book.save(tmp_path / "merged.xlsx")
    rows = read_rows(tmp_path / "merged.xlsx").rows
    assert [row.fields["department"] for row in rows] == ["公安局"] * 3 + ["民政局"]


def test_a_merged_answer_belongs_to_both_questions(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (["问题", "答案"], ["甲问", "同一个答案"], ["乙问", None]):
        sheet.append(line)
    sheet.merge_cells("B2:B3")
    book.save(tmp_path / "merged.xlsx")
    rows = read_rows(tmp_path / "merged.xlsx").rows
    assert [row.fields["answer"] for row in rows] == ["同一个答案"] * 2
