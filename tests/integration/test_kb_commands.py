"""The commands of the knowledge base, with files as they come."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import build

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


def huiying(*arguments: object) -> Result:
    """The command, run to its end."""
    return CliRunner().invoke(build(), [str(each) for each in arguments])


def rows_in(path: Path, rows: tuple[dict[str, Any], ...]) -> Path:
    """A jsonl file."""
    lines = (json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A desk without an encoder."""
    path = tmp_path / "huiying.toml"
    database = f"sqlite:///{tmp_path / 'desk.db'}"
    path.write_text(f'database_url = "{database}"\n[encoder]\nkind = "none"\n', "utf-8")
    return path


def evaluated(folder: Path, *more: object) -> Result:
    """`kb eval` of the small set."""
    entries, queries = rows_in(folder / "e.jsonl", ENTRIES), rows_in(folder / "q.jsonl", QUERIES)
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


def test_a_bare_text_has_to_be_called_a_question_or_an_answer(tmp_path: Path) -> None:
    bare = tuple({"id": row["id"], "text": row["answer"]} for row in ENTRIES)
    entries, queries = rows_in(tmp_path / "e.jsonl", bare), rows_in(tmp_path / "q.jsonl", QUERIES)
    given = ("kb", "eval", "--entries", entries, "--queries", queries, "--encoder", "none")
    refused = huiying(*given)
    assert refused.exit_code == 2
    assert "--texts question or --texts answer" in refused.stderr
    told = json.loads(huiying(*given, "--texts", "answer", "--json").stdout)
    assert told["queries"] == 5
