"""huiying route eval, on files."""

import json
from pathlib import Path

import pytest

from bot.commands.route_judging import evaluate_files, report_lines

WORDS = {"住建局": ("漏水", "电梯", "供暖"), "教育局": ("转学", "幼儿园", "中考")}
PATTERNS = ("关于{}的问题", "请问{}怎么办", "我家{}没人管", "{}的事找谁", "想反映{}")


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path, Path]:
    """Rows to learn from, rows to route, a table of departments."""
    rows = [
        {"id": f"{word}{n}", "text": pattern.format(word), "label": name}
        for name, words in WORDS.items()
        for word in words
        for n, pattern in enumerate(PATTERNS)
    ]
    for name, part in (("train", rows[::2]), ("test", rows[1::2])):
        lines = (json.dumps(row, ensure_ascii=False) for row in part)
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    table = "name,duties,keywords\n住建局,漏水、电梯、供暖,漏水\n教育局,转学、幼儿园、中考,转学\n"
    (tmp_path / "departments.csv").write_text(table, encoding="utf-8")
    return tmp_path / "train.jsonl", tmp_path / "test.jsonl", tmp_path / "departments.csv"


def test_what_was_learnt_stands_beside_what_was_known_before(
    files: tuple[Path, Path, Path],
) -> None:
    train, test, table = files
    found, lines = evaluate_files(train, test, "none", table)
    assert found["accuracy"] > 0.9
    assert found["cold"]["by"] == "duties"
    rows = [json.loads(line) for line in lines]
    assert [set(row) for row in rows] == [{"id", "label", "p", "ranking"}] * found["test"]


def test_without_a_table_names_and_their_usual_duties_are_all_that_is_known_before(
    files: tuple[Path, Path, Path],
) -> None:
    found, _ = evaluate_files(files[0], files[1], "none")
    assert found["cold"]["by"] == "names"
    assert found["cold"]["accuracy"] > 0.9
    assert found["cold"]["alone_share"] == 0.0
    assert "by names and their usual duties, 15 of the messages" in report_lines(found)
