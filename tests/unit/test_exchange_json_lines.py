"""Entries as lines of JSON: each line is taken or rejected by itself."""

import json
from pathlib import Path

import pytest

from knowledge_base.entry import Source
from knowledge_base.exchange import (
    write_rejected,
)
from tests.unit.test_exchange_files import only, plan_of

JSON_LINES = [
    ('{"id":"1","question":"问","answer":"答","dept":"民政局"}', None),
    ('{"id":"2","question":"","answer":"只有答案"}', None),
    ('{"id":"3","question":"问","answer":"答","source":{"title":"条例","number":"1号"}}', None),
    ('{"id":"4","question":"问","answer":"答","source":"条例"}', None),
    ('{"id":"5","question":"问","answer":"答","variants":["甲","甲 "," ","乙"]}', None),
    ('{"id":"6","question":"问","answer":"答","variants":null,"valid_until":null}', None),
    ("not json", "不是正确的 JSON"),
    ("[1]", "不是 JSON 对象"),
    ("[" * 100_000, "不是正确的 JSON"),
    ('{"id":"7","question":"问","answer":["答"]}', "只能是文字"),
    ('{"id":["8"],"question":"问","answer":"答"}', "只能是文字"),
    ('{"id":"9","question":"问","answer":"答","variants":["甲",1]}', "列表里只能是文字"),
    ('{"id":"10","question":"问","answer":"答","variants":{"a":1}}', "只能是文字"),
    ('{"id":"11","question":"问","answer":"答","valid_until":NaN}', "看不懂的日期"),
    ('{"id":"12","question":"\\ud83d问","answer":"答\\u0000"}', None),
    ('{"answer":"没有编号也没有问题"}', "问题和编号不能都为空"),
]


def test_each_json_line_is_taken_or_rejected_by_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\ufeff" + "\n\n".join(line for line, _ in JSON_LINES), encoding="utf-8")
    plan = plan_of(path)
    reasons = {one.row.number: one.reason for one in plan.rejected}
    assert len(plan.added) == sum(reason is None for _, reason in JSON_LINES)
    for index, (line, reason) in enumerate(JSON_LINES):
        assert (reason or "") in reasons.pop(2 * index + 1, ""), line[:80]


def test_contract_rows_give_what_they_say(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(line for line, _ in JSON_LINES[:6]), encoding="utf-8")
    by_id = {entry.id: entry for entry in plan_of(path).added}
    assert (by_id["1"].department, by_id["2"].question) == ("民政局", "")
    assert by_id["3"].source == Source(title="条例", number="1号")
    assert (by_id["4"].source.title, by_id["5"].variants) == ("条例", ("甲", "乙"))


def test_bytes_that_are_no_utf_8_reject_only_their_line(tmp_path: Path) -> None:
    good = '{"id":"1","question":"问","answer":"答"}'
    path = tmp_path / "a.jsonl"
    path.write_bytes(f'{good}\n{{"id":"2","answer":"'.encode() + b"\xff\xfe" + b'"}\n')
    plan = plan_of(path)
    assert ([e.id for e in plan.added], len(plan.rejected)) == (["1"], 1)


def test_a_line_too_long_to_be_an_entry_is_rejected(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id":"1","answer":"' + "答" * 2_000_000 + '"}\n', encoding="utf-8")
    assert "过长" in plan_of(path).rejected[0].reason


def test_a_broken_json_line_comes_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": 1,}\n', encoding="utf-8")
    target = write_rejected(path, plan_of(path).rejected)
    assert json.loads(target.read_text(encoding="utf-8")) == {
        "rejected_line": '{"id": 1,}',
        "rejected_reason": "第 1 行：不是正确的 JSON：每一行要是一个完整的 {…} 对象",
    }


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_jsonl_is_read_in_the_encodings_that_notepads_write(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes('{"question": "身份证丢了", "answer": "补办"}\n'.encode(encoding))
    assert only(path).question == "身份证丢了"


def test_a_file_that_is_one_json_array_is_read_as_its_objects(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    rows = [{"question": "一", "answer": "好"}, "二", {"question": "三", "answer": "好"}]
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
    plan = plan_of(path)
    assert [each.question for each in plan.added] == ["一", "三"]
    assert plan.rejected[0].sentence.startswith("第 2 行：不是 JSON 对象")
