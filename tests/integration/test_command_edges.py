"""The command line at its edges: what scripts read of exit codes, settings and files."""

import gc
import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import build
from storage.sqlite_serving import ServingLock

KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"


def huiying(*arguments: object) -> Result:
    """The command, run to its end."""
    return CliRunner().invoke(build(), [str(each) for each in arguments])


def rows_in(path: Path, *rows: dict[str, object]) -> Path:
    """A jsonl file."""
    path.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), "utf-8")
    return path


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("received", ["9999-12-31", "0001-01-01T00:00:00+08:00"])
def test_a_date_beyond_the_calendar_is_wrong_input(received: str) -> None:
    told = huiying("due", "--received", received, "--days", "5")
    assert told.exit_code == 2
    assert "--received" in told.stderr


@pytest.mark.parametrize(
    "url", ["sqlite:////nowhere/at/all.db", "postgresql://nobody@127.0.0.1:1/none"]
)
@pytest.mark.parametrize("command", [("verify",), ("kb", "export", "out.csv"), ("ask", "低保")])
def test_a_database_out_of_reach_is_no_failed_check(
    url: str, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUIYING_DATABASE_URL", url)
    monkeypatch.setenv("HUIYING_ENCODER__KIND", "none")
    told = huiying(*command)
    assert told.exit_code == 2
    assert "database_url" in told.stderr


def test_the_environment_alone_configures_a_desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUIYING_DATABASE_URL", f"sqlite:///{tmp_path}/desk.db")
    told = huiying("verify", "--json")
    assert json.loads(told.stdout) == {"ok": True, "messages": 0, "violations": []}
    assert (tmp_path / "desk.db").exists()


def test_without_file_and_environment_a_command_says_where_it_looked() -> None:
    told = huiying("verify")
    assert told.exit_code == 2
    assert "huiying.toml" in told.stderr


@pytest.mark.parametrize(
    "command", [("due", "--received", "2026-09-18", "--days", "5"), ("ask", "低保")]
)
def test_a_configuration_named_in_the_environment_must_be_there(
    command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    entries = rows_in(tmp_path / "e.jsonl", {"id": "a", "question": "低保", "answer": "窗口办。"})
    monkeypatch.setenv("HUIYING_CONFIG", "gone.toml")
    more = ("--entries", entries) if command[0] == "ask" else ()
    told = huiying(*command, *more)
    assert told.exit_code == 2
    assert "gone.toml" in told.stderr


def test_a_group_of_keys_given_as_one_word_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIYING_CASES", "17:00")
    told = huiying("verify")
    assert told.exit_code == 2
    assert "HUIYING_CASES__KEY" in told.stderr


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("cases.cut_off", '[cases]\ncut_off = 17\n'),
        ("cases.cut_off", '[cases]\ncut_off = "17:00Z"\n'),
        ("public_url", 'public_url = "desk.example"\n'),
        ("port", "port = true\n"),
        ("host", 'host = ""\n'),
        ("host", 'host = "127.0.0.1\\u0000"\n'),
        ("cases.undo_seconds", "[cases]\nundo_seconds = true\n"),
        ("answering.region", '[answering]\nregion = "云和县\\u0007"\n'),
        ("accounts.main.api_base", f'[accounts.main]\nappid="w"\ntoken="t"\naes_key="{KEY}"\n'
         'api_base = "api.weixin.qq.com"\n'),
        ("accounts", f'[accounts."a/b"]\nappid="w"\ntoken="t"\naes_key="{KEY}"\n'),
    ],
)  # fmt: skip
def test_a_value_that_could_not_work_stops_the_start_and_is_named(
    key: str, value: str, tmp_path: Path
) -> None:
    (tmp_path / "huiying.toml").write_text(value, encoding="utf-8")
    told = huiying("serve")
    assert told.exit_code == 2
    assert f"  {key}: " in told.stderr


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


def test_serve_takes_the_model_that_is_named(tmp_path: Path) -> None:
    (tmp_path / "huiying.toml").write_text('[encoder]\nkind = "none"\n', encoding="utf-8")
    command = [sys.executable, "-m", "bot", "serve", "--port", "0", "--model", "gone.json"]
    paths = {"PYTHONPATH": str(Path(__file__).parents[2])}
    told = subprocess.run(
        command, env=os.environ | paths, capture_output=True, text=True, timeout=60, check=False
    )
    assert told.returncode == 2
    assert "gone.json cannot be used: No such file or directory" in told.stderr
    assert "kb fit" in told.stderr


def test_a_copy_of_a_desk_that_is_not_there_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIYING_DATABASE_URL", "sqlite:///desk.db")
    told = huiying("backup", "copy.db")
    assert told.exit_code == 2
    assert f"there is no database {Path('desk.db').absolute()}" in told.stderr
    assert list(Path().iterdir()) == []


