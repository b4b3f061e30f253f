"""The command line at its edges: what scripts read of exit codes and files."""

import gc
import json
import re
from pathlib import Path

import pytest

from tests.worlds.command_line import huiying, rows_in

pytestmark = pytest.mark.usefixtures("empty_folder")


@pytest.mark.parametrize("received", ["9999-12-31", "0001-01-01T00:00:00+08:00"])
def test_a_date_beyond_the_calendar_is_wrong_input(received: str) -> None:
    told = huiying("due", "--received", received, "--days", "5")
    assert told.exit_code == 2
    assert "--received" in told.stderr


def test_ids_come_back_as_the_files_have_them(tmp_path: Path) -> None:
    entries = rows_in(
        tmp_path / "e.jsonl",
        {"id": 7, "question": "低保怎么申请", "answer": "到窗口办。"},
        {"id": "b", "question": "身份证丢了怎么办", "answer": "到派出所办。"},
    )
    queries = rows_in(tmp_path / "q.jsonl", {"qid": 1, "text": "低保怎么申请", "pos": [7]})
    files = ("--entries", entries, "--queries", queries, "--encoder", "none")
    assert huiying("kb", "eval", *files, "--per-query", "out.jsonl", "--json").exit_code == 0
    (row,) = map(json.loads, (tmp_path / "out.jsonl").read_text("utf-8").splitlines())
    assert (row["qid"], row["entry"], row["ranking"][0]) == (1, 7, 7)


def test_routed_rows_keep_their_id(tmp_path: Path) -> None:
    rows = [{"id": n, "text": f"{t}{n}", "label": t} for n in range(6) for t in ("停水", "入学")]
    known, asked = rows_in(tmp_path / "t.jsonl", *rows), rows_in(tmp_path / "s.jsonl", rows[-1])
    files = ("--train", known, "--test", asked, "--encoder", "none")
    assert huiying("route", "eval", *files, "--per-row", "out.jsonl", "--json").exit_code == 0
    assert json.loads((tmp_path / "out.jsonl").read_text("utf-8"))["id"] == 5


