"""The commands of the knowledge base, with files as they come."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from typer.testing import Result

from bot.commands.common import desk_storage
from bot.config import load_settings
from knowledge_base.exchange.files import LARGEST_FILE
from tests.worlds.command_line import huiying, rows_in

ENTRIES = (
    {"id": "a", "question": "身份证丢了怎么补办", "answer": "到派出所补办。", "dept": "公安局"},
    {"id": "b", "question": "社保卡丢了怎么补办", "answer": "到社保窗口补办。", "topic": "社保"},
    {"id": "c", "question": "居住证到期怎么续签", "answer": "到居住地派出所续签。"},
)
QUERIES = (
    {"qid": "1", "text": "身份证丢了怎么补办", "pos": ["a"], "neg": ["b"], "kind": "close"},
    {"qid": "2", "text": "社保卡丢了去哪补", "pos": ["b"], "kind": "colloquial"},
    {"qid": "3", "text": "给我讲个笑话", "pos": [], "kind": "oos"},
    {"id": "4", "text": "社保", "scope": "in", "sub": "short"},
    {"qid": "5", "text": "居住证办理", "pos": ["gone"]},
)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A desk without an encoder."""
    path = tmp_path / "huiying.toml"
    database = f"sqlite:///{tmp_path / 'desk.db'}"
    path.write_text(f'database_url = "{database}"\n[encoder]\nkind = "none"\n', "utf-8")
    return path


def evaluated(folder: Path, *more: object) -> Result:
    """`kb eval` of the small set."""
    entries, queries = rows_in(folder / "e.jsonl", *ENTRIES), rows_in(folder / "q.jsonl", *QUERIES)
    given = ("--entries", entries, "--queries", queries, "--encoder", "none", *more)
    return huiying("kb", "eval", *given)


def test_an_evaluation_reports_every_figure_that_is_promised(tmp_path: Path) -> None:
    told = json.loads(evaluated(tmp_path, "--json").stdout)
    assert {"top1", "top3", "top5", "mrr10", "above_near_misses"} == set(told["ranking"])
    decision = {"coverage", "right_direct", "wrong_answers", "suggestion_hits", "leak"}
    assert decision <= set(told["decision"])
    assert set(told["by_kind"]) == {"close", "colloquial", "oos", "short"}
    assert set(told["by_department"]) == {"公安局"}
    assert set(told["by_topic"]) == {"社保"}
    assert told["without_known_entry"] == 1


def test_an_entry_of_a_file_is_asked_only_while_it_is_valid(tmp_path: Path) -> None:
    gone = {"id": "a", "question": "今年的补贴怎么领", "answer": "到民政局。"}
    over, begun = {"valid_until": "2020-01-01"}, {"valid_from": "2020-01-01"}
    for days, decision in ((over, "none"), (begun, "answer")):
        entries = rows_in(tmp_path / "e.jsonl", {**gone, **days})
        asked = huiying(
            "ask", gone["question"], "--entries", entries, "--encoder", "none", "--json"
        )
        assert json.loads(asked.stdout)["decision"] == decision


def test_a_day_that_does_not_exist_ends_the_command_naming_its_row(tmp_path: Path) -> None:
    row = {"id": "a7", "question": "补贴", "answer": "到民政局。", "valid_until": "2026-02-30"}
    told = huiying("ask", "补贴", "--entries", rows_in(tmp_path / "e.jsonl", row))
    assert (told.exit_code, "a7" in told.stderr) == (2, True)


def test_a_bare_topic_is_not_explained_by_a_chance_it_does_not_reach(tmp_path: Path) -> None:
    entries = rows_in(tmp_path / "e.jsonl", *ENTRIES)
    asked = huiying("ask", "社保", "--entries", entries, "--encoder", "none", "--json")
    told = json.loads(asked.stdout)
    assert told["decision"] == "suggest"
    assert "only names 社保" in told["reason"]


def test_a_person_reads_the_same_figures_with_intervals_and_a_plot(tmp_path: Path) -> None:
    told = evaluated(tmp_path).stdout
    for name in ("top-5 (R@5)", "MRR@10", "out-of-scope leak", "calibration error", "by kind"):
        assert name in told
    assert "1 name only entries that the file does not have" in told
    assert "worst misses:" in told


