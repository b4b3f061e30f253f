"""Labels of a desk settled into one query per question."""

from dataclasses import replace

import pytest

from knowledge_base import labels as module
from knowledge_base.golden import GoldenQuestion
from knowledge_base.labels import DeskLabels, Kind, Label, Left, settled
from tests.values.storage import NOW
from tests.worlds.kb_desk import ENTRIES

ASKED = "驾照掉了咋整"


def label(kind: Kind, entry: str = "licence", text: str = ASKED, version: int = 1) -> Label:
    return Label(text=text, entry=entry, version=version, kind=kind)


def golden(entry: str = "licence", text: str = ASKED) -> GoldenQuestion:
    return GoldenQuestion(id=1, text=text, entry=entry, added_by="ann", added_at=NOW)


def settle(*labels: Label, golden_too: tuple[GoldenQuestion, ...] = ()) -> DeskLabels:
    return settled(labels, golden_too, ENTRIES)


def used(found: DeskLabels) -> list[tuple[str, set[str]]]:
    return [(query.kind, set(query.pos)) for query in found.queries]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ([label(Kind.ANSWERED)], ("answered", {"licence"})),
        ([label(Kind.UNSOLVED)], ("unsolved", set())),
        ([label(Kind.ANSWERED), label(Kind.CHOSEN)], ("chosen", {"licence"})),
        ([label(Kind.UNSOLVED), label(Kind.CHOSEN, "fund")], ("chosen", {"fund"})),
        ([label(Kind.ANSWERED), label(Kind.CASE, "fund")], ("case", {"fund"})),
        ([label(Kind.UNSOLVED), label(Kind.CASE, "fund")], ("case", {"fund"})),
    ],
)
def test_the_surest_label_of_a_question_stands(
    labels: list[Label], expected: tuple[str, set[str]]
) -> None:
    assert used(settle(*labels)) == [expected]


@pytest.mark.parametrize(
    ("labels", "why"),
    [
        ([label(Kind.ANSWERED), label(Kind.CHOSEN, "fund")], Left.CONTRADICTORY),
        ([label(Kind.ANSWERED), label(Kind.UNSOLVED)], Left.CONTRADICTORY),
        ([label(Kind.CASE), label(Kind.UNSOLVED)], Left.CONTRADICTORY),
        ([label(Kind.CASE), label(Kind.CASE, "fund")], Left.CONTRADICTORY),
        ([label(Kind.ANSWERED, "gone")], Left.OUTDATED),
        ([label(Kind.UNSOLVED, version=7)], Left.OUTDATED),
        ([label(Kind.ANSWERED, text="机动车驾驶证遗失怎么补办？")], Left.EXACT),
    ],
)
def test_what_is_in_doubt_is_left_out_and_counted(labels: list[Label], why: Left) -> None:
    found = settle(*labels)
    assert (found.queries, found.left_out[why]) == ((), 1)
    assert found.answerable == 0


def test_a_golden_question_stands_above_everything() -> None:
    others = (label(Kind.CASE), label(Kind.UNSOLVED))
    assert used(settle(*others, golden_too=(golden("fund"),))) == [("golden", {"fund"})]
    assert used(settle(*others, golden_too=(golden(""),))) == [("golden", set())]
    assert settle(golden_too=(golden("gone"),)).left_out[Left.OUTDATED] == 1


def test_spellings_of_one_question_are_one_query() -> None:
    found = settle(label(Kind.ANSWERED), label(Kind.ANSWERED, text=f"请问{ASKED}？？"))
    assert found.counts == {"golden": 0, "case": 0, "chosen": 0, "answered": 1, "unsolved": 0}


def test_of_too_many_the_least_sure_and_oldest_are_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MOST", 3)
    labels = [label(Kind.ANSWERED, text=f"驾照掉了第{n}问") for n in range(3)]
    rejected = replace(labels[0], text="驾照照片太丑想换", kind=Kind.UNSOLVED)
    found = settle(*labels, rejected, golden_too=(golden(),))
    assert [query.text for query in found.queries] == [ASKED, rejected.text, "驾照掉了第0问"]
    assert found.left_out[Left.TOO_MANY] == 2
