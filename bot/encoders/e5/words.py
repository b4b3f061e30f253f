"""The table of words: what each piece means to the model before it reads its neighbours."""

from collections.abc import Sequence
from threading import Lock
from weakref import finalize

import numpy as np

from bot.encoders.e5.weights import BLOCK, BLOCK_BYTES, WeightsFile, unpacked
from knowledge_base.ports import Vectors


class Words:
    """Reads each row when it is needed: mapped into memory the table takes 43 MB soon.

    Safe to use from several threads at once.
    """

    def __init__(self, file: WeightsFile) -> None:
        self._start = file.place("emb.word").offset
        self._size = file.shape.hidden // BLOCK * BLOCK_BYTES
        self._places = file.floats("emb.pos").reshape(-1, file.shape.hidden)
        self._places += file.floats("emb.type")[: file.shape.hidden]
        self._file = file.path.open("rb", buffering=0)
        finalize(self, self._file.close)
        self._one_at_a_time = Lock()

    @property
    def places(self) -> int:
        """How many pieces the model can see at once."""
        return len(self._places)

    def rows(self, numbers: Sequence[int]) -> Vectors:
        """The row of each piece and of its place, added: shape (len(numbers), hidden)."""
        with self._one_at_a_time:
            read = b"".join(map(self._row, numbers))
        blocks = np.frombuffer(read, np.uint8).reshape(len(numbers), -1, BLOCK_BYTES)
        found: Vectors = unpacked(blocks).reshape(len(numbers), -1) + self._places[: len(numbers)]
        return found

    def _row(self, number: int) -> bytes:
        self._file.seek(self._start + number * self._size)
        return self._file.read(self._size)
