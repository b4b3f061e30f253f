"""What `kb eval` counts."""

from pathlib import Path

import numpy as np
import pytest

from knowledge_base.calibration import (
    NEXT_STEP,
    EncoderMap,
    ModelIsUnusable,
    decision_matrix,
    load_model,
    save_model,
)
from knowledge_base.entry import Entry
from knowledge_base.evaluation import Judged, Query, Report, Row, Share, queries_of, row_of
from knowledge_base.outcome import Answer, Candidate, Nothing, Suggestions

ENTRY = Entry(id="a", question="居住证怎么办", answer="到派出所。")
FOUND = Candidate(entry=ENTRY, probability=0.9, matched="居住证怎么办")


def judged(decision: str, *, pos: set[str], entry: str | None = None, p: float = 0.5) -> Judged:
    row = Row(qid="1", decision=decision, entry=entry, p=p, ranking=("a", "b"))
    return Judged(query=Query(qid="1", text="居住证", pos=frozenset(pos)), row=row)


def test_an_interval_is_exact_and_never_narrower_than_the_data() -> None:
    assert Share(hits=0, of=100).interval == pytest.approx((0.0, 0.0362), abs=1e-3)
    assert Share(hits=10, of=10).interval[1] == 1.0
    assert Share(hits=0, of=0).interval == (0.0, 1.0)


def test_a_row_has_the_contracts_fields() -> None:
    row = row_of("q", Answer(best=FOUND, ranking=(FOUND,))).as_json()
    assert row == {
        "qid": "q",
        "decision": "answer",
        "entry": "a",
        "p": 0.9,
        "ranking": ["a"],
        "suggestions": [],
    }


def test_suggestions_and_silence_have_no_entry() -> None:
    suggested = row_of("q", Suggestions(choices=(FOUND,), ranking=(FOUND,)))
    silent = row_of("q", Nothing())
    assert (suggested.decision, suggested.entry, suggested.suggestions) == ("suggest", None, ("a",))
    assert (silent.decision, silent.p, silent.ranking) == ("none", 0.0, ())


def test_wrong_answers_and_leaks_are_counted_apart() -> None:
    report = Report(
        judged=(
            judged("answer", pos={"a"}, entry="a"),
            judged("answer", pos={"b"}, entry="a"),
            judged("answer", pos=set(), entry="a"),
            judged("none", pos=set()),
        )
    ).as_json()
    assert report["decision"]["wrong_answers"]["hits"] == 2
    assert report["decision"]["leak"]["hits"] == 1
    assert report["ranking"]["top1"]["value"] == 0.5


def test_the_most_confident_wrong_answer_is_the_first_miss() -> None:
    report = Report(
        judged=(judged("none", pos={"c"}), judged("answer", pos={"b"}, entry="a", p=0.99)),
        texts={"a": "居住证怎么办"},
    ).as_json()
    assert report["misses"][0]["p"] == 0.99
    assert report["misses"][0]["first_question"] == "居住证怎么办"


def test_a_right_entry_must_stand_above_every_near_miss() -> None:
    row = Row(qid="1", decision="none", p=0.1, ranking=("near", "right"))
    query = Query(qid="1", text="x", pos=frozenset({"right"}), neg=frozenset({"near"}))
    report = Report(judged=(Judged(query=query, row=row),)).as_json()
    assert report["ranking"]["above_near_misses"]["value"] == 0.0


def test_a_right_entry_in_fourth_place_is_among_the_first_five_alone() -> None:
    row = Row(qid="1", decision="none", p=0.1, ranking=("b", "c", "d", "a"))
    query = Query(qid="1", text="x", pos=frozenset({"a"}))
    ranking = Report(judged=(Judged(query=query, row=row),)).as_json()["ranking"]
    assert (ranking["top3"]["value"], ranking["top5"]["value"]) == (0.0, 1.0)
    assert ranking["mrr10"]["value"] == 0.25


def test_a_probability_is_plotted_against_what_was_right() -> None:
    sure = [judged("answer", pos={"a"}, entry="a", p=0.9)] * 9
    report = Report(judged=(*sure, judged("answer", pos={"b"}, entry="a", p=0.9))).as_json()
    told = report["reliability"]
    assert [(each["n"], each["was"]) for each in told["bins"]] == [(10, 0.9)]
    assert told["ece"] == pytest.approx(0.0, abs=1e-9)
    assert told["low"] <= told["ece"] <= told["high"]