def test_a_command_that_begins_a_desk_says_where(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIYING_DATABASE_URL", "sqlite:///desk.db")
    assert f"began in {Path('desk.db').absolute()}" in huiying("migrate").stderr
    assert huiying("migrate").stderr == ""


def test_a_desk_of_a_newer_version_is_copied_as_it_is_and_replaced_by_an_older_copy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HUIYING_DATABASE_URL", "sqlite:///desk.db")
    huiying("migrate")
    assert huiying("backup", "older.db").exit_code == 0
    with closing(sqlite3.connect("desk.db")) as desk, desk:
        desk.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('huiying', '9999_future', '')"
        )
    assert "Install that version again" in huiying("verify").stderr
    assert huiying("backup", "newer.db").exit_code == 0
    assert huiying("restore", "older.db").exit_code == 0
    assert huiying("verify").exit_code == 0


def test_nothing_is_restored_under_a_running_service(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIYING_DATABASE_URL", "sqlite:///desk.db")
    huiying("migrate")
    huiying("backup", "copy.db")
    serving = ServingLock(Path("desk.db"))
    serving.take()
    told = huiying("restore", "copy.db")
    serving.release()
    assert (told.exit_code, "is served by another process" in told.stderr) == (2, True)


def test_a_port_that_is_taken_is_named_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        monkeypatch.setenv("HUIYING_ENCODER__KIND", "none")
        told = run_serve("--port", port)
    assert told.returncode == 2
    assert f"127.0.0.1:{port} is taken" in told.stderr


@pytest.mark.postgres
def test_workers_that_could_never_start_are_not_started(
    monkeypatch: pytest.MonkeyPatch, postgres_url: str
) -> None:
    wrong = urlsplit(postgres_url)._replace(path="/nowhere").geturl()
    monkeypatch.setenv("HUIYING_DATABASE_URL", wrong)
    told = run_serve("--port", 0, "--workers", 2)
    assert told.returncode == 2
    assert "createdb" in told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [("AES_KEY", "a" * 42, "42 characters are given"), ("APPID", "wx1 ", "has a space")],
)
def test_what_is_wrong_with_a_copied_value_is_said_without_repeating_it(
    key: str, value: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, good in (("APPID", "wx1"), ("TOKEN", "token"), ("AES_KEY", KEY)):
        monkeypatch.setenv(f"HUIYING_ACCOUNTS__MAIN__{name}", good)
    monkeypatch.setenv(f"HUIYING_ACCOUNTS__MAIN__{key}", value)
    told = huiying("verify")
    assert told.exit_code == 2
    assert f"accounts.main.{key.lower()}: " in told.stderr
    assert words in told.stderr
    assert "Value error" not in told.stderr


def run_serve(*arguments: object) -> "subprocess.CompletedProcess[str]":
    """`huiying serve` in a process of its own, which must end by itself."""
    command = [sys.executable, "-m", "bot", "serve", *map(str, arguments)]
    root = Path(__file__).parents[2]
    env = {**os.environ, "PYTHONPATH": str(root)}
    return subprocess.run(command, capture_output=True, text=True, env=env, timeout=60, check=False)


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


def test_departments_above_each_other_are_refused_and_an_unknown_parent_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HUIYING_ENCODER__KIND", "none")
    head = "name,duties,parent\n"
    Path("circle.csv").write_text(f"{head}甲局,管甲,乙局\n乙局,管乙,甲局\n", encoding="utf-8")
    Path("above.csv").write_text(f"{head}甲局,管甲,省厅\n乙局,管乙,甲局\n", encoding="utf-8")
    told = huiying("departments", "import", "circle.csv", "--json")
    assert (told.exit_code, told.stdout) == (2, "")
    assert "nothing was imported: 甲局 → 乙局 → 甲局" in told.stderr
    taken = huiying("departments", "import", "above.csv", "--json")
    assert json.loads(taken.stdout) == {
        "departments": 2, "rejected": [], "unknown_parents": ["省厅"]
    }  # fmt: skip


def test_bytes_of_no_encoding_are_told_with_what_to_save_them_as(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HUIYING_ENCODER__KIND", "none")
    Path("x.csv").write_bytes(bytes(range(128, 256)) * 9)
    told = huiying("departments", "import", "x.csv")
    assert told.exit_code == 2
    assert told.stderr == (
        "x.csv: neither UTF-8 nor GB 18030: save it as xlsx, or as “CSV UTF-8”\n"
    )


def test_a_demo_that_cannot_have_its_folder_says_what_to_do() -> None:
    told = huiying("demo", "--data", "/proc/x")
    assert told.exit_code == 2
    assert told.stderr.startswith("--data /proc/x: the demo did not start, nothing was changed: ")
    assert "Name a folder" in told.stderr


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


def test_a_copy_counts_though_the_desk_cannot_note_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIYING_DATABASE_URL", "sqlite:///desk.db")
    huiying("migrate")
    with closing(sqlite3.connect("desk.db")) as desk, desk:
        desk.execute(
            "CREATE TRIGGER full BEFORE INSERT ON audit_log"
            " BEGIN INSERT INTO nowhere VALUES (1); END"
        )
    told = huiying("backup", "copy.db")
    assert (told.exit_code, Path("copy.db").is_file()) == (0, True)
    assert "the copy was made; the desk's log has no note of it: " in told.stderr
