"""The corners of learning, rehearsing and stating: an encoder that fails, files of all kinds."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from knowledge_base.calibration import load_model
from knowledge_base.entry import Entry
from knowledge_base.evaluation import Row
from knowledge_base.exchange import UnreadableFile, read_rows
from knowledge_base.exchange.plan import plan_import
from knowledge_base.golden import GoldenQuestion, Move, Turn
from knowledge_base.housekeeping import Housekeeping
from knowledge_base.learning import Learning
from knowledge_base.outcome import Finding, Nothing
from knowledge_base.ports import EncoderUnavailable, Vectors
from knowledge_base.question_file import MOST, read_questions
from knowledge_base.stated_bound import stated_bound
from knowledge_base.unmet import Dismissed, Unmet, Why
from tests.fakes import InMemoryEntryStore

NOW = datetime(2026, 11, 18, 1, 30, tzinfo=UTC)
TEXTS = ("路灯坏了找谁修", "街灯不亮报修电话", "公租房怎么申请")


class Asked:
    """What citizens asked, and nothing dismissed."""

    async def unmet_questions(self, *, since: datetime, limit: int) -> list[Unmet]:
        return [Unmet(text=text, at=NOW, why=Why.UNANSWERED) for text in TEXTS]

    async def dismissed(self) -> list[Dismissed]:
        return []

    def __getattr__(self, name: str) -> object:
        raise AttributeError(name)


async def nothing(_: str) -> Finding:
    return Nothing()


async def by_topic(texts: Sequence[str]) -> Vectors:
    """Lamps point one way, all else its own."""
    rows = np.zeros((len(texts), 80), np.float32)
    for row, text in enumerate(texts):
        rows[row, 0 if "灯" in text else 1 + row] = 1
    return rows


async def broken(_: Sequence[str]) -> Vectors:
    raise EncoderUnavailable("switched off")


def learning(encode: object) -> Learning:
    return Learning(Asked(), InMemoryEntryStore(), encode, nothing)  # type: ignore[arg-type]  # any encoder


async def groups(made: Learning) -> set[frozenset[str]]:
    matters = await made.matters(now=NOW, patience=10) or []
    return {frozenset(matter.cluster.wordings) for matter in matters}


async def test_an_encoder_gathers_what_shares_no_words() -> None:
    assert frozenset(TEXTS[:2]) in await groups(learning(by_topic))


async def test_without_its_encoder_it_gathers_by_words() -> None:
    assert await groups(learning(broken)) == {frozenset({text}) for text in TEXTS}


async def test_a_page_does_not_wait_for_a_slow_encoder_and_closing_ends_it() -> None:
    async def slow(texts: Sequence[str]) -> Vectors:
        await asyncio.sleep(30)
        return await by_topic(texts)

    made = learning(slow)
    assert await made.matters(now=NOW, patience=0.01) is None
    assert await made.matters(now=NOW, patience=0.01) is None
    await made.close()


async def test_two_pages_that_wait_for_the_same_gathering_both_get_it() -> None:
    made = learning(by_topic)
    both = (made.matters(now=NOW, patience=5.0), made.matters(now=NOW, patience=5.0))
    first, second = await asyncio.gather(*both)
    assert first
    assert first == second


async def test_what_was_dismissed_during_a_gathering_is_gathered_anew() -> None:
    held = asyncio.Event()

    async def slow(texts: Sequence[str]) -> Vectors:
        await held.wait()
        return await by_topic(texts)

    made = learning(slow)
    assert await made.matters(now=NOW, patience=0.01) is None
    made.forget()
    held.set()
    assert await made.matters(now=NOW, patience=5.0) is None
    assert await made.matters(now=NOW, patience=5.0)


async def test_pairs_are_near_by_the_encoder_and_by_letters_without_it() -> None:
    entries = [Entry(id=f"e{n}", question=text, answer=text) for n, text in enumerate(TEXTS)]
    near = await Housekeeping(InMemoryEntryStore(entries), by_topic).pairs()
    assert [(pair.first.id, pair.second.id) for pair in near] == [("e0", "e1")]
    kept = Housekeeping(InMemoryEntryStore(entries), broken)
    assert await kept.pairs() == []
    assert await kept.pairs() == []


def test_a_golden_question_may_move_and_stay_right() -> None:
    silent = GoldenQuestion(id=1, text="天气", entry="", added_by="ann", added_at=NOW)
    before = Row(qid="1", decision="none", p=0.1, ranking=())
    after = replace(before, decision="suggest")
    move = Move(question=silent, then=silent, before=before, after=after)
    assert move.turn is Turn.MOVED


def test_a_bound_is_stated_only_by_a_model_that_was_measured() -> None:
    model = load_model()
    assert stated_bound(replace(model, fitted={}), has_meaning=True) is None
    told = stated_bound(model, has_meaning=True)
    assert told is not None
    assert 0 < told.wrong_at_most < 0.2


def test_questions_are_read_from_a_workbook_with_ids_in_any_form(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (
        ["十月问卷"],
        ["序号", "问题", "条目编号"],
        [1, "怎么办证", "a|b"],
        [2, None, "c"],
        [3, 12345, None],
        [4, "=1+1", None],
    ):
        sheet.append(line)
    book.save(tmp_path / "q.xlsx")
    found = read_questions(tmp_path / "q.xlsx")
    assert found.blank == 1
    assert [(q.text, sorted(q.pos)) for q in found.queries] == [
        ("怎么办证", ["a", "b"]),
        ("12345", []),
        ("=1+1", []),
    ]


@pytest.mark.parametrize(
    ("rows", "open_ones"),
    [
        (
            '{"text": "怎么办证", "pos": ["a"]}\n{"text": " ", "pos": ["b"]}\n{"text": "好"}',
            [False, False],
        ),
        ('{"text": "怎么办证"}\n{"text": ""}\n{"text": "好"}', [True, True]),
    ],
)
def test_lines_without_a_question_are_left_out_and_counted(
    tmp_path: Path, rows: str, open_ones: list[bool]
) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(rows, encoding="utf-8")
    found = read_questions(path)
    assert found.blank == 1
    assert [(q.text, q.is_open) for q in found.queries] == list(
        zip(["怎么办证", "好"], open_ones, strict=True)
    )


@pytest.mark.parametrize("name", ["q.csv", "q.xlsx", "q.jsonl"])
def test_an_empty_file_is_told_as_such(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    with pytest.raises(UnreadableFile) as refused:
        read_questions(tmp_path / name)
    assert refused.value.tell == "文件是空的，请重新选一个"


def test_more_questions_than_can_be_asked_at_once_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    path.write_text("问题\n" + "问一问\n" * (MOST + 1), encoding="utf-8")
    with pytest.raises(UnreadableFile) as refused:
        read_questions(path)
    assert str(MOST) in refused.value.tell


def test_two_thousand_variants_reject_their_row_and_keep_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    variants = "|".join(f"第{n}种问法" for n in range(2000))
    path.write_text(f"问题,答案,相似问\n甲,答,{variants}\n乙,答,\n", encoding="utf-8")
    plan = plan_import(read_rows(path).rows, ())
    assert [each.sentence for each in plan.rejected] == [
        "第 2 行“相似问”：去重后超过 200 条（现有 2000 条），请删去相近的或分开写"
    ]
    assert [each.question for each in plan.added] == ["乙"]
