"""`huiying kb research`: on a small set of our own, and in CI on the real ones beside it."""

import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import build
from bot.commands.research import FLOORS, SHOWN, lost_in

DATA = Path(os.environ.get("RESEARCH_DATA", Path(__file__).parents[3] / "shared" / "data"))
KB = [
    {"id": "a", "question": "身份证丢了怎么补办", "answer": "到派出所补办。", "dept": "公安局"},
    {"id": "b", "question": "社保卡丢了怎么补办", "answer": "到社保窗口补办。", "dept": "人社局"},
    {"id": "c", "question": "居住证怎么续签", "answer": "到派出所续签。", "dept": "公安局"},
]
SETS = {
    "gov_kb.jsonl": KB,
    "K_mixed.queries.open.jsonl": [
        {"qid": "K1", "text": "身份证丢了怎么补办", "pos": ["a"], "kind": "answerable"},
        {"qid": "K2", "text": "社保卡掉了去哪里补办", "pos": ["b"], "kind": "answerable"},
        {"qid": "K3", "text": "养蜂有没有补贴", "pos": [], "kind": "in_domain_no_kb"},
    ],
    "F2_other_place.open.jsonl": [{"id": "F2_0", "text": "上海身份证丢了怎么补办"}],
    "F_oos.open.jsonl": [
        {"id": "F_1", "text": "讲个笑话", "scope": "out", "sub": "chitchat"},
        {"id": "F_2", "text": "居住证怎么续签", "scope": "in", "sub": "gov_faq_question"},
    ],
    "A_gov_q2answer.corpus.jsonl": [{"id": row["id"], "text": row["answer"]} for row in KB],
    "A_gov_q2answer.queries.open.jsonl": [
        {"qid": "A1", "text": "社保卡去哪个窗口补办", "pos": ["b"]}
    ],
}


def research(folder: Path, *more: str) -> Result:
    """The command by words alone."""
    return CliRunner().invoke(build(), ["kb", "research", str(folder), *more])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Research sets in small, without D5."""
    for name, rows in SETS.items():
        lines = (json.dumps(row, ensure_ascii=False) for row in rows)
        (tmp_path / name).write_text("\n".join(lines), encoding="utf-8")
    withdrawn = tmp_path / "G_judged.withdrawn_kb_ids.json"
    withdrawn.write_text(json.dumps(["c"], indent=1), encoding="utf-8")
    return tmp_path


def test_every_set_that_is_there_is_measured_and_no_other(folder: Path) -> None:
    told = json.loads(research(folder, "--encoder", "none", "--json").stdout)["sets"]
    asked = {name: report["queries"] for name, report in told.items()}
    assert asked == {"K_mixed": 3, "F2_other_place": 1, "F_oos chatter": 1, "A_gov_q2answer": 1}
    assert told["K_mixed"]["ranking"]["top1"]["value"] == 1.0
    assert told["F2_other_place"]["decision"]["leak"]["hits"] == 0
    assert told["A_gov_q2answer"]["ranking"]["top1"]["value"] == 1.0


def test_a_person_reads_one_line_a_set_under_its_heads(folder: Path) -> None:
    lines = research(folder, "--encoder", "none", "--most", "1").stdout.splitlines()
    assert lines[0].split()[:6] == ["set", "asked", "with", "top-1", "top-3", "R@5"]
    assert lines[1].split()[:3] == ["K_mixed", "1", "1"]


def test_figures_below_their_floor_fail_the_check(folder: Path) -> None:
    (folder / "K_mixed.queries.open.jsonl").write_text(
        '{"qid": "K1", "text": "养蜂有没有补贴", "pos": ["a"]}', encoding="utf-8"
    )
    told = research(folder, "--encoder", "none", "--check")
    assert told.exit_code == 1
    assert "K_mixed: top1 0.000 is below" in told.stdout


def test_a_folder_without_a_set_is_refused(tmp_path: Path) -> None:
    told = research(tmp_path)
    assert (told.exit_code, "holds no research set" in told.stderr) == (2, True)


def test_only_the_sets_that_are_wanted_are_measured(folder: Path) -> None:
    told = json.loads(research(folder, "--encoder", "none", "--only", "F", "--json").stdout)
    assert told["sets"]
    assert all(name.startswith("F") for name in told["sets"])


def test_a_set_that_is_not_there_is_named(folder: Path) -> None:
    told = research(folder, "--encoder", "none", "--only", "Z")
    assert (told.exit_code, "Z is none of" in told.stderr) == (2, True)


def test_a_file_that_is_no_research_set_is_named(folder: Path) -> None:
    (folder / "gov_kb.jsonl").write_text('{"id": "a"}', encoding="utf-8")
    told = research(folder, "--encoder", "none")
    assert (told.exit_code, "gov_kb.jsonl" in told.stderr) == (2, True)


def test_vectors_are_kept_for_the_next_time(folder: Path) -> None:
    vectors = folder / "vectors.db"
    research(folder, "--encoder", "none", "--vectors", str(vectors))
    assert vectors.stat().st_size > 0


def test_what_leaks_too_much_is_told_as_above_its_ceiling() -> None:
    nothing = {"value": None}
    report = {"ranking": dict.fromkeys(SHOWN[:5], nothing), "decision": {"leak": {"value": 0.5}}}
    assert lost_in({"F2_other_place": report}) == ["F2_other_place: leak 0.500 is above 0.02"]
    assert set(FLOORS) >= {"K_mixed", "G_judged"}


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.skipif(
    not (DATA / "gov_kb.jsonl").exists() or "LONG_TESTS" not in os.environ,
    reason="needs the research sets in ../shared/data and LONG_TESTS=1",
)
def test_the_release_keeps_its_figures_on_the_research_sets() -> None:
    told = research(DATA, "--most", "150", "--check")
    print(told.stdout)
    assert told.exit_code == 0, told.stdout
