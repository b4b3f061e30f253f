"""multilingual-e5-small in torch, its weights frozen, with an adapter that learns."""

import math
from collections.abc import Sequence

import numpy as np
import torch
from torch import nn
from torch.nn.functional import gelu, layer_norm, linear, normalize, softmax

from bot.encoders.e5.adapter import Adapter
from bot.encoders.e5.matrices import QUANTISED
from bot.encoders.e5.weights import BLOCK, BLOCK_BYTES, WeightsFile, unpacked

TOGETHER = 32
"""Texts of like length that go through the network at once."""
_NUMBERS = torch.bfloat16


class Matrix(nn.Module):
    """A frozen matrix with its bias, and a product of two narrow ones that is added to it."""

    def __init__(self, file: WeightsFile, tensors: Sequence[str], rank: int) -> None:
        super().__init__()
        bias = np.concatenate([file.floats(f"{tensor}.b") for tensor in tensors])
        blocks = np.concatenate([file.blocks(f"{tensor}.w") for tensor in tensors])
        weights = torch.from_numpy(unpacked(blocks).reshape(len(bias), -1))
        self.register_buffer("frozen", weights)
        self.register_buffer("bias", torch.from_numpy(bias).to(_NUMBERS))
        inputs = weights.shape[1]
        self.down = nn.Parameter(torch.randn(rank, inputs) / math.sqrt(inputs))
        self.up = nn.Parameter(torch.zeros(len(bias), rank))

    def forward(self, given: torch.Tensor) -> torch.Tensor:
        weights = (self.frozen + self.up @ self.down).to(_NUMBERS)
        return linear(given, weights, self.bias)


class Norm(nn.Module):
    """A frozen layer norm."""

    def __init__(self, file: WeightsFile, name: str) -> None:
        super().__init__()
        self.epsilon = file.shape.epsilon
        for part in "wb":
            self.register_buffer(part, torch.from_numpy(file.floats(f"{name}.{part}")).to(_NUMBERS))

    def forward(self, given: torch.Tensor) -> torch.Tensor:
        return layer_norm(given, self.w.shape, self.w, self.b, self.epsilon)


class Layer(nn.Module):
    """Attention and the two matrices after it."""

    def __init__(self, file: WeightsFile, number: int, rank: int) -> None:
        super().__init__()
        at, self.heads = f"l{number}", file.shape.heads
        for name, parts in QUANTISED.items():
            setattr(self, name, Matrix(file, [f"{at}.{part}" for part in parts], rank))
        self.aln, self.oln = Norm(file, f"{at}.aln"), Norm(file, f"{at}.oln")

    def forward(self, given: torch.Tensor, hidden: torch.Tensor) -> torch.Tensor:
        texts, tokens, size = given.shape
        parts = self.qkv(given).view(texts, tokens, 3, self.heads, size // self.heads)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        seen = softmax(query @ key.transpose(-1, -2) / math.sqrt(key.shape[-1]) + hidden, dim=-1)
        middle = self.aln(given + self.ao((seen @ value).transpose(1, 2).reshape(given.shape)))
        done: torch.Tensor = self.oln(middle + self.fo(gelu(self.fi(middle))))
        return done


class Network(nn.Module):
    """Numbers of pieces in, directions of texts out."""

    def __init__(self, file: WeightsFile, rank: int) -> None:
        super().__init__()
        self._size = size = file.shape.hidden
        self._words = file.blocks("emb.word").reshape(-1, size // BLOCK, BLOCK_BYTES)
        places = file.floats("emb.pos").reshape(-1, size) + file.floats("emb.type")[:size]
        self.register_buffer("places", torch.from_numpy(places))
        self.norm = Norm(file, "emb.ln")
        self.layers = nn.ModuleList(Layer(file, each, rank) for each in range(file.shape.layers))

    def forward(self, texts: Sequence[Sequence[int]]) -> torch.Tensor:
        """Unit rows, shape (len(texts), hidden): the mean of each text's states."""
        order = sorted(range(len(texts)), key=lambda row: len(texts[row]))
        groups = [order[at : at + TOGETHER] for at in range(0, len(order), TOGETHER)]
        rows = torch.cat([self._group([texts[row] for row in group]) for group in groups])
        return rows[torch.argsort(torch.tensor(order))]

    def _group(self, texts: Sequence[Sequence[int]]) -> torch.Tensor:
        longest = max(map(len, texts))
        numbers, there = np.zeros((len(texts), longest), np.int64), torch.zeros(len(texts), longest)
        for row, text in enumerate(texts):
            numbers[row, : len(text)] = text
            there[row, : len(text)] = 1
        rows = unpacked(self._words[numbers.ravel()]).reshape(*numbers.shape, self._size)
        states = self.norm((torch.from_numpy(rows) + self.places[:longest]).to(_NUMBERS))
        hidden = torch.where(there[:, None, None, :] == 0, -1e9, 0.0).to(_NUMBERS)
        for layer in self.layers:
            states = layer(states, hidden)
        sums = (states.float() * there[..., None]).sum(1)
        return normalize(sums / there.sum(1, keepdim=True), dim=-1)

    def adapter(self, name: str, share: float) -> Adapter:
        """What was learnt, `share` of it: a part generalises better than the whole.

        Source: Wortsman et al., Robust fine-tuning of zero-shot models (2022).
        """
        down, up = {}, {}
        for number, layer in enumerate(self.layers):
            for part in QUANTISED:
                matrix = getattr(layer, part)
                down[f"l{number}.{part}"] = matrix.down.detach().numpy()
                up[f"l{number}.{part}"] = matrix.up.detach().numpy() * share
        return Adapter(name=name, down=down, up=up)
