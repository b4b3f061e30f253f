"""What a fitting added to the weights, as a product of two narrow matrices each (LoRA).

Source: Hu et al., LoRA: Low-Rank Adaptation of Large Language Models, https://arxiv.org/abs/2106.09685
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from bot.encoders.e5.weights import UnknownFile
from knowledge_base.ports import Vectors

CITIZENS = Path(__file__).with_name("citizens.npz")
"""Fitted by `fit_adapter` to citizens' wordings of official questions."""


@dataclass(frozen=True, kw_only=True)
class Adapter:
    """By matrix of the graph ("l0.qkv"): down, shape (rank, inputs), and up, (outputs, rank)."""

    name: str
    down: Mapping[str, Vectors]
    up: Mapping[str, Vectors]

    @classmethod
    def load(cls, path: Path = CITIZENS) -> "Adapter":
        """Raises `OSError`, or `UnknownFile` when the file is no adapter."""
        try:
            with np.load(path, allow_pickle=False) as stored:
                parts = {name: stored[name] for name in stored.files}
            name = str(parts.pop("name"))
            pair = {
                kind: {
                    key.removesuffix(f".{kind}"): value.astype(np.float32)
                    for key, value in parts.items()
                    if key.endswith(f".{kind}")
                }
                for kind in ("down", "up")
            }
        except (ValueError, KeyError, EOFError, BadZipFile) as error:
            raise UnknownFile(f"{path.name} is not an adapter: {error}") from error
        return cls(name=name, **pair)

    def change(self, matrix: str) -> Vectors | float:
        """What is added to a matrix, shape (outputs, inputs); 0 where nothing was learnt."""
        if matrix not in self.up:
            return 0.0
        change: Vectors = self.up[matrix] @ self.down[matrix]
        return change

    def save(self, path: Path = CITIZENS) -> None:
        """Writes the file in half precision, the same bytes for the same adapter."""
        parts = {
            f"{matrix}.{kind}": value.astype(np.float16)
            for kind, each in (("down", self.down), ("up", self.up))
            for matrix, value in sorted(each.items())
        }
        np.savez_compressed(path, allow_pickle=False, name=np.array(self.name), **parts)


NOTHING = Adapter(name="", down={}, up={})
"""The weights as they were published."""