def test_each_question_leaves_a_row_in_the_order_of_the_file(tmp_path: Path) -> None:
    evaluated(tmp_path, "--per-query", tmp_path / "rows.jsonl")
    lines = (tmp_path / "rows.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert [row["qid"] for row in rows] == ["1", "2", "3", "4", "5"]
    assert rows[0] | {"p": 1.0} == {
        "qid": "1",
        "decision": "answer",
        "entry": "a",
        "p": 1.0,
        "ranking": rows[0]["ranking"],
        "suggestions": [],
    }


def test_labelled_files_may_be_written_by_a_notepad(tmp_path: Path) -> None:
    entries, queries = (
        rows_in(tmp_path / "e.jsonl", *ENTRIES),
        rows_in(tmp_path / "q.jsonl", *QUERIES),
    )
    entries.write_bytes(entries.read_text("utf-8").encode("gb18030"))
    given = ("--entries", entries, "--queries", queries, "--encoder", "none")
    assert huiying("kb", "eval", *given).exit_code == 0
    queries.write_bytes(b"\xff\xff\n" * 3)
    refused = huiying("kb", "eval", *given)
    assert (refused.exit_code, "CSV UTF-8" in refused.stderr) == (2, True)


def test_a_bare_text_has_to_be_called_a_question_or_an_answer(tmp_path: Path) -> None:
    bare = tuple({"id": row["id"], "text": row["answer"]} for row in ENTRIES)
    entries, queries = rows_in(tmp_path / "e.jsonl", *bare), rows_in(tmp_path / "q.jsonl", *QUERIES)
    given = ("kb", "eval", "--entries", entries, "--queries", queries, "--encoder", "none")
    refused = huiying(*given)
    assert refused.exit_code == 2
    assert "--texts question or --texts answer" in refused.stderr
    told = json.loads(huiying(*given, "--texts", "answer", "--json").stdout)
    assert told["queries"] == 5


def imported(config: Path, file: Path, *more: object) -> Result:
    """`kb import` as a curator types it."""
    return huiying("kb", "import", file, "--config", config, *more)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0", "not one of .xlsx, .csv, .jsonl: save it as one of them"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0", "save it as xlsx, without a password"),
        ("a.xlsx", b"", "save it as xlsx again"),
        ("a.csv", b"", "one of the first lines must name a question and an answer column"),
        ("a.csv", b"\xff\xff\n" * 9, "save it as UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(
    tmp_path: Path, config: Path, name: str, data: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(data)
    told = imported(config, tmp_path / name)
    assert told.exit_code == 2
    assert told.stderr.startswith("nothing was imported: ")
    assert words in told.stderr


def test_a_file_of_more_than_fifty_megabytes_is_refused(tmp_path: Path, config: Path) -> None:
    with (tmp_path / "big.csv").open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    told = imported(config, tmp_path / "big.csv")
    assert (told.exit_code, "split it into several files" in told.stderr) == (2, True)


def test_bad_rows_come_back_with_reasons_and_good_ones_are_kept(
    tmp_path: Path, config: Path
) -> None:
    file = tmp_path / "a.csv"
    rows = "问题,答案,核对日期\n甲,好,2022年5月19日\n乙,,\n丙,好,去年\n丁,好,2022/5/19\n"
    file.write_bytes(rows.encode("gb18030"))
    told = imported(config, file)
    assert "2 added, 0 changed, 0 unchanged, 2 rejected" in told.stdout
    assert "第 3 行“答案”：答案不能为空" in told.stderr
    rejected = (tmp_path / "a.rejected.csv").read_text("utf-8-sig")
    assert "看不懂的日期“去年”，请写成 2022-05-19" in rejected
    again = json.loads(imported(config, file, "--json").stdout)
    assert (again["added"], again["unchanged"], again["rejected"]) == (0, 2, 2)


def test_a_dry_run_writes_nothing(tmp_path: Path, config: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("问题,答案\n甲,好\n", "utf-8")
    assert (
        "nothing was imported; an import would give" in imported(config, file, "--dry-run").stdout
    )
    told = json.loads(imported(config, file, "--json").stdout)
    assert told == {"added": 1, "changed": 0, "unchanged": 0, "rejected": 0, "rejected_file": None}


def test_what_of_a_file_was_left_out_is_told(tmp_path: Path, config: Path) -> None:
    book = Workbook()
    for row in (["问题", "答案", "颜色"], ["甲", "好", "红"]):
        book.active.append(row)
    book.create_sheet("另一张").append(["什么", "都不是"])
    book.save(tmp_path / "a.xlsx")
    told = imported(config, tmp_path / "a.xlsx")
    assert "columns that mean nothing here and were left out: 颜色" in told.stdout
    assert "sheets that were not read, for they are hidden or have no header: 另一张" in told.stdout
    again = json.loads(imported(config, tmp_path / "a.xlsx", "--json").stdout)
    assert (again["unknown_columns"], again["unread_sheets"]) == (["颜色"], ["另一张"])


def test_a_dry_run_of_a_replacement_says_what_it_would_withdraw_and_what_it_would_refuse(
    tmp_path: Path, config: Path
) -> None:
    files = {"both": "甲,好\n乙,好\n", "one": "甲,好\n", "none": "", "broken": "甲,好\n乙,\n"}
    for name, rows in files.items():
        (tmp_path / f"{name}.csv").write_text(f"问题,答案\n{rows}", "utf-8")
    imported(config, tmp_path / "both.csv", "--published-by", "ann", "--reviewed-by", "ben")
    one, none, broken = (
        imported(config, tmp_path / f"{name}.csv", "--replace", "--dry-run")
        for name in ("one", "none", "broken")
    )
    assert "1 unchanged, 0 rejected, 1 withdrawn" in one.stdout
    assert (none.exit_code, "would withdraw all" in none.stderr) == (2, True)
    assert (broken.exit_code, "1 rows are rejected" in broken.stderr) == (2, True)


def test_a_file_without_an_entry_says_so_and_replaces_nothing(tmp_path: Path, config: Path) -> None:
    good, empty = tmp_path / "a.csv", tmp_path / "b.csv"
    good.write_text("问题,答案\n甲,好\n", "utf-8")
    empty.write_text("问题,答案\n", "utf-8")
    imported(config, good, "--published-by", "ann", "--reviewed-by", "ben")
    assert "nothing stands below its header" in imported(config, empty).stdout
    assert imported(config, empty, "--replace").exit_code == 2
    huiying("kb", "export", tmp_path / "out.jsonl", "--config", config)
    assert "甲" in (tmp_path / "out.jsonl").read_text("utf-8")


def test_a_snapshot_and_a_template_are_written_where_they_are_wanted(
    tmp_path: Path, config: Path
) -> None:
    (tmp_path / "a.csv").write_text("问题,答案\n甲,好\n", "utf-8")
    imported(config, tmp_path / "a.csv", "--published-by", "ann", "--reviewed-by", "ben")
    told = huiying("kb", "snapshot", tmp_path / "open.db", "--config", config, "--json")
    assert json.loads(told.stdout)["entries"] == 1
    assert huiying("kb", "template", tmp_path / "t.xlsx").exit_code == 0
    assert huiying("kb", "template", tmp_path / "t.csv").exit_code == 2


TWO = ("--published-by", "ann", "--reviewed-by", "ben")


def make_golden(config: Path, text: str, entry: str) -> None:
    """A golden question, as the console adds it."""

    async def add() -> None:
        async with desk_storage(load_settings(config)) as storage:
            await storage.add_golden(
                text, entry, actor="ann", now=datetime(2026, 11, 1, tzinfo=UTC)
            )

    asyncio.run(add())


def test_a_file_that_breaks_a_golden_question_is_not_published_unless_it_is_said(
    tmp_path: Path, config: Path
) -> None:
    file = tmp_path / "a.csv"
    file.write_text("编号,问题,答案\na,身份证丢了怎么补办,到派出所。\n", "utf-8")
    imported(config, file, *TWO)
    make_golden(config, "身份证丢了怎么补办", "a")
    file.write_text("编号,问题,答案\na,居住证怎么续签,到派出所。\n", "utf-8")
    looked = imported(config, file, *TWO, "--dry-run", "--json")
    assert json.loads(looked.stdout)["golden"]["broken"] == ["身份证丢了怎么补办"]
    refused = imported(config, file, *TWO)
    assert refused.exit_code == 1
    assert "broken: 身份证丢了怎么补办: answer a → " in refused.stderr
    assert "say --anyway" in refused.stderr
    assert json.loads(imported(config, file, *TWO, "--anyway", "--json").stdout)["changed"] == 1


def test_withdrawing_by_replacement_asks_the_golden_questions_too(
    tmp_path: Path, config: Path
) -> None:
    file = tmp_path / "a.csv"
    file.write_text(
        "编号,问题,答案\na,身份证丢了怎么补办,到派出所。\nb,社保卡怎么办,到窗口。\n", "utf-8"
    )
    imported(config, file, *TWO)
    make_golden(config, "社保卡怎么办", "b")
    file.write_text("编号,问题,答案\na,身份证丢了怎么补办,到派出所。\n", "utf-8")
    assert imported(config, file, *TWO).exit_code == 0
    assert imported(config, file, *TWO, "--replace").exit_code == 1
