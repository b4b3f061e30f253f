"""The two people who stand for what `huiying kb import` publishes at once."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import build

ROWS = "编号,问题,答案,生效日期\na,补贴多少钱,{},{}\n"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A desk without an encoder, with a curator and an officer."""
    path = tmp_path / "huiying.toml"
    database = f"sqlite:///{tmp_path / 'desk.db'}"
    path.write_text(f'database_url = "{database}"\n[encoder]\nkind = "none"\n', "utf-8")
    for name, role in (("ann", "curator"), ("olaf", "officer")):
        given = ["user", "add", name, "--role", role, "--department", "民政局"]
        command = [*given, "--password-stdin", "--config", str(path)]
        assert CliRunner().invoke(build(), command, input="long enough 一二三\n").exit_code == 0
    return path


def published(config: Path, rows: str, author: str, reviewer: str) -> Result:
    """`kb import` of one file under two names."""
    file = config.with_name("a.csv")
    file.write_text(rows, "utf-8")
    people = ["--published-by", author, "--reviewed-by", reviewer]
    command = ["kb", "import", str(file), *people, "--config", str(config), "--json"]
    return CliRunner().invoke(build(), command)


def test_who_has_an_account_must_be_somebody_who_writes_or_approves_answers(config: Path) -> None:
    told = published(config, ROWS.format("一百", ""), "ann", "olaf")
    assert (told.exit_code, "'olaf' is officer" in told.stderr) == (2, True)


def test_a_name_without_an_account_is_kept_as_given_and_told(config: Path) -> None:
    told = published(config, ROWS.format("一百", ""), "ann", "局长")
    assert json.loads(told.stdout)["unknown_people"] == ["局长"]
    assert "局长: no account" in told.stderr


def test_a_text_that_begins_later_is_told_and_does_not_come_twice(config: Path) -> None:
    published(config, ROWS.format("一百", ""), "ann", "局长")
    later = ROWS.format("二百", "2999-01-01")
    first, second = (json.loads(published(config, later, "ann", "局长").stdout) for _ in range(2))
    assert (first["later"], first["changed"]) == (["a"], 1)
    assert (second["later"], second["unchanged"]) == ([], 1)
