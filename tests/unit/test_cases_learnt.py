"""How the router did on real cases, counted."""

from datetime import UTC, datetime

import pytest

from cases.supervision.learnt import RoutedMatter, routing_record

AT = datetime(2026, 11, 18, tzinfo=UTC)


def matter(department: str, suggested: str) -> RoutedMatter:
    return RoutedMatter(
        case="HY-1",
        text="来信",
        suggested=suggested,
        confidence=0.5,
        department=department,
        received_at=AT,
    )


MATTERS = [
    matter("教育局", "教育局"),
    matter("教育局", "公安局"),
    matter("教育局", ""),
    matter("公安局", "公安局"),
]


def test_rows_are_who_answered_and_columns_what_was_suggested() -> None:
    record = routing_record(MATTERS)
    assert record.departments == ("公安局", "教育局")
    assert record.confusion == ((1, 0, 0), (1, 1, 1))
    assert (record.cases, record.right, len(record.misroutes)) == (4, 2, 2)


def test_recall_is_of_its_own_and_precision_of_what_it_was_sent() -> None:
    police, schools = routing_record(MATTERS).scores
    assert (police.recall, police.precision) == (1.0, 0.5)
    assert (schools.recall, schools.precision) == (pytest.approx(1 / 3), 1.0)


def test_nothing_answered_yet_is_no_error() -> None:
    record = routing_record([])
    assert (record.cases, record.scores, record.confusion) == (0, (), ())


def test_a_department_nobody_was_sent_to_has_no_precision() -> None:
    (only,) = routing_record([matter("水利局", "")]).scores
    assert (only.recall, only.precision) == (0.0, None)