def test_a_question_nobody_labelled_counts_in_no_figure() -> None:
    wild = queries_of([{"id": "F_1", "text": "社保", "scope": "in", "sub": "gov"}])[0]
    row = Row(qid="F_1", decision="answer", entry="a", p=0.9, ranking=("a",))
    report = Report(judged=(Judged(query=wild, row=row),)).as_json()
    assert report["unlabelled_answered"]["hits"] == 1
    assert report["decision"]["leak"]["of"] == report["decision"]["wrong_answers"]["of"] == 0
    assert report["by_kind"]["gov"]["wrong"] == 0


def test_questions_whose_entries_are_not_in_the_file_are_counted() -> None:
    lost, found = judged("none", pos={"z"}), judged("none", pos={"a"})
    report = Report(judged=(lost, found), texts={"a": "居住证怎么办"})
    assert report.as_json()["without_known_entry"] == 1


def test_figures_are_grouped_by_department() -> None:
    report = Report(judged=(judged("none", pos={"a"}),), departments={"a": "公安局"}).as_json()
    assert report["by_department"]["公安局"]["top1"] == 1.0


def test_a_query_without_a_text_is_named() -> None:
    with pytest.raises(ValueError, match="row 2"):
        queries_of([{"qid": "1", "text": "好"}, {"qid": "2"}])
    with pytest.raises(ValueError, match='row 1: "neg"'):
        queries_of([{"text": "好", "neg": "a"}])


def test_an_evaluation_of_nothing_has_no_values() -> None:
    report = Report(judged=()).as_json()
    assert report["ranking"]["top1"]["value"] is None
    assert report["reliability"]["ece"] is None


def test_a_model_survives_writing_and_reading(tmp_path: Path) -> None:
    model = load_model()
    save_model(model, tmp_path / "model.json")
    again = load_model(tmp_path / "model.json")
    assert again.full.answer_at == pytest.approx(model.full.answer_at, rel=1e-4)
    assert again.words.rank.features == model.words.rank.features


@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [
        ('"version": 1', '"version": 9', "version 9"),
        ('"cosine"', '"unheard"', "unknown features: unheard"),
        ('"means": [', '"means": [1, ', "differ in length"),
        ('"wrong_answer_bound"', '"bound"', "it has no 'wrong_answer_bound'"),
        ("{", "{{", "`kb fit` did not write it"),
        ('"means": [', '"means": 1, "more": [', "`kb fit` did not write it"),
    ],
)
def test_a_model_that_does_not_fit_is_refused_with_its_name_the_cause_and_the_next_step(
    tmp_path: Path, old: str, new: str, cause: str
) -> None:
    save_model(load_model(), tmp_path / "model.json")
    text = (tmp_path / "model.json").read_text("utf-8").replace(old, new, 1)
    (tmp_path / "model.json").write_text(text, "utf-8")
    with pytest.raises(ModelIsUnusable, match=cause) as refused:
        load_model(tmp_path / "model.json")
    told = str(refused.value)
    assert told.startswith(str(tmp_path / "model.json"))
    assert told.endswith(NEXT_STEP)


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelIsUnusable, match=r"none\.json"):
        load_model(tmp_path / "none.json")


def test_the_words_block_is_stricter_than_the_full_one() -> None:
    model = load_model()
    assert model.words.answer_at > model.full.answer_at > model.full.suggest_at


def test_a_map_belongs_to_its_encoder_alone(tmp_path: Path) -> None:
    np.savez(tmp_path / "map.npz", transform=np.eye(4, dtype=np.float16))
    loaded = EncoderMap.load(tmp_path / "map.npz")
    assert loaded.transform is not None
    assert load_model().map_of("some-other-encoder").transform is None
    with pytest.raises(ModelIsUnusable):
        EncoderMap.load(tmp_path / "none.npz")


def test_the_margin_looks_past_entries_of_the_same_matter() -> None:
    rows = decision_matrix(
        np.zeros((3, 0), np.float32), np.array([3.0, 2.9, 1.0]), np.array([7, 7, 8])
    )
    assert rows[0, 1] == pytest.approx(2.0)
    assert rows[2, 1] == pytest.approx(-2.0)