@pytest.mark.parametrize(
    ("command", "option"),
    [
        (("kb", "eval", "--entries", "E", "--queries", "Q"), "--per-query"),
        (("kb", "fit", "--entries", "E", "--queries", "Q"), "--out"),
        (("route", "eval", "--train", "T", "--test", "S"), "--per-row"),
    ],
)
def test_a_result_that_could_not_be_written_is_refused_before_the_work(
    command: tuple[str, ...], option: str
) -> None:
    told = huiying(*command, option, "no/such/folder/out.jsonl")
    assert told.exit_code == 2
    assert option in told.stderr


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("backup", "no/copy.db"), "there is no folder no"),
        (("kb", "export", "no/out.csv"), "there is no folder no"),
        (("kb", "snapshot", "no/open.db"), "there is no folder no"),
        (("kb", "template", "."), "it is a folder"),
        (("demo", "--data", "taken"), "it is a file"),
    ],
)
def test_a_place_that_nothing_can_be_written_to_is_told_with_the_next_step(
    command: tuple[str, ...], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUIYING_ENCODER__KIND", "none")
    Path("taken").touch()
    huiying("migrate")
    told = huiying(*command)
    assert told.exit_code == 2
    assert words in told.stderr
    assert "Errno" not in told.stderr


def test_an_evaluation_says_that_it_measured_words_alone() -> None:
    entries = rows_in(
        Path("E.jsonl"), {"id": "1", "question": "身份证怎么办", "answer": "去派出所"}
    )
    queries = rows_in(Path("Q.jsonl"), {"qid": "1", "text": "身份证怎么办", "pos": ["1"]})
    files = ("--entries", entries, "--queries", queries)
    told = huiying("kb", "eval", *files, "--encoder", "http://127.0.0.1:1/v1/embeddings")
    assert told.exit_code == 0
    assert "by words alone: the entries could not be encoded" in told.stdout


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("kb", "eval", "--entries", "X", "--queries", "X"), "nothing was done"),
        (("kb", "fit", "--entries", "X", "--queries", "X", "--out", "m.json"), "nothing was done"),
        (("kb", "import", "X"), "nothing was done"),
        (("kb", "research", "X"), "nothing was done"),
        (("route", "eval", "--train", "X", "--test", "X"), "nothing was done"),
        (("ask", "低保", "--entries", "X"), "nothing was done"),
        (("calendar", "import", "X"), "nothing was done"),
        (("departments", "import", "X"), "nothing was done"),
        (("restore", "X"), "nothing was done"),
    ],
)
@pytest.mark.parametrize("kind", ["missing", "folder"])
def test_a_file_that_cannot_be_read_is_told_with_the_next_step(
    command: tuple[str, ...], words: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if kind == "folder" and command[1] == "research":
        Path("X").touch()
    elif kind == "folder":
        Path("X").mkdir()
    monkeypatch.setenv("HUIYING_ENCODER__KIND", "none")
    told = huiying(*command)
    assert told.exit_code == 2
    assert told.stderr.startswith("X: ")
    assert told.stderr.count("X") == 1
    assert words in told.stderr
    assert re.search(r"\. (Look at its name|Name a f)", told.stderr)


@pytest.mark.parametrize(
    ("command", "option"),
    [
        (("backup",), ""),
        (("kb", "export"), ""),
        (("kb", "snapshot"), ""),
        (("kb", "template"), ""),
        (("kb", "eval", "--entries", "E", "--queries", "E", "--per-query"), "--per-query "),
        (("kb", "fit", "--entries", "E", "--queries", "E", "--out"), "--out "),
        (("kb", "research", ".", "--vectors"), "--vectors "),
        (("route", "eval", "--train", "E", "--test", "E", "--per-row"), "--per-row "),
    ],
)
def test_a_place_that_takes_no_file_is_found_before_the_work(
    command: tuple[str, ...], option: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUIYING_ENCODER__KIND", "none")
    rows_in(Path("E"), {"id": "a", "text": "低保", "label": "民政局"})
    told = huiying(*command, "/proc/out.xlsx")  # root, too, can write nothing there
    assert told.exit_code == 2
    assert told.stderr.startswith(f"{option}/proc/out.xlsx: nothing was written: ")
    assert told.stderr.endswith(
        ". Name a file in a folder that the user who runs this may write to.\n"
    )


def test_an_import_whose_rejected_rows_can_be_kept_nowhere_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HUIYING_ENCODER__KIND", "none")
    Path("in.csv").write_text("问题,答案\n低保怎么办,到窗口办。\n没有答案,\n", encoding="utf-8")
    Path(".in.rejected.csv.part").mkdir()
    told = huiying("kb", "import", "in.csv")
    assert told.exit_code == 2
    assert "第 3 行" in told.stderr
    assert "nothing was imported: the 1 rejected rows could not be written beside" in told.stderr
    assert "0 entries" in huiying("kb", "export", "out.csv").stdout


def test_a_report_is_told_though_its_rows_cannot_be_written() -> None:
    rows = [{"id": n, "text": f"{t}{n}", "label": t} for n in range(6) for t in ("停水", "入学")]
    known, asked = rows_in(Path("t.jsonl"), *rows), rows_in(Path("s.jsonl"), rows[-1])
    files = ("--train", known, "--test", asked, "--encoder", "none")
    told = huiying("route", "eval", *files, "--per-row", "/dev/full", "--json")
    assert told.exit_code == 2
    assert json.loads(told.stdout)["test"] == 1
    assert "the report above is whole. Make room there" in told.stderr


def test_departments_above_each_other_are_refused_and_an_unknown_parent_is_told_with_its_row(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HUIYING_ENCODER__KIND", "none")
    head = "name,duties,parent\n"
    Path("circle.csv").write_text(f"{head}甲局,管甲,乙局\n乙局,管乙,甲局\n", encoding="utf-8")
    Path("above.csv").write_text(f"{head}乙局,管乙,甲局\n甲局,管甲,省厅\n", encoding="utf-8")
    told = huiying("departments", "import", "circle.csv", "--json")
    assert (told.exit_code, told.stdout) == (2, "")
    assert "nothing was imported: 甲局 → 乙局 → 甲局" in told.stderr
    taken = huiying("departments", "import", "above.csv", "--json")
    assert json.loads(taken.stdout) == {
        "departments": 2,
        "rejected": [],
        "unknown_columns": [],
        "unknown_parents": ["省厅"],
        "unknown_parent_rows": [3],
    }
    assert "row 3: taken, but parent 省厅 is no department of this desk" in taken.stderr
    rows = "".join(f"第{n}局,管事,县政府\n" for n in range(7))
    Path("many.csv").write_text(head + rows, encoding="utf-8")
    told = huiying("departments", "import", "many.csv").stderr
    assert "7 rows (2, 3, 4, 5, 6 …): taken, but parent 县政府 is no department" in told


def test_a_table_of_departments_says_what_it_left_out_and_that_it_is_empty(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HUIYING_ENCODER__KIND", "none")
    Path("more.csv").write_text("名称,颜色\n甲局,红\n", encoding="utf-8")
    Path("none.csv").write_text("名称\n", encoding="utf-8")
    told = huiying("departments", "import", "more.csv")
    assert "column 颜色 means nothing here and was left out" in told.stderr
    assert "nothing stands below its header" in huiying("departments", "import", "none.csv").stdout


def test_a_working_day_that_is_no_weekend_is_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIYING_ENCODER__KIND", "none")
    notice = {"year": 2027, "source": "国办", "off": ["2027-01-01"], "work": ["2027-01-04"]}
    Path("n.json").write_text(json.dumps(notice), encoding="utf-8")
    told = huiying("calendar", "import", "n.json")
    assert told.exit_code == 0
    assert "work: 2027-01-04 is a Monday, no weekend: is that date right?" in told.stderr


def test_bytes_of_no_encoding_are_told_with_what_to_save_them_as(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HUIYING_ENCODER__KIND", "none")
    Path("x.csv").write_bytes(bytes(range(128, 256)) * 9)
    told = huiying("departments", "import", "x.csv")
    assert told.exit_code == 2
    assert told.stderr == (
        "nothing was imported: x.csv: neither UTF-8 nor GB 18030: "
        "save it as xlsx, or as “CSV UTF-8”\n"
    )


@pytest.mark.parametrize(
    ("command", "name"),
    [
        ("export", "out.xlsx"),
        ("export", "out.csv"),
        ("export", "out.jsonl"),
        ("template", "out.xlsx"),
        ("snapshot", "out.db"),
    ],
)
@pytest.mark.filterwarnings("error")  # a workbook that is left open tells so when it is collected
def test_a_disk_that_fills_up_is_told_with_the_next_step(
    command: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUIYING_ENCODER__KIND", "none")
    rows = [f"第{n}件事怎么办,到窗口办。" for n in range(500)]
    Path("in.csv").write_text("\n".join(["问题,答案", *rows]), encoding="utf-8")
    huiying("kb", "import", "in.csv")
    Path(name).symlink_to("/dev/full")
    told = huiying("kb", command, name)
    gc.collect()
    assert told.exit_code == 2
    assert f"{name}: nothing was written: " in told.stderr
    assert "what was there is as it was. " in told.stderr
