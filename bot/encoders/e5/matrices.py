"""The model's weights as the graph wants them: packed matrices, scales, biases, norms."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.encoders.e5.adapter import NOTHING, Adapter
from bot.encoders.e5.weights import BLOCK, WeightsFile, scales, unpacked

Arrays = Mapping[str, NDArray[Any]]
QUANTISED = {"qkv": ("q", "k", "v"), "ao": ("ao",), "fi": ("fi",), "fo": ("fo",)}
"""The matrices of a layer in the graph, and the tensors in the file that each is made of."""
NORMS = ("aln", "oln")
_HIGHEST, _ZERO = 127, 128
"""Of 8 bits: the highest weight of a block, and what stands for none."""
_FINER = 15
"""Steps of 8 bits in one of 4, whose highest weight is 8."""


def arrays_of(file: WeightsFile, adapter: Adapter = NOTHING) -> Arrays:
    """What the graph leaves open, by name: 24 MB."""
    arrays: dict[str, NDArray[Any]] = {}
    for layer in range(file.shape.layers):
        for name, parts in QUANTISED.items():
            matrix, tensors = f"l{layer}.{name}", [f"l{layer}.{part}" for part in parts]
            arrays |= _quantised(file, matrix, tensors, adapter)
        arrays |= _norms(file, [f"l{layer}.{norm}" for norm in NORMS])
    return arrays | dict(_norms(file, ["emb.ln"]))


def _quantised(file: WeightsFile, name: str, parts: list[str], adapter: Adapter) -> Arrays:
    """One matrix of `parts` put below each other, in 8 bits as MatMulNBits reads it.

    The file's 4 bits would round away most of what an adapter adds.
    Source: https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md
    """
    bias = np.concatenate([file.floats(f"{part}.b") for part in parts])
    blocks = np.concatenate([file.blocks(f"{part}.w") for part in parts])
    if name in adapter.up:
        weights = unpacked(blocks).reshape(len(bias), -1) + adapter.change(name)
        weights = weights.reshape(len(bias), -1, BLOCK)
        steps = np.abs(weights).max(axis=-1, keepdims=True) / _HIGHEST
    else:  # in steps that meet the file's own, so that nothing is rounded
        weights = unpacked(blocks).reshape(len(bias), -1, BLOCK)
        steps = np.abs(scales(blocks)).reshape(len(bias), -1, 1) / _FINER
    packed = np.round(weights / np.where(steps, steps, 1)) + _ZERO
    return {
        f"{name}.packed": packed.astype(np.uint8),
        f"{name}.scales": steps[..., 0].astype(np.float32),
        f"{name}.bias": bias,
    }


def _norms(file: WeightsFile, names: list[str]) -> dict[str, NDArray[Any]]:
    return dict(_named_floats(file, [f"{name}.{part}" for name in names for part in "wb"]))


def _named_floats(file: WeightsFile, names: list[str]) -> Iterator[tuple[str, NDArray[Any]]]:
    for name in names:
        yield name, file.floats(name)
