"""How routing is judged on labelled rows."""

import pytest

from cases.routing_eval import RowsNotFit, cold_eval, route_eval
from tests.values.routing import COUNTY, EXAMPLES, UNLIKELY, LetterEncoder, rows, told


def test_the_report_adds_up() -> None:
    report, results = route_eval(rows(EXAMPLES[::2]), rows(EXAMPLES[1::2]))
    hits = sum(r.label == e.department for r, e in zip(results, EXAMPLES[1::2], strict=True))
    assert report.accuracy == hits / len(results) > 0.9
    assert sum(map(sum, report.confusion)) == report.test == len(results)
    assert all(0 <= r.p <= 1 and r.ranking[0] == r.label for r in results)


def test_a_title_is_read_with_the_text() -> None:
    train = rows(EXAMPLES)
    test = [{"id": "1", "text": "请处理", "label": "教育局", "title": "幼儿园转学小学老师"}]
    assert route_eval(train, test, LetterEncoder())[0].accuracy == 1.0


def test_enough_right_guesses_give_a_confidence_that_needs_no_dispatcher() -> None:
    report, _ = route_eval(rows(EXAMPLES * 2), rows(EXAMPLES))
    assert report.alone_share > 0.5
    assert report.alone_accuracy >= 0.97


@pytest.mark.parametrize(
    ("train", "test", "says"),
    [
        ([], [{"id": "1", "text": "x", "label": "y"}], "train: no rows"),
        ([{"id": "1", "text": "x", "label": "y"}], [], "test: no rows"),
        ([{"id": "1", "text": "x"}], [{"id": "1", "text": "x", "label": "y"}], "no label"),
        ([{"id": "1", "text": " ", "label": "y"}], [], "row 1 has no text"),
        ([{"id": "1", "text": "x", "label": "y"}], [{"id": 1, "text": "x", "label": 2}], "fewer"),
    ],
)
def test_rows_that_cannot_be_used_are_named(
    train: list[dict[str, object]], test: list[dict[str, object]], says: str
) -> None:
    with pytest.raises(RowsNotFit, match=says):
        route_eval(train, test)


def test_duties_alone_are_judged_on_the_rows_that_name_a_department() -> None:
    test = [
        {"id": "1", "text": "小区漏水没人管", "label": "住房和城乡建设局"},
        {"id": "2", "text": "孩子上小学怎么报名", "label": "教育局"},
        {"id": "3", "text": "老板拖欠农民工工资", "label": "教育局"},
        {"id": "4", "text": "不知道归谁", "label": "没有的局"},
    ]
    report = cold_eval(COUNTY, test)
    assert (report.test, report.accuracy) == (3, pytest.approx(2 / 3))
    with pytest.raises(RowsNotFit, match="no label"):
        cold_eval(COUNTY, test[3:])


def test_an_evaluation_reads_the_departments_table_as_the_desk_does() -> None:
    test = [{"id": word, "text": word, "label": name} for word, name in UNLIKELY.items()]
    assert route_eval(rows(EXAMPLES), test, None, told(UNLIKELY))[0].accuracy == 1.0
    assert route_eval(rows(EXAMPLES), test)[0].accuracy < 1.0
