"""What commands say of a configuration that cannot work."""

import json
from pathlib import Path

import pytest

from tests.worlds.command_line import huiying, rows_in

KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"


pytestmark = pytest.mark.usefixtures("empty_folder")


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


def test_a_file_saved_by_a_windows_editor_configures_a_desk() -> None:
    text = 'database_url = "sqlite:///windows.db"\r\n[encoder]\r\nkind = "none"\r\n'
    Path("huiying.toml").write_bytes(text.encode("utf-8-sig"))
    assert huiying("verify").exit_code == 0
    assert Path("windows.db").exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('[accounts.main]\ntitle = "云和发布"\n'.encode("gb18030"), "is not in UTF-8: save it"),
        (b'port = "x\n', "is not a TOML file: Illegal character '\\n' (at line 1, column 10)"),
    ],
)
def test_a_file_that_cannot_be_read_says_how_it_should_be_saved(content: bytes, said: str) -> None:
    Path("huiying.toml").write_bytes(content)
    told = huiying("verify")
    assert told.exit_code == 2
    assert told.stderr.startswith(f"huiying.toml {said}")


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
