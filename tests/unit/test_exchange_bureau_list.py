"""A bureau's list as it comes: numbered questions, and one mistake in many rows."""

from pathlib import Path

import pytest

from knowledge_base.exchange import plan_import, read_rows
from knowledge_base.exchange.row import sentences


def questions_in(path: Path, *questions: str) -> list[str]:
    lines = "".join(f"{question},答。\n" for question in questions)
    path.write_text(f"问题,答案\n{lines}", encoding="utf-8")
    return [each.question for each in plan_import(read_rows(path).rows, []).added]


def test_the_numbers_of_a_list_do_not_become_part_of_its_questions(tmp_path: Path) -> None:
    listed = (
        "1、甲怎么办",
        "2、乙怎么办",
        "丙怎么办",
        "4．丁怎么办",
        "(5)戊怎么办",
        "16) 己",
    )
    found = questions_in(tmp_path / "a.csv", *listed)
    assert found == [*(f"{name}怎么办" for name in "甲乙丙丁戊"), "己"]


@pytest.mark.parametrize(
    "questions",
    [
        ("1、甲", "2、乙"),
        ("3、甲", "3、乙", "3、丙", "3、丁", "3、戊"),
        ("110、119是什么电话", "1.5倍工资怎么算", "2.5%的税率", "3.1节假日", "4.2", "5.3"),
        ("三、四级残疾补贴", "一、二级残疾补贴", "甲", "乙", "丙"),
    ],
)
def test_a_number_that_is_no_lists_stays(tmp_path: Path, questions: tuple[str, ...]) -> None:
    assert questions_in(tmp_path / "a.csv", *questions) == list(questions)


def test_one_mistake_in_many_rows_is_told_once(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    lines = "".join(f"问{n},答。,明年底\n" for n in range(30))
    path.write_text(f"问题,答案,失效日期\n{lines}没有答案的,,\n", encoding="utf-8")
    told = sentences(plan_import(read_rows(path).rows, []).rejected)
    assert len(told) == 2
    assert "共 30 行" in told[0]
    assert told[0].startswith("第 2 行、第 3 行")
    assert told[1] == "第 32 行“答案”：答案不能为空"
