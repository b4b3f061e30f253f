"""The model's weights as the graph wants them: packed matrices, scales, biases, norms."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.encoders.e5.weights import BLOCK, WeightsFile, nibbles, scales

Arrays = Mapping[str, NDArray[Any]]
QUANTISED = {"qkv": ("q", "k", "v"), "ao": ("ao",), "fi": ("fi",), "fo": ("fo",)}
"""The matrices of a layer in the graph, and the tensors in the file that each is made of."""
NORMS = ("aln", "oln")


def arrays_of(file: WeightsFile) -> Arrays:
    """What the graph leaves open, by name: 12 MB."""
    arrays: dict[str, NDArray[Any]] = {}
    for layer in range(file.shape.layers):
        for name, parts in QUANTISED.items():
            arrays |= _quantised(file, f"l{layer}.{name}", [f"l{layer}.{part}" for part in parts])
        arrays |= _norms(file, [f"l{layer}.{norm}" for norm in NORMS])
    return arrays | dict(_norms(file, ["emb.ln"]))


def _quantised(file: WeightsFile, name: str, parts: list[str]) -> Arrays:
    """One matrix of `parts` put below each other, packed as MatMulNBits reads it.

    The file has weight i and weight i + 16 of a block in one byte, MatMulNBits neighbours.
    Source: https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md
    """
    blocks = np.concatenate([file.blocks(f"{part}.w") for part in parts])
    bias = np.concatenate([file.floats(f"{part}.b") for part in parts])
    weights = nibbles(blocks)
    packed = weights[:, 0::2] | weights[:, 1::2] << 4
    return {
        f"{name}.packed": packed.reshape(len(bias), -1, BLOCK // 2),
        f"{name}.scales": scales(blocks).reshape(len(bias), -1),
        f"{name}.bias": bias,
    }


def _norms(file: WeightsFile, names: list[str]) -> dict[str, NDArray[Any]]:
    return dict(_named_floats(file, [f"{name}.{part}" for name in names for part in "wb"]))


def _named_floats(file: WeightsFile, names: list[str]) -> Iterator[tuple[str, NDArray[Any]]]:
    for name in names:
        yield name, file.floats(name)
