"""What the knowledge base lacks: same matters together, others apart, dismissed ones away."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import numpy as np

from knowledge_base.clusters import clusters_of, dismissed_rows, similarities
from knowledge_base.unmet import Unmet, Why

NOW = datetime(2026, 11, 18, 1, 30, tzinfo=UTC)
TEXTS = (
    "公租房怎么申请",
    "申请公租房要什么条件",
    "公租房申请条件是什么",
    "路灯坏了找谁修",
    "路灯坏了谁来修",
    "宠物狗怎么办证",
)


def unmet(text: str, days: int = 0, why: Why = Why.UNANSWERED, **more: object) -> Unmet:
    return Unmet(text=text, at=NOW - timedelta(days=days), why=why, **more)  # type: ignore[arg-type]  # by name


def gathered(members: Sequence[Unmet]) -> list[tuple[str, ...]]:
    by_text: dict[str, list[Unmet]] = {}
    for each in members:
        by_text.setdefault(each.text, []).append(each)
    alike, near = similarities(list(by_text), None, None)
    return [cluster.wordings for cluster in clusters_of(by_text, alike, near, now=NOW)]


def test_without_an_encoder_shared_words_gather_a_matter() -> None:
    found = gathered([unmet(text) for text in TEXTS])
    assert {frozenset(wordings) for wordings in found} == {
        frozenset(TEXTS[:3]),
        frozenset(TEXTS[3:5]),
        frozenset(TEXTS[5:]),
    }
    assert len(found[0]) == 3


def test_with_vectors_their_directions_gather_a_matter() -> None:
    turned = np.eye(6, dtype=np.float32)[[0, 0, 1]] + 0.05
    vectors = turned / np.linalg.norm(turned, axis=1, keepdims=True)
    alike, near = similarities(["甲", "乙", "丙"], vectors, np.eye(6, dtype=np.float32))
    found = clusters_of({each: [unmet(each)] for each in "甲乙丙"}, alike, near, now=NOW)
    assert [set(cluster.wordings) for cluster in found] == [{"甲", "乙"}, {"丙"}]


def test_the_count_and_the_trend_are_those_of_the_weeks() -> None:
    members = [unmet("路灯坏了找谁修", days) for days in (0, 1, 2, 9, 30, 200)]
    alike, near = similarities(["路灯坏了找谁修"], None, None)
    (cluster,) = clusters_of({"路灯坏了找谁修": members}, alike, near, now=NOW)
    assert (len(cluster.members), cluster.trend) == (6, 2)
    assert cluster.weeks == (0, 0, 0, 1, 0, 0, 1, 3)


def test_the_best_reply_is_the_best_rated_and_never_one_that_did_not_help() -> None:
    members = [
        unmet("甲", 1, reply="新的", department="水利局"),
        unmet("甲", 5, reply="五星的", rating=5, department="教育局"),
        unmet("甲", 0, Why.BADLY_RATED, reply="没用的", rating=1),
    ]
    alike, near = similarities(["甲"], None, None)
    (cluster,) = clusters_of({"甲": members}, alike, near, now=NOW)
    assert cluster.reply is not None
    assert cluster.reply.reply == "五星的"
    assert cluster.count(Why.BADLY_RATED) == 1
    assert cluster.department in {"水利局", "教育局"}


def test_what_is_near_to_something_dismissed_stays_away_in_other_words() -> None:
    alike, near = similarities([*TEXTS, "申请公租房的条件"], None, None)
    assert dismissed_rows(alike, near, len(TEXTS)) >= {1, 2}
    assert not dismissed_rows(alike, near, len(TEXTS)) & {3, 4, 5}


def test_nothing_to_gather_is_nothing() -> None:
    alike, near = similarities([], None, None)
    assert clusters_of({}, alike, near, now=NOW) == []
    assert dismissed_rows(alike, near, 0) == frozenset()
