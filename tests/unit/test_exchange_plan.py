"""What an import would do, decided without doing it."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from knowledge_base.entry import Entry, Source, Status
from knowledge_base.exchange import ImportPlan, Row, derived_id, plan_import
from knowledge_base.exchange.cells import BadCell, text_of, wordings_of
from knowledge_base.exchange.columns import CHINESE, field_of
from knowledge_base.exchange.days import day_of

GOOD = {"id": "e1", "question": "怎么上户口", "answer": "到派出所。"}
KEPT = Entry(id="e1", question="怎么上户口", answer="到派出所。", version=3)


def plan(*fields: dict[str, object], existing: tuple[Entry, ...] = (), **how: bool) -> ImportPlan:
    rows = [Row(number=number, fields=row) for number, row in enumerate(fields, start=2)]
    return plan_import(rows, existing, **how)


def reason(**changes: object) -> str:
    (rejected,) = plan(GOOD | changes).rejected
    return rejected.sentence


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"answer": " \n"}, "第 2 行“答案”：答案不能为空"),
        ({"answer": None}, "第 2 行“答案”：答案不能为空"),
        ({"id": "", "question": " "}, "第 2 行“问题”：问题和编号不能都为空"),
        ({"question": "问" * 2001}, "第 2 行“问题”：超过 2000 个字（现有 2001 个字），请精简"),
        ({"answer": "答" * 20001}, "第 2 行“答案”：超过 20000 个字（现有 20001 个字），请精简"),
        ({"variants": ["问" * 2001]}, "第 2 行“相似问”：超过 2000 个字（现有 2001 个字），请精简"),
        (
            {"variants": [str(n) for n in range(201)]},
            "第 2 行“相似问”：去重后超过 200 条（现有 201 条），请删去相近的或分开写",
        ),
        (
            {"negatives": "\n".join(map(str, range(201)))},
            "第 2 行“反例”：去重后超过 200 条（现有 201 条），请删去相近的或分开写",
        ),
        ({"topic": "题" * 501}, "第 2 行“主题”：超过 500 个字（现有 501 个字），请精简"),
        ({"valid_until": "明年"}, "第 2 行“失效日期”：看不懂的日期“明年”，请写成 2022-05-19"),
        ({"valid_from": "2023-02-29"}, "第 2 行“生效日期”：没有“2023-02-29”这一天"),
        (
            {"valid_from": "2024-01-02", "valid_until": "2024-01-01"},
            "第 2 行“失效日期”：失效日期早于生效日期",
        ),
        (
            {"source_url": "javascript:alert(1)"},
            "第 2 行“来源网址”：网址要以 http:// 或 https:// 开头，中间没有空格",
        ),
        ({"question": {"a": 1}}, "第 2 行“问题”：只能是文字"),
    ],
)
def test_a_bad_row_is_rejected_with_its_place_and_the_reason(
    changes: dict[str, object], sentence: str
) -> None:
    assert reason(**changes) == sentence


def test_two_hundred_variants_after_taking_out_repeated_ones_are_accepted() -> None:
    texts = [str(number) for number in range(200)] * 3
    assert len(plan(GOOD | {"variants": texts}).added[0].variants) == 200


def test_a_new_row_is_added_as_the_first_version_of_a_draft() -> None:
    (entry,) = plan(GOOD).added
    assert (entry.version, entry.status, entry.author) == (1, Status.DRAFT, "")


def test_a_row_that_says_nothing_new_is_unchanged() -> None:
    assert plan(GOOD, existing=(KEPT,)) == ImportPlan(unchanged=(KEPT,))


def test_a_row_that_says_something_else_becomes_the_next_version() -> None:
    (entry,) = plan(GOOD | {"answer": "网上办。"}, existing=(KEPT,)).changed
    assert (entry.version, entry.answer, entry.status) == (4, "网上办。", Status.DRAFT)


def test_columns_the_file_lacks_keep_what_they_hold_and_empty_cells_empty_it() -> None:
    full = replace(
        KEPT, variants=("上户口",), topic="户籍", source=Source(title="条例", number="1号")
    )
    assert plan(GOOD, existing=(full,)).unchanged == (full,)
    (entry,) = plan(GOOD | {"topic": "", "source_number": ""}, existing=(full,)).changed
    assert (entry.variants, entry.topic, entry.source) == (("上户口",), "", Source(title="条例"))


def test_an_id_used_twice_in_a_file_is_rejected_the_second_time() -> None:
    made = plan(GOOD, GOOD | {"id": " e1 ", "answer": "别的"})
    assert [entry.answer for entry in made.added] == ["到派出所。"]
    assert made.rejected[0].sentence == "第 3 行“编号”：与第 2 行重复（编号 e1）"


def test_a_rejected_row_does_not_take_its_id_from_the_good_one_that_follows() -> None:
    made = plan(GOOD | {"answer": ""}, GOOD)
    assert (len(made.added), len(made.rejected)) == (1, 1)


def test_rows_without_an_id_belong_to_the_entry_of_the_same_question() -> None:
    row = {"question": "请问一下，怎麼上戶口？？", "answer": "到派出所。"}
    (entry,) = plan(row, existing=(KEPT,)).changed
    assert (entry.id, entry.version) == ("e1", 4)


def test_the_same_question_without_an_id_gets_the_same_id_in_every_file() -> None:
    first = plan({"question": "怎么上户口？", "answer": "甲"}).added
    again = plan({"question": "您好，怎么上户口", "answer": "甲"}, existing=first)
    assert first[0].id == derived_id("怎么上户口", "")
    assert [entry.id for entry in again.changed] == [first[0].id]


def test_the_same_question_twice_without_an_id_is_one_too_many() -> None:
    made = plan({"question": "甲", "answer": "一"}, {"question": "甲？", "answer": "二"})
    assert (len(made.added), made.rejected[0].column) == (1, "question")
    assert "和第 2 行是同一个问题，答案却不同" in made.rejected[0].reason


def test_the_same_question_of_two_regions_makes_two_entries() -> None:
    rows: list[dict[str, object]] = [
        {"question": "几点开门", "answer": "九点", "region": "石塘镇"},
        {"question": "几点开门", "answer": "八点", "region": "紧水滩镇"},
    ]
    both = plan(*rows)
    assert len({entry.id for entry in both.added}) == 2
    assert len(plan(*rows, existing=both.added).unchanged) == 2


def test_a_file_without_regions_finds_the_one_entry_that_asks_the_question() -> None:
    row: dict[str, object] = {"question": "怎么上户口", "answer": "到派出所。"}
    here = replace(KEPT, region="云和县")
    assert plan(row, existing=(here,)).unchanged == (here,)
    there = replace(KEPT, id="e2", region="景宁县")
    assert plan(row, existing=(here, there)).added[0].id == derived_id("怎么上户口", "")


def test_entries_with_the_same_question_and_their_own_ids_stay_apart() -> None:
    assert len(plan(GOOD, GOOD | {"id": "e2"}).added) == 2


def test_an_old_file_imported_again_does_not_bring_back_what_was_withdrawn() -> None:
    gone = KEPT.with_status(Status.WITHDRAWN)
    assert plan(GOOD, existing=(gone,), publish=True).unchanged == (gone,)


def test_a_waiting_draft_is_published_by_an_import_that_publishes() -> None:
    draft = KEPT.with_status(Status.DRAFT)
    assert plan(GOOD, existing=(draft,)).unchanged == (draft,)
    assert plan(GOOD, existing=(draft,), publish=True).changed[0].version == 4


def test_a_withdrawn_older_version_does_not_count_as_what_is_there() -> None:
    old = replace(KEPT, version=1, answer="旧", status=Status.WITHDRAWN)
    assert len(plan(GOOD | {"answer": "旧"}, existing=(old, KEPT)).changed) == 1


def test_a_question_too_long_to_be_one_is_rejected_without_looking_at_it() -> None:
    (rejected,) = plan({"question": "问" * 1_000_000, "answer": "答"}).rejected
    assert rejected.column == "question"


@pytest.mark.parametrize(
    "value",
    [
        "2022-05-19",
        "2022年5月19日",
        "2022/5/19",
        "2022.05.19",
        "20220519",
        "44700",
        "2022年5月19号",
        " ２０２２年５月１９日 ",
        "2022-05-19 00:00:00",
        "2022-05-19T08:30",
        44700,
        44700.0,
        date(2022, 5, 19),
        datetime(2022, 5, 19, 8, 30),
    ],
)
def test_a_day_is_understood_as_people_write_it(value: object) -> None:
    assert day_of(value) == date(2022, 5, 19)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("二〇二二年五月十九日", date(2022, 5, 19)),
        ("二零二二年十月十日", date(2022, 10, 10)),
        ("二〇二四年十二月三十一日", date(2024, 12, 31)),
        ("二〇二四年二月廿九日", date(2024, 2, 29)),
        ("二〇二四年一月卅日", date(2024, 1, 30)),
    ],
)
def test_a_day_is_read_as_documents_write_it_in_words(words: str, day: date) -> None:
    assert day_of(words) == day


@pytest.mark.parametrize("value", [None, "", " ", "长期", "长期有效", "永久", "无", "-"])
def test_no_day_means_no_bound(value: object) -> None:
    assert day_of(value) is None


@pytest.mark.parametrize(
    "value", ["5月19日", "2022-13-01", 5, True, float("nan"), 1e300, [], "0000-01-01"]
)
def test_what_is_no_day_is_refused(value: object) -> None:
    with pytest.raises(BadCell):
        day_of(value)


@pytest.mark.parametrize(
    ("cell", "wordings"),
    [
        ("甲\n乙\r\n丙", ("甲", "乙", "丙")),
        ("甲|乙｜丙", ("甲", "乙", "丙")),
        ("甲；乙;丙；", ("甲", "乙", "丙")),
        ("甲；还有\n乙；\n", ("甲；还有", "乙")),
        ("甲；乙\n", ("甲；乙",)),
        (" 甲 甲\u3000乙 |甲 甲 乙", ("甲 甲 乙",)),
        (None, ()),
        (12345, ("12345",)),
    ],
)
def test_wordings_in_a_cell_are_parted_by_lines_or_on_one_line_by_signs(
    cell: object, wordings: tuple[str, ...]
) -> None:
    assert wordings_of(cell) == wordings


def test_cells_give_their_text() -> None:
    assert [text_of(value) for value in (None, "a", 3, 3.0, 3.5, True, False)] == [
        "", "a", "3", "3", "3.5", "是", "否",
    ]  # fmt: skip
    assert text_of(date(2022, 5, 19)) == text_of(datetime(2022, 5, 19)) == "2022-05-19"
    assert text_of(datetime(2022, 5, 19, 8)) == "2022-05-19T08:00:00"


def test_every_column_is_known_by_both_names_and_by_what_people_call_it() -> None:
    for field, chinese in CHINESE.items():
        assert field_of(field) == field_of(f" {chinese}（选填）") == field
    assert field_of("DEPT") == field_of("责任单位") == "department"
    assert (field_of("相似问 12"), field_of("答案2"), field_of(None)) == ("variants", None, None)
